"""The pages of a PDF: their words as tables and lines, and which of them only an eye can read.

Tables that go on from page to page in the same columns are one table, at the page where it begins.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pypdfium2

from lumbung.document import Passage, Place
from lumbung.read.grid import frame_of_rows, table
from lumbung.read.harvest import Harvest
from lumbung.read.pdf_drawn import OUTLINES, Drawn, drawn_on, rules_of
from lumbung.read.pdf_tables import Grid, Rules, tables_and_lines
from lumbung.read.pdf_words import lettering, rows

STRANGE = 3  # words without known characters on one page; fewer are bullets
LABELLED = re.compile(r"^\W*[A-Za-z][\w ./()-]{1,40}?\s*[:=]\s*\S")
NEAR = 6.0  # points by which a column may shift from page to page
STRIPED = 3  # pictures on one page that touch: one picture, cut into stripes


@dataclass(slots=True)
class Pages:
    """What the pages leave to do: `look` are those to be drawn and looked at, `covered` those whose own pictures are
    seen by that (page numbers from 1)."""

    look: set[int] = field(default_factory=set)
    covered: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Open:
    """A table that may go on on the next page."""

    page: int
    last: int
    grid: Grid


def take_pages(harvest: Harvest, document: pypdfium2.PdfDocument, place: Place, *, hidden: bool = False) -> Pages:
    """Every word of every page into the basket. Pages that no word tells enough of are in the answer."""
    pages, pending = Pages(), list[_Open]()
    for number in range(1, len(document) + 1):
        where = place.but(page=number) if not hidden else place.but(hidden=True)
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError:
            harvest.miss(place.but(page=number), "broken")
            continue
        grids, lines = _read(harvest, page, where, number, pages)
        page.close()
        pending = _carry_on(harvest, pending, grids, number, where)
        _say_lines(harvest, lines, where)
    _finish(harvest, pending, place, hidden=hidden)
    return pages


def _read(
    harvest: Harvest, page: pypdfium2.PdfPage, where: Place, number: int, pages: Pages
) -> tuple[list[Grid], list[str]]:
    found, drawn = lettering(page), drawn_on(page)
    if drawn.too_many:
        harvest.miss(where, "too-large")
    if found.unknown >= STRANGE or drawn.outlines >= OUTLINES or drawn.may_be_code:
        pages.look.add(number)
    if drawn.striped:
        from lumbung.read.pdf_pictures import read_codes  # draws pages in its turn

        read_codes(harvest, page, drawn.striped, where)
    if _is_striped(drawn):
        pages.look.add(number)
        pages.covered.add(number)
    grids: list[Grid] = []
    lines: list[str] = []
    for index, words in enumerate(found.words):
        more, rest = tables_and_lines(rows(words), rules_of(drawn) if index == 0 else Rules())
        grids += more
        lines += rest
    return grids, lines


def _is_striped(drawn: Drawn) -> bool:
    """Whether pictures lie edge to edge, so that a line of text may be cut between two of them."""
    ordered = sorted(drawn.pictures, key=lambda box: (round(box[0]), box[1]))
    pairs = pairwise(ordered)
    touching = sum(abs(one[0] - two[0]) < 2 and abs(one[3] - two[1]) < 2 for one, two in pairs)
    return touching >= STRIPED - 1


def _say_lines(harvest: Harvest, lines: list[str], where: Place) -> None:
    """Lines with labels are a form, and judged as a table of one column; others are prose."""
    if sum(LABELLED.match(line) is not None for line in lines) >= 2:
        harvest.tables.append(table(frame_of_rows([[line] for line in lines], limits=harvest.limits), place=where))
    elif lines:
        harvest.say([Passage(place=where, text="\n".join(lines))])


def _carry_on(harvest: Harvest, pending: list[_Open], grids: list[Grid], number: int, where: Place) -> list[_Open]:
    """Join the page's first table to the last one of the page before; what is not joined any more is finished."""
    fresh = [_Open(number, number, grid) for grid in grids]
    last = pending[-1] if pending else None
    if last and fresh and last.last == number - 1 and _same_columns(last.grid, fresh[0].grid):
        last.grid.rows += fresh[0].grid.rows
        last.last = number
        fresh[0] = last
        pending = pending[:-1]
    _finish(harvest, pending, where, hidden=bool(where.hidden))
    return fresh


def _same_columns(one: Grid, other: Grid) -> bool:
    if len(one.columns) != len(other.columns):
        return False
    starts = zip(one.columns, other.columns, strict=True)
    return all(abs(mine[0] - theirs[0]) < NEAR or abs(mine[1] - theirs[1]) < NEAR for mine, theirs in starts)


def _finish(harvest: Harvest, pending: list[_Open], place: Place, *, hidden: bool) -> None:
    for one in pending:
        where = place.but(hidden=True) if hidden else place.but(page=one.page)
        harvest.tables.append(table(frame_of_rows(list(_filled(one.grid)), limits=harvest.limits), place=where))


def _filled(grid: Grid) -> Iterator[list[str | None]]:
    """The rows without columns that are empty all the way down."""
    used = [index for index in range(len(grid.columns)) if any(row[index] for row in grid.rows)]
    return ([row[index] for index in used] for row in grid.rows)
