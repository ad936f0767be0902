"""TopoJSON: every object of a topology a layer of features, its arcs joined to lines and rings, read as GeoJSON is.

Source: "The TopoJSON Format Specification" (topojson/topojson-specification), 2.1. Whatever of the file is no part of
a topology is read like any other JSON; every number of every arc is looked at, whether a geometry uses the arc or not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lumbung.document import Passage, Place, Table
from lumbung.read.features import LONG_RUN, MOST_POSITIONS, NoPosition
from lumbung.read.geojson import FEATURES, read_features
from lumbung.read.json_tables import Collected, collect, passages, tables
from lumbung.read.json_values import Members, Number, Value, written
from lumbung.read.limits import Limits
from lumbung.read.opened import Parts
from lumbung.read.sweep import swept
from lumbung.read.unreadable import Unreadable

DECIMALS = 9  # a tenth of a millimetre; a program multiplies, and would leave a tail of digits that nobody wrote
OWN = frozenset({"type", "objects", "arcs", "transform", "bbox"})
OF_GEOMETRY = frozenset({"type", "arcs", "coordinates", "geometries", "id", "properties"})
LEVELS = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}
POINTS = {"Point": 0, "MultiPoint": 1}

Position = list[Number]


@dataclass(slots=True)
class Topology:
    """Arcs as positions on the map, each written once; `left` counts down those that geometries may still ask for."""

    arcs: list[list[Position]]
    scale: tuple[float, float]
    shift: tuple[float, float]
    depth: int
    left: int = MOST_POSITIONS


def is_topology(values: list[Value]) -> bool:
    """Whether the only value of a file is a topology."""
    if len(values) != 1 or not isinstance(values[0], Members):
        return False
    kind, objects, arcs = (_first(values[0], name) for name in ("type", "objects", "arcs"))
    return kind == "Topology" and isinstance(objects, Members) and _is_array(arcs)


def read_topology(values: list[Value], limits: Limits) -> Parts:
    """A table with a layer for each object, everything beside them hidden. Raise Unreadable("too-large", "bomb")."""
    (members,) = values
    topology = _opened(members, limits)
    found, said = [], [*swept(Place(path="$.arcs"), "\n".join(_odd(members)))]
    for name, value in _first(members, "objects"):
        place = f"$.objects.{name}"
        parts = read_features(
            [Members([("type", "FeatureCollection"), ("features", _features(topology, value))])], limits
        )
        found += [_moved(table, place) for table in parts.tables]
        said += [Passage(place=Place(path=place), text=name)]
        said += [replace(passage, place=passage.place.but(path=place)) for passage in parts.passages]
    beside = Collected(limits)
    collect(Members(pair for pair in members if pair[0] not in OWN), "$", beside)
    hidden = [replace(table, place=table.place.but(hidden=True)) for table in tables(beside)]
    return Parts(format="topojson", tables=(*found, *hidden), passages=(*said, *passages(beside)))


def _moved(table: Table, place: str) -> Table:
    path = (table.place.path or "").replace(FEATURES, place)
    return replace(table, place=table.place.but(path=path))


def _opened(members: Members, limits: Limits) -> Topology:
    """The topology with its arcs on the map; an arc that is none is empty. Raise Unreadable("too-large")."""
    transform = _first(members, "transform")
    scale = _pair(_first(transform, "scale")) if isinstance(transform, Members) else None
    shift = _pair(_first(transform, "translate")) if isinstance(transform, Members) else None
    arcs = _first(members, "arcs")
    if sum(len(arc) for arc in arcs if isinstance(arc, list)) > MOST_POSITIONS:
        raise Unreadable("too-large")
    topology = Topology([], scale or (1.0, 1.0), shift or (0.0, 0.0), limits.depth)
    topology.arcs = [_arc(arc, topology, adding=scale is not None) for arc in arcs]
    return topology


def _arc(arc: Value, topology: Topology, *, adding: bool) -> list[Position]:
    """An arc's positions; in a topology with a transform each is a step from the one before."""
    line: list[Position] = []
    x = y = 0.0
    for step in arc if _is_array(arc) else ():
        numbers = _numbers(step)
        if numbers is None:
            return []
        x, y = (x + numbers[0], y + numbers[1]) if adding else (numbers[0], numbers[1])
        line.append(_position((*_placed(topology, x, y), *numbers[2:])))
    return line


def _placed(topology: Topology, x: float, y: float) -> tuple[float, float]:
    return x * topology.scale[0] + topology.shift[0], y * topology.scale[1] + topology.shift[1]


