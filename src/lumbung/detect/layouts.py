"""The tables of a sheet as their headers cut it: one layout for all header rows that give the same roles.

A family-block report repeats its headers for every family; its blocks belong together.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from lumbung.detect.lexicon import COUNT
from lumbung.detect.reduced import LOW
from lumbung.detect.sheet import Section, Sheet

SAMPLE = 600
"""Rows from which roles are read; the rows that name a person are counted over all."""
NO_COUNT = r"[A-Za-z]{3}|[0-9][/\-][0-9]"
"""Words or dates, where counts should stand."""
LEAST = 3
"""Rows that make a table without a header."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Rows of one shape. `roles` and `texts` by column; `blocks` counts the header rows."""

    roles: dict[str, str]
    texts: dict[str, str]
    runs: tuple[tuple[int, int], ...]
    blocks: int

    def cut(self, cells: pl.DataFrame) -> pl.DataFrame:
        """The rows of a frame with a `row` column that belong to this layout."""
        return Section(role=None, text=None, runs=self.runs).cut(cells)

    def sample(self, texts: pl.DataFrame) -> pl.DataFrame:
        """Up to `SAMPLE` rows, spread evenly over the layout."""
        rows = pl.concat([pl.int_range(first, end, eager=True) for first, end in self.runs])
        return texts[rows.gather_every(max(1, rows.len() // SAMPLE)).to_list()]


def layouts(sheet: Sheet) -> Iterator[Layout]:
    """Layouts with at least one row, and the rows above the first header (or all) as a layout without roles."""
    height = sheet.table.texts.height
    firsts = [header.first for header in sheet.headers] + [height]
    above = firsts[0]
    if above >= LEAST:
        yield Layout(roles={}, texts={}, runs=((0, above),), blocks=0)
    kept: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for index, header in enumerate(sheet.headers):
        if header.last + 1 < firsts[index + 1]:
            kept.setdefault(tuple(sorted(header.roles.items())), []).append(index)
    for indexes in kept.values():
        one = sheet.headers[indexes[0]]
        runs = tuple((sheet.headers[index].last + 1, firsts[index + 1]) for index in indexes)
        found = Layout(roles=one.roles, texts=one.texts, runs=runs, blocks=len(indexes))
        yield found
        yield from _pasted(sheet, found)


def _pasted(sheet: Sheet, statistics: Layout) -> Iterator[Layout]:
    """Rows under the headings of a statistic that hold words or dates in place of counts: a table without its own."""
    texts = sheet.table.texts
    counts = [column for column, meaning in statistics.roles.items() if meaning == COUNT]
    if not counts or texts.height > LOW:
        return
    words = texts.select(pl.any_horizontal(pl.col(counts).str.contains(NO_COUNT)).fill_null(False).alias("words"))
    rows = statistics.cut(words.with_row_index("row")).filter("words")["row"].to_list()
    runs = [(row, row + 1) for row in rows]
    if LEAST <= len(rows) < sum(end - first for first, end in statistics.runs):
        yield Layout(roles={}, texts={}, runs=tuple(runs), blocks=0)
