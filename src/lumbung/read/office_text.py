"""Any XML part of a text or slide package, parsed once: paragraphs, tables, and whatever else stands in it.

Source: ECMA-376 part 1, 17 (WordprocessingML) and 21 (DrawingML), and part 3 (alternate content). The elements for
paragraph, run text, table, row and cell bear the same local names in both, so that one reader serves every part.
"""

import re
from collections.abc import Callable

from lumbung.read.list_numbers import writes_digits
from lumbung.read.sweep import SHORTEST, Gatherer, local
from lumbung.read.writing import Writing

PARAGRAPHS = frozenset({"p", "rt", "text"})
TEXT, CODE = frozenset({"t", "delText", "text"}), frozenset({"instrText", "delInstrText"})
DELETED = frozenset({"del", "moveFrom"})
INSERTED = frozenset({"ins", "moveTo"})
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": "\t"}
HIDING = frozenset({"vanish", "specVanish", "webHidden"})
SMALLEST = 4  # half points: nobody reads smaller type
DESCRIBING = frozenset({"descr", "title", "alt", "tooltip", "instr", "string"})
NO = frozenset({"0", "false", "off"})
OWN_NUMBER = re.compile(r"[0-9A-Fa-f]{8}\Z")
NUMBERED = frozenset(
    {"rsidR", "rsidRDefault", "rsidRPr", "rsidP", "rsidTr", "rsidDel", "paraId", "textId", "rsidSect"}
)
DEEPEST = 12  # styles based on one another
SYMBOLS = {0xF000 + code: code for code in range(0x20, 0x100)}  # where symbol fonts keep their characters
TURNING, TURNED = "\u202e", "\u202c"  # from right to left, and back
MERGED = frozenset({"gridSpan", "gridBefore", "gridAfter"})


