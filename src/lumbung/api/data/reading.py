"""Pages, pieces and groups of a published table's rows, out of its Parquet file; nothing is kept between questions.

First the columns that decide are read, of all rows at most; then, of the rows that are shown, the columns that are
shown. In the order of the file a page begins where the one before ended, however deep that is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from lumbung.api.data.asking import Asked
from lumbung.api.data.filters import conditions
from lumbung.portal.catalogue.rows import CHUNK_ROWS

SPAN = 4 * CHUNK_ROWS  # rows that may be read to gather one page without looking at the whole file


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some rows, and where the next page begins; None where there is none."""

    rows: pl.DataFrame
    following: int | None


def schema_of(path: Path) -> pl.Schema:
    """The columns of the file with their types."""
    return pl.scan_parquet(path).collect_schema()


def page(path: Path, asked: Asked, *, first: int, limit: int) -> Page:
    """At most `limit` rows from `first` on: a row's number in the file, or in the sorted order where it is sorted."""
    table = pl.scan_parquet(path)
    schema = table.collect_schema()
    shown = list(asked.select or schema.names())
    must = conditions(asked.filters, asked.words, schema)
    if asked.sort:
        return _sorted_page(table, must, asked, shown, first=first, limit=limit)
    if not must:
        read = table.select(shown).slice(first, limit + 1).collect()
        return Page(rows=read.head(limit), following=first + limit if read.height > limit else None)
    place = _free_name(schema.names())
    fitting = table.with_row_index(place).slice(first).filter(*must).select(place).head(limit + 1)
    places = fitting.collect()[place]
    following = int(places[limit]) if len(places) > limit else None
    return Page(rows=_gathered(table, shown, places.head(limit)), following=following)


def pieces(path: Path, asked: Asked) -> Iterator[pl.DataFrame]:
    """All rows that fit, in the order of the file, a piece at a time; a large table never stands in memory whole."""
    table = pl.scan_parquet(path)
    schema = table.collect_schema()
    shown = list(asked.select or schema.names())
    must = conditions(asked.filters, asked.words, schema)
    total = count(path, Asked())
    for first in range(0, max(total, 1), CHUNK_ROWS):
        piece = table.slice(first, CHUNK_ROWS)
        yield (piece.filter(*must) if must else piece).select(shown).collect()


def count(path: Path, asked: Asked) -> int:
    """How many rows fit."""
    table = pl.scan_parquet(path)
    must = conditions(asked.filters, asked.words, table.collect_schema())
    return int((table.filter(*must) if must else table).select(pl.len()).collect().item())


def _sorted_page(
    table: pl.LazyFrame, must: list[pl.Expr], asked: Asked, shown: list[str], *, first: int, limit: int
) -> Page:
    place = _free_name(table.collect_schema().names())
    numbered = table.with_row_index(place)
    keys = [f"{place}{number}" for number in range(len(asked.sort))]
    named = [_key(column, table).alias(key) for key, (column, _) in zip(keys, asked.sort, strict=True)]
    picked = (numbered.filter(*must) if must else numbered).select(place, *named)
    downwards = [down for _, down in asked.sort]
    ordered = picked.sort(*keys, place, descending=[*downwards, False], nulls_last=True)
    places = ordered.select(place).slice(first, limit + 1).collect()[place]
    following = first + limit if len(places) > limit else None
    return Page(rows=_gathered(table, shown, places.head(limit)), following=following)


def _key(column: str, table: pl.LazyFrame) -> pl.Expr:
    """Texts are sorted by their small letters."""
    text = table.collect_schema()[column] == pl.String
    return pl.col(column).str.to_lowercase() if text else pl.col(column)


def _gathered(table: pl.LazyFrame, shown: Sequence[str], places: pl.Series) -> pl.DataFrame:
    """The rows at these numbers, in this order."""
    place = _free_name(table.collect_schema().names())
    numbered = table.select(shown).with_row_index(place)
    listed: list[int] = places.to_list()
    if listed and max(listed) - min(listed) < SPAN:
        numbered = numbered.slice(min(listed), max(listed) - min(listed) + 1)
    rows = numbered.filter(pl.col(place).is_in(places.implode())).collect()
    return places.alias(place).to_frame().join(rows, on=place, how="left", maintain_order="left").drop(place)


def _free_name(names: Sequence[str]) -> str:
    """A column name that the table does not have, nor with a number behind it."""
    return "#" * (1 + max(map(len, names), default=0))
