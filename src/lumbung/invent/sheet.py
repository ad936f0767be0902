"""A sheet as an office hands it over: rows of cells, how many of them stand above the data, and what is hidden."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

Cell = str | int | float | date | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """`head` is the number of rows above the first person or figure: titles, headers, column numbers.

    `blocks` says that heads repeat further down (the family blocks of a BIP), so that cutting off `head` rows does
    not leave bare data. Hidden rows and columns are counted from 0.
    """

    name: str
    rows: tuple[Row, ...]
    head: int = 1
    blocks: bool = False
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def but(self, **changes: object) -> "Sheet":
        """The same sheet, changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


def sheet(name: str, *headers: Iterable[Cell], rows: Iterable[Iterable[Cell]], blocks: bool = False) -> Sheet:
    """A sheet from its head rows and its data rows."""
    top = [tuple(header) for header in headers]
    return Sheet(name=name, rows=(*top, *(tuple(row) for row in rows)), head=len(top), blocks=blocks)


def letter(index: int) -> str:
    """The spreadsheet letter of a column counted from 0.

    >>> letter(0), letter(25), letter(26), letter(44)
    ('A', 'Z', 'AA', 'AS')
    """
    return (letter(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)
