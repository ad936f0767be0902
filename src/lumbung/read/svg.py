"""SVG: a drawing written as XML. Its texts, what stands in its attributes and scripts, and the pictures inside it.

Source: W3C SVG 2; RFC 2397 (data addresses). Nothing is drawn here: where curves may be letters turned into outlines,
the drawing is named unread.
"""

import base64
import binascii
import html
import re
from urllib.parse import unquote_to_bytes

from lumbung.document import Passage, Place
from lumbung.read.harvest import Harvest
from lumbung.read.unknown_part import take_in

TEXT = re.compile(r"<(?:[\w.-]+:)?text\b.*?</(?:[\w.-]+:)?text\s*>", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"<[^<>]*>")
INSIDE = re.compile(rb"data:([\w.+-]+/[\w.+-]+)?((?:;[\w=.\"-]+)*),([^\"')<>]+)", re.IGNORECASE)
OUTLINE = re.compile(rb"\bd\s*=\s*[\"'][^\"']*[CcSsQqTtAa]")
SPREAD = 8  # words from which on a text may be a number with a blank behind each digit
OUTLINES = 6  # paths with curves; a coat of arms has more, a chart's bars have none


def harvest_svg(harvest: Harvest, data: bytes, *, prefix: str = "") -> str:
    """Lay the drawing's texts and pictures into the basket; give the kind."""
    place = Place(part=prefix.removesuffix("!") or "svg")
    take_in(harvest, [data], place=place)
    lines = [html.unescape(TAG.sub("", text)) for text in TEXT.findall(data.decode("utf-8", "replace"))]
    spread = ["".join(line.split()) for line in lines if len(line.split()) > SPREAD]
    harvest.say([Passage(place=place, text="\n".join([*lines, *spread]), swept=True)])
    for number, found in enumerate(INSIDE.finditer(data), 1):
        _take_inside(harvest, found, place.but(part=f"{place.part}!gambar {number}"))
    if len(OUTLINE.findall(data)) >= OUTLINES:
        harvest.miss(place, "image")
    return "svg"


def _take_inside(harvest: Harvest, found: re.Match[bytes], place: Place) -> None:
    """A file written as an address of its own data."""
    content = unquote_to_bytes(html.unescape(found[3].decode("latin-1")))
    try:
        data = base64.b64decode(re.sub(rb"\s", b"", content)) if b"base64" in found[2].lower() else content
    except binascii.Error:
        harvest.miss(place, "broken")
        return
    if data:
        harvest.find_inside(data, place)
