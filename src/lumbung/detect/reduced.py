"""Columns made short before anybody asks them anything: a column that repeats itself is its different values."""

import polars as pl

TOP = 60
"""Rows that are always read one by one."""
LOW = 5_000
"""Rows up to which a table is not worth reducing."""
PROBE, REPEATING = 2_000, 0.1
"""If so small a share of so many cells are different, the whole column is reduced."""


def reduced(texts: pl.DataFrame) -> dict[str, pl.Series]:
    """The cells below the top rows, or the different values among them, by column; empty for a low table.

    Keeps every value; loses how often and where it stood.
    """
    if texts.height <= LOW:
        return {}
    return {series.name: _different(series.slice(TOP)) for series in texts.get_columns()}


def _different(cells: pl.Series) -> pl.Series:
    probe = cells.gather_every(max(1, cells.len() // PROBE))
    return cells.unique() if probe.n_unique() <= REPEATING * probe.len() else cells
