"""Identifiers cut into neighbouring columns: region, date and serial apart, or one digit in each cell.

Columns of short digits whose widths make sixteen together are joined and weighed like any column of numbers. Chance is
on the side of statistics here (any counts side by side make digits), so nothing but a label or a clear proof counts.
"""

from collections.abc import Iterator, Sequence

import polars as pl

from lumbung.detect.columns import Form
from lumbung.detect.lexicon import role
from lumbung.detect.patterns import DIGITS
from lumbung.detect.reduced import LOW
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
    """Every run of columns that holds identifiers in pieces; no column belongs to two runs.

    Columns of anything else, or of nothing, may stand between the pieces.
    """
    widths = _widths(table.texts)
    digits = _digits(table.texts, widths)
    columns, start = list(widths), 0
    while start < len(columns):
        run = _run(columns[start : start + DIGITS], widths)
        at = table.texts.get_column_index(columns[start])
        found = _weighed(table, run, digits) if run and _may_say(table, at) else None
        if found:
            yield found
        start += len(run) if found else 1


def _widths(texts: pl.DataFrame) -> dict[str, int]:
    """The width of each column that holds little but short digits; others are absent."""
    rows = texts[list(range(0, texts.height, max(1, texts.height // SAMPLE)))]
    digits = pl.all().str.extract(rf"^\s*'?([0-9]{{1,{LONGEST}}})(?:\.0)?\s*$")
    few = rows.select(digits)
    counts, longest = few.select(pl.all().count()), few.select(pl.all().str.len_bytes().max())
    filled = rows.select((pl.all().str.len_bytes() > 0).sum())
    told = zip(texts.columns, *(frame.row(0) for frame in (counts, longest, filled)), strict=True)
    return {name: width for name, count, width, full in told if count and count * 2 >= full}


def _run(columns: Sequence[str], widths: dict[str, int]) -> tuple[str, ...]:
    """The columns from the first on whose widths make sixteen: two of them, or more, up to sixteen single digits."""
    total = 0
    for count, column in enumerate(columns, start=1):
        total += widths[column]
        if total >= DIGITS:
            return tuple(columns[:count]) if total == DIGITS and count > 1 else ()
    return ()


def _digits(texts: pl.DataFrame, widths: dict[str, int]) -> pl.LazyFrame:
    """The digits of those columns, filled up to their widths; of a low table at once, for all runs together."""
    whole = r"^\s*'?([0-9]+)(?:\.0)?\s*$"
    filled = texts.lazy().select(
        pl.col(name).str.extract(whole).str.pad_start(width, "0") for name, width in widths.items()
    )
    return filled.collect().lazy() if texts.height <= LOW else filled


def _weighed(table: Table, run: tuple[str, ...], digits: pl.LazyFrame) -> Joined | None:
    cells = digits.select(cell=pl.concat_str(run)).collect().with_row_index("row").drop_nulls("cell")
    whole = cells.filter(pl.col("cell").str.len_bytes() == DIGITS)
    numbers = whole.select("row", number=pl.col("cell").cast(pl.Int64), form=pl.lit(int(Form.SPLIT), dtype=pl.UInt8))
    if numbers.is_empty():
        return None
    label = label_of(table, table.texts.get_column_index(run[0]), int(numbers["row"][0]))
    least = max(LEAST, numbers.height // 2 + 1)
    if not label and int(fits(numbers["number"]).sum()) < least:
        return None  # the level at which they are weighed lets through no more
    weight = weigh(numbers["number"])
    hits = numbers.filter(fits(numbers["number"], level=weight.level))
    proven = hits.height >= least and weight.chance <= CLEAR and weight.women >= WOMEN
    return (run, label, numbers if label else hits, weight) if label or proven else None


def _may_say(table: Table, start: int) -> bool:
    """Whether pieces from this column on can be anything: too few rows prove nothing, and need a label."""
    height = table.texts.height
    first = table.texts.to_series(start)
    return height >= LEAST or any(label_of(table, start, row) for row in range(height) if first[row])


def label_of(table: Table, start: int, row: int) -> str | None:
    """What the cell left of the first piece, or the header above it, says."""
    above = table.texts.to_series(start)[row - 1] if row else None
    said = {role(text.strip(" :")) for text in (_left_of(table, start, row), above) if text}
    return next((kind for kind in ("nik", "nomor-kk") if kind in said), None)


def _left_of(table: Table, start: int, row: int) -> str | None:
    """The next cell to the left that says something."""
    cells = (table.texts.to_series(at)[row] for at in range(start - 1, -1, -1))
    return next((cell for cell in cells if cell and cell.strip(" :")), None)
