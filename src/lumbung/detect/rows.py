"""Rows as a clerk writes them: "5-1204, 1300"."""

import polars as pl

from lumbung.document import Place, Table

AT_MOST = 4


def ranges(positions: pl.Series, *, first: int = 0) -> str:
    """Ranges of ascending row numbers, at most four, then an ellipsis. "" where there are none.

    `first` is the number of the row at position 0.
    """
    if positions.is_empty():
        return ""
    top, bottom = int(positions[0]) + first, int(positions[-1]) + first
    if bottom - top == positions.len() - 1:  # no gap
        return str(top) if positions.len() == 1 else f"{top}-{bottom}"
    rows = positions.cast(pl.Int64) + first
    starts = rows.filter((rows.diff() != 1).fill_null(True))
    ends = rows.filter((rows.shift(-1) - rows != 1).fill_null(True))
    pairs = zip(starts.head(AT_MOST), ends.head(AT_MOST), strict=True)
    text = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in pairs)
    return text if starts.len() <= AT_MOST else text + " …"


def place(table: Table, column: str, rows: pl.Series, *, header: str | None = None) -> Place:
    """The place of cells of one column; `rows` are ascending positions in the grid, counted from 0."""
    single = f"{column}{int(rows[0]) + table.first_row}" if rows.len() == 1 else None
    return table.place.but(
        column=column,
        header=header,
        row=ranges(rows, first=table.first_row),
        cell=single,
        hidden=_hidden(table, column, rows),
    )


def _hidden(table: Table, column: str, rows: pl.Series) -> bool | None:
    hidden = table.place.hidden or column in table.hidden_columns
    if not hidden and table.hidden_rows and not rows.is_empty():
        numbers = rows.cast(pl.Int64) + table.first_row
        hidden = bool(numbers.is_in(list(table.hidden_rows)).all())
    return True if hidden else None
