"""A worksheet part, parsed exactly: cells, hidden rows and columns, formulas, and all other text.

Source: ECMA-376 part 1, 18.3 (worksheets). Fed with a whole part it is the exact reader, slow and sure; fed with what
`ooxml_plain` left over it finds what the fast reader does not see.
"""

import re
from collections.abc import Callable

from lumbung.document import Passage, Place
from lumbung.read.cells import COLUMNS, ROWS, Cells, number_text
from lumbung.read.letters import letter
from lumbung.read.ooxml_plain import column_index
from lumbung.read.sweep import SHORTEST, local, swept

REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})\Z")
_TELLING = re.compile(r"[0-9]{8}|\"[^\"]{5,}\"")
TRUE = frozenset({"1", "true", "on"})
READ_BY_GRID = frozenset({"n", "s", "str", "inlineStr"})


def is_zero(length: str | None) -> bool:
    """Whether a height or width is given and is nothing."""
    try:
        return length is not None and float(length) <= 0
    except ValueError:
        return False


class Rest:
    """The target of a streaming parser over a worksheet part.

    `string` looks up a shared string by its number; without it no cell is kept, only counted. `date` gives the text of
    a number that its style shows as a date.
    """

    def __init__(
        self,
        string: Callable[[str], str] | None = None,
        date: Callable[[str, float], str | None] = lambda style, number: None,
    ) -> None:
        self._string, self._date = string, date
        self.cells = Cells()
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        self.formulas: dict[str, str] = {}
        self.results: dict[str, str] = {}  # formulas by cells without a result; a shared one in brackets
        self.zeros: dict[str, str] = {}  # by cells that hold 0, which some programs write that work nothing out
        self.strange: list[tuple[str, str]] = []
        self.lines: list[str] = []
        self.surely = self.perhaps = 0
        self.first = COLUMNS  # the first column with a value
        self._row = self._column = -1
        self._path: list[str] = []
        self._texts: dict[str, list[str]] = {}
        self._type = self._style = self._shared = ""
        self._masters: dict[str, str] = {}  # formulas that other cells share
        self._in_cell = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        self._path.append(name)
        if name == "row":
            self._start_row(attributes)
        elif name == "c":
            self._start_cell(attributes)
        elif name == "col":
            self._start_column(attributes)
        elif name == "f":
            self._shared = attributes.get("si", "")
        self.lines += [value for value in attributes.values() if len(value) >= SHORTEST]

    def data(self, text: str) -> None:
        name = self._path[-1] if self._path else ""
        if not self._in_cell:
            if text.strip():
                self.lines.append(text)
        elif "rPh" in self._path[-3:] or name not in {"v", "t", "f"}:
            self._texts.setdefault("other", []).append(text)
        else:
            self._texts.setdefault("f" if name == "f" else "v", []).append(text)

    def end(self, tag: str) -> None:
        name = local(tag)
        self._path.pop()
        if name == "c":
            self._end_cell()
        elif name == "v" and self._in_cell:
            self._texts.setdefault("v", []).append("")

    def comment(self, text: str) -> None:
        self.lines.append(text)

    def pi(self, target: str, text: str | None = None) -> None:
        self.lines.append(f"{target} {text or ''}")

    def close(self) -> None:
        """Nothing is left to do; the parser asks for this method."""

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = min(int(number), ROWS) - 1 if number.isdecimal() and number.isascii() else self._row + 1
        self._column = -1
        if attributes.get("hidden") in TRUE or is_zero(attributes.get("ht")):
            self.hidden_rows.add(self._row + 1)

    def _start_column(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") not in TRUE and not is_zero(attributes.get("width")):
            return
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if first.isdecimal() and last.isdecimal():
            self.hidden_columns.append((int(first) - 1, min(int(last), COLUMNS)))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        match = REFERENCE.match(attributes.get("r", ""))
        if match:
            self._column = column_index(match[1].upper())
            self._row = int(match[2]) - 1
        else:
            self._column += 1
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._texts, self._shared = {}, ""
        self._in_cell = True

    def _end_cell(self) -> None:
        self._in_cell = False
        where = f"{letter(max(0, self._column))}{self._row + 1}"
        formula = "".join(self._texts.get("f", []))
        if formula:
            self.formulas.setdefault(formula, where)
            self._masters.setdefault(self._shared, formula)
        if formula or self._shared:
            self._take_result(formula or f"({self._masters.get(self._shared, '')})", where)
        if other := "".join(self._texts.get("other", [])).strip():
            self.strange.append((where, other))
        if "v" in self._texts:
            self._keep("".join(self._texts["v"]), where)

    def _take_result(self, formula: str, where: str) -> None:
        """Keep the formula of a cell without a result, or with a bare 0. An empty text is a result."""
        value = "".join(self._texts.get("v", ()))
        if value == "0":
            self.zeros[where] = formula
        elif not value and not (self._type == "str" and "v" in self._texts):
            self.results[where] = formula

    def _keep(self, value: str, where: str) -> None:
        if self._type not in READ_BY_GRID:
            self.strange.append((where, value))
        if self._type == "e" and value.startswith("#"):
            return
        self.surely += bool(value)
        self.perhaps += not value
        self.first = min(self.first, max(0, self._column))
        if self._string is None:
            return
        number = _number(value) if self._type == "n" else None
        date = self._date(self._style, number) if number is not None else None
        if number is not None and date is None:
            digits = value if value.isdecimal() else number_text(number)
            self.cells.put(max(0, self._row), max(0, self._column), digits, number)
        elif text := date or self._text(value):
            self.cells.put(max(0, self._row), max(0, self._column), text)

    def _text(self, value: str) -> str:
        if self._type == "s" and self._string is not None:
            return self._string(value)
        return {"1": "true", "0": "false"}.get(value, value) if self._type == "b" else value

    def passages(self, place: Place) -> tuple[Passage, ...]:
        """All text that is not a cell's own value: telling formulas by their cell, the rest of the part swept."""
        telling = [
            Passage(place=place.but(cell=cell), text=formula, swept=True)
            for formula, cell in self.formulas.items()
            if _TELLING.search(formula)
        ]
        strange = [Passage(place=place.but(cell=cell), text=text, swept=True) for cell, text in self.strange]
        others = [formula for formula in self.formulas if not _TELLING.search(formula)]
        return (*telling, *strange, *swept(place, "\n".join([*self.lines, *others])))

    def hidden_letters(self) -> frozenset[str]:
        """Letters of hidden columns, each found once, however often it is said to be hidden."""
        hidden = bytearray(COLUMNS)
        for first, end in self.hidden_columns:
            start = max(0, first)
            if start < end:
                hidden[start:end] = b"\1" * (end - start)
        return frozenset(letter(index) for index, is_hidden in enumerate(hidden) if is_hidden)


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None
