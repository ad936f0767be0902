"""A workbook in one XML file, as Excel 2002 and 2003 save it ("XML Spreadsheet 2003").

Source: Microsoft, "XML Spreadsheet Reference" (Office XP): Worksheet, Column, Row, Cell, Data, Comment.
Everything that is no cell (formulas, comments, names, properties, headers) becomes a passage.
"""

from dataclasses import dataclass, field

from lumbung.document import Passage, Place
from lumbung.read.cells import COLUMNS, ROWS, Cells
from lumbung.read.harvest import Harvest
from lumbung.read.letters import letter
from lumbung.read.opened import Opened
from lumbung.read.sweep import SHORTEST, NotXml, local, parse, swept
from lumbung.read.unreadable import Unreadable
from lumbung.read.xml import harvest_xml

NAMESPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"
SHEET, ROW, COLUMN, CELL = (NAMESPACE + name for name in ("Worksheet", "Row", "Column", "Cell"))
DATA, COMMENT = NAMESPACE + "Data", NAMESPACE + "Comment"
INDEX, HIDDEN, SPAN, NAME = (NAMESPACE + name for name in ("Index", "Hidden", "Span", "Name"))
ACROSS, TYPE = NAMESPACE + "MergeAcross", NAMESPACE + "Type"
COUNTS = frozenset({INDEX, HIDDEN, SPAN, ACROSS, TYPE, NAMESPACE + "StyleID", NAMESPACE + "MergeDown"})


@dataclass(slots=True)
class Sheet:
    """A worksheet while it is read; rows and columns count from 0."""

    name: str
    cells: Cells = field(default_factory=Cells)
    row: int = -1
    column: int = -1
    merged: int = -1  # the last column that the cell before covers
    described: int = -1  # the last column that a Column element spoke of
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[str] = field(default_factory=set)
    is_hidden: bool = False
    notes: list[tuple[str, str]] = field(default_factory=list)


class Workbook:
    """The target of a streaming parser."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        self.sheets: list[Sheet] = []
        self.is_workbook = False
        self.rest: list[str] = []
        self._sheet: Sheet | None = None
        self._type = ""
        self._open: list[str] = []
        self._text: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.is_workbook |= not self._open and tag == NAMESPACE + "Workbook"
        if not ({DATA, COMMENT} & set(self._open)):
            self._settle()
        self._open.append(tag)
        self.rest += [value for name, value in attributes.items() if name not in COUNTS and len(value) >= SHORTEST]
        if tag == SHEET:
            self._sheet = Sheet(attributes.get(NAME, ""))
            self.sheets.append(self._sheet)
        elif self._sheet:
            self._place(self._sheet, tag, attributes)

    def data(self, text: str) -> None:
        """Text, perhaps only a piece of it."""
        self._text.append(text)

    def end(self, tag: str) -> None:
        """An element ends; a cell's data or comment is whole."""
        self._open.pop()
        text = "".join(self._text)
        if tag in (DATA, COMMENT) and self._sheet:
            if {DATA, COMMENT} & set(self._open):
                return  # a comment's own Data, which goes on
            self._text.clear()
            self._put(self._sheet, tag, text)
        elif not ({DATA, COMMENT} & set(self._open)):
            if local(tag) == "Visible" and self._sheet:
                self._sheet.is_hidden |= text.strip() != "SheetVisible"
            self._settle()
        if tag == SHEET:
            self._sheet = None

    def comment(self, text: str) -> None:
        """An XML comment."""
        self.rest.append(text)

    def pi(self, target: str, text: str | None = None) -> None:
        """A processing instruction."""
        self.rest.append(f"{target} {text or ''}")

    def start_ns(self, prefix: str | None, uri: str) -> None:
        """A namespace begins."""
        self.rest.append(f"{prefix or ''} {uri}")

    def close(self) -> None:
        """The end."""

    def _settle(self) -> None:
        text = "".join(self._text).strip()
        self._text.clear()
        if text:
            self.rest.append(text)

    def _place(self, sheet: Sheet, tag: str, attributes: dict[str, str]) -> None:
        """Move to where the element says that it stands."""
        if tag == ROW:
            sheet.row = _next(sheet.row, attributes.get(INDEX), ROWS)
            rows = range(sheet.row, min(ROWS, sheet.row + 1 + _count(attributes.get(SPAN))))
            sheet.hidden_rows |= {row + 1 for row in rows} if HIDDEN in attributes else set()
            sheet.row, sheet.column, sheet.merged = rows[-1], -1, -1
        elif tag == COLUMN:
            first = _next(sheet.described, attributes.get(INDEX), COLUMNS)
            columns = range(first, min(COLUMNS, first + 1 + _count(attributes.get(SPAN))))
            sheet.hidden_columns |= {letter(column) for column in columns} if HIDDEN in attributes else set()
            sheet.described = columns[-1]
        elif tag == CELL:
            sheet.column = _next(sheet.merged, attributes.get(INDEX), COLUMNS)
            sheet.merged = sheet.column + _count(attributes.get(ACROSS))
        elif tag == DATA:
            self._type = attributes.get(TYPE, "")

    def _put(self, sheet: Sheet, tag: str, text: str) -> None:
        row, column = max(0, sheet.row), max(0, sheet.column)
        if tag == COMMENT:
            sheet.notes.append((f"{letter(column)}{row + 1}", text))
        elif text.strip():
            sheet.cells.put(row, column, text, _number(text) if self._type == "Number" else float("nan"))


def harvest_spreadsheetml(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """Every sheet and every text beside the cells into the basket; give the kind.

    Raise Unreadable("broken", "too-large"). A file of the same root in another language is read as XML.
    """
    workbook = Workbook()
    try:
        parse(opened.pieces(), workbook)
    except NotXml as damage:
        raise Unreadable("broken") from damage
    if not workbook.is_workbook:
        return harvest_xml(harvest, opened, prefix)
    outside = Place(part=prefix.removesuffix("!") or None)
    for sheet in workbook.sheets:
        _say(harvest, sheet, outside.but(sheet=sheet.name, hidden=True if sheet.is_hidden else None))
    harvest.say(swept(Place(part=prefix + "(di luar sel)", hidden=True), "\n".join(workbook.rest)))
    return "spreadsheetml"


def _say(harvest: Harvest, sheet: Sheet, place: Place) -> None:
    harvest.say([Passage(place=place, text=sheet.name)])
    harvest.tables += sheet.cells.tables(
        place, hidden_rows=frozenset(sheet.hidden_rows), hidden_columns=frozenset(sheet.hidden_columns)
    )
    harvest.say(sheet.cells.doubles(place))
    harvest.say(Passage(place=place.but(cell=cell), text=text) for cell, text in sheet.notes)


def _next(last: int, index: str | None, most: int) -> int:
    """The stated position, counted from 1, or the one behind the last. Raise Unreadable("broken") beyond a sheet."""
    position = last + 1 if index is None else _count(index) - 1
    if not 0 <= position < most:
        raise Unreadable("broken")
    return position


def _count(text: str | None) -> int:
    if text is None:
        return 0
    if not text.strip().isdecimal():
        raise Unreadable("broken")
    return min(int(text.strip()[:12]), ROWS)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")
