"""Where a table's names end and its data begins.

Simple and robust rather than clever: a wrong guess costs a column its name, never a row its data. Where no header row
is certain, the columns are named `kolom_1`, `kolom_2`, ... and every row is data.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import polars as pl

Row = Sequence[str | None]

SEARCHED_ROWS = 20  # titles above a table are a handful of lines; further down a text row is data
WIDE = 0.6  # a header names most columns; a title fills one or two cells
LONGEST_NAME = 120

LETTER = re.compile(r"[^\W\d_]")
YEAR = re.compile(r"(19|20)\d\d(\s*\*+)?")
ORDINAL = re.compile(r"[(\[]?(\d+)[)\]]?")
NOTE = re.compile(r"(?i)(sumber|source|keterangan|catatan|note|\*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """`names` of the columns, the rows of data as [start, stop) of the visible grid, and loose lines around them."""

    names: tuple[str, ...]
    start: int
    stop: int
    notes: tuple[str, ...]


def find_layout(grid: pl.DataFrame) -> Layout:
    """Look at the first rows and the last few of a grid of visible cells. Does not look at the rows between."""
    head: Sequence[Row] = grid.head(SEARCHED_ROWS).rows()
    top, height, names = _header(head, grid.width)
    if names is None:
        return Layout(names=unique_names([None] * grid.width), start=0, stop=grid.height, notes=())
    start = top + height
    if start < len(head) and _is_numbering(head[start]):
        start += 1
    stop = grid.height - _trailing_notes(grid.slice(start).tail(SEARCHED_ROWS).rows(), grid.width)
    lines = [*head[:top], *grid.slice(stop).rows()]
    return Layout(names=unique_names(names), start=start, stop=stop, notes=tuple(map(_line, lines)))


def first_row_layout(grid: pl.DataFrame) -> Layout:
    """The layout of a grid whose first row is known to name the columns, as that of map features is."""
    return Layout(names=unique_names(grid.row(0)), start=1, stop=grid.height, notes=())


def unique_names(names: Row) -> tuple[str, ...]:
    """The names in one line each, numbered where they stand twice ("L", "L_2"); "kolom_" and its number for none."""
    unique: dict[str, None] = {}
    following: dict[str, int] = {}  # where to go on counting: a hostile row has 16,384 names alike
    for position, name in enumerate(names, 1):
        plain = " ".join((name or f"kolom_{position}").split())
        candidate, again = plain, following.get(plain, 2)
        while candidate in unique:
            candidate, again = f"{plain}_{again}", again + 1
        unique[candidate], following[plain] = None, again
    return tuple(unique)


def _header(head: Sequence[Row], width: int) -> tuple[int, int, Row | None]:
    """The first header row, how many rows it takes, and its names; no names where it is not certain."""
    for index, row in enumerate(head):
        below = head[index + 1] if index + 1 < len(head) else []
        if below and (joined := _two_lines(row, below)) is not None:
            return index, 2, joined
        if _filled(row) >= ceil(WIDE * width):
            certain = bool(below) and _names_columns(row, repeated=any(map(_is_figure, below)))
            return index, 1, row if certain else None
    return 0, 0, None


def _two_lines(upper: Row, lower: Row) -> Row | None:
    """Names joined over two lines: 'Penduduk' above 'L', 'P'. None where these are not two lines of one header."""
    if not (_names_columns(upper) and _names_columns(lower, repeated=True)) or _filled(lower) == len(lower):
        return None
    if _filled(upper) < 2 or any(a is None and b is None for a, b in zip(upper, lower, strict=True)):
        return None
    if all(a is not None for a in upper):
        return None
    names: list[str | None] = []
    group: str | None = None
    for above, below in zip(upper, lower, strict=True):
        group = above or group
        names.append(above if below is None else f"{group} {below}" if group else below)
    return names


def _names_columns(row: Row, *, repeated: bool = False) -> bool:
    """Words (or years beside words), each once: what a row of names looks like and a row of data does not."""
    cells = [cell for cell in row if cell is not None]
    worded = [cell for cell in cells if LETTER.search(cell)]
    if not worded or any(len(cell) > LONGEST_NAME for cell in cells):
        return False
    if any(_is_figure(cell) and cell not in {"%", "#"} for cell in cells):
        return False
    return repeated or len({cell.casefold() for cell in cells}) == len(cells)


def _is_figure(cell: str | None) -> bool:
    return cell is not None and not LETTER.search(cell) and not YEAR.fullmatch(cell)


def _is_numbering(row: Row) -> bool:
    """The line '(1) (2) (3)' that official tables print under their header."""
    ordinals = [ORDINAL.fullmatch(cell) for cell in row if cell is not None]
    found = [int(match.group(1)) for match in ordinals if match]
    return len(row) >= 3 and len(found) == len(row) and found == list(range(1, len(row) + 1))


def _trailing_notes(tail: Sequence[Row], width: int) -> int:
    """How many of the last rows are notes under the table, such as 'Sumber: ...' alone in its row."""
    count = 0
    while width >= 3 and count < len(tail):
        filled = [cell for cell in tail[-1 - count] if cell is not None]
        if len(filled) != 1 or not NOTE.match(filled[0]):
            break
        count += 1
    return count


def _filled(row: Row) -> int:
    return sum(cell is not None for cell in row)


def _line(row: Row) -> str:
    return " ".join(cell for cell in row if cell is not None)
