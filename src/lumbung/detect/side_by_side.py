"""One piece of work beside another: Polars lets go of the interpreter while it works through a column."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import polars as pl

Piece = TypeVar("Piece")
Result = TypeVar("Result")

WORTH = 50_000
"""Cells from which on a column is asked in pieces."""


def in_pieces(work: Callable[[pl.Series], pl.Series], cells: pl.Series) -> pl.Series:
    """What `work` gives for a column, cell by cell, one piece of it beside another."""
    if cells.len() < WORTH:
        return work(cells)
    size = -(-cells.len() // pl.thread_pool_size())
    return pl.concat(side_by_side(work, (cells.slice(start, size) for start in range(0, cells.len(), size))))


def side_by_side(work: Callable[[Piece], Result], pieces: Iterable[Piece]) -> list[Result]:
    """What `work` gives for each piece, in their order; as many at once as Polars has threads.

    Worth its threads only where a piece takes milliseconds.
    """
    with ThreadPoolExecutor(pl.thread_pool_size()) as threads:
        return list(threads.map(work, pieces))
