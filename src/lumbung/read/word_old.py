"""The text of a document of Word 6 or 95, in its order.

Sources: the file information block as the project wv (wvWare) documents it, version 6; the piece table as in MS-DOC
2.8.35, with places in bytes. Characters are of one byte. What a run looks like is not read: deleted and hidden text
stands among the rest.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from lumbung.read.word_stream import Damaged, Run, Spans

OLD_MARKS = frozenset({0xA5DC, 0xA5EC})
OLDEST = 101  # versions 101 to 105 are those of Word 6 and 95
COMPLEX = 0x0004
FLAGS, FIRST, COUNTS, CLX = 0x0A, 0x18, 0x34, 0x160
STORIES = 8


@dataclass(slots=True)
class OldWordText:
    """A document's stream. Raise Damaged, struct.error for what cannot be made sense of."""

    main: bytes
    paragraphs: Spans = field(default_factory=Spans)

    def counts(self) -> list[int]:
        """Lengths of the texts, in the order of later versions."""
        return [max(0, count) for count in struct.unpack_from(f"<{STORIES}i", self.main, COUNTS)]

    def runs(self) -> Iterator[Run]:
        """All text in its order, piece by piece."""
        for start, length in self._pieces():
            text = self.main[start : start + length].decode("cp1252", "replace")
            yield Run(text=text, place=start, width=1, settings={})

    def _pieces(self) -> Iterator[tuple[int, int]]:
        """First byte and length: one piece, or those of a document that was saved fast."""
        flags, first, end = struct.unpack_from("<H12xII", self.main, FLAGS)
        if not flags & COMPLEX:
            yield first, min(end, len(self.main)) - first
            return
        start, size = struct.unpack_from("<II", self.main, CLX)
        clx, position = self.main[start : start + size], 0
        while position + 3 <= len(clx) and clx[position] == 1:
            position += 3 + struct.unpack_from("<H", clx, position + 1)[0]
        if position + 5 > len(clx) or clx[position] != 2:
            raise Damaged
        plc = clx[position + 5 :][: struct.unpack_from("<I", clx, position + 1)[0]]
        yield from self._parted(plc)

    def _parted(self, plc: bytes) -> Iterator[tuple[int, int]]:
        count = (len(plc) - 4) // 12
        if count < 1:
            raise Damaged
        places = struct.unpack_from(f"<{count + 1}I", plc)
        for index in range(count):
            (start,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * index + 2)
            length = places[index + 1] - places[index]
            if length < 0 or start + length > len(self.main):
                raise Damaged
            yield start, length
