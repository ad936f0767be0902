"""What the cells of each column have in common: how many are empty, how many differ, the least and the most."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from lumbung.portal.catalogue.column_words import Words
from lumbung.portal.catalogue.columns import Column, columns_of, told
from lumbung.portal.catalogue.rows import MOST_COLUMNS

MOST_COUNTED = 300_000  # rows in which different values are still counted while somebody waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A column and its cells. `distinct` is None where the table is too long to count; the bounds are figures only."""

    column: Column
    empty: int
    distinct: int | None
    least: float | int | None
    most: float | int | None


def facts_of(path: Path, words: Words) -> list[Facts]:
    """The facts of every column that the page shows, from one reading of the file, beside what was written of it."""
    table = pl.scan_parquet(path)
    columns = told(columns_of(table.collect_schema())[:MOST_COLUMNS], words)
    counted = int(table.select(pl.len()).collect().item()) <= MOST_COUNTED
    asked: list[pl.Expr] = []
    for number, column in enumerate(columns):
        cell = pl.col(column.name)
        asked.append(cell.null_count().alias(f"{number} empty"))
        if counted:
            asked.append(cell.drop_nulls().n_unique().alias(f"{number} distinct"))
        if column.numeric:
            asked += [cell.min().alias(f"{number} least"), cell.max().alias(f"{number} most")]
    said = table.select(asked).collect().row(0, named=True) if asked else {}
    return [
        Facts(
            column=column,
            empty=said[f"{number} empty"],
            distinct=said.get(f"{number} distinct"),
            least=said.get(f"{number} least"),
            most=said.get(f"{number} most"),
        )
        for number, column in enumerate(columns)
    ]
