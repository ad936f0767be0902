"""Rows of a database into a Table: values as text with all their digits, numbers beside them, blobs looked into."""

import math
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from lumbung.document import Place, Table
from lumbung.read.cells import number_text
from lumbung.read.grid import table as table_of
from lumbung.read.harvest import Harvest
from lumbung.read.letters import letter
from lumbung.read.limits import Limits
from lumbung.read.sqlite_index import is_index, text_of_node
from lumbung.read.unknown_part import TEXT_CONTROLS, take_in
from lumbung.read.unreadable import Unreadable

BATCH = 20_000


@dataclass(slots=True, kw_only=True)
class Blobs:
    """What to do with the blobs of one table; `seen` counts those that were opened or swept."""

    harvest: Harvest
    place: Place
    table: str
    header: Sequence[str]
    spell: Callable[[str, str, bytes], str | None] | None = None
    seen: int = field(default=0)

    def text(self, column: int, row: int, blob: bytes) -> str | None:
        """The cell's text where the blob is text or `spell` knows it; else None, and the blob goes its own way."""
        name = self.header[column]
        spelled = self.spell(self.table, name, blob) if self.spell else None
        if spelled is not None or not blob:
            return spelled
        if is_index(self.table, self.header) and (node := text_of_node(blob)) is not None:
            return node or None
        if not TEXT_CONTROLS.search(blob):
            return blob.decode("utf-8", "lumbung-cp1252")
        self.seen += 1
        place = self.place.but(column=letter(column), header=name)
        if self.seen > self.harvest.limits.members:
            self.harvest.miss(place, "too-large")
        else:
            inside = f"{self.place.part or ''}{'!' if self.place.part else ''}{self.table}.{name}"
            take_in(self.harvest, [blob], place=Place(part=inside, row=str(row)), cells=True)
        return None


def read_rows(cursor: sqlite3.Cursor, header: Sequence[str], *, blobs: Blobs, place: Place, limits: Limits) -> Table:
    """All rows below their header. Raise sqlite3.Error for damage, Unreadable("too-large") over cells or columns."""
    texts, numbers = [pl.DataFrame([pl.Series(letter(i), [name]) for i, name in enumerate(header)])], [_blank(1)]
    height = 1
    while batch := cursor.fetchmany(BATCH):
        if (height + len(batch)) * len(header) > limits.cells or len(header) > limits.columns:
            raise Unreadable("too-large")
        columns = list(zip(*batch, strict=True))
        texts.append(pl.DataFrame([_texts(i, column, height, blobs) for i, column in enumerate(columns)]))
        numbers.append(_numbers(columns, len(batch)))
        height += len(batch)
    whole = pl.concat(numbers, how="diagonal").drop("height")
    return table_of(pl.concat(texts), place=place, numbers=whole)


def _texts(index: int, column: Sequence[Any], first: int, blobs: Blobs) -> pl.Series:
    cells = [
        value or None if type(value) is str else _text(value, index, first + row, blobs)
        for row, value in enumerate(column, 1)
    ]
    return pl.Series(letter(index), cells, dtype=pl.String)


def _text(value: Any, column: int, row: int, blobs: Blobs) -> str | None:
    if value is None:
        return None
    if isinstance(value, bytes):
        return blobs.text(column, row, value)
    return number_text(value) if isinstance(value, float) else str(value)


def _numbers(columns: Sequence[Sequence[Any]], height: int) -> pl.DataFrame:
    """A Float64 column for each column that holds a number; "height" keeps the frame as tall as the rows."""
    kept = [
        pl.Series(letter(index), [_number(value) for value in column], dtype=pl.Float64)
        for index, column in enumerate(columns)
        if any(isinstance(value, int | float) for value in column)
    ]
    return pl.concat([_blank(height), pl.DataFrame(kept)], how="horizontal") if kept else _blank(height)


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None


def _blank(height: int) -> pl.DataFrame:
    return pl.DataFrame({"height": pl.Series([None] * height, dtype=pl.Float64)})
