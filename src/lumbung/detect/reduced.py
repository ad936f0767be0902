"""Columns made short before anybody asks them anything: a column that repeats itself is its different values."""

from dataclasses import dataclass

import polars as pl

from lumbung.detect.side_by_side import side_by_side

TOP = 60
"""Rows that are always read one by one."""
LOW = 5_000
"""Rows up to which a table is not worth reducing."""
PROBE, REPEATING = 2_000, 0.1
"""If so small a share of so many cells are different, the whole column is reduced."""
FEW = 100
"""Cells that are asked before the whole column is, what they are made of."""
PIECE = 2**14
"""Cells that are looked at as one text, which stays near the processor."""
_FIGURES = b",-./0123456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """The cells of a column below the top rows, or the different values among them, in any order.

    `integers`: every one of them is a whole number of at most nineteen digits, or empty. `figures`: all of them
    together hold nothing but digits and the signs of dates and amounts (integers perhaps a plus, too).
    """

    cells: pl.Series
    integers: bool
    figures: bool


def reduced(texts: pl.DataFrame) -> dict[str, Short]:
    """Every column, made short; empty for a low table.

    Keeps every value; loses how often and where it stood.
    """
    if texts.height <= LOW:
        return {}
    return dict(zip(texts.columns, side_by_side(_short, texts.slice(TOP).get_columns()), strict=True))


def _short(cells: pl.Series) -> Short:
    probe = cells.gather_every(max(1, cells.len() // PROBE))
    different = cells.unique() if probe.n_unique() <= REPEATING * probe.len() else cells
    few = different.head(FEW)
    integers = _are_integers(few) and _are_integers(different)
    return Short(
        cells=different, integers=integers, figures=integers or (_are_figures(few) and _are_figures(different))
    )


def _are_integers(cells: pl.Series) -> bool:
    return cells.cast(pl.Int64, strict=False).null_count() == cells.null_count()


def _are_figures(cells: pl.Series) -> bool:
    """Asked of all cells as one text, which is much quicker than cell by cell."""
    pieces = (cells.slice(start, PIECE) for start in range(0, cells.len(), PIECE))
    return not any(piece.str.join("").item().encode().translate(None, _FIGURES) for piece in pieces)
