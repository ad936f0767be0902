"""Cells gathered one by one, in any order, into Tables: for sheets that no bulk reader can be trusted with.

A cell at the far corner of a sheet costs one cell: empty columns are left out and long runs of empty rows part the
sheet into several tables.
"""

from array import array
from decimal import Decimal
from math import isfinite

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
        if not self.count:
            return ()
        columns = self._columns()
        return tuple(
            self._table(columns, block, place, hidden_rows=hidden_rows, hidden_columns=hidden_columns)
            for block in self.blocks()
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

    def _columns(self) -> dict[int, pl.DataFrame]:
        return {
            column: pl.DataFrame(
                {
                    "row": pl.Series(list(self.rows[column]), dtype=pl.Int64),
                    "text": pl.Series(self.texts[column], dtype=pl.String),
                    "number": pl.Series(list(self.numbers[column]), dtype=pl.Float64).fill_nan(None),
                }
            ).unique("row", keep="last")
            for column in sorted(self.rows)
        }

    def _table(
        self,
        columns: dict[int, pl.DataFrame],
        block: tuple[int, int],
        place: Place,
        *,
        hidden_rows: frozenset[int],
        hidden_columns: frozenset[str],
    ) -> Table:
        first, last = block
        every = pl.DataFrame({"row": pl.int_range(first, last + 1, dtype=pl.Int64, eager=True)})
        here = {
            letter(column): frame.filter(pl.col("row").is_between(first, last)) for column, frame in columns.items()
        }
        full = {
            name: every.join(frame, on="row", how="left", maintain_order="left")
            for name, frame in here.items()
            if len(frame)
        }
        return Table(
            place=place,
            texts=pl.DataFrame({name: frame["text"] for name, frame in full.items()}),
            numbers=pl.DataFrame({n: f["number"] for n, f in full.items() if f["number"].null_count() < len(f)}),
            first_row=first + 1,
            hidden_rows=frozenset(row for row in hidden_rows if first < row <= last + 1),
            hidden_columns=hidden_columns & full.keys(),
        )


def number_text(value: float) -> str:
    """All the digits of a float, never an exponent: as the other readers write a number.

    >>> number_text(3308200102990001.0), number_text(0.5), number_text(1e-7), number_text(1e22)
    ('3308200102990001', '0.5', '0.0000001', '10000000000000000000000')
    """
    if value.is_integer():
        return str(int(value))
    return format(Decimal(repr(value)), "f") if isfinite(value) else repr(value)