class OfficeText:
    """The target of a streaming parser. `writing` gets paragraphs and tables, `rest` all other text and attributes.

    `hiding` are the styles of characters that hide their text (`hiding_styles`). `numbered` says that a list writes
    digits of its own.
    """

    def __init__(self, hiding: frozenset[str] = frozenset()) -> None:
        self.writing = Writing()
        self._hiding = hiding
        self.rest = Gatherer()
        self.hidden_slide = self.numbered = False
        self._path: list[str] = []
        self._deleted = self._inserted = self._fallback = 0
        self._vanished = self._is_initial = self._goes_on = False
        self._codes: list[str] = []
        self._starts: dict[str, Callable[[], None]] = {
            "tbl": self.writing.start_table,
            "tr": self.writing.start_row,
            "tc": self.writing.start_cell,
        }
        self._ends: dict[str, Callable[[], None]] = {
            "tbl": self.writing.end_table,
            "tc": self.writing.end_cell,
            "p": self._end_paragraph,
            "rt": self._end_paragraph,
            "text": self._end_paragraph,
        }

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        self._path.append(name)
        plain = {local(key): value for key, value in attributes.items()}
        self._count(name, 1)
        if name in PARAGRAPHS:
            self._start_paragraph()
        elif name in self._starts:
            self._starts[name]()
        elif name in SIGNS:
            self._add(SIGNS[name])
        else:
            self._start_other(name, plain)
        self.rest.start(tag, {key: value for key, value in attributes.items() if self._tells(local(key), value)})

    def _tells(self, key: str, value: str) -> bool:
        """Whether an attribute goes to the rest: descriptions are said as sentences, a program's marks not at all."""
        if key in DESCRIBING:
            self.writing.say_aside(value)
            return False
        return len(value) >= SHORTEST and not (key in NUMBERED and OWN_NUMBER.match(value))

    def _start_other(self, name: str, plain: dict[str, str]) -> None:
        if name == "r":
            self._vanished = False
        elif name in HIDING and "r" in self._path[-3:]:
            self._vanished = plain.get("val") not in NO
        elif self._is_faint(name, plain):
            self._vanished = True
        elif name == "bdo":
            self._add(TURNING if plain.get("val") == "rtl" else "")
        elif name == "sym" and (code := _code_of(plain.get("char", ""))):
            self._add(chr(SYMBOLS.get(code, code)))
        elif name in MERGED and plain.get("val", "").isdecimal():
            count = int(plain["val"][:6])
            self.writing.widen(count) if name == "gridSpan" else self.writing.skip(count)
        elif name == "framePr":
            self._is_initial = plain.get("dropCap", "none") != "none"
        elif name == "sld":
            self.hidden_slide = plain.get("show") in NO
        elif writes_digits(name, plain):
            self.numbered = True
        elif name == "fldChar" and plain.get("fldCharType") != "begin":
            self._say_code()

    def _is_faint(self, name: str, plain: dict[str, str]) -> bool:
        """Whether a run's property makes it hard to see, or raises it above the line, which slides say in one word."""
        if name == "rPr" and plain.get("baseline", "0") != "0":
            return True
        in_run = "rPr" in self._path[-2:] and "r" in self._path[-3:]
        return in_run and _hides(name, plain.get("val", ""), self._hiding)

    def _count(self, name: str, step: int) -> None:
        self._deleted += step * (name in DELETED)
        self._inserted += step * (name in INSERTED)
        self._fallback += step * (name == "Fallback")

    def data(self, text: str) -> None:
        name = self._path[-1] if self._path else ""
        if name in TEXT and self.writing.in_paragraph:
            self._add(text.translate(SYMBOLS))
        elif name in CODE:
            self._codes.append(text)
        elif text.strip():
            self.rest.data(text)

    def _add(self, text: str) -> None:
        if self.writing.in_paragraph:
            deleted = self._deleted > 0
            inserted = self._inserted > 0 and not deleted
            self.writing.add(text, deleted=deleted, inserted=inserted, hidden=self._vanished)

    def end(self, tag: str) -> None:
        name = local(tag)
        self._path.pop()
        self._count(name, -1)
        if name in self._ends:
            self._ends[name]()
        elif name == "bdo":
            self._add(TURNED)
        self.rest.end(tag)

    def _start_paragraph(self) -> None:
        """A paragraph behind a large initial goes on with it."""
        if not self._goes_on:
            self.writing.start_paragraph()
        self._goes_on = False

    def _end_paragraph(self) -> None:
        if self._is_initial:
            self._is_initial, self._goes_on = False, True
            return
        self.writing.end_paragraph(aside=self._fallback > 0)

    def _say_code(self) -> None:
        self.writing.say_aside("".join(self._codes))
        self._codes.clear()

    def comment(self, text: str) -> None:
        self.rest.comment(text)

    def pi(self, target: str, text: str | None = None) -> None:
        self.rest.pi(target, text)

    def close(self) -> str:
        """All text that stands in no paragraph, one to a line."""
        self._say_code()
        if self._goes_on:
            self.writing.end_paragraph()
        return self.rest.close()


class HidingStyles:
    """The target of a streaming parser over a part of styles: `found` are those that hide what is written in them."""

    def __init__(self) -> None:
        self._style = ""
        self._hides: set[str] = set()
        self._based: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name, plain = local(tag), {local(key): value for key, value in attributes.items()}
        if name == "style":
            self._style = plain.get("styleId", "")
        elif name == "basedOn":
            self._based[self._style] = plain.get("val", "")
        elif (name in HIDING and plain.get("val") not in NO) or _hides(name, plain.get("val", ""), frozenset()):
            self._hides.add(self._style)

    def end(self, tag: str) -> None:
        """Nothing is kept between elements."""

    def data(self, text: str) -> None:
        """Text is read with the part itself."""

    def close(self) -> frozenset[str]:
        """The names of hiding styles, those included that are based on one."""
        hides = set(self._hides)
        for _ in range(DEEPEST):
            hides |= {style for style, base in self._based.items() if base in hides}
        return frozenset(hides)


def _hides(name: str, value: str, hiding: frozenset[str]) -> bool:
    """Whether a property of a run makes it hard to see: its style, white, or a type of two points. Or raises it: the
    mark of a note, glued to a number, is no digit of it."""
    if name == "rStyle":
        return value in hiding
    if name == "sz":
        return value.isdecimal() and int(value[:6]) <= SMALLEST
    if name == "vertAlign":
        return value in {"superscript", "subscript"}
    return name == "color" and value.upper() == "FFFFFF"


def _code_of(char: str) -> int:
    try:
        code = int(char, 16)
    except ValueError:
        return 0
    return code if 0x20 <= code <= 0xFFFF and not 0xD800 <= code <= 0xDFFF else 0
