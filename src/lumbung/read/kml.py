"""KML: every placemark a row with its geometry; what its balloon says, ExtendedData and tables in HTML, are columns.

Source: OGC 12-007r2 (KML 2.3). A KMZ file is a ZIP archive whose members are opened one by one. Links to other files
and servers are named and never followed. Everything in the file, attributes and comments too, is swept besides.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from xml.etree.ElementTree import Element

from lxml import etree

from lumbung.document import Geometry, Passage, Place
from lumbung.read.data_address import harvest_addresses
from lumbung.read.features import NoPosition, Surveyor, with_layer
from lumbung.read.harvest import Harvest
from lumbung.read.json_tables import Collected, collect_record, tables
from lumbung.read.json_values import Members, Number
from lumbung.read.markup_tree import children, name_of, text_of, tree_of
from lumbung.read.opened import Opened
from lumbung.read.reference_system import of_code
from lumbung.read.sweep import NotXml, swept, text_of_bytes, text_of_xml

FEATURES = "$.Placemark[*]"
CONTAINERS = ("Document", "Folder", "kml", "Create", "Change", "Update", "NetworkLinkControl", "Delete", "Tour")
SHAPES = ("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Track", "MultiTrack", "Model")
ORDINAL = "fitur"
AXES = ("longitude", "latitude")
WGS84 = of_code(4326)


@dataclass(slots=True)
class Map:
    """What was found so far. `said` are texts around the placemarks, `links` addresses of what lies elsewhere."""

    found: Collected
    surveyor: Surveyor = field(default_factory=Surveyor)
    geometries: list[Geometry | None] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    said: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


def harvest_map(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """The placemarks as one table with a layer, the rest as passages. Damage is named unread; raise Unreadable."""
    place = Place(part=prefix.removesuffix("!") or None)
    try:
        root = tree_of(opened)
        harvest.say(swept(place.but(part=f"{prefix}(sumber kml)"), text_of_xml(opened.pieces())))
    except NotXml:
        harvest.miss(place, "broken")
        harvest.say(swept(place, text_of_bytes(opened.data[:])))
        return "kml"
    drawn = Map(Collected(harvest.limits))
    _walk(root, drawn, hidden=False)
    for table in tables(drawn.found):
        rows = frozenset(row + 2 for row in drawn.hidden)
        placed = replace(table, place=place.but(path=table.place.path), hidden_rows=rows)
        harvest.tables.append(with_layer(placed, drawn.geometries, WGS84))
    harvest.say([Passage(place=place.but(part=f"{prefix}(keterangan)"), text="\n".join(drawn.said))])
    harvest.say([Passage(place=place.but(part=f"{prefix}(tautan ke luar)", hidden=True), text="\n".join(drawn.links))])
    harvest.say(drawn.surveyor.passages(place.but(path=f"{FEATURES}.coordinates")))
    harvest_addresses(harvest, opened.data[:].decode("utf-8", "replace"), place=place)
    return "kml"


def _walk(element: Element, drawn: Map, *, hidden: bool) -> None:
    """Folders and what lies in them; a placemark is a row, everything else is said."""
    hidden = hidden or _is_hidden(element)
    for child in element:
        name = name_of(child)
        if name == "Placemark":
            _take_placemark(child, drawn, hidden=hidden or _is_hidden(child))
        elif name in CONTAINERS:
            _walk(child, drawn, hidden=hidden)
        else:
            _say(child, drawn)


def _is_hidden(element: Element) -> bool:
    return any(text_of(child) in ("0", "false") for child in children(element, "visibility"))


def _say(element: Element, drawn: Map) -> None:
    """The text of an element that is no placemark, and the addresses that it leads to."""
    drawn.links += [text_of(one) for one in element.iter() if name_of(one) in ("href", "Url", "viewRefreshMode")]
    for one in element.iter():
        text = (one.text or "").strip()
        drawn.said += [_plain(text)] if text and name_of(one) != "coordinates" else []


def _take_placemark(placemark: Element, drawn: Map, *, hidden: bool) -> None:
    record, geometry = Members(), None
    for child in placemark:
        name = name_of(child)
        if name in SHAPES and geometry is None:
            geometry = _geometry(child, drawn)
        elif name == "description":
            record += _balloon(text_of(child), drawn)
        elif name == "ExtendedData":
            record += _extended(child)
        elif name in ("visibility", "open", "styleUrl", "Style", "StyleMap", "LookAt", "Camera"):
            drawn.said.append(text_of(child))
        else:
            record.append((name, _plain(text_of(child))))
    drawn.geometries.append(geometry)
    if hidden:
        drawn.hidden.add(len(drawn.geometries) - 1)
    if not any(value for _, value in record):
        record.append((ORDINAL, Number(len(drawn.geometries))))
    collect_record(record, FEATURES, drawn.found, 0)


def _extended(data: Element) -> Iterator[tuple[str, str]]:
    """ExtendedData: Data and SimpleData by name, anything else by the name of its element."""
    for one in data.iter():
        kind, name = name_of(one), one.get("name") or ""
        if kind == "Data":
            values = [text_of(value) for value in children(one, "value")]
            labels = [text_of(label) for label in children(one, "displayName")]
            yield (labels[0] if labels and labels[0] else name), _plain("\n".join(values))
        elif kind in ("SimpleData", "SimpleArrayData"):
            yield name, _plain(text_of(one))
        elif kind not in ("ExtendedData", "SchemaData", "value", "displayName") and (one.text or "").strip():
            yield kind, _plain((one.text or "").strip())


def _balloon(text: str, drawn: Map) -> Iterator[tuple[str, str]]:
    """A description: rows of two cells, as map programs write attributes, are columns; the text around them is one."""
    tree = _html(text)
    if tree is None:
        yield "description", text
        return
    rows = [[_words(cell, "") for cell in row if cell.tag in ("td", "th")] for row in tree.iter("tr")]
    pairs = [(row[0], row[1]) for row in rows if len(row) == 2 and 0 < len(row[0]) <= 60]
    yield from pairs
    said = _words(tree, " ")
    if len(pairs) < len(rows) or not rows:
        yield "description", said
    drawn.said += [said, *(value for one in tree.iter() for value in map(str, one.attrib.values()))]


def _words(element: etree._Element, between: str) -> str:
    """The text below with its blanks shrunk; pieces are parted by `between`."""
    return " ".join(between.join(map(str, element.itertext())).split())


def _html(text: str) -> etree._Element | None:
    """The text as HTML, None where it is plain."""
    if "<" not in text and "&" not in text:
        return None
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=False)
    try:
        return etree.fromstring(f"<body>{text}</body>", parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _plain(text: str) -> str:
    """Text without its HTML tags and entities."""
    tree = _html(text)
    return text if tree is None else _words(tree, " ")


def _geometry(shape: Element, drawn: Map) -> Geometry | None:
    """The geometry; a ring by itself is a line, a track the line along it."""
    name = name_of(shape)
    try:
        if name in ("MultiGeometry", "MultiTrack"):
            parts = [_geometry(child, drawn) for child in shape if name_of(child) in SHAPES]
            return Geometry(kind="GeometryCollection", parts=tuple(part for part in parts if part))
        if name == "Polygon":
            rings = [line for edge in children(shape, "outerBoundaryIs") for line in _lines(edge, drawn)]
            rings += [line for edge in children(shape, "innerBoundaryIs") for line in _lines(edge, drawn)]
            return Geometry(kind="Polygon", coordinates=tuple(rings)) if rings else None
        line = next(_lines(shape, drawn), None) if name != "Track" else _track(shape, drawn)
    except NoPosition:
        drawn.surveyor.wrong.append(text_of(shape))
        return None
    if not line:
        return None
    single = name in ("Point", "Model") or len(line) == 1
    return Geometry(kind="Point", coordinates=line[0]) if single else Geometry(kind="LineString", coordinates=line)


def _lines(element: Element, drawn: Map) -> Iterator[tuple[Any, ...]]:
    for one in element.iter():
        if name_of(one) == "coordinates":
            positions = (one.text or "").split()
            yield tuple(drawn.surveyor.position(position.split(",")) for position in positions)
        elif name_of(one) == "Location":
            yield (drawn.surveyor.position([text_of(next(children(one, axis), one)) for axis in AXES]),)


def _track(track: Element, drawn: Map) -> tuple[Any, ...]:
    return tuple(drawn.surveyor.position((one.text or "").split()) for one in children(track, "coord"))
