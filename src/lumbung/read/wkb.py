"""Well-known binary, and the blob that GeoPackage and SpatiaLite wrap around it.

Sources: OGC 06-103r4 (Simple Feature Access 1.2.1, clause 8), ISO 13249-3 for Z and M, PostGIS's EWKB flags;
OGC 12-128r18 (GeoPackage 1.3, clause 2.1.3); the SpatiaLite BLOB-Geometry format. Measures are not kept.
"""

import struct
from dataclasses import dataclass
from typing import Any

from lumbung.document import Geometry
from lumbung.read.features import NoPosition, Surveyor

KINDS = {
    1: "Point",
    2: "LineString",
    3: "Polygon",
    4: "MultiPoint",
    5: "MultiLineString",
    6: "MultiPolygon",
    7: "GeometryCollection",
}
EWKB_Z, EWKB_M, EWKB_SRID = 0x80000000, 0x40000000, 0x20000000
ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
DEEPEST = 32
EMPTY = 0x10  # flag of GeoPackage


class NoGeometry(Exception):
    """The blob is no geometry, or not wholly one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """A geometry and the code of its reference system, 0 where none is said. None for an empty one."""

    geometry: Geometry | None
    system: int


@dataclass(slots=True)
class _Reader:
    data: bytes
    position: int
    surveyor: Surveyor
    spatialite: bool = False

    def take(self, form: str) -> tuple[Any, ...]:
        size = struct.calcsize(form)
        piece = self.data[self.position : self.position + size]
        self.position += size
        try:
            return struct.unpack(form, piece)
        except struct.error:
            raise NoGeometry from None


def geometry_of(blob: bytes, surveyor: Surveyor) -> Blob:
    """The geometry of a blob in any of the three wrappings. Raise NoGeometry where it is not wholly one."""
    try:
        if blob[:2] == b"GP":
            return _of_geopackage(blob, surveyor)
        if blob[:1] == b"\0" and blob[38:39] == b"\x7c" and blob[-1:] == b"\xfe":
            return _of_spatialite(blob, surveyor)
        reader = _Reader(blob, 0, surveyor)
        geometry = _geometry(reader, 0)
        return Blob(geometry=_whole(geometry, reader, len(blob)), system=0)
    except NoPosition:
        raise NoGeometry from None


def _of_geopackage(blob: bytes, surveyor: Surveyor) -> Blob:
    if len(blob) < 8 or blob[2] != 0:
        raise NoGeometry
    flags = blob[3]
    (system,) = struct.unpack("<i" if flags & 1 else ">i", blob[4:8])
    envelope = ENVELOPES.get(flags >> 1 & 7)
    if envelope is None:
        raise NoGeometry
    reader = _Reader(blob, 8 + envelope, surveyor)
    surveyor.look(_doubles(blob[8 : 8 + envelope], "<" if flags & 1 else ">"))
    if flags & EMPTY and reader.position >= len(blob):
        return Blob(geometry=None, system=system)
    return Blob(geometry=_whole(_geometry(reader, 0), reader, len(blob)), system=system)


def _of_spatialite(blob: bytes, surveyor: Surveyor) -> Blob:
    order = "<" if blob[1] == 1 else ">"
    (system,) = struct.unpack(f"{order}i", blob[2:6])
    surveyor.look(_doubles(blob[6:38], order))
    reader = _Reader(blob, 39, surveyor, spatialite=True)
    return Blob(geometry=_whole(_body(reader, order, 0), reader, len(blob) - 1), system=system)


def _doubles(raw: bytes, order: str) -> tuple[float, ...]:
    return struct.unpack(f"{order}{len(raw) // 8}d", raw[: len(raw) // 8 * 8])


def _whole(geometry: Geometry | None, reader: _Reader, end: int) -> Geometry | None:
    if reader.position != end:
        raise NoGeometry
    return geometry


def _geometry(reader: _Reader, depth: int) -> Geometry | None:
    """A geometry with its byte order in front."""
    (order,) = reader.take("<B")
    if order not in (0, 1) and not reader.spatialite:
        raise NoGeometry
    return _body(reader, "<" if order else ">", depth)


def _body(reader: _Reader, order: str, depth: int) -> Geometry | None:
    (code,) = reader.take(f"{order}I")
    kind = KINDS.get((code & 0x0FFFFFFF) % 1000)
    if kind is None or depth > DEEPEST:
        raise NoGeometry
    if code & EWKB_SRID:
        reader.take(f"{order}I")
    thousands = (code & 0x0FFFFFFF) // 1000
    size = 2 + (thousands in (1, 3) or bool(code & EWKB_Z)) + (thousands in (2, 3) or bool(code & EWKB_M))
    with_height = thousands in (1, 3) or bool(code & EWKB_Z)
    if kind == "Point":
        numbers = reader.take(f"{order}{size}d")
        if numbers[0] != numbers[0]:  # not a number: an empty point
            return None
        return Geometry(kind=kind, coordinates=_position(numbers, with_height, reader))
    if kind in ("LineString", "Polygon"):
        return _of_lines(kind, reader, order, size, with_height)
    (count,) = reader.take(f"{order}I")
    parts = tuple(part for part in (_part(reader, depth, count) for _ in range(count)) if part)
    if kind == "GeometryCollection":
        return Geometry(kind=kind, parts=parts)
    return Geometry(kind=kind, coordinates=tuple(part.coordinates for part in parts)) if parts else None


def _part(reader: _Reader, depth: int, count: int) -> Geometry | None:
    if count > len(reader.data):
        raise NoGeometry
    return _geometry(reader, depth + 1)


def _of_lines(kind: str, reader: _Reader, order: str, size: int, with_height: bool) -> Geometry | None:
    (rings,) = reader.take(f"{order}I") if kind == "Polygon" else (1,)
    if rings > len(reader.data):
        raise NoGeometry
    lines = []
    for _ in range(rings):
        (count,) = reader.take(f"{order}I")
        if count * size * 8 > len(reader.data):
            raise NoGeometry
        numbers = reader.take(f"{order}{count * size}d")
        lines.append(
            tuple(_position(numbers[at : at + size], with_height, reader) for at in range(0, len(numbers), size))
        )
    if not lines or not lines[0]:
        return None
    return Geometry(kind=kind, coordinates=tuple(lines) if kind == "Polygon" else lines[0])


def _position(numbers: tuple[float, ...], with_height: bool, reader: _Reader) -> tuple[float, ...]:
    kept = 3 if with_height else 2
    reader.surveyor.look(numbers[kept:])
    return reader.surveyor.position([repr(number) for number in numbers[:kept]])
