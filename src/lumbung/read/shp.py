"""The geometry file of a shapefile: one geometry for each record, and whatever lies between and behind them.

Source: ESRI Shapefile Technical Description (July 1998). Measures are not kept; heights are. Patches of surfaces
(type 31) are taken as rings.
"""

import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lumbung.document import Geometry
from lumbung.read.features import NoPosition, Surveyor
from lumbung.read.unreadable import Unreadable

HEADER = 100
MAGIC = b"\x00\x00\x27\x0a" + b"\0" * 20
NULL, POINTS, LINES, RINGS, MULTIPOINTS, PATCHES = 0, (1, 11, 21), (3, 13, 23), (5, 15, 25), (8, 18, 28), (31,)
HEIGHTS = (11, 13, 15, 18, 31)

Ring = tuple[tuple[float, ...], ...]


@dataclass(slots=True)
class Shapes:
    """Geometries in order (None for an empty record or one that cannot be read), and whether all was read."""

    geometries: list[Geometry | None] = field(default_factory=list)
    whole: bool = True


def read_shapes(data: bytes, surveyor: Surveyor) -> Shapes:
    """Every record of the file. Raise Unreadable("broken") where it is no .shp file at all.

    Numbers that are no coordinates, in bounds and measures too, are kept by the surveyor; texts are not looked for.
    """
    if len(data) < HEADER or not data.startswith(MAGIC[:4]):
        raise Unreadable("broken")
    shapes, position = Shapes(), HEADER
    declared = min(len(data), max(HEADER, struct.unpack(">i", data[24:28])[0] * 2))
    surveyor.look(_doubles(data[36:HEADER]))
    while position + 12 <= declared:
        length = struct.unpack(">i", data[position + 4 : position + 8])[0] * 2
        if length < 4 or position + 8 + length > declared:
            shapes.whole = False
            break
        record = data[position + 8 : position + 8 + length]
        shapes.geometries.append(_geometry(record, surveyor, shapes))
        position += 8 + length
    return shapes


def index_of(data: bytes) -> bytes:
    """The .shx records that belong to these .shp bytes, without their header."""
    made, position = [], HEADER
    while position + 12 <= len(data):
        length = struct.unpack(">i", data[position + 4 : position + 8])[0]
        if length < 2:
            break
        made.append(struct.pack(">ii", position // 2, length))
        position += 8 + length * 2
    return b"".join(made)


def _geometry(record: bytes, surveyor: Surveyor, shapes: Shapes) -> Geometry | None:
    kind = struct.unpack("<i", record[:4])[0]
    try:
        if kind == NULL:
            return None
        if kind in POINTS:
            x, y, *more = _doubles(record[4:])
            height = more[:1] if kind in HEIGHTS else []
            surveyor.look(_doubles(record[20:]))
            return Geometry(kind="Point", coordinates=_position([x, y, *height], surveyor))
        if kind in MULTIPOINTS:
            return _of_points(record, kind, surveyor)
        if kind in (*LINES, *RINGS, *PATCHES):
            return _of_parts(record, kind, surveyor)
    except (struct.error, ValueError, NoPosition, IndexError):
        pass
    shapes.whole = False
    return None


def _position(numbers: list[float], surveyor: Surveyor) -> tuple[float, ...]:
    return surveyor.position([repr(number) for number in numbers])


def _points(record: bytes, start: int, count: int, kind: int, surveyor: Surveyor) -> Ring:
    """`count` pairs from `start` on, with their heights; bounds and measures are only looked at."""
    if count < 0 or start + 16 * count > len(record):
        raise NoPosition
    pairs = _doubles(record[start : start + 16 * count])
    after = start + 16 * count
    heights: list[list[float]] = [[] for _ in range(count)]
    if kind in HEIGHTS and len(record) >= after + 16 + 8 * count:
        heights = [[one] for one in _doubles(record[after + 16 : after + 16 + 8 * count])]
        after += 16 + 8 * count
    surveyor.look(_doubles(record[4:36]))
    surveyor.look(_doubles(record[after:]))
    return tuple(_position([pairs[2 * i], pairs[2 * i + 1], *heights[i]], surveyor) for i in range(count))


def _doubles(raw: bytes) -> "array[float]":
    numbers = array("d", raw[: len(raw) // 8 * 8])
    if struct.pack("=h", 1) != struct.pack("<h", 1):
        numbers.byteswap()
    return numbers


def _of_points(record: bytes, kind: int, surveyor: Surveyor) -> Geometry:
    (count,) = struct.unpack("<i", record[36:40])
    return Geometry(kind="MultiPoint", coordinates=_points(record, 40, count, kind, surveyor))


def _of_parts(record: bytes, kind: int, surveyor: Surveyor) -> Geometry:
    parts, count = struct.unpack("<ii", record[36:44])
    if not 0 < parts <= count or 44 + 4 * parts > len(record):
        raise NoPosition
    starts = struct.unpack(f"<{parts}i", record[44 : 44 + 4 * parts])
    begin = 44 + 4 * parts * (2 if kind in PATCHES else 1)
    points = _points(record, begin, count, kind, surveyor)
    if starts[0] != 0 or list(starts) != sorted(set(starts)) or starts[-1] >= count:
        raise NoPosition
    pieces = [points[first:last] for first, last in zip(starts, [*starts[1:], count], strict=True)]
    if kind in LINES:
        return Geometry(kind="MultiLineString", coordinates=tuple(pieces))
    return _of_rings([piece for piece in pieces if len(piece) > 2])


def _of_rings(rings: list[Ring]) -> Geometry:
    """Outer rings run with the clock; each hole belongs to the first outer ring around it."""
    outer = [[ring] for ring in rings if _turn(ring) <= 0] or [[ring] for ring in rings]
    for hole in (ring for ring in rings if _turn(ring) > 0) if len(outer) < len(rings) else ():
        home = next((polygon for polygon in outer if _holds(polygon[0], hole[0])), outer[0])
        home.append(hole)
    polygons: tuple[Any, ...] = tuple(map(tuple, outer))
    if not polygons:
        raise NoPosition
    if len(polygons) == 1:
        return Geometry(kind="Polygon", coordinates=polygons[0])
    return Geometry(kind="MultiPolygon", coordinates=polygons)


def _turn(ring: Ring) -> float:
    """Twice the area, positive against the clock."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in _edges(ring))


def _holds(ring: Ring, point: tuple[float, ...]) -> bool:
    """Whether the point lies within the ring: an odd number of edges to its right."""
    x, y = point[0], point[1]
    crossed = (
        (a[1] > y) != (b[1] > y) and x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0] for a, b in _edges(ring)
    )
    return sum(crossed) % 2 == 1


def _edges(ring: Ring) -> Iterator[tuple[tuple[float, ...], tuple[float, ...]]]:
    return zip(ring, [*ring[1:], ring[0]], strict=True)
