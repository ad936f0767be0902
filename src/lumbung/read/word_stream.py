"""The text of a Word 97-2003 document, piece by piece, with what is said of each run and each paragraph.

Source: MS-DOC 2.5 (FIB), 2.8.35 (PlcPcd), 2.9.38 (Clx), 2.9.33 and 2.9.175 (ChpxFkp, PapxInFkp), 2.6 (Sprm).
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

WORD, WORD_97 = 0xA5EC, 0x00C1
ENCRYPTED, OBFUSCATED, TABLE_1 = 0x0100, 0x8000, 0x0200
COUNTS, PAIRS = 0x4C, 0x9A  # where the lengths of the texts stand, and the places of the tables
CHPX, PAPX, CLX, DRAWINGS = 12, 13, 33, 50
COMPRESSED = 0x40000000
PAGE = 512
WIDTHS = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
TABLE_DEFINITION, TABS = 0xD608, 0xC615
DELETED, INSERTED, HIDDEN, SYMBOL = 0x0800, 0x0801, 0x083C, 0x6A09
PICTURE, IS_DATA = 0x6A03, 0x0806
IN_TABLE, ROW_END, LEVEL, INNER_CELL, INNER_ROW = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C

Settings = dict[int, int]


class Damaged(Exception):
    """The stream is not what a Word 97-2003 document holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A piece of text with one look. `place` is its first byte in the stream, `width` the bytes of a character."""

    text: str
    place: int
    width: int
    settings: Settings


@dataclass(slots=True)
class Spans:
    """Settings by place in the stream: ascending starts, and what holds from each on."""

    starts: list[int] = field(default_factory=list)
    settings: list[Settings] = field(default_factory=list)

    def at(self, place: int) -> Settings:
        """What holds at a byte."""
        index = bisect_right(self.starts, place) - 1
        return self.settings[index] if index >= 0 else {}

    def parts(self, start: int, end: int) -> Iterator[tuple[int, int, Settings]]:
        """Stretches of one setting between two bytes."""
        index = max(0, bisect_right(self.starts, start) - 1)
        position = start
        while position < end:
            following = self.starts[index + 1] if index + 1 < len(self.starts) else end
            stop = min(max(following, position), end)
            if stop > position:
                yield position, stop, self.settings[index] if self.starts else {}
            position, index = (stop, index + 1) if index + 1 < len(self.starts) else (end, index)


@dataclass(slots=True)
class WordText:
    """A document's stream and its table stream. Raise Damaged, struct.error for what cannot be made sense of."""

    main: bytes
    table: bytes
    looks: Spans = field(default_factory=Spans)
    paragraphs: Spans = field(default_factory=Spans)

    def load(self) -> None:
        """Read the looks of runs and paragraphs."""
        self.looks = self._spans(CHPX, paragraph=False)
        self.paragraphs = self._spans(PAPX, paragraph=True)

    def counts(self) -> list[int]:
        """Lengths of the texts, in characters: main, footnotes, headers, macros, comments, endnotes, two of boxes."""
        return [max(0, count) for count in struct.unpack_from("<8i", self.main, COUNTS)]

    def part(self, index: int) -> bytes:
        """A table of the FIB, by its number there."""
        start, size = struct.unpack_from("<II", self.main, PAIRS + 8 * index)
        return self.table[start : start + size]

    def runs(self) -> Iterator[Run]:
        """All text in its order, parted where the look changes."""
        for characters, place, width in self._pieces():
            end = place + characters * width
            for start, stop, settings in self.looks.parts(place, min(end, len(self.main))):
                raw = self.main[start:stop]
                text = raw.decode("utf-16-le", "replace") if width == 2 else raw.decode("cp1252", "replace")
                yield Run(text=text, place=start, width=width, settings=settings)

    def _pieces(self) -> Iterator[tuple[int, int, int]]:
        """Characters, first byte and bytes a character of each piece."""
        plc = self._piece_table()
        count = (len(plc) - 4) // 12
        if count < 1:
            raise Damaged
        positions = struct.unpack_from(f"<{count + 1}I", plc)
        for index in range(count):
            (place,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * index + 2)
            characters = positions[index + 1] - positions[index]
            narrow = bool(place & COMPRESSED)
            start = (place & ~COMPRESSED) // 2 if narrow else place
            if characters < 0 or start + characters * (2 - narrow) > len(self.main):
                raise Damaged
            yield characters, start, 2 - narrow

    def _piece_table(self) -> bytes:
        clx, position = self.part(CLX), 0
        while position + 3 <= len(clx) and clx[position] == 1:
            position += 3 + struct.unpack_from("<H", clx, position + 1)[0]
        if position + 5 > len(clx) or clx[position] != 2:
            raise Damaged
        (size,) = struct.unpack_from("<I", clx, position + 1)
        return clx[position + 5 : position + 5 + size]

    def _spans(self, index: int, *, paragraph: bool) -> Spans:
        plc, spans = self.part(index), Spans()
        count = (len(plc) - 4) // 8
        for number in range(max(0, count)):
            (page,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 4 * number)
            start = (page & 0x3FFFFF) * PAGE
            for place, settings in _page(self.main[start : start + PAGE], paragraph=paragraph):
                if not spans.starts or place > spans.starts[-1]:
                    spans.starts.append(place)
                    spans.settings.append(settings)
        return spans


def _page(page: bytes, *, paragraph: bool) -> Iterator[tuple[int, Settings]]:
    """The runs of one page of formatting, each with where it begins; the end of the last has nothing said of it."""
    if len(page) < PAGE:
        return
    count = page[-1]
    step = 13 if paragraph else 1
    if 4 * (count + 1) + step * count > PAGE:
        return
    places = struct.unpack_from(f"<{count + 1}I", page)
    for index in range(count):
        offset = 2 * page[4 * (count + 1) + step * index]
        yield places[index], dict(sprms(_grpprl(page, offset, paragraph=paragraph))) if offset else {}
    if count:
        yield places[count], {}


def _grpprl(page: bytes, offset: int, *, paragraph: bool) -> bytes:
    size, start = page[offset], offset + 1
    if not paragraph:
        return page[start : start + size]
    if size == 0 and start < len(page):
        size, start = 2 * page[start], start + 1
    else:
        size = 2 * size - 1
    return page[start + 2 : start + size]  # behind the number of the style


def sprms(grpprl: bytes) -> Iterator[tuple[int, int]]:
    """Single property modifiers: the code, and the operand where it is a number, else 0."""
    position = 0
    while position + 3 <= len(grpprl):
        (code,) = struct.unpack_from("<H", grpprl, position)
        position += 2
        width = WIDTHS.get(code >> 13, 0)
        if width:
            yield code, int.from_bytes(grpprl[position : position + width], "little")
            position += width
        elif code == TABLE_DEFINITION:
            position += 1 + int.from_bytes(grpprl[position : position + 2], "little")
        elif code == TABS and grpprl[position] == 255:
            return
        else:
            position += 1 + grpprl[position]
