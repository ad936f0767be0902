"""Any XML part of an OpenDocument text, slide show or drawing, parsed once; flat documents are one such part.

Source: OpenDocument 1.3 part 3, 5 (text), 9 (tables), 10 (graphics), 14.1 (annotations), 5.5 (tracked changes).
"""

import binascii
from dataclasses import dataclass

from lumbung.read.list_numbers import writes_digits
from lumbung.read.ods_content import repeat
from lumbung.read.sweep import SHORTEST, Gatherer, local
from lumbung.read.writing import Writing

PARAGRAPHS = frozenset({"p", "h"})
ASIDES = frozenset({"note", "annotation", "title", "desc", "ruby-text", "script", "tracked-changes"})
ABOUT = tuple(
    f"{{{name}}}" for name in ("http://purl.org/dc/elements/1.1/", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0")
)
CELLS = frozenset({"table-cell", "covered-table-cell"})
BLANKS = {"s": " ", "tab": "\t", "line-break": "\n"}
DESCRIBING = frozenset({"string-value", "description", "formula", "condition", "name", "string-value-if-true"})
LONG_NUMBER = 8


@dataclass(slots=True)
class Change:
    """A tracked change: the text that it took away, or None where it added something."""

    text: list[str] | None = None


class OdfText:
    """The target of a streaming parser. `pages` holds what was written, slide by slide (None before the first);
    `files` what a flat document carries as Base64; `rest` all other text."""

    def __init__(self) -> None:
        self.writing = Writing()
        self.pages: list[tuple[int | None, Writing]] = [(None, self.writing)]
        self.files: list[bytes] = []
        self.rest = Gatherer()
        self.numbered = False  # a list writes digits of its own
        self._path: list[str] = []
        self._unseen: list[bool] = []
        self._hiding: set[str] = set()  # names of styles that hide text
        self._style = ""
        self._changes: dict[str, Change] = {}
        self._change = Change()
        self._inserting: set[str] = set()
        self._binary: list[str] = []
        self._value = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        plain = {local(key): value for key, value in attributes.items()}
        self._path.append(name)
        self._unseen.append(any(self._unseen[-1:]) or plain.get("style-name") in self._hiding)
        if name in PARAGRAPHS | ASIDES or tag.startswith(ABOUT):  # whose comment it is, and of when, stands by itself
            self.writing.start_paragraph()
        elif name in BLANKS:
            self._add(BLANKS[name] * repeat(plain, "c", 1000))
        elif name in CELLS:
            self._start_cell(plain)
        else:
            self._start_other(name, plain)
        for key, value in attributes.items():
            if local(key) in DESCRIBING and len(value) >= SHORTEST:
                self.writing.say_aside(value)
        self.rest.start(tag, {key: value for key, value in attributes.items() if len(value) >= SHORTEST})

    def _start_other(self, name: str, plain: dict[str, str]) -> None:
        if name == "table":
            self.writing.start_table()
        elif name == "table-row":
            self.writing.start_row()
        elif name == "page":
            self._start_page(hidden=plain.get("visibility") == "hidden")
        elif name == "style":
            self._style = plain.get("name", "")
        elif writes_digits(name, plain):
            self.numbered = True
        elif name == "text-properties" and (plain.get("display") in {"none", "condition"} or _raised(plain)):
            self._hiding.add(self._style)
        else:
            self._start_change(name, plain)

    def _start_change(self, name: str, plain: dict[str, str]) -> None:
        if name == "changed-region":
            self._change = self._changes[plain.get("id", "")] = Change()
        elif name == "deletion":
            self._change.text = []
        elif name == "change" and (change := self._changes.get(plain.get("change-id", ""))):
            self.writing.add("".join(change.text or ()), deleted=True)
        elif name == "change-start":
            self._inserting.add(plain.get("change-id", ""))
        elif name == "change-end":
            self._inserting.discard(plain.get("change-id", ""))

    def _start_page(self, *, hidden: bool) -> None:
        self.writing.close()
        self.writing = Writing()
        self.pages.append((len(self.pages), self.writing))
        self._unseen[-1] = self._unseen[-1] or hidden

    def _start_cell(self, plain: dict[str, str]) -> None:
        """A cell; where its value is a long number, that is said instead of how it is shown."""
        value = plain.get("value", "")
        self._value = value if value.isdecimal() and len(value) >= LONG_NUMBER else ""
        self.writing.start_cell(wide=repeat(plain, "number-columns-repeated", 1000))

    def data(self, text: str) -> None:
        if "binary-data" in self._path[-1:]:
            self._binary.append(text)
        elif self.writing.in_paragraph:
            self._add(text)
        elif text.strip():
            self.rest.data(text)

    def _add(self, text: str) -> None:
        if not self.writing.in_paragraph:
            return
        if "deletion" in self._path and "change-info" not in self._path and self._change.text is not None:
            self._change.text.append(text)
        self.writing.add(text, inserted=bool(self._inserting), hidden=any(self._unseen[-1:]))

    def end(self, tag: str) -> None:
        name = local(tag)
        self._path.pop()
        self._unseen.pop()
        if name in PARAGRAPHS:
            self.writing.end_paragraph(aside="tracked-changes" in self._path)
        elif name in ASIDES or tag.startswith(ABOUT):
            self.writing.end_paragraph(aside=True)
        elif name in CELLS:
            if self._value:
                self.writing.say_cell(self._value)
            self.writing.end_cell()
            self._value = ""
        elif name == "table":
            self.writing.end_table()
        elif name == "binary-data":
            self._end_binary()
        self.rest.end(tag)

    def _end_binary(self) -> None:
        text, self._binary = "".join(self._binary), []
        try:
            self.files.append(binascii.a2b_base64("".join(text.split())))
        except binascii.Error:
            self.files.append(b"\0" + text.encode())  # neither file nor text: to be named

    def comment(self, text: str) -> None:
        self.rest.comment(text)

    def pi(self, target: str, text: str | None = None) -> None:
        self.rest.pi(target, text)

    def close(self) -> str:
        """All text that stands in no paragraph, one to a line."""
        return self.rest.close()


def _raised(plain: dict[str, str]) -> bool:
    """Whether text stands above or below the line: the mark of a note, glued to a number, is no digit of it."""
    return not plain.get("text-position", "0%").startswith("0%")
