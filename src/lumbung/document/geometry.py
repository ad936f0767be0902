"""Where features lie, in the words of RFC 7946 (GeoJSON). Plain data: no file format and no arithmetic."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Geometry:
    """One geometry. `kind` is a geometry type of RFC 7946 ("Point", "MultiPolygon", ...).

    `coordinates` are nested in tuples as there; a position is a tuple of two or three floats: longitude (or easting),
    latitude (or northing), height. A GeometryCollection has `parts` instead.
    """

    kind: str
    coordinates: tuple[Any, ...] = ()
    parts: tuple["Geometry", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """The geometries of a table of features: one for each of its rows, None for its header and where there is none.

    `located` says that the positions are degrees of WGS 84; else nobody could tell where on earth they are.
    """

    geometries: tuple[Geometry | None, ...]
    located: bool = True
