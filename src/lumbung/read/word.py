"""A Word 97-2003 document: its texts with tables and tracked changes, its pictures, and the raw streams besides.

Source: MS-DOC 2.3 (the eight texts of a document), 2.4.3 (tables), 2.8.25 (fields), 2.9.192 (pictures in Data). The
streams are swept too, since what was deleted before a fast save stays in them beside the text.
"""

import re
import struct
from collections.abc import Callable, Iterator
from itertools import pairwise

from lumbung.document import Place
from lumbung.read.biff_pictures import MARKS, blips
from lumbung.read.harvest import Harvest
from lumbung.read.rtf_state import Rows
from lumbung.read.sweep import swept, text_of_bytes
from lumbung.read.unknown_part import take_picture
from lumbung.read.unreadable import Unreadable
from lumbung.read.word_old import OLD_MARKS, OLDEST, OldWordText
from lumbung.read.word_stream import (
    DELETED,
    DRAWINGS,
    ENCRYPTED,
    HIDDEN,
    IN_TABLE,
    INNER_CELL,
    INNER_ROW,
    INSERTED,
    IS_DATA,
    LEVEL,
    PICTURE,
    ROW_END,
    SYMBOL,
    TABLE_1,
    WORD,
    WORD_97,
    Damaged,
    Run,
    Settings,
    WordText,
)  # fmt: skip
from lumbung.read.writing import Writing, harvest_writing

TEXTS = (
    *("", "catatan kaki", "kepala dan kaki halaman", "makro", "komentar", "catatan akhir", "kotak teks"),
    *("kotak teks kepala halaman", "sisa teks"),
)
MARK = re.compile("([\r\x07\x0c\x0e])")
SIGNS = {0x0B: "\n", 0x1E: "-", 0x1F: "", 0x01: "", 0x02: "", 0x05: "", 0x08: "", 0xA0: " ", 0x03: "", 0x04: ""}
FIELD = re.compile("([\x13\x14\x15])")
SHORTEST = 0x300
ENTRY, ENTRY_SIZE = 0xF007, 36
DAMAGE = (Damaged, struct.error, IndexError)


def harvest_word(harvest: Harvest, main: bytes, sibling: Callable[[str], bytes], *, place: Place) -> None:
    """A document's main stream into the basket; `sibling` gives a stream beside it, b"" where there is none.

    Raise Unreadable("encrypted"). A stream that is not wholly understood is named unread, and swept in any case.
    """
    harvest.say(swept(place.but(hidden=True), text_of_bytes(main)))
    mark, version = struct.unpack_from("<HH", main.ljust(4, b"\0"))
    if len(main) >= SHORTEST and struct.unpack_from("<H", main, 0x0A)[0] & ENCRYPTED:
        raise Unreadable("encrypted")
    if len(main) >= SHORTEST and mark in OLD_MARKS and OLDEST <= version < WORD_97:
        _take_old(harvest, main, place)
        return
    if len(main) < SHORTEST or mark != WORD or version < WORD_97:
        harvest.miss(place, "unknown-format")
        return
    (flags,) = struct.unpack_from("<H", main, 0x0A)
    document = WordText(main, sibling("1Table" if flags & TABLE_1 else "0Table"))
    data = sibling("Data")
    try:
        document.load()
        runs = list(document.runs())
        _take_texts(harvest, document, runs, place)
        _take_pictures(harvest, document, runs, data, place)
    except DAMAGE:
        harvest.miss(place, "broken")


def _take_old(harvest: Harvest, main: bytes, place: Place) -> None:
    """The texts of a document of Word 6 or 95, whose pictures and looks are not read: always named unread."""
    harvest.miss(place, "old-word")
    document = OldWordText(main)
    try:
        _take_texts(harvest, document, list(document.runs()), place)
    except DAMAGE:
        harvest.miss(place, "broken")


def _take_texts(harvest: Harvest, document: WordText | OldWordText, runs: list[Run], place: Place) -> None:
    """Each of the eight texts, and whatever follows them."""
    outer = (place.part or "").rpartition("!")
    whole = Place(part=outer[0] or None)
    ends = [0]
    for count in document.counts():
        ends.append(ends[-1] + count)
    ends.append(max(ends[-1], sum(len(run.text) for run in runs)))
    for name, (start, end) in zip(TEXTS, pairwise(ends), strict=True):
        writing = _Story(document)
        for run in _between(runs, start, end):
            writing.take(run)
        where = place.but(part="".join([*outer[:2], f"({name})"])) if name else whole
        harvest_writing(harvest, writing.done(), place=where)


def _between(runs: list[Run], start: int, end: int) -> Iterator[Run]:
    """The runs from one character to another."""
    position = 0
    for run in runs:
        first, last = max(start - position, 0), min(end - position, len(run.text))
        if first < last:
            place = run.place + first * run.width
            yield Run(text=run.text[first:last], place=place, width=run.width, settings=run.settings)
        position += len(run.text)


