"""Small tables for the tests of rebuilding, written as a person would lay them on a sheet."""

from collections.abc import Iterable, Sequence

import polars as pl

from lumbung.document import Document, Place, Table

Cell = str | float | None


def a_table(*rows: Sequence[Cell], sheet: str = "Data", hidden: bool | None = None, **rest: object) -> Table:
    """A sheet of these rows: a text stays a text, a number is a cell that the file stored as a number."""
    letters = [_letter(position) for position in range(max(map(len, rows)))]
    columns = {letter: [row[i] if i < len(row) else None for row in rows] for i, letter in enumerate(letters)}
    texts = pl.DataFrame({letter: [None if c is None else str(c) for c in cells] for letter, cells in columns.items()})
    numbers = {letter: _numbers(cells) for letter, cells in columns.items()}
    stored = pl.DataFrame({letter: cells for letter, cells in numbers.items() if any(c is not None for c in cells)})
    place = Place(sheet=sheet, hidden=hidden)
    return Table(place=place, texts=texts.cast(pl.String), numbers=stored.cast(pl.Float64), **rest)  # type: ignore[arg-type]


def a_document(*tables: Table) -> Document:
    """A document of these tables."""
    return Document(sha256="0" * 64, size=1, format="xlsx", tables=tables)


def _numbers(cells: Iterable[Cell]) -> list[float | None]:
    return [None if cell is None or isinstance(cell, str) else float(cell) for cell in cells]


def _letter(position: int) -> str:
    return (_letter(position // 26 - 1) if position >= 26 else "") + chr(65 + position % 26)
