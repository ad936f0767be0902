"""Rich Text Format: text, tables, hidden and deleted text, fields, and the pictures and objects written out in it.

Source: Microsoft, Rich Text Format Specification 1.9.1. Every destination is read, also those that a program would
skip; what it carries in hexadecimal is opened as a file.
"""

import re
from collections.abc import Iterator

from lumbung.document import Place
from lumbung.read.biff_pictures import as_file
from lumbung.read.harvest import Harvest
from lumbung.read.mail import text_in
from lumbung.read.office_text import SYMBOLS
from lumbung.read.ole import carried_file
from lumbung.read.ole_package import old_object
from lumbung.read.opened import Opened
from lumbung.read.rtf_state import Group, Rows
from lumbung.read.rtf_words import BREAKS, CARRIERS, DESTINATIONS, INLINE, SIGNS, SWITCHES
from lumbung.read.sweep import swept, text_of_bytes
from lumbung.read.unknown_part import take_in
from lumbung.read.unreadable import Unreadable
from lumbung.read.writing import Writing, harvest_writing

TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+", re.DOTALL
)
LINES = re.compile(rb"[0-9a-fA-F]{40,}")
NOT_HEX = re.compile(rb"[^0-9a-fA-F]")
OBJECTS = frozenset({"objdata", "datastore"})
BEHIND = "di belakang dokumen"
DEEPEST = 5_000


class Reader:
    """Goes through the tokens once. `files` holds what was written out in hexadecimal or binary, with its kind."""

    def __init__(self) -> None:
        self.writing = Writing()
        self.files: list[tuple[str, bytes]] = []
        self.end = 0
        self._rows = Rows(self.writing)
        self._group = Group()
        self._outer: list[Group] = []
        self._codepage = "cp1252"
        self._skip = 0
        self._pending = ""
        self._star = False

    def read(self, data: bytes) -> None:
        """Raise Unreadable("bomb") for absurd nesting, "too-large" for too many cells."""
        position = 0
        while position < len(data):
            token = TOKEN.match(data, position)
            if token is None:  # a lone backslash at the end
                break
            position = token.end()
            word, number, code, sign, brace, text = token.groups()
            if self._pending and code is None and text is None:
                self._flush()
            if word == b"bin":
                position = self._take_binary(data, position, int(number or 0))
            elif word is not None:
                self._take_word(word.decode(), int(number) if number else None)
            elif brace is not None:
                self._take_brace(brace)
            elif sign is not None:
                self._take_sign(sign)
            elif code is not None or text is not None:
                self._take_text(bytes([int(code, 16)]) if code is not None else text)
            if not self._outer and brace == b"}":
                break
        self.end = position
        while self._outer:
            self._end_group()

    def _take_binary(self, data: bytes, position: int, length: int) -> int:
        end = min(len(data), position + max(0, length))
        self._group.carried.append(data[position:end])
        return end

    def _take_brace(self, brace: bytes) -> None:
        self._skip = 0
        if brace == b"}":
            if self._outer:
                self._end_group()
            return
        if len(self._outer) > DEEPEST:
            raise Unreadable("bomb")
        self._outer.append(self._group)
        self._group = self._group.inner()

    def _end_group(self) -> None:
        group, self._group = self._group, self._outer.pop()
        if group.own and group.name in CARRIERS:
            hexadecimal = NOT_HEX.sub(b"", b"".join(group.digits))
            data = b"".join(group.carried) or bytes.fromhex(hexadecimal[: len(hexadecimal) & ~1].decode())
            if data:
                self.files.append((group.kind or group.name, data))
        elif group.own:
            if group.carried:
                self.files.append((group.name, b"".join(group.carried)))
            self.writing.end_paragraph(aside=group.aside)
        elif group.carried:
            self._group.carried += group.carried

    def _take_word(self, word: str, number: int | None) -> None:
        if self._star or word in DESTINATIONS:
            self._start_destination(word)
        elif word == "u" and number is not None:
            self._take_unicode(number)
        elif word in SIGNS:
            self._add(SIGNS[word])
        elif word in BREAKS:
            self._break(BREAKS[word])
        elif word in SWITCHES:
            setattr(self._group, SWITCHES[word], number != 0)
        else:
            self._take_setting(word, number)

    def _take_setting(self, word: str, number: int | None) -> None:
        if word == "plain":
            self._group.hidden = self._group.deleted = self._group.inserted = False
        elif word == "pard":
            self._group.in_table, self._group.level = False, 1
        elif word == "itap" and number:
            self._group.in_table, self._group.level = True, min(number, 20)
        elif word == "uc" and number is not None:
            self._group.fallback = max(0, min(number, 100))
        elif word == "ansicpg" and number:
            self._codepage = f"cp{number}"
        elif self._group.name == "pict" and word.startswith(("dib", "wbit", "mac", "wmeta")):
            self._group.kind = word

    def _start_destination(self, word: str) -> None:
        self._star = False
        if word in INLINE:
            return
        self._group.start(word, aside=word not in DESTINATIONS or DESTINATIONS[word])
        if word not in CARRIERS:
            self.writing.start_paragraph()

    def _take_unicode(self, number: int) -> None:
        self._skip = self._group.fallback
        code = number & 0xFFFF
        if not 0xD800 <= code <= 0xDFFF:
            self._pending = chr(SYMBOLS.get(code, code))
        if not self._skip:
            self._flush()

    def _take_sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._star = True
        elif sign in b"\r\n":
            self._break("paragraph")
        elif sign in b"\\{}":
            self._take_text(sign)
        elif sign in b"~_":
            self._add({b"~": " ", b"_": "-"}[sign])

    def _take_text(self, text: bytes) -> None:
        if self._group.name in CARRIERS:
            self._group.digits.append(text)
            return
        if self._skip:
            instead, text = text[: self._skip], text[self._skip :]
            self._skip -= len(instead)
            self._flush(instead if instead.isdigit() else b"")
        if text:
            self._add(text_in(text, self._codepage))

    def _flush(self, instead: bytes = b"") -> None:
        """The Unicode sign that waits; a program that knows none shows the digits `instead`."""
        sign, self._pending = self._pending, ""
        if not instead:
            self._add(sign)
            return
        self.writing.add(sign, inserted=True)
        self.writing.add(text_in(instead, self._codepage), deleted=True)

    def _add(self, text: str) -> None:
        if self._pending:
            self._flush()
        group = self._group
        if not group.name:
            self._rows.settle(group.level if group.in_table else 0)
        self.writing.add(text, deleted=group.deleted, inserted=group.inserted, hidden=group.hidden)

    def _break(self, what: str) -> None:
        if self._group.name:
            self.writing.end_paragraph(aside=self._group.aside)
            self.writing.start_paragraph()
            return
        nested = self._group.level if self._group.in_table else 1
        if what == "paragraph":
            self._rows.settle(nested if self._group.in_table else 0)
            self.writing.end_paragraph()
        elif what == "cell":
            self._rows.end_cell(1)
        elif what == "nested cell":
            self._rows.end_cell(max(2, nested))
        elif what == "row":
            self._rows.end_row(1)
        else:
            self._rows.end_row(max(2, nested))


