"""The rows behind PostgreSQL's `COPY ... FROM stdin;`, as pg_dump writes them.

Source: PostgreSQL 16 documentation, COPY, "Text Format": tabs between values, \\N for NULL, backslash escapes.
"""

import polars as pl

from lumbung.read.letters import letters
from lumbung.read.sql_values import unescaped


def frame_of_copy(lines: str) -> pl.DataFrame:
    """One String column for each value of the longest row, named by letter; NULL and empty text are null."""
    rows = pl.Series("row", lines.replace("\r\n", "\n").split("\n"), dtype=pl.String).str.split("\t")
    width = int(rows.list.len().max() or 1)  # type: ignore[arg-type]  # a length is a whole number
    names = letters(width)
    frame = rows.list.to_struct(fields=names).struct.unnest() if width > 1 else pl.DataFrame({"A": rows.list.first()})
    return frame.select(_cells(frame[name]) for name in frame.columns)


def _cells(column: pl.Series) -> pl.Series:
    cells = column.set(column.is_in(["\\N", ""]), None)
    escaped = cells.str.contains("\\", literal=True).fill_null(False)
    if escaped.any():
        where = escaped.arg_true()
        cells = cells.scatter(where, [unescaped(text) for text in cells.gather(where)])
    return cells
