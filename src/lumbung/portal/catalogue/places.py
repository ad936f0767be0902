"""The features of a dataset for the map on its page: a bounded number of them, with a few properties each.

Source: RFC 7946. They come from the published GeoJSON, or from columns of longitude and latitude. The map has no
ground from elsewhere: no page of Lumbung asks a third party for anything.
"""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from lumbung.portal.catalogue.columns import Column, Role, columns_of

MOST_FEATURES = 2_000
MOST_POSITIONS = 60_000
MOST_PROPERTIES = 8
LONGEST_PROPERTY = 200
LARGEST_FILE = 30_000_000  # bytes of GeoJSON that a page may be asked to read


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What the map shows. `of` counts all features, `without` those that have no place."""

    collection: dict[str, Any]
    shown: int
    of: int
    without: int


def positions_of(columns: list[Column]) -> tuple[str, str] | None:
    """The headers of longitude and latitude, where a table has both."""
    found = {column.plain[:2]: column.name for column in columns if column.role is Role.POSITION}
    east, north = found.get("bu") or found.get("lo") or found.get("ln"), found.get("li") or found.get("la")
    return (east, north) if east and north else None


def of_geojson(path: Path) -> Features | None:
    """The features of a published GeoJSON file; None where it is too large for a page."""
    if path.stat().st_size > LARGEST_FILE:
        return None
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    placed = [one for one in features if one["geometry"]]
    return _features(((one["geometry"], one["properties"] or {}) for one in placed), len(features), len(placed))


def of_table(path: Path) -> Features | None:
    """The points of a table with longitude and latitude; None where it has none."""
    table = pl.scan_parquet(path)
    columns = columns_of(table.collect_schema())
    found = positions_of(columns)
    if found is None:
        return None
    east, north = found
    told = [one.name for one in columns if one.role is not Role.POSITION][:MOST_PROPERTIES]
    on_earth = pl.col(east).is_between(-180, 180) & pl.col(north).is_between(-90, 90)
    of, placed = table.select(pl.len(), on_earth.sum()).collect().row(0)
    rows = table.filter(on_earth).head(MOST_FEATURES).select(*told, east, north).collect()
    points = (
        ({"type": "Point", "coordinates": [row[east], row[north]]}, {name: row[name] for name in told})
        for row in rows.iter_rows(named=True)
    )
    return _features(points, of, placed)


def _features(pairs: Iterator[tuple[dict[str, Any], dict[str, Any]]], of: int, placed: int) -> Features:
    """As many as fit the bounds of a page, in their order."""
    kept: list[dict[str, Any]] = []
    positions = 0
    for geometry, properties in pairs:
        positions += _positions(geometry)
        if len(kept) == MOST_FEATURES or positions > MOST_POSITIONS:
            break
        told = dict(list(properties.items())[:MOST_PROPERTIES])
        kept.append({"type": "Feature", "geometry": geometry, "properties": {k: _short(v) for k, v in told.items()}})
    return Features(
        collection={"type": "FeatureCollection", "features": kept}, shown=len(kept), of=of, without=of - placed
    )


def _positions(geometry: dict[str, Any]) -> int:
    """How many positions a geometry has."""
    if geometry["type"] == "GeometryCollection":
        return sum(map(_positions, geometry["geometries"]))
    waiting, count = [geometry["coordinates"]], 0
    while waiting:
        one = waiting.pop()
        if one and isinstance(one[0], int | float):
            count += 1
        else:
            waiting.extend(one)
    return count


def _short(value: object) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return f"{value[:LONGEST_PROPERTY]}…" if isinstance(value, str) and len(value) > LONGEST_PROPERTY else value
