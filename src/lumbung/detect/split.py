"""Identifiers cut into neighbouring columns: region, date and serial apart, or one digit in each cell.

Columns of short digits whose widths make sixteen together are joined and weighed like any column of numbers. Chance is
on the side of statistics here (any counts side by side make digits), so nothing but a label or a clear proof counts.
"""

from collections.abc import Iterator, Sequence

import polars as pl

from lumbung.detect.columns import Form
from lumbung.detect.lexicon import role
from lumbung.detect.patterns import DIGITS
from lumbung.detect.structure import Structure, fits, weigh
from lumbung.document import Table

SAMPLE = 200
"""Rows from which the widths of the columns are read."""
LONGEST = 12
CLEAR = 1e-6
LEAST = 3
WOMEN = 0.05
"""A smaller share of women's days than this may be dates of documents beside codes of regions."""

Joined = tuple[tuple[str, ...], str | None, pl.DataFrame, Structure]
"""Columns; kind by a label or header, if any; row, number, form; their weight."""


def joined(table: Table) -> Iterator[Joined]:
    """Every run of columns that holds identifiers in pieces; no column belongs to two runs."""
    widths = _widths(table.texts)
    columns, start = table.texts.columns, 0
    while start < len(columns):
        run = _run(columns[start:], widths)
        found = _weighed(table, run, widths) if run else None
        if found:
            yield found
        start += len(run) if found else 1


def _widths(texts: pl.DataFrame) -> dict[str, int]:
    """The width of each column that holds little but short digits; others are absent."""
    rows = texts[list(range(0, texts.height, max(1, texts.height // SAMPLE)))]
    digits = pl.all().str.extract(rf"^\s*'?([0-9]{{1,{LONGEST}}})(?:\.0)?\s*$")
    few = rows.select(digits)
    filled = rows.select((pl.all().str.len_bytes() > 0).sum())
    kept: dict[str, int] = {}
    for name in texts.columns:
        found = few[name].drop_nulls()
        if found.len() and found.len() * 2 >= int(filled[name][0] or 0):
            kept[name] = max(len(text) for text in found)
    return kept


def _run(columns: Sequence[str], widths: dict[str, int]) -> tuple[str, ...]:
    """The columns from the first on whose widths make sixteen: two of them, or more, up to sixteen single digits."""
    total = 0
    for count, column in enumerate(columns, start=1):
        total += widths.get(column, DIGITS + 1)
        if total >= DIGITS:
            return tuple(columns[:count]) if total == DIGITS and count > 1 else ()
    return ()


def _weighed(table: Table, run: tuple[str, ...], widths: dict[str, int]) -> Joined | None:
    pieces = [pl.col(name).str.extract(r"^\s*'?([0-9]+)(?:\.0)?\s*$").str.pad_start(widths[name], "0") for name in run]
    cells = table.texts.select(cell=pl.concat_str(pieces)).with_row_index("row").drop_nulls("cell")
    whole = cells.filter(pl.col("cell").str.len_bytes() == DIGITS)
    numbers = whole.select("row", number=pl.col("cell").cast(pl.Int64), form=pl.lit(int(Form.SPLIT), dtype=pl.UInt8))
    if numbers.is_empty():
        return None
    weight = weigh(numbers["number"])
    hits = numbers.filter(fits(numbers["number"], level=weight.level))
    label = _label(table, run, numbers)
    proven = hits.height >= max(LEAST, numbers.height // 2 + 1) and weight.chance <= CLEAR and weight.women >= WOMEN
    return (run, label, numbers if label else hits, weight) if label or proven else None


def _label(table: Table, run: tuple[str, ...], numbers: pl.DataFrame) -> str | None:
    """What the cell left of the first number, or the header above it, says."""
    row, first = int(numbers["row"][0]), table.texts.columns.index(run[0])
    left = [cell for cell in table.texts.row(row)[:first] if cell and cell.strip(" :")]
    above = table.texts[run[0]][row - 1] if row else None
    said = {role(text.strip(" :")) for text in (*left[-1:], above) if text}
    return next((kind for kind in ("nik", "nomor-kk") if kind in said), None)
