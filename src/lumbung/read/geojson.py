"""GeoJSON: every feature a row of one table with its geometry beside it, whatever the file wraps around them.

RFC 7946, RFC 8142 (sequences of features) and the member `crs` of the 2008 specification. What the RFC calls foreign
members is read like any other JSON and marked hidden: no map shows it. The name of a property is its column.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lumbung.document import Geometry, Place, Table
from lumbung.read.features import DEPTHS, NoPosition, Surveyor, with_layer
from lumbung.read.json_tables import Collected, collect, collect_record, passages, tables
from lumbung.read.json_values import Members, Number, Value, is_scalar, written
from lumbung.read.limits import Limits
from lumbung.read.opened import Parts
from lumbung.read.reference_system import Located, of_name
from lumbung.read.unreadable import Unreadable

FEATURES, ASIDE = "$.features[*]", "$.features[*].(lain)"
POSITIONS = Place(path="$.features[*].geometry")
ORDINAL = "fitur"  # the column of a feature that has no properties at all
CRS84 = "urn:ogc:def:crs:OGC:1.3:CRS84"


@dataclass(slots=True)
class Map:
    """What was found so far."""

    found: Collected
    surveyor: Surveyor = field(default_factory=Surveyor)
    geometries: list[Geometry | None] = field(default_factory=list)
    reference: str = CRS84


def is_geojson(values: list[Value]) -> bool:
    """Whether the values of a file are a collection of features, features, or geometries."""
    return bool(values) and all(_is_part(value) for value in values)


def _is_part(value: Value) -> bool:
    if not isinstance(value, Members):
        return False
    kind, names = _first(value, "type"), {name for name, _ in value}
    if kind == "FeatureCollection":
        return isinstance(_first(value, "features"), list)
    if kind == "Feature":
        return "geometry" in names or "properties" in names
    return (kind in DEPTHS and "coordinates" in names) or (kind == "GeometryCollection" and "geometries" in names)


def read_features(values: list[Value], limits: Limits) -> Parts:
    """All features as one table with a layer, everything beside them hidden. Raise Unreadable("too-large", "bomb")."""
    drawn = Map(Collected(limits))
    for value in values:
        if _first(value, "type") == "FeatureCollection":
            _take_collection(value, drawn)
        else:
            _take_feature(value, drawn)
    return Parts(
        format="geojson",
        tables=tuple(_tables(drawn)),
        passages=(*passages(drawn.found), *drawn.surveyor.passages(POSITIONS)),
    )


def _take_collection(collection: Members, drawn: Map) -> None:
    kept, features = Members(), False
    for name, value in collection:
        if name == "features" and isinstance(value, list) and not isinstance(value, Members) and not features:
            features = True
            for index, feature in enumerate(value):
                value[index] = None  # what is sorted need not stay
                _take_feature(feature, drawn)
        elif name == "bbox" and _take_bbox(value, drawn):
            continue
        else:
            drawn.reference = _reference(name, value) or drawn.reference
            kept.append((name, value))
    collect(kept, "$", drawn.found)


def _take_bbox(value: Value, drawn: Map) -> bool:
    """Whether it was numbers and nothing else."""
    if not isinstance(value, list) or not all(isinstance(one, Number) for one in value) or len(value) not in (4, 6):
        return False
    half = len(value) // 2
    return all(_position(corner, drawn) is not None for corner in (value[:half], value[half:]))


def _position(written_: list[str], drawn: Map) -> tuple[float, ...] | None:
    try:
        return drawn.surveyor.position(written_)
    except NoPosition:
        return None


def _reference(name: str, value: Value) -> str | None:
    """The name of the reference system, where this is the member `crs` of 2008."""
    if name != "crs" or not isinstance(value, Members):
        return None
    properties = _first(value, "properties")
    named = _first(properties, "name") if isinstance(properties, Members) else None
    return named if isinstance(named, str) else "unknown"


def _take_feature(feature: Value, drawn: Map) -> None:
    """One row; a bare geometry is a feature without properties, and anything else one without a geometry."""
    if isinstance(feature, Members) and _first(feature, "type") != "Feature" and _is_part(feature):
        feature = Members([("type", "Feature"), ("geometry", feature)])
    if not isinstance(feature, Members):
        feature = Members([("(lain)", feature)])
    record, aside, geometry = Members(), Members(), None
    for name, value in feature:
        if name == "properties" and isinstance(value, Members):
            record += value
        elif name == "id" and is_scalar(value):
            record.insert(0, (name, value))
        elif name == "geometry" and geometry is None and isinstance(value, Members):
            geometry = _geometry(value, drawn, aside)
        elif not (name == "type" and value == "Feature") and not (name == "bbox" and _take_bbox(value, drawn)):
            aside.append((name, value))
    drawn.geometries.append(geometry)
    if all(is_scalar(value) and not str(value or "").strip() for _, value in record):
        record.append((ORDINAL, Number(len(drawn.geometries))))
    collect_record(record, FEATURES, drawn.found, 0)
    if any(value not in (None, "") for _, value in aside):
        collect_record(aside, ASIDE, drawn.found, 0)


def _geometry(members: Members, drawn: Map, aside: Members, depth: int = 0) -> Geometry | None:
    """The geometry; what of it is none goes `aside`."""
    if depth > drawn.found.limits.depth:
        raise Unreadable("bomb")
    kind, geometry = _first(members, "type"), None
    for name, value in members:
        if name == "coordinates" and geometry is None and kind in DEPTHS:
            geometry = _of_coordinates(str(kind), value, drawn, aside)
        elif name == "geometries" and geometry is None and kind == "GeometryCollection" and isinstance(value, list):
            parts = [_geometry(part, drawn, aside, depth + 1) for part in value if isinstance(part, Members)]
            geometry = Geometry(kind="GeometryCollection", parts=tuple(part for part in parts if part))
            aside += [("geometries", part) for part in value if not isinstance(part, Members)]
        elif not (name == "type" and (value in DEPTHS or value == "GeometryCollection")) and not (
            name == "bbox" and _take_bbox(value, drawn)
        ):
            aside.append((f"geometry.{name}", value))
    return geometry


def _of_coordinates(kind: str, value: Value, drawn: Map, aside: Members) -> Geometry | None:
    try:
        return Geometry(kind=kind, coordinates=_nested(value, DEPTHS[kind], drawn.surveyor))
    except NoPosition:
        if value:
            aside.append(("geometry.coordinates", written(value)))
        return None


def _nested(value: Value, depth: int, surveyor: Surveyor) -> tuple[Any, ...]:
    """The nested array as tuples of positions, `depth` levels above them. Raise NoPosition."""
    if not isinstance(value, list) or isinstance(value, Members) or not value:
        raise NoPosition
    if depth:
        return tuple(_nested(one, depth - 1, surveyor) for one in value)
    if not all(isinstance(one, Number) for one in value):
        raise NoPosition
    return surveyor.position(value)


def _tables(drawn: Map) -> Iterator[Table]:
    for table in tables(drawn.found):
        if table.place.path == FEATURES:
            yield with_layer(table, drawn.geometries, _located(drawn.reference))
        else:
            yield replace(table, place=table.place.but(hidden=True))


def _located(reference: str) -> Located | None:
    return of_name(reference)


def _first(members: Value, name: str) -> Value:
    return next((value for key, value in members if key == name), None) if isinstance(members, Members) else None
