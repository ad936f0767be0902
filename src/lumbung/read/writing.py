"""Running text while it is being read: paragraphs, and the tables that stand among them, one inside another too.

Every reader of letters and slides tells its story to a Writing: a paragraph begins, text, a table, a row, a cell.
Source for the words: ECMA-376 part 1, 17 (WordprocessingML); RTF and OpenDocument have the same ones.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lumbung.document import Passage, Place, Table
from lumbung.read.cells import COLUMNS, MOST
from lumbung.read.grid import frame_of_rows, table
from lumbung.read.harvest import Harvest
from lumbung.read.sweep import PASSAGE
from lumbung.read.unreadable import Unreadable

OVERRIDDEN = re.compile("\u202e([^\u202c\u202e]*)\u202c?")
PARTED = re.compile(r"(?<!\d)(\d{4,12})[\t\n](\d{4,12})(?!\d)")

BOXES = re.compile(r"(?<!\d)\d{16}(?!\d)")  # a digit in each cell, as on forms


@dataclass(slots=True)
class Paragraph:
    """A paragraph in the making, three times: as it stands now, as it stood before its tracked changes, and without
    what is formatted as hidden. A number may be whole in one of them only."""

    now: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A table in the making. `cell` holds the open cell's paragraphs, `wide` how many columns it spans."""

    hidden: bool
    rows: list[list[str | None]] = field(default_factory=list)
    cell: list[str] | None = None
    wide: int = 1


class Writing:
    """What was told so far. `asides` is what a reader would not see: deleted, hidden, or said for a screen reader."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self.asides: dict[str, None] = {}  # in order, each once
        self.grids: list[Grid] = []
        self._tables: list[Grid] = []
        self._open: list[Paragraph] = []
        self._cells = 0

    @property
    def in_paragraph(self) -> bool:
        """Whether text that comes now belongs to a paragraph."""
        return bool(self._open)

    def start_paragraph(self) -> None:
        """A paragraph begins; where one is open it waits, as around a text box."""
        self._open.append(Paragraph())

    def add(self, text: str, *, inserted: bool = False, deleted: bool = False, hidden: bool = False) -> None:
        """Text of the open paragraph; one begins where none is open."""
        if not self._open:
            self.start_paragraph()
        paragraph = self._open[-1]
        if not deleted:
            paragraph.now.append(text)
        if not inserted:
            paragraph.before.append(text)
        if not deleted and not hidden:
            paragraph.shown.append(text)

    def end_paragraph(self, *, aside: bool = False) -> None:
        """The open paragraph goes to the open cell, or outside the tables; with `aside` out of sight."""
        if not self._open:
            return
        paragraph = self._open.pop()
        now = "".join(paragraph.now)
        others = ["".join(paragraph.before), "".join(paragraph.shown), _turned(now), _closed(now)]
        for other in others:
            if other != now and other.strip():
                self.asides[other] = None
        if aside:
            self.say_aside(now)
        elif self._tables and self._tables[-1].cell is not None:
            self._tables[-1].cell.append(now)
        elif now.strip():
            self.paragraphs.append(now)

    def say_aside(self, text: str) -> None:
        """A text that stands in no paragraph."""
        if text.strip():
            self.asides[text] = None

    def start_table(self, *, hidden: bool = False) -> None:
        """A table begins, in the open cell where one is open."""
        self._tables.append(Grid(hidden=hidden))

    def start_row(self) -> None:
        """A row of the innermost table."""
        if self._tables:
            self._tables[-1].rows.append([])

    def skip(self, columns: int) -> None:
        """Leave columns of the row empty."""
        if self._tables and self._tables[-1].rows:
            self._fill(self._tables[-1], None, columns)

    def start_cell(self, *, wide: int = 1) -> None:
        """A cell of the row, over so many columns."""
        if self._tables:
            self._tables[-1].cell, self._tables[-1].wide = [], wide

    def widen(self, wide: int) -> None:
        """Say late how many columns the open cell spans."""
        if self._tables:
            self._tables[-1].wide = wide

    def say_cell(self, text: str) -> None:
        """What the open cell holds, instead of how it shows it."""
        if self._tables and self._tables[-1].cell is not None:
            self.say_aside("\n".join(self._tables[-1].cell))
            self._tables[-1].cell = [text]

    def end_cell(self) -> None:
        """Raise Unreadable("too-large") past the cells that memory bears."""
        grid = self._tables[-1] if self._tables else None
        if grid is None or grid.cell is None:
            return
        if not grid.rows:
            grid.rows.append([])
        self._fill(grid, "\n".join(grid.cell).strip() or None, 1)
        self._fill(grid, None, grid.wide - 1)
        grid.cell = None

    def _fill(self, grid: Grid, text: str | None, count: int) -> None:
        count = max(0, min(count, COLUMNS))
        self._cells += count
        if self._cells > MOST:
            raise Unreadable("too-large")
        grid.rows[-1] += [text] * count

    def end_table(self) -> None:
        """The innermost table is done; one that repeats an earlier one, as fall-backs do, is not kept."""
        if not self._tables:
            return
        grid = self._tables.pop()
        if any(cell for row in grid.rows for cell in row) and all(grid.rows != other.rows for other in self.grids):
            self.grids.append(grid)
            for row in grid.rows:
                for number in BOXES.findall("".join(cell if cell and len(cell) == 1 else " " for cell in row)):
                    self.say_aside(number)

    def close(self) -> None:
        """End whatever the file left open."""
        while self._open:
            self.end_paragraph()
        while self._tables:
            self.end_cell()
            self.end_table()


def _turned(text: str) -> str:
    """The text with what is overridden to run from right to left in the order in which it is seen."""
    return OVERRIDDEN.sub(lambda run: run[1][::-1], text)


def _closed(text: str) -> str:
    """The text with numbers of sixteen digits whole that a tab or the end of a line parts."""
    return PARTED.sub(lambda run: run[1] + run[2] if len(run[1] + run[2]) == 16 else run[0], text)


def harvest_writing(harvest: Harvest, writing: Writing, *, place: Place) -> None:
    """Paragraphs as prose and tables, numbered, into the basket. Raise Unreadable("too-large")."""
    writing.close()
    harvest.say(prose(place, writing.paragraphs))
    said = set(writing.paragraphs)
    harvest.say(prose(place.but(hidden=True), [text for text in writing.asides if text not in said]))
    harvest.tables += _tables(harvest, writing, place)


def _tables(harvest: Harvest, writing: Writing, place: Place) -> Iterator[Table]:
    for number, grid in enumerate(writing.grids, start=1):
        where = place.but(sheet=f"Tabel {number}", hidden=grid.hidden or place.hidden or None)
        yield table(frame_of_rows(grid.rows, limits=harvest.limits), place=where)


def prose(place: Place, paragraphs: list[str]) -> Iterator[Passage]:
    """Paragraphs, one to a line, in passages of bearable length."""
    kept, length = [], 0
    for paragraph in paragraphs:
        kept.append(paragraph)
        length += len(paragraph)
        if length > PASSAGE:
            yield Passage(place=place, text="\n".join(kept))
            kept, length = [], 0
    yield Passage(place=place, text="\n".join(kept))
