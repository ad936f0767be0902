"""Rows as a clerk writes them: "5-1204, 1300"."""

import polars as pl

from lumbung.document import Place, Table

AT_MOST = 4


def ranges(rows: pl.Series) -> str:
    """Ranges of ascending row numbers, at most four, then an ellipsis. "" where there are none."""
    if rows.is_empty():
        return ""
    if int(rows[-1]) - int(rows[0]) == rows.len() - 1:  # no gap
        return str(rows[0]) if rows.len() == 1 else f"{rows[0]}-{rows[-1]}"
    starts = rows.filter((rows.diff() != 1).fill_null(True))
    ends = rows.filter((rows.shift(-1) - rows != 1).fill_null(True))
    pairs = zip(starts.head(AT_MOST), ends.head(AT_MOST), strict=True)
    text = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in pairs)
    return text if starts.len() <= AT_MOST else text + " …"


def place(table: Table, column: str, rows: pl.Series, *, header: str | None = None) -> Place:
    """The place of cells of one column; `rows` are ascending positions in the grid, counted from 0."""
    numbers = rows.cast(pl.Int64) + table.first_row
    single = f"{column}{numbers[0]}" if numbers.len() == 1 else None
    return table.place.but(
        column=column, header=header, row=ranges(numbers), cell=single, hidden=_hidden(table, column, numbers)
    )


def _hidden(table: Table, column: str, numbers: pl.Series) -> bool | None:
    hidden = table.place.hidden or column in table.hidden_columns
    if not hidden and table.hidden_rows and not numbers.is_empty():
        hidden = bool(numbers.is_in(list(table.hidden_rows)).all())
    return True if hidden else None
