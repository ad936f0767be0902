"""The features of a dataset for the map on its page: a bounded number of them, with a few properties each.

Source: RFC 7946. They come from the published GeoJSON, from columns of longitude and latitude, or, where a table has
a row for each village by its kode wilayah, from where the villages say that their offices are. The map has no ground
from elsewhere: no page of Lumbung asks a third party for anything, and no border is drawn that nobody has published.
"""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from lumbung.portal.catalogue import place_queries
from lumbung.portal.catalogue.chart import TOTAL_NAME
from lumbung.portal.catalogue.columns import REGION, Column, Role, columns_of

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
    """The points of a table with longitude and latitude, or of the villages it tells of; None where it has none."""
    table = pl.scan_parquet(path)
    columns = columns_of(table.collect_schema())
    found = positions_of(columns)
    if found is None:
        return _of_villages(table, columns)
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


def tells_of_villages(path: Path) -> bool:
    """Whether the table has one row for each village, of which at least one has said where its office is."""
    table = pl.scan_parquet(path)
    return _of_villages(table, columns_of(table.collect_schema())) is not None


def _of_villages(table: pl.LazyFrame, columns: list[Column]) -> Features | None:
    """A point for each row, as large as its figure; None where a village has several rows, or none has a place."""
    code, measure = _village_columns(columns)
    if not code:
        return None
    rows = _newest(table, columns).head(MOST_FEATURES).with_columns(pl.col(code).cast(pl.String)).collect()
    kodes = rows[code].drop_nulls().to_list()
    offices = place_queries.offices(kodes)
    if not offices or len(set(kodes)) < len(kodes):
        return None
    told = [measure] if measure else []
    told += [one.name for one in columns if one.name != measure][: MOST_PROPERTIES - len(told)]
    points = [
        ({"type": "Point", "coordinates": offices[row[code]]}, {name: row[name] for name in told})
        for row in rows.iter_rows(named=True)
        if row[code] in offices
    ]
    found = _features(iter(points), rows.height, len(points))
    return replace(found, collection={**found.collection, "sized": measure})


def sized_by(columns: list[Column]) -> str:
    """The figure by which the points of villages are sized; "" for none."""
    return _village_columns(columns)[1]


def _village_columns(columns: list[Column]) -> tuple[str, str]:
    """The headers of the kode wilayah and of the figure that stands for the table; "" for what it has not."""
    code = next((one.name for one in columns if REGION.match(one.plain)), "")
    measures = [one for one in columns if one.role is Role.MEASURE]
    whole = [one.name for one in measures if TOTAL_NAME.search(one.plain)] + [one.name for one in measures]
    return code, next(iter(whole), "")


def _newest(table: pl.LazyFrame, columns: list[Column]) -> pl.LazyFrame:
    """The rows of the newest year, where the table has years."""
    year = next((one.name for one in columns if one.role is Role.YEAR and one.numeric), None)
    return table.filter(pl.col(year) == pl.col(year).max()) if year else table


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
