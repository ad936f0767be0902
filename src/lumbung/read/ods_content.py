"""The content part of an OpenDocument spreadsheet, parsed in one pass: cells, comments, hidden things, other text.

Source: OpenDocument 1.3 part 3, 9 (tables), 14.1 (annotations), 19.675 ff. (table attributes). python-calamine drops
cells without a value type and unfolds repetitions without a ceiling; therefore the cells are read here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lumbung.document import Passage, Place
from lumbung.read.cells import COLUMNS, ROWS, Cells, number_text
from lumbung.read.formula_texts import joined_texts, look_into
from lumbung.read.letters import letter
from lumbung.read.ooxml_strings import TELLING
from lumbung.read.sweep import SHORTEST, local, swept

CELL = frozenset({"table-cell", "covered-table-cell"})
ROW_LIKE = frozenset({"table-row", "table-row-group", "table-rows"})
VALUES = frozenset({"value", "date-value", "time-value", "boolean-value", "string-value", "formula"})
NUMERIC = frozenset({"float", "percentage", "currency"})
_TELLING = re.compile(TELLING)
_ZERO = re.compile(r"0(?:\.0*)?[a-z]*\Z")


@dataclass(slots=True)
class SheetGathered:
    """A sheet in the making."""

    name: str
    hidden: bool
    cells: Cells = field(default_factory=Cells)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[str] = field(default_factory=set)
    said: list[tuple[str, str, bool]] = field(default_factory=list)
    formulas: dict[str, str] = field(default_factory=dict)
    results: dict[str, str] = field(default_factory=dict)  # formulas by cells that hold no result
    row: int = 0
    columns: int = 0


@dataclass(slots=True)
class _Cell:
    """A cell in the making: its attributes, its own paragraphs, and the comments in it."""

    attributes: dict[str, str]
    column: int
    repeat: int
    paragraphs: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Content:
    """The target of a streaming parser over content.xml (or a flat document)."""

    def __init__(self) -> None:
        self.sheets: list[SheetGathered] = []
        self.lines: list[str] = []
        self._styles: set[str] = set()  # names of styles that hide what bears them
        self._style = ""
        self._path: list[str] = []
        self._open: list[SheetGathered] = []
        self._groups: list[bool] = []
        self._row_repeat, self._row_hidden, self._column = 1, False, 0
        self._pending: list[_Cell] = []
        self._cell: _Cell | None = None
        self._text: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        self._path.append(name)
        plain = {local(key): value for key, value in attributes.items()}
        if name in CELL and self._open:
            self._start_cell(plain)
            plain = {key: value for key, value in plain.items() if key not in VALUES}
        else:
            self._start_other(name, plain)
        self.lines += [value for value in plain.values() if len(value) >= SHORTEST]

    def _start_other(self, name: str, plain: dict[str, str]) -> None:
        if name in {"style", "table-properties", "table-row-properties", "table-column-properties"}:
            self._note_style(name, plain)
        elif name == "table":
            hidden = plain.get("style-name") in self._styles or "dde-link" in self._path
            self._open.append(SheetGathered(name=plain.get("name", ""), hidden=hidden))
        elif name == "table-column" and self._open:
            self._take_columns(plain)
        elif name in {"table-row-group", "table-column-group"}:
            self._groups.append(plain.get("display") == "false")
        elif name == "table-row":
            self._row_repeat = repeat(plain, "number-rows-repeated", ROWS)
            self._row_hidden = self._is_hidden(plain)
            self._pending, self._column = [], 0
        elif name in {"p", "h"}:
            self._text = []
        elif name in {"s", "tab", "line-break"}:
            self._text.append(" " * repeat(plain, "c", 1000))

    def _note_style(self, name: str, plain: dict[str, str]) -> None:
        if name == "style":
            self._style = plain.get("name", "")
        elif plain.get("display") == "false" or any(
            _ZERO.match(plain.get(length, "x")) for length in ("row-height", "column-width")
        ):
            self._styles.add(self._style)

    def _is_hidden(self, plain: dict[str, str]) -> bool:
        shown = plain.get("visibility", "visible") == "visible" and plain.get("style-name") not in self._styles
        return not shown or any(self._groups)

    def _take_columns(self, plain: dict[str, str]) -> None:
        sheet = self._open[-1]
        first = sheet.columns
        sheet.columns = min(COLUMNS, first + repeat(plain, "number-columns-repeated", COLUMNS))
        if self._is_hidden(plain):
            sheet.hidden_columns.update(letter(index) for index in range(first, sheet.columns))

    def _start_cell(self, plain: dict[str, str]) -> None:
        count = repeat(plain, "number-columns-repeated", COLUMNS)
        self._cell = _Cell(plain, self._column, count)
        self._pending.append(self._cell)
        self._column += count

    def data(self, text: str) -> None:
        if "p" in self._path or "h" in self._path:
            self._text.append(text)
        elif text.strip():
            self.lines.append(text)

    def end(self, tag: str) -> None:
        name = local(tag)
        self._path.pop()
        if name in {"p", "h"}:
            self._end_paragraph()
        elif name in CELL:
            self._cell = None
        elif name == "table-row" and self._open:
            self._end_row(self._open[-1])
        elif name in {"table-row-group", "table-column-group"} and self._groups:
            self._groups.pop()
        elif name == "table" and self._open:
            self.sheets.append(self._open.pop())

    def _end_paragraph(self) -> None:
        text, self._text = "".join(self._text), []
        if self._cell is None:
            self.lines.append(text)
        elif "annotation" in self._path:
            self._cell.notes.append(text)
        elif self._path and self._path[-1] in CELL:
            self._cell.paragraphs.append(text)
        else:
            self.lines.append(text)

    def comment(self, text: str) -> None:
        self.lines.append(text)

    def pi(self, target: str, text: str | None = None) -> None:
        self.lines.append(f"{target} {text or ''}")

    def close(self) -> None:
        """Nothing is left to do; the parser asks for this method."""

    def _end_row(self, sheet: SheetGathered) -> None:
        filled = [cell for cell in self._pending if cell.attributes or cell.paragraphs or cell.notes]
        values = [(cell, *value_of(cell)) for cell in filled]
        if self._row_hidden:
            sheet.hidden_rows.update(range(sheet.row + 1, min(ROWS, sheet.row + self._row_repeat) + 1))
        for cell, text, number in values:
            self._say(sheet, cell, text)
            for row in range(sheet.row, sheet.row + self._row_repeat) if text else ():
                for column in range(cell.column, cell.column + cell.repeat):
                    sheet.cells.put(row, column, text, *number)
        sheet.row += self._row_repeat
        self._pending = []

    def _say(self, sheet: SheetGathered, cell: _Cell, text: str) -> None:
        """Comments, formulas with literals, and a shown text that is not the value."""
        where = f"{letter(min(cell.column, COLUMNS - 1))}{sheet.row + 1}"
        if cell.notes:
            sheet.said.append((where, "\n".join(cell.notes), False))
        if formula := cell.attributes.get("formula"):
            sheet.formulas.setdefault(formula, where)
            if not text and "value-type" not in cell.attributes:
                sheet.results[where] = formula
        shown = "\n".join(cell.paragraphs)
        loose = [value for key, value in cell.attributes.items() if key in VALUES]
        sheet.said += [
            (where, other, True)
            for other in (shown, *loose)
            if other != text and _TELLING.search(other) and _digits(other) != _digits(text)
        ]

    def _joined(self, place: Place) -> Iterator[Passage]:
        """What formulas join of the cells of all sheets."""
        if any(sheet.formulas for sheet in self.sheets):
            tables = [table for one in self.sheets for table in one.cells.tables(place.but(sheet=one.name))]
            for sheet in self.sheets:
                look = look_into(tables, sheet.name)
                yield from joined_texts(sheet.formulas, place.but(sheet=sheet.name), look, sheet.results)

    def passages(self, place: Place) -> tuple[Passage, ...]:
        """Comments and loose text of all sheets; the rest of the part swept."""
        said = [
            Passage(place=place.but(sheet=sheet.name, cell=cell), text=text, swept=raw)
            for sheet in self.sheets
            for cell, text, raw in sheet.said
        ]
        return (*said, *self._joined(place), *swept(place, "\n".join(self.lines)))


def value_of(cell: _Cell) -> tuple[str, tuple[float, ...]]:
    """A cell's text, and its number where it has one natively."""
    kind, attributes = cell.attributes.get("value-type"), cell.attributes
    shown = "\n".join(cell.paragraphs)
    if kind in NUMERIC:
        value = attributes.get("value", "")
        try:
            number = float(value)
        except ValueError:
            return value or shown, ()
        return (value if value.isdecimal() else number_text(number)), (number,)
    if kind in {"date", "time", "boolean"}:
        return attributes.get(f"{kind}-value", "").replace("T", " " if kind == "date" else "T") or shown, ()
    return attributes.get("string-value") or shown, ()


def repeat(plain: dict[str, str], name: str, most: int) -> int:
    """How often something is repeated: at least once, at most as a sheet can hold."""
    value = plain.get(name, "1")
    return max(1, min(most, int(value))) if value.isdecimal() and len(value) < 10 else 1


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdecimal())
