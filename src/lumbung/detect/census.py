"""The gates before any closer look: could a column hold something at all, and of which sort? All rows are asked.

Length in bytes first, then the cheapest test. A column of few different values is asked once for each value, one of
nothing but integers only for its lengths; a low and wide table is one long list of cells, since there the number of
questions costs more than the cells.
"""

from dataclasses import dataclass

import polars as pl

from lumbung.detect import patterns
from lumbung.detect.reduced import TOP

LONGEST = 2**31

Counts = dict[str, int]
"""By gate: how many cells (or different values) pass. Only zero and non-zero mean something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Bounds in bytes, and a pattern that must match. `rare` gates are asked only where `patterns.RARE` matches."""

    shortest: int = 1
    longest: int = LONGEST
    pattern: str = ""
    rare: bool = False

    def flags(self, cell: pl.Expr) -> pl.Expr:
        """Whether the gate lets a cell through; null or false where not."""
        return self._test(pl.when(cell.str.len_bytes().is_between(self.shortest, self.longest)).then(cell))

    def count(self, cell: pl.Expr) -> pl.Expr:
        """How many cells the gate lets through."""
        return self._test(cell.filter(cell.str.len_bytes().is_between(self.shortest, self.longest))).sum()

    def _test(self, cell: pl.Expr) -> pl.Expr:
        return cell.str.contains(self.pattern) if self.pattern else cell.is_not_null()


GATES = {
    "sixteen": Gate(shortest=patterns.DIGITS, longest=patterns.DIGITS),
    "residue": Gate(shortest=patterns.DIGITS + 1, pattern=patterns.LONG_RUN),
    "labelled": Gate(shortest=2, longest=80, pattern=patterns.LABELLED, rare=True),
    "power": Gate(shortest=4, longest=22, pattern=patterns.POWER, rare=True),
    "masked": Gate(shortest=8, longest=20, pattern=patterns.MASKED, rare=True),
    "e-mail": Gate(shortest=6, pattern="@"),
    "phone": Gate(shortest=10, pattern=patterns.MOBILE, rare=True),
    "aged": Gate(shortest=10, pattern=patterns.AGED, rare=True),
    "housed": Gate(shortest=8, pattern=patterns.HOUSED, rare=True),
}
RARE = [name for name, gate in GATES.items() if gate.rare]
COMMON = [name for name, gate in GATES.items() if not gate.rare]


def census(texts: pl.DataFrame, short: dict[str, pl.Series]) -> dict[str, Counts]:
    """Counts by column and gate. `short` is what `reduced` made of the table."""
    if not texts.width:
        return {}
    top = _as_list(texts.head(TOP) if short else texts)
    if not short:
        return top
    below = _below(short)
    return {column: {name: top[column][name] + below[column][name] for name in GATES} for column in texts.columns}


def _below(short: dict[str, pl.Series]) -> dict[str, Counts]:
    """Counts of the rows below the top; what is not a column of integers is asked in parallel."""
    counts = {column: _of_integers(cells) for column, cells in short.items() if _are_integers(cells)}
    others = [column for column in short if column not in counts]
    frames = [short[column].alias("cell").to_frame().lazy() for column in others]
    cell = pl.col("cell")
    suspects = [frame.filter(cell.str.len_bytes() >= 4).filter(cell.str.contains(patterns.RARE)) for frame in frames]
    common = pl.collect_all(frame.select(GATES[name].count(cell).alias(name) for name in COMMON) for frame in frames)
    rare = pl.collect_all(frame.select(GATES[name].count(cell).alias(name) for name in RARE) for frame in suspects)
    for column, first, second in zip(others, common, rare, strict=True):
        found = {**first.row(0, named=True), **second.row(0, named=True)}
        counts[column] = {name: int(found[name] or 0) for name in GATES}
    return counts


def _are_integers(cells: pl.Series) -> bool:
    few = cells.head(100)
    if few.cast(pl.Int64, strict=False).null_count() > few.null_count():
        return False
    return cells.cast(pl.Int64, strict=False).null_count() == cells.null_count()


def _of_integers(cells: pl.Series) -> Counts:
    length = cells.str.len_bytes()
    counts = {**dict.fromkeys(GATES, 0), "sixteen": int((length == patterns.DIGITS).sum())}
    dialled = cells.filter(length.is_between(10, 15))
    if dialled.len():
        counts["phone"] = int((dialled.str.starts_with("08") | dialled.str.contains(r"^\+?62")).sum())
    return counts


def _as_list(texts: pl.DataFrame) -> dict[str, Counts]:
    cells = texts.unpivot(variable_name="column", value_name="cell").filter(pl.col("cell").str.len_bytes() > 0)
    flags = cells.select("column", *(gate.flags(pl.col("cell")).alias(name) for name, gate in GATES.items()))
    sums = flags.group_by("column").agg(pl.col(name).sum() for name in GATES)
    counted = {str(row.pop("column")): row for row in sums.to_dicts()}
    return {column: counted.get(column, dict.fromkeys(GATES, 0)) for column in texts.columns}
