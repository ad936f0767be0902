"""A table with its headers found and its numbers taken out, made once and looked at by every recogniser."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from lumbung.detect import headers
from lumbung.detect.headers import Header
from lumbung.detect.reduced import Short
from lumbung.document import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The rows under the headers that give a column the same role. `runs` are (first, end) grid positions."""

    role: str | None
    text: str | None
    runs: tuple[tuple[int, int], ...]

    def cut(self, cells: pl.DataFrame) -> pl.DataFrame:
        """The rows of a frame with a `row` column, ascending, whose grid positions lie in this section."""
        row = cells["row"]
        edges = [(row.search_sorted(first), row.search_sorted(end)) for first, end in self.runs]
        slices = [cells.slice(first, end - first) for first, end in edges if first < end]
        return pl.concat(slices) if slices else cells.clear()

    def filled(self, cells: pl.Series) -> int:
        """How many cells in this section of a column are not empty."""
        parts = (cells.slice(first, end - first) for first, end in self.runs)
        return sum(int((part.str.len_bytes() > 0).sum()) for part in parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table and its headers in order."""

    table: Table
    headers: tuple[Header, ...]

    def sections(self, column: str) -> Iterator[Section]:
        """The column cut by what its headers say; header rows and those above the first have no role."""
        runs: dict[str | None, list[tuple[int, int]]] = {}
        texts: dict[str | None, str] = {}
        start, meaning = 0, None
        for header in self.headers:
            runs.setdefault(meaning, []).append((start, header.first))
            runs.setdefault(None, []).append((header.first, header.last + 1))
            start = header.last + 1
            meaning = header.roles.get(column)
            if column in header.texts:
                texts.setdefault(meaning, header.texts[column])
        runs.setdefault(meaning, []).append((start, self.table.texts.height))
        for key, found in runs.items():
            yield Section(role=key, text=texts.get(key), runs=tuple(sorted(run for run in found if run[0] < run[1])))


def look(table: Table, short: dict[str, Short]) -> Sheet:
    """Find the headers of a table. `short` is what `reduced` made of it."""
    return Sheet(table=table, headers=headers.find(table.texts, short))
