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
    "e-mail": Gate(shortest=6, pattern="@", rare=True),
    "phone": Gate(shortest=10, pattern=patterns.MOBILE, rare=True),
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
    below = {column: _in_column(cells) for column, cells in short.items()}
    return {column: {name: top[column][name] + below[column][name] for name in GATES} for column in texts.columns}


def _in_column(cells: pl.Series) -> Counts:
    if cells.cast(pl.Int64, strict=False).null_count() == cells.null_count():
        return _of_integers(cells)
    frame = cells.alias("cell").to_frame().lazy()
    cell = pl.col("cell")
    common = frame.select(GATES[name].count(cell).alias(name) for name in COMMON).collect()
    seldom = frame.filter(cell.str.len_bytes() >= 4).filter(cell.str.contains(patterns.RARE)).collect()
    rare = seldom.select(GATES[name].count(cell).alias(name) for name in RARE)
    return {name: int(count or 0) for found in (common, rare) for name, count in found.row(0, named=True).items()}


def _of_integers(cells: pl.Series) -> Counts:
    length = cells.str.len_bytes()
    mobile = (cells.str.starts_with("08") | cells.str.contains(r"^\+?62")) & length.is_between(10, 15)
    return {**dict.fromkeys(GATES, 0), "sixteen": int((length == patterns.DIGITS).sum()), "phone": int(mobile.sum())}


def _as_list(texts: pl.DataFrame) -> dict[str, Counts]:
    cells = texts.unpivot(variable_name="column", value_name="cell").filter(pl.col("cell").str.len_bytes() > 0)
    flags = cells.select("column", *(gate.flags(pl.col("cell")).alias(name) for name, gate in GATES.items()))
    sums = flags.group_by("column").agg(pl.col(name).sum() for name in GATES)
    counted = {str(row.pop("column")): row for row in sums.to_dicts()}
    return {column: counted.get(column, dict.fromkeys(GATES, 0)) for column in texts.columns}
