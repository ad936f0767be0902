"""XML of any kind: what comes in rows becomes tables, headed by the names of elements; the rest passages.

Source: W3C, Extensible Markup Language 1.0, as libxml2 parses it: no network, no document type, no entities of the
file's own, no XInclude. A file that has any of them is swept as it stands and named unread.
"""

from lumbung.document import Passage, Place
from lumbung.read.harvest import Harvest
from lumbung.read.opened import Opened
from lumbung.read.sweep import NotXml, parse, swept, text_of_bytes
from lumbung.read.text import read_text
from lumbung.read.unknown_part import is_loose_markup, text_of_markup
from lumbung.read.unreadable import Unreadable
from lumbung.read.xml_rows import Rows
from lumbung.read.xml_shape import Shape


def harvest_xml(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """Every record a row, every other text a passage; give the kind. Raise Unreadable("bomb", "too-large").

    What only begins like XML and is plain text is read as text; other damage is named unread, and swept.
    """
    place = Place(part=prefix.removesuffix("!") or None)
    shape = Shape(depth=harvest.limits.depth)
    rows = None
    try:
        parse(opened.pieces(), shape)
        shape.close()
        rows = Rows(shape.records, harvest.limits)
        parse(opened.pieces(), rows)
    except NotXml:
        return _as_text(harvest, opened, prefix, place)
    rows.close()
    tables, passages = rows.give(place)
    harvest.tables += tables
    harvest.say(passages)
    names = Place(part=prefix + "(nama bagian)")
    harvest.say([Passage(place=names, text="\n".join(shape.names), swept=True)])
    return "xml"


def _as_text(harvest: Harvest, opened: Opened, prefix: str, place: Place) -> str:
    """Markup that does not parse."""
    data = opened.data[:]
    if len(data) <= harvest.limits.html_bytes and is_loose_markup(data):
        harvest.say(swept(place, text_of_markup(data)))
        try:
            parts = read_text(opened)
        except Unreadable:
            return "text"
        harvest.take(parts, prefix=prefix)
        return parts.format
    harvest.miss(place, "broken")
    harvest.say(swept(place, text_of_bytes(data)))
    return "xml"
