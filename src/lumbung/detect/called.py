"""People called by what they do or want, inside a cell: "Petugas: Wahyu Hidayat" in a column of remarks.

Words in reference/values.toml, [callings]. A column is weighed as a column under such a heading is. A lone line above
or below a table, as letters are signed, says nothing: it has the row to itself, and it names an office.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from lumbung.detect import names
from lumbung.detect.lexicon import lexicon, tokens
from lumbung.detect.lists import value_lists
from lumbung.detect.patterns import CALLED
from lumbung.document import Table

AT_MOST = 20_000
"""Cells that are read one by one."""
BESIDE = 3
"""So many filled cells make a row of data; fewer are a line of their own, unless the table is as narrow."""
_CALLED = re.compile(
    r"(?:(?<=[^A-Za-z])|^)([A-Za-z][A-Za-z./ ]{1,38}[A-Za-z.)]) ?[:=] ?(?:1[.)] ?)?"
    r"((?:[A-Za-z][A-Za-z.'`’\-]*(?:, (?=[A-Z][A-Za-z]{0,2}\.)| |$)?){1,6})"
)
_LABEL_WORDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """Rows (grid positions, ascending) in which a word for an office, or for anybody else, calls a person."""

    office: tuple[int, ...]
    private: tuple[int, ...]


def called(table: Table, column: str) -> Called:
    """What the cells of one column say."""
    cells = pl.DataFrame({"cell": table.texts[column]}).with_row_index("row")
    likely = cells.filter(pl.col("cell").str.contains(CALLED)).head(AT_MOST)
    said = [(row, *one) for row, cell in likely.iter_rows() for one in _callings(cell)]
    kept = {kind: _people([(row, name) for row, of, name in said if of == kind]) for kind in ("office", "private")}
    return Called(office=tuple(row for row in kept["office"] if _is_data(table, row)), private=kept["private"])


def private(text: str) -> int:
    """How many people a text calls by a word that names no office."""
    return len({name for kind, name in _callings(text) if kind == "private" and names.weigh([name]).given})


def _callings(text: str) -> Iterator[tuple[str, str]]:
    """The kind of word and the name behind it, in capitals."""
    for match in _CALLED.finditer(text):
        kind, name = _kind(match[1]), match[2].strip(" ,.-").upper()
        if kind and name:
            yield kind, name


def _kind(label: str) -> str | None:
    """Whether the last words before the sign name an office, anybody, or a thing."""
    words, lists = set(tokens(label)[-_LABEL_WORDS:]), value_lists()["callings"]
    if words.intersection(lists["office"]):
        return "office"
    return "private" if words.intersection(lists["private"]) and not words & lexicon().things else None


def _people(named: list[tuple[int, str]]) -> tuple[int, ...]:
    """The rows, where all the names together are people's, as under a heading."""
    if not named:
        return ()
    likely = names.weigh([name for _, name in named])
    if not names.under_header(likely, role="name", facts=0):
        return ()
    kept = (row for row, name in named if names.weigh([name]).shape and not names.weigh([name]).things)
    return tuple(sorted(set(kept)))


def _is_data(table: Table, row: int) -> bool:
    filled = sum(bool(cell and cell.strip()) for cell in table.texts.row(row))
    return filled >= min(BESIDE, table.texts.width)