class _Story:
    """One text: runs wait until the mark at the end of their paragraph says where it stands."""

    def __init__(self, document: WordText | OldWordText) -> None:
        self._document = document
        self._writing = Writing()
        self._rows = Rows(self._writing)
        self._waiting: list[tuple[str, Settings]] = []
        self._codes = 0
        self._after_cell = False

    def take(self, run: Run) -> None:
        """Text in its order."""
        position = run.place
        for piece in MARK.split(run.text):
            if MARK.fullmatch(piece):
                self._end(piece, self._document.paragraphs.at(position))
            elif piece:
                self._waiting.append((piece, run.settings))
            position += len(piece) * run.width

    def done(self) -> Writing:
        """The whole text."""
        self._tell()
        self._writing.end_paragraph()
        return self._writing

    def _end(self, mark: str, settings: Settings) -> None:
        level = settings.get(LEVEL, 0) & 0xFF or (1 if settings.get(IN_TABLE) or mark == "\x07" else 0)
        bare = mark == "\x07" and not self._waiting
        guessed = bare and self._after_cell and not self._document.paragraphs.starts
        ends_row = guessed or (mark == "\x07" and settings.get(ROW_END)) or settings.get(INNER_ROW)
        if self._waiting or not ends_row:
            self._rows.settle(min(level, 20))
            self._tell()
        if ends_row:
            self._writing.end_paragraph()
            self._rows.end_row(max(1, level))
        elif mark == "\x07" or settings.get(INNER_CELL):
            self._rows.end_cell(max(1, level))
        else:
            self._writing.end_paragraph()
        self._after_cell = mark == "\x07"

    def _tell(self) -> None:
        """Give the waiting runs to the paragraph; a field's code is put aside."""
        self._writing.start_paragraph()
        for text, settings in self._waiting:
            for piece in FIELD.split(text):
                if FIELD.fullmatch(piece):
                    self._field(piece)
                else:
                    self._add(piece, settings)
        while self._codes:
            self._field("\x14")
        self._waiting = []

    def _field(self, mark: str) -> None:
        if mark == "\x13":
            self._codes += 1
            self._writing.start_paragraph()
        elif self._codes:
            self._codes -= 1
            self._writing.end_paragraph(aside=True)

    def _add(self, text: str, settings: Settings) -> None:
        if SYMBOL in settings and text:
            code = settings[SYMBOL] >> 16
            text = chr(code - 0xF000 if 0xF020 <= code <= 0xF0FF else code) * len(text)
        self._writing.add(
            text.translate(SIGNS),
            deleted=bool(settings.get(DELETED)),
            inserted=bool(settings.get(INSERTED)) and not settings.get(DELETED),
            hidden=bool(settings.get(HIDDEN)),
        )


def _take_pictures(harvest: Harvest, document: WordText, runs: list[Run], data: bytes, place: Place) -> None:
    """Pictures in the text, whose records lie in the stream Data, and floating ones, in the main stream."""
    seen: list[tuple[bytes, int, int]] = []
    where = place.but(path="gambar")
    for run in runs:
        at = run.settings.get(PICTURE)
        if at is not None and not run.settings.get(IS_DATA) and 0 <= at < len(data) - 6:
            size, head = struct.unpack_from("<IH", data, at)
            seen.append((data, at + head, at + size))
    for at, size in _floating(document.part(DRAWINGS)):
        seen.append((document.main, at, at + size))
    for stream, start, end in dict.fromkeys(seen):
        take_blips(harvest, stream[start + _name(stream, start) : end], where)
    for stream in (data, document.main):
        left = bytearray(stream)
        for other, start, end in seen:
            if other is stream:
                left[start:end] = bytes(max(0, min(end, len(left)) - start))
        if any(mark in left for mark in MARKS):
            harvest.miss(where, "image")


def _name(stream: bytes, start: int) -> int:
    """How many bytes of a linked picture's name stand before its records."""
    known = stream[start + 2 : start + 4] in (b"\x04\xf0", b"\x07\xf0") or stream[start + 3 : start + 4] == b"\xf0"
    return 0 if known or start >= len(stream) else 1 + stream[start]


def take_blips(harvest: Harvest, art: bytes, place: Place) -> None:
    """Drawing records' pictures into the basket; those that cannot be decoded are named."""
    for picture in blips(art):
        if picture:
            take_picture(harvest, picture, place=place)
        else:
            harvest.miss(place, "image")


def _floating(art: bytes) -> Iterator[tuple[int, int]]:
    """Where the store of pictures says that they lie in the main stream: first byte and length."""
    position = art.find(struct.pack("<H", ENTRY))
    while position >= 2:
        body = art[position + 6 : position + 6 + ENTRY_SIZE]
        if len(body) == ENTRY_SIZE:
            size, _, at = struct.unpack_from("<III", body, 20)
            yield at, size
        position = art.find(struct.pack("<H", ENTRY), position + 2)