def harvest_rtf(harvest: Harvest, opened: Opened, *, prefix: str = "") -> str:
    """Open a document into the basket; give its kind. Raise Unreadable("too-large", "bomb")."""
    if opened.size > harvest.limits.part_bytes:
        raise Unreadable("too-large")
    data = bytes(opened.data[:])
    place = Place(part=prefix.removesuffix("!") or None)
    reader = Reader()
    reader.read(data)
    harvest_writing(harvest, reader.writing, place=place)
    harvest.ledger.cover(prefix, 0, reader.end)
    harvest.say(swept(place.but(part=prefix + "(sumber rtf)", hidden=True), text_of_bytes(LINES.sub(b"", data))))
    for number, (kind, content) in enumerate(_files(reader, data), start=1):
        take_in(harvest, [content], place=place.but(part=f"{prefix}({kind} {number})"))
        if kind == BEHIND:
            harvest.ledger.cover(prefix, reader.end, len(data))
    return "rtf"


def _files(reader: Reader, data: bytes) -> Iterator[tuple[str, bytes]]:
    for kind, content in reader.files:
        yield kind, _unwrapped(kind, content)
    rest = data[reader.end :].strip(b"\0\r\n \x1a")
    if rest:
        yield BEHIND, rest


def _unwrapped(kind: str, content: bytes) -> bytes:
    """The file in what an object or a picture without a head of its own carries."""
    if kind.startswith("dib"):
        return as_file(content)
    if kind in OBJECTS:
        return old_object(content) or carried_file(content, "package") or content
    return content
