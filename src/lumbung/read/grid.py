"""Rows of Python values into a Table, for what no bulk reader can read; takes little more memory than the table."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice, zip_longest

import polars as pl

from lumbung.document import Place, Table
from lumbung.read.letters import letter, letters
from lumbung.read.limits import Limits
from lumbung.read.unreadable import Unreadable

BATCH = 20_000


def frame_of_rows(rows: Iterable[Sequence[str | None]], *, limits: Limits) -> pl.DataFrame:
    """A String column per cell of the longest row, named by letter; an empty cell is null.

    Raise Unreadable("too-large") over the limit of columns or cells.
    """
    frames: list[pl.DataFrame] = []
    height = width = 0
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        height += len(batch)
        width = max(width, max(map(len, batch)))
        if width > limits.columns or height * width > limits.cells:
            raise Unreadable("too-large")
        frames.append(_frame_of_batch(batch))
    return _below_each_other(frames, max(1, width))


def _frame_of_batch(batch: list[Sequence[str | None]]) -> pl.DataFrame:
    columns = list(zip_longest(*batch)) or [(None,) * len(batch)]
    return pl.DataFrame(
        [pl.Series(letter(i), [text or None for text in cells], dtype=pl.String) for i, cells in enumerate(columns)]
    )


def _below_each_other(frames: list[pl.DataFrame], width: int) -> pl.DataFrame:
    whole = pl.DataFrame(schema=dict.fromkeys(letters(width), pl.String))
    return pl.concat(chain([whole], frames), how="diagonal") if frames else whole


def numbers_of_rows(
    rows: Sequence[Sequence[str | None]], number_of: Callable[[str | None], float | None]
) -> pl.DataFrame:
    """A Float64 column for each column in which `number_of` some cell is a number, named by the same letter."""
    columns = (pl.Series(letter(index), map(number_of, cells), dtype=pl.Float64) for index, cells in _columns(rows))
    return pl.DataFrame([column for column in columns if column.null_count() < len(column)])


def _columns(rows: Sequence[Sequence[str | None]]) -> Iterator[tuple[int, Iterator[str | None]]]:
    for index in range(max(map(len, rows), default=0)):
        yield index, (row[index] if index < len(row) else None for row in rows)


def table(texts: pl.DataFrame, *, place: Place, numbers: pl.DataFrame | None = None, first_row: int = 1) -> Table:
    """A Table of which every row and column is visible."""
    return Table(place=place, texts=texts, numbers=pl.DataFrame() if numbers is None else numbers, first_row=first_row)
