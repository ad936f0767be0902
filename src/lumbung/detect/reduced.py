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
DATES = 50_000
"""Figures of which there are no more than this, as of dates, are reduced too."""
FEW = 100
"""Cells that are asked before the whole column is, what they are made of."""
PIECE = 2**14
"""Cells that are looked at as one text, which stays near the processor."""
_FIGURES = b",-./0123456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """The cells of a column below the top rows, or the different values among them, in any order.

    `integers`: every one of them is a whole number of at most nineteen digits, or empty. `figures`: all of them
    together hold nothing but digits and the signs of dates and amounts (integers perhaps a plus, too). `numbers` are
    the cells as Int64, one for one, where the column is of integers and none was left out.
    """

    cells: pl.Series
    integers: bool
    figures: bool
    numbers: pl.Series | None


def reduced(texts: pl.DataFrame) -> dict[str, Short]:
    """Every column, made short; empty for a low table.

    Keeps every value; loses how often and where it stood.
    """
    if texts.height <= LOW:
        return {}
    return dict(zip(texts.columns, side_by_side(_short, texts.slice(TOP).get_columns()), strict=True))


def _short(cells: pl.Series) -> Short:
    different = cells.unique() if _repeats(cells) else cells
    few = different.head(FEW)
    numbers = _integers(different) if _integers(few) is not None else None
    integers = numbers is not None
    return Short(
        cells=different,
        integers=integers,
        figures=integers or (_are_figures(few) and _are_figures(different)),
        numbers=numbers if different is cells else None,
    )


def _repeats(cells: pl.Series) -> bool:
    """Whether it pays to look for the different values: the more of a few cells are equal, the fewer there are."""
    probe = cells.gather_every(max(1, cells.len() // PROBE))
    different = probe.n_unique()
    if different <= REPEATING * probe.len():
        return True
    guessed = probe.len() ** 2 / max(1, 2 * (probe.len() - different))  # as birthdays in a crowd
    return guessed <= min(DATES, REPEATING * cells.len()) and _are_figures(probe.head(FEW))


def _integers(cells: pl.Series) -> pl.Series | None:
    numbers = cells.cast(pl.Int64, strict=False)
    return numbers if numbers.null_count() == cells.null_count() else None


def _are_figures(cells: pl.Series) -> bool:
    """Asked of all cells as one text, which is much quicker than cell by cell."""
    pieces = (cells.slice(start, PIECE) for start in range(0, cells.len(), PIECE))
    return not any(piece.str.join("").item().encode().translate(None, _FIGURES) for piece in pieces)
