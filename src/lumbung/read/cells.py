"""Cells gathered one by one, in any order, into Tables: for sheets that no bulk reader can be trusted with.

A cell at the far corner of a sheet costs one cell: empty columns are left out and long runs of empty rows part the
sheet into several tables.
"""

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite, isnan

import polars as pl

from lumbung.document import Passage, Place, Table
from lumbung.read.letters import letter
from lumbung.read.unreadable import Unreadable

EMPTY_RUN = 1_000  # more empty rows than this between two cells start another table
MOST = 8_000_000  # cells gathered one by one take some fifty bytes each
ROWS, COLUMNS = 1 << 20, 1 << 14  # of the largest sheet any program writes


class Cells:
    """A sheet being gathered. Rows and columns count from 0. `more` holds what was put on an occupied place."""

    def __init__(self) -> None:
        self.rows: dict[int, array[int]] = {}
        self.texts: dict[int, list[str]] = {}
        self.numbers: dict[int, array[float]] = {}
        self.count = 0

    def put(self, row: int, column: int, text: str, number: float = float("nan")) -> None:
        """Keep a cell. `number` is its value where the file stored one natively, else not a number.

        Raise Unreadable("too-large") past MOST.
        """
        if self.count >= MOST:
            raise Unreadable("too-large")
        if column not in self.rows:
            self.rows[column] = array("q")
            self.texts[column] = []
            self.numbers[column] = array("d")
        self.rows[column].append(row)
        self.texts[column].append(text)
        self.numbers[column].append(number)
        self.count += 1

    def blocks(self) -> list[tuple[int, int]]:
        """First and last row of each stretch without a long run of empty rows."""
        used = sorted(set().union(*self.rows.values()))
        starts = [i for i, row in enumerate(used) if i == 0 or row - used[i - 1] > EMPTY_RUN]
        ends = [*(i - 1 for i in starts[1:]), len(used) - 1]
        return [(used[start], used[end]) for start, end in zip(starts, ends, strict=True)]

    def tables(
        self,
        place: Place,
        *,
        hidden_rows: frozenset[int] = frozenset(),
        hidden_columns: frozenset[str] = frozenset(),
    ) -> tuple[Table, ...]:
        """One Table for each block; none for a sheet without cells. Hidden rows count from 1, as people see them."""
        columns = {letter(column): self._column(column) for column in sorted(self.rows)}
        return tuple(
            _table(columns, block, place, hidden_rows=hidden_rows, hidden_columns=hidden_columns)
            for block in (self.blocks() if columns else ())
        )

    def doubles(self, place: Place) -> tuple[Passage, ...]:
        """What lies under another cell of the same address, which no program shows."""
        found = []
        for column, rows in self.rows.items():
            if len(set(rows)) == len(rows):
                continue
            last = dict(zip(rows, range(len(rows)), strict=True))
            found += [
                Passage(place=place.but(cell=f"{letter(column)}{row + 1}", hidden=True), text=text)
                for index, (row, text) in enumerate(zip(rows, self.texts[column], strict=True))
                if last[row] != index
            ]
        return tuple(found)

    def _column(self, column: int) -> "_Column":
        """The column in order of rows; of several cells at one address the last."""
        last = dict(zip(self.rows[column], range(len(self.rows[column])), strict=True))
        rows = sorted(last)
        texts, numbers = self.texts[column], self.numbers[column]
        return _Column(rows, [texts[last[row]] for row in rows], [numbers[last[row]] for row in rows])


@dataclass(frozen=True, slots=True)
class _Column:
    """Rows in order, and what stands in them."""

    rows: list[int]
    texts: list[str]
    numbers: list[float]

    def stretch(self, first: int, last: int) -> tuple[list[str | None], list[float | None]]:
        """Texts and numbers of all rows from first to last, empty ones included."""
        start, end = bisect_left(self.rows, first), bisect_right(self.rows, last)
        texts: list[str | None] = [None] * (last - first + 1 if end > start else 0)
        numbers: list[float | None] = [None] * len(texts)
        for index in range(start, end):
            texts[self.rows[index] - first] = self.texts[index]
            if not isnan(self.numbers[index]):
                numbers[self.rows[index] - first] = self.numbers[index]
        return texts, numbers


def _table(
    columns: dict[str, _Column],
    block: tuple[int, int],
    place: Place,
    *,
    hidden_rows: frozenset[int],
    hidden_columns: frozenset[str],
) -> Table:
    """One stretch of rows, with the columns that hold something in it."""
    full = {name: stretch for name, column in columns.items() if (stretch := column.stretch(*block))[0]}
    texts = [pl.Series(name, texts, dtype=pl.String) for name, (texts, _) in full.items()]
    numbers = [pl.Series(name, values, dtype=pl.Float64) for name, (_, values) in full.items()]
    return Table(
        place=place,
        texts=pl.DataFrame(texts),
        numbers=pl.DataFrame([values for values in numbers if values.null_count() < values.len()]),
        first_row=block[0] + 1,
        hidden_rows=frozenset(row for row in hidden_rows if block[0] < row <= block[1] + 1),
        hidden_columns=frozenset(hidden_columns & full.keys()),
    )


def number_text(value: float) -> str:
    """All the digits of a float, never an exponent: as the other readers write a number.

    >>> number_text(3308200102990001.0), number_text(0.5), number_text(1e-7), number_text(1e22)
    ('3308200102990001', '0.5', '0.0000001', '10000000000000000000000')
    """
    if value.is_integer():
        return str(int(value))
    return format(Decimal(repr(value)), "f") if isfinite(value) else repr(value)
