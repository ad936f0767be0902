"""Records of an .xls workbook stream (BIFF5 and BIFF8), and the text in them.

Source: MS-XLS 2.1.4, 2.4, 2.5.198 (formulas), 2.5.293 (strings).
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

CONTINUE = 0x3C
# FORMULA, NAME, EXTERNNAME, SHRFMLA, ARRAY, TABLE, CF, DV: records with formulas in them
FORMULAS = frozenset({0x06, 0x18, 0x23, 0x4BC, 0x221, 0x236, 0x1B1, 0x1BE})
QUOTED = re.compile(rb"\x17(?=(.)([\0\1]))", re.DOTALL)
LARGE = re.compile(rb"(?=(.{6}[\x0c-\x41]\x43))", re.DOTALL)  # doubles that may have sixteen digits


@dataclass(frozen=True, slots=True)
class Record:
    """A record with its continuations, each piece for itself: a string may be parted between two of them."""

    kind: int
    offset: int
    pieces: tuple[bytes, ...]

    @property
    def payload(self) -> bytes:
        """The first piece."""
        return self.pieces[0]


def records(stream: bytes) -> Iterator[Record]:
    """Every record in order, continuations gathered; stops where the bytes are no records any more."""
    position, size = 0, len(stream)
    kind, offset, pieces = -1, 0, [b""]
    while position + 4 <= size:
        following, length = struct.unpack_from("<HH", stream, position)
        payload = stream[position + 4 : position + 4 + length]
        if following == CONTINUE and kind >= 0:
            pieces.append(payload)
        else:
            if kind >= 0:
                yield Record(kind, offset, tuple(pieces))
            kind, offset, pieces = following, position, [payload]
        position += 4 + length
    if kind >= 0:
        yield Record(kind, offset, tuple(pieces))


class Strings:
    """Reads counted strings one after another over the pieces of a record (the shared string table)."""

    def __init__(self, pieces: tuple[bytes, ...], position: int) -> None:
        self._pieces = pieces
        self._index, self._position = 0, position

    def read(self) -> str | None:
        """The next string; None when the pieces are used up."""
        head = self._take(3)
        if len(head) < 3:
            return None
        count, flags = struct.unpack("<HB", head)
        runs = int.from_bytes(self._take(2), "little") if flags & 8 else 0
        extra = int.from_bytes(self._take(4), "little") if flags & 4 else 0
        text = self._characters(count, bool(flags & 1))
        self._take(4 * runs + extra)
        return text

    def _take(self, count: int) -> bytes:
        """Bytes across piece ends."""
        taken = b""
        while count and self._index < len(self._pieces):
            piece = self._pieces[self._index]
            part = piece[self._position : self._position + count]
            taken += part
            count -= len(part)
            self._position += len(part)
            if self._position >= len(piece) and count:
                self._index, self._position = self._index + 1, 0
        return taken

    def _characters(self, count: int, wide: bool) -> str:
        """Characters across piece ends; each further piece begins by saying anew whether it is wide."""
        text = ""
        while count and self._index < len(self._pieces):
            piece = self._pieces[self._index]
            size = 2 if wide else 1
            part = piece[self._position : self._position + count * size]
            text += part.decode("utf-16-le" if wide else "latin-1", "replace")
            count -= len(part) // size
            self._position += len(part)
            if count:
                self._index, self._position = self._index + 1, 1
                wide = self._index < len(self._pieces) and bool(self._pieces[self._index][:1] in (b"\1",))
            if not part and self._index >= len(self._pieces):
                break
        return text


def shared_strings(record: Record) -> list[str]:
    """All strings of an SST record, used by a cell or not."""
    reader = Strings(record.pieces, 8)
    found = []
    while (text := reader.read()) is not None:
        found.append(text)
    return found


def continued_text(pieces: tuple[bytes, ...]) -> str:
    """The characters of a text box or comment: each piece begins by saying whether it is wide."""
    return "".join(
        piece[1:].decode("utf-16-le" if piece[0] & 1 else "latin-1", "replace") for piece in pieces if piece
    )


def rk_number(value: int) -> float:
    """A number packed into four bytes. Source: MS-XLS 2.5.217."""
    if value & 2:
        number = float(value >> 2 if value < 1 << 31 else (value >> 2) - (1 << 30))
    else:
        (number,) = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<I", value & 0xFFFFFFFC))
    return number / 100 if value & 1 else number


def formula_constants(payload: bytes) -> list[str]:
    """The texts and the numbers of sixteen digits that a formula names, whatever byte stands beside them.

    Looks at every position, since the length of one token follows from all before it.
    """
    found = []
    for match in QUOTED.finditer(payload):
        start, count, wide = match.end() + 2, match[1][0], match[2] == b"\1"
        text = payload[start : start + count * (1 + wide)]
        found.append(text.decode("utf-16-le" if wide else "latin-1", "replace"))
    found += ["".join(text for text in found if text.isdecimal())]  # "3308"&"2001", which no cell need show
    for match in LARGE.finditer(payload):
        (number,) = struct.unpack("<d", match[1])
        found.append(f"{number:.0f}")
    return found
