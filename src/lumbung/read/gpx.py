"""GPX: waypoints, routes and tracks are rows with their geometries; everything else in the file is swept.

Source: Topografix, GPX 1.1 schema (and 1.0, which differs in what may stand where). Times and heights of single track
points are swept and not kept: a track is the line that it draws.
"""

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from lumbung.document import Geometry, Place
from lumbung.read.features import NoPosition, Surveyor, with_layer
from lumbung.read.harvest import Harvest
from lumbung.read.json_tables import Collected, collect_record, tables
from lumbung.read.json_values import Members
from lumbung.read.markup_tree import children, name_of, text_of, tree_of
from lumbung.read.opened import Opened
from lumbung.read.reference_system import of_code
from lumbung.read.sweep import NotXml, swept, text_of_bytes, text_of_xml

FEATURES = "$.gpx[*]"
SORTS = {"wpt": "titik", "rte": "rute", "trk": "jejak"}
WGS84 = of_code(4326)


def harvest_tracks(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """One table with a layer, the whole file swept besides. Damage is named unread. Raise Unreadable."""
    place = Place(part=prefix.removesuffix("!") or None)
    try:
        root = tree_of(opened)
        harvest.say(swept(place.but(part=f"{prefix}(sumber gpx)"), text_of_xml(opened.pieces())))
    except NotXml:
        harvest.miss(place, "broken")
        harvest.say(swept(place, text_of_bytes(opened.data[:])))
        return "gpx"
    found, surveyor = Collected(harvest.limits), Surveyor()
    geometries: list[Geometry | None] = []
    for one in children(root, *SORTS):
        geometries.append(_geometry(one, surveyor))
        collect_record(Members(_record(one)), FEATURES, found, 0)
    for table in tables(found):
        harvest.tables.append(with_layer(replace(table, place=place.but(path=FEATURES)), geometries, WGS84))
    harvest.say(swept(place.but(part=f"{prefix}(keterangan)"), "\n".join(_around(root))))
    harvest.say(surveyor.passages(place.but(path=f"{FEATURES}.geometry")))
    return "gpx"


def _record(feature: Element) -> Iterator[tuple[str, str]]:
    """What is said of a waypoint, route or track: its elements that are not points, extensions by their own names."""
    yield "unsur", SORTS[name_of(feature)]
    for child in feature:
        name = name_of(child)
        if name == "extensions":
            yield from ((name_of(one), (one.text or "").strip()) for one in child.iter() if (one.text or "").strip())
        elif name == "link":
            yield name, f"{child.get('href', '')} {text_of(child)}".strip()
        elif name not in ("trkseg", "rtept"):
            yield name, text_of(child)


def _geometry(feature: Element, surveyor: Surveyor) -> Geometry | None:
    sort = name_of(feature)
    try:
        if sort == "wpt":
            return Geometry(kind="Point", coordinates=_position(feature, surveyor))
        runs = [feature] if sort == "rte" else list(children(feature, "trkseg"))
        lines = [tuple(_position(one, surveyor) for one in children(run, "rtept", "trkpt")) for run in runs]
    except NoPosition:
        return None
    lines = [line for line in lines if len(line) > 1]
    return Geometry(kind="MultiLineString", coordinates=tuple(lines)) if lines else None


def _position(point: Element, surveyor: Surveyor) -> tuple[float, ...]:
    return surveyor.position([point.get("lon", ""), point.get("lat", "")])


def _around(root: Element) -> Iterator[str]:
    """Short texts and attributes, which a sweep of the source leaves out, one to a line."""
    for one in root.iter():
        yield from (f"{name}: {value}" for name, value in one.attrib.items() if name not in ("lat", "lon"))
        if (one.text or "").strip() and name_of(one) not in ("ele", "time"):
            yield str(one.text)
