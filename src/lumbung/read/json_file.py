"""A JSON file: GeoJSON and TopoJSON as layers of features, everything else as tables and passages.

RFC 8259; what only looks like JSON is text.
"""

import re

from lumbung.document import Passage, Unread
from lumbung.read.encoding import encoding_of, to_utf8
from lumbung.read.geojson import is_geojson, read_features
from lumbung.read.json_tables import Collected, collect, passages, tables
from lumbung.read.json_values import values_of
from lumbung.read.opened import Opened, Parts
from lumbung.read.text import REMAINDER, read_text
from lumbung.read.topojson import is_topology, read_topology
from lumbung.read.unreadable import Unreadable

ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def read_json(opened: Opened) -> Parts:
    """Tables and passages of a JSON file; what only looks like JSON is read as text.

    Raise Unreadable("too-large") over the limit of bytes, Unreadable("bomb") for absurd nesting.
    """
    if opened.size > opened.limits.json_bytes:
        raise Unreadable("too-large")
    utf8, remainder = to_utf8(opened, encoding_of(opened))
    text = utf8.decode("utf-8")
    del utf8
    try:
        values = values_of(text)
    except ValueError:
        return _as_text(opened, text)
    del text
    swept = (Passage(place=REMAINDER, text=remainder, swept=True),) if remainder else ()
    if is_geojson(values):
        found = read_features(values, opened.limits)
        return Parts(format=found.format, tables=found.tables, passages=(*found.passages, *swept))
    if is_topology(values):
        found = read_topology(values, opened.limits)
        return Parts(format=found.format, tables=found.tables, passages=(*found.passages, *swept))
    collected = Collected(opened.limits)
    collect(values[0] if len(values) == 1 else values, "$", collected)
    return Parts(format="json", tables=tuple(tables(collected)), passages=(*passages(collected), *swept))


def _as_text(opened: Opened, text: str) -> Parts:
    """Broken JSON: its text is read, but characters written as escapes stay unread in it."""
    parts = read_text(opened)
    escaped = (Unread(place=REMAINDER, why="broken"),) if ESCAPED.search(text) else ()
    return Parts(format=parts.format, tables=parts.tables, passages=parts.passages, unread=escaped)
