"""What a person who opens the sheet sees: hidden rows and columns are left behind, and so is what is empty."""

from dataclasses import dataclass

import polars as pl

from lumbung.document import Table

BLANKS = " \t\r\n\u00a0\u200b\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisibleCells:
    """`cells` is the filled part of the grid, as text; `rows` are the positions of its rows in the whole table."""

    cells: pl.DataFrame
    rows: pl.Series


def visible_cells(table: Table) -> VisibleCells:
    """Only what shows; a cell of blanks is null. A hidden sheet shows nothing. May have no columns or no rows.

    Does not fill up merged cells: the value stays in the first one.
    """
    hidden = set(range(table.texts.height)) if table.place.hidden else _hidden_positions(table)
    cells = table.texts.drop(table.hidden_columns, strict=False).with_row_index("")
    cells = cells.filter(~pl.col("").is_in(sorted(hidden))) if hidden else cells
    cells = cells.with_columns(_blank_as_null(name) for name in cells.columns[1:])
    filled = [name for name in cells.columns[1:] if cells[name].null_count() < cells.height]
    cells = cells.filter(pl.any_horizontal(pl.col(filled).is_not_null())) if filled else cells.clear()
    return VisibleCells(cells=cells.select(filled), rows=cells[""])


def _hidden_positions(table: Table) -> set[int]:
    return {row - table.first_row for row in table.hidden_rows if row >= table.first_row}


def _blank_as_null(name: str) -> pl.Expr:
    bare = pl.col(name).str.strip_chars(BLANKS)
    return pl.when(bare != "").then(bare).otherwise(None).alias(name)