def _numbers(step: Value) -> list[float] | None:
    if not _is_array(step) or len(step) < 2 or not all(isinstance(one, Number) for one in step):
        return None
    return [float(one) for one in step]


def _pair(value: Value) -> tuple[float, float] | None:
    numbers = _numbers(value)
    return (numbers[0], numbers[1]) if numbers else None


def _odd(members: Members) -> Iterator[str]:
    """Numbers with sixteen digits in a row in any arc, and what in an arc is no number at all."""
    stack = [_first(members, name) for name in ("arcs", "transform", "bbox")]
    while stack:
        value = stack.pop()
        if isinstance(value, Members):
            stack += [one for _, one in value]
            yield from (name for name, _ in value if LONG_RUN.search(name))
        elif isinstance(value, list):
            stack += value
        elif value is not None and (not isinstance(value, Number) or LONG_RUN.search(value)):
            yield str(value)


def _features(topology: Topology, value: Value) -> list[Value]:
    """An object as features: each geometry of a collection, or the geometry itself; anything else as it is."""
    if (
        isinstance(value, Members)
        and _first(value, "type") == "GeometryCollection"
        and "properties" not in dict(value)
    ):
        inside = _first(value, "geometries")
        beside = Members(pair for pair in value if pair[0] not in ("type", "geometries"))
        rest: list[Value] = [beside] if beside else []
        return [*(_feature(topology, one) for one in (inside if _is_array(inside) else [inside])), *rest]
    return [_feature(topology, value)]


def _feature(topology: Topology, value: Value) -> Value:
    if not isinstance(value, Members):
        return value
    kept = [pair for pair in value if pair[0] in ("id", "properties") or pair[0] not in OF_GEOMETRY]
    bare = Members(pair for pair in value if pair[0] in OF_GEOMETRY and pair[0] not in ("id", "properties"))
    return Members([("type", "Feature"), *kept, ("geometry", _geometry(topology, bare, topology.depth))])


def _geometry(topology: Topology, members: Members, depth: int) -> Value:
    """A geometry in the words of GeoJSON; one whose arcs are not there keeps them, and is none. Raise Unreadable."""
    if depth < 0:
        raise Unreadable("bomb")
    kind, changed = _first(members, "type"), Members()
    for name, value in members:
        if name == "arcs" and kind in LEVELS:
            changed.append(("coordinates", _joined(topology, value, LEVELS[kind])))
        elif name == "coordinates" and kind in POINTS:
            changed.append((name, _points(topology, value, POINTS[kind])))
        elif name == "geometries" and _is_array(value):
            inside = [_geometry(topology, one, depth - 1) if isinstance(one, Members) else one for one in value]
            changed.append((name, inside))
        else:
            changed.append((name, value))
    return changed if kind is not None else None if not changed[1:] else changed


def _joined(topology: Topology, value: Value, level: int) -> Value:
    """Nested numbers of arcs as nested positions; as they are where an arc is missing."""
    try:
        return _lines(topology, value, level)
    except (NoPosition, ValueError, IndexError):
        return written(value)


def _lines(topology: Topology, value: Value, level: int) -> list[Value]:
    if not _is_array(value):
        raise NoPosition
    if level:
        return [_lines(topology, one, level - 1) for one in value]
    line: list[Position] = []
    for number in value:
        arc = _arc_of(topology, number)
        line += arc[1:] if line else arc
    topology.left -= len(line)
    if topology.left < 0:
        raise Unreadable("too-large")
    return [*line]


def _arc_of(topology: Topology, number: Value) -> list[Position]:
    """The arc of this number, backwards where it is below zero. Raise NoPosition, ValueError, IndexError."""
    if not isinstance(number, Number):
        raise NoPosition
    index = int(number)
    arc = topology.arcs[~index][::-1] if index < 0 else topology.arcs[index]
    if not arc:
        raise NoPosition
    return arc


def _points(topology: Topology, value: Value, level: int) -> Value:
    if level and _is_array(value):
        return [_points(topology, one, level - 1) for one in value]
    numbers = _numbers(value)
    if numbers is None:
        return value
    return _position((*_placed(topology, numbers[0], numbers[1]), *numbers[2:]))


def _position(position: Sequence[float]) -> Position:
    return [Number(format(round(one, DECIMALS) + 0.0, f".{DECIMALS}f").rstrip("0").rstrip(".")) for one in position]


def _is_array(value: Value) -> bool:
    return isinstance(value, list) and not isinstance(value, Members)


def _first(members: Value, name: str) -> Value:
    return next((value for key, value in members if key == name), None) if isinstance(members, Members) else None
