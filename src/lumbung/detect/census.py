"""The gates before any closer look: could a column hold something at all, and of which sort? All rows are asked.

Length in bytes first, then one pattern that finds the cells which may hold something rare, then each pattern for
those. A column of few different values is asked once for each value, one of nothing but integers or figures for
hardly more than its lengths; a low and wide table is one long list of cells, since there the number of questions costs
more than the cells.
"""

from dataclasses import dataclass

import polars as pl

from lumbung.detect import patterns
from lumbung.detect.reduced import TOP, Short
from lumbung.detect.side_by_side import side_by_side

LONGEST = 2**31

Counts = dict[str, int]
"""By gate: how many cells (or different values) pass. Only zero and non-zero mean something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Bounds in bytes, a pattern that must match, and one that must not.

    `rare` gates are asked only where SUSPECT matches.
    """

    shortest: int = 1
    longest: int = LONGEST
    pattern: str = ""
    but: str = ""
    rare: bool = False

    def flags(self, cell: pl.Expr) -> pl.Expr:
        """Whether the gate lets a cell through; null or false where not."""
        return self._test(pl.when(cell.str.len_bytes().is_between(self.shortest, self.longest)).then(cell))

    def count(self, cell: pl.Expr) -> pl.Expr:
        """How many cells the gate lets through."""
        return self._test(cell.filter(cell.str.len_bytes().is_between(self.shortest, self.longest))).sum()

    def _test(self, cell: pl.Expr) -> pl.Expr:
        found = cell.str.contains(self.pattern) if self.pattern else cell.is_not_null()
        return found & ~cell.str.contains(self.but) if self.but else found


GATES = {
    "sixteen": Gate(shortest=patterns.DIGITS, longest=patterns.DIGITS, pattern="[0-9]{15}"),
    "residue": Gate(shortest=patterns.DIGITS + 1, pattern=patterns.LONG_RUN, but=patterns.AMOUNT),
    "labelled": Gate(shortest=2, longest=80, pattern=patterns.LABELLED, rare=True),
    "power": Gate(shortest=4, longest=22, pattern=patterns.POWER, rare=True),
    "masked": Gate(shortest=8, longest=20, pattern=patterns.MASKED, rare=True),
    "half-shown": Gate(shortest=21, pattern=patterns.HALF_SHOWN, rare=True),
    "packed": Gate(shortest=22, pattern=patterns.PACKED, rare=True),
    "e-mail": Gate(shortest=6, pattern="@", rare=True),
    "phone": Gate(shortest=10, pattern=patterns.MOBILE, rare=True),
    "aged": Gate(shortest=10, pattern=patterns.AGED, rare=True),
    "called": Gate(shortest=8, pattern=patterns.CALLED, rare=True),
    "housed": Gate(shortest=8, pattern=patterns.HOUSED, rare=True),
}
SUSPECT = f"@|{patterns.RARE}"
SHORTEST = 4
"""No rare gate but a label alone lets a shorter cell through, and a label is a header then."""


def census(texts: pl.DataFrame, short: dict[str, Short]) -> dict[str, Counts]:
    """Counts by column and gate. `short` is what `reduced` made of the table."""
    if not texts.width:
        return {}
    top = _as_list(texts.head(TOP) if short else texts)
    if not short:
        return top
    below = dict(zip(short, side_by_side(_of_column, short.values()), strict=True))
    return {column: {name: top[column][name] + below[column][name] for name in GATES} for column in texts.columns}


def _of_column(short: Short) -> Counts:
    length = short.cells.str.len_bytes()
    if short.integers:
        return _of_integers(short.cells, length)
    return _of_figures(short.cells, length) if short.figures else _of_texts(short.cells, length)


def _of_integers(cells: pl.Series, length: pl.Series) -> Counts:
    counts = {**dict.fromkeys(GATES, 0), "sixteen": int((length == patterns.DIGITS).sum())}
    long = length > patterns.DIGITS
    if long.any():  # a number behind noughts
        counts["residue"] = int(cells.filter(long).str.starts_with("0").sum())
    wide = length.is_between(10, 15)
    if wide.any():
        counts["phone"] = _dialled(cells.head(TOP).filter(wide.head(TOP))) or _dialled(cells.filter(wide))
    return counts


def _dialled(numbers: pl.Series) -> int:
    return int((numbers.str.starts_with("08") | numbers.str.contains(r"^\+?62")).sum())


def _of_figures(cells: pl.Series, length: pl.Series) -> Counts:
    """Of digits, dots, commas, hyphens and slashes: no label, word, star or e, and no sign after which one dials."""
    longest = int(length.max() or 0)  # type: ignore[arg-type]  # lengths are integers
    if longest < GATES["phone"].shortest:
        return dict.fromkeys(GATES, 0)
    wide, long = cells.filter(length >= GATES["phone"].shortest), cells.filter(length > patterns.DIGITS)
    asked = {
        "sixteen": cells.filter(length == patterns.DIGITS),
        "residue": long.filter(~long.str.contains(patterns.AMOUNT)),
        "phone": wide.filter(wide.str.starts_with("08") | wide.str.starts_with("62")),
    }
    return {name: _count(gate, asked[name]) if name in asked else 0 for name, gate in GATES.items()}


def _of_texts(cells: pl.Series, length: pl.Series) -> Counts:
    longest = int(length.max() or 0)  # type: ignore[arg-type]  # lengths are integers
    long = cells.filter(length >= patterns.DIGITS) if longest >= patterns.DIGITS else cells.clear()
    suspects = (
        cells.filter((length >= SHORTEST) & cells.str.contains(SUSPECT)) if longest >= SHORTEST else long.clear()
    )
    return {name: _count(gate, suspects if gate.rare else long) for name, gate in GATES.items()}


def _count(gate: Gate, cells: pl.Series) -> int:
    return int(cells.to_frame("cell").select(gate.count(pl.col("cell"))).item() or 0) if cells.len() else 0


def _as_list(texts: pl.DataFrame) -> dict[str, Counts]:
    cells = texts.unpivot(variable_name="column", value_name="cell").filter(pl.col("cell").str.len_bytes() > 0)
    flags = cells.select("column", *(gate.flags(pl.col("cell")).alias(name) for name, gate in GATES.items()))
    sums = flags.group_by("column").agg(pl.col(name).sum() for name in GATES)
    counted = {str(row.pop("column")): row for row in sums.to_dicts()}
    return {column: counted.get(column, dict.fromkeys(GATES, 0)) for column in texts.columns}
