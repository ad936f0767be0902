"""Features as GeoJSON: the properties that a clean table has, the geometry of each, and nothing else.

Source: RFC 7946. Positions are degrees of WGS 84 with six decimals (a tenth of a metre), without heights; rings are
closed, and the outer one runs against the clock. There is a bbox, and no foreign member.
"""

import json
import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl

from lumbung.document import Geometry

DECIMALS = 6
RINGS = {"Polygon": 1, "MultiPolygon": 2}  # levels of nesting above a ring
LONGITUDE, LATITUDE = "bujur", "lintang"

Geometries = Sequence[Geometry | None]


def write_geojson(cells: pl.DataFrame, geometries: Geometries, path: Path) -> None:
    """One feature for each row of `cells`, with the geometry of the same row; columns are its properties."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"type":"FeatureCollection",')
        box = _bbox(geometries)
        if box:
            file.write(f'"bbox":{_json(box)},')
        file.write('"features":[')
        for number, (row, geometry) in enumerate(zip(cells.iter_rows(named=True), geometries, strict=True)):
            properties = {name: _finite(value) for name, value in row.items()}
            feature = {"type": "Feature", "properties": properties, "geometry": geometry and _written(geometry)}
            file.write(("\n" if number == 0 else ",\n") + _json(feature))
        file.write("\n]}\n")


def with_positions(cells: pl.DataFrame, geometries: Geometries) -> pl.DataFrame:
    """The table with columns of longitude and latitude, where its features are points and it has none by that name."""
    present = [one for one in geometries if one is not None]
    if not all(one.kind == "Point" for one in present) or {LONGITUDE, LATITUDE} & set(map(str.lower, cells.columns)):
        return cells
    points = [one.coordinates if one else (None, None) for one in geometries]
    return cells.with_columns(
        pl.Series(name, [_cut(point[axis]) for point in points], dtype=pl.Float64)
        for axis, name in ((0, LONGITUDE), (1, LATITUDE))
    )


def _written(geometry: Geometry) -> dict[str, Any]:
    if geometry.kind == "GeometryCollection":
        return {"type": geometry.kind, "geometries": [_written(part) for part in geometry.parts]}
    return {"type": geometry.kind, "coordinates": _nested(geometry.coordinates, RINGS.get(geometry.kind))}


def _nested(nested: tuple[Any, ...], above_ring: int | None) -> list[Any]:
    """Positions cut to two numbers; `above_ring` counts down to the level of a ring."""
    if nested and isinstance(nested[0], float):
        return [_cut(nested[0]), _cut(nested[1])]
    below = None if above_ring is None else above_ring - 1
    if below == 0:
        return [_ring(ring, outer=position == 0) for position, ring in enumerate(nested)]
    return [_nested(one, below) for one in nested]


def _ring(ring: tuple[Any, ...], *, outer: bool) -> list[list[float]]:
    positions = [[_cut(one[0]), _cut(one[1])] for one in ring]
    if positions and positions[0] != positions[-1]:
        positions.append(positions[0])
    pairs = pairwise(positions)
    turn = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)
    return positions if (turn > 0) == outer else positions[::-1]


def _bbox(geometries: Geometries) -> list[float]:
    """West, south, east, north of everything; empty where there is nothing."""
    west = south = math.inf
    east = north = -math.inf
    for geometry in geometries:
        for x, y in _positions(geometry) if geometry else ():
            west, east, south, north = min(west, x), max(east, x), min(south, y), max(north, y)
    return [_cut(west), _cut(south), _cut(east), _cut(north)] if west <= east else []


def _positions(geometry: Geometry) -> Iterator[tuple[float, float]]:
    for part in geometry.parts:
        yield from _positions(part)
    waiting = [geometry.coordinates] if geometry.coordinates else []
    while waiting:
        nested = waiting.pop()
        if nested and isinstance(nested[0], float):
            yield nested[0], nested[1]
        else:
            waiting += nested


def _cut(number: float | None) -> Any:
    return None if number is None else round(number, DECIMALS) + 0.0


def _finite(value: object) -> object:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
