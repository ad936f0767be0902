"""The pages of a SQLite database that no query shows: free pages, free space inside pages, what lies behind the last.

Source: "Database File Format", sqlite.org/fileformat2.html, sections 1.3 (header), 1.5 (freelist), 1.6 (b-tree pages),
1.7 (overflow pages), 1.8 (pointer maps). Deleted rows stay there until they are written over. Rows have no sign
between one value and the next, so digits are also cut into sixteens here, and whole numbers and floats of sixteen
digits are looked for at every byte.
"""

import re
import struct
from collections.abc import Iterator

from lumbung.read.sweep import text_of_bytes

MAGIC = b"SQLite format 3\0"
TABLE_LEAF, TABLE_INTERIOR, INDEX_LEAF, INDEX_INTERIOR = 13, 5, 10, 2
INTERIOR, KINDS = (TABLE_INTERIOR, INDEX_INTERIOR), (TABLE_LEAF, TABLE_INTERIOR, INDEX_LEAF, INDEX_INTERIOR)
LOCK_BYTE = 0x40000000
LONG_RUN = re.compile(r"[0-9]{16,}")
LONGEST_RUN = 320  # digits of neighbouring values; longer is no row
SIXTEEN = 16
# An eight-byte whole number, or float, of sixteen digits begins like this.
WIDE = re.compile(rb"(?=(\0[\x03-\x23].{6}|\x43[\x0c-\x41].{6}))", re.DOTALL)
SMALLEST, LARGEST = 10**15, 10**16


class Pages:
    """The file as pages, walked from the roots of its trees; whatever the walk did not need is free."""

    def __init__(self, data: bytes) -> None:
        """The first hundred bytes must be there."""
        self.data = data
        (size,) = struct.unpack(">H", data[16:18])
        self.size = 65536 if size == 1 else max(512, size)
        self.usable = max(480, self.size - data[20])
        self.count = -(-len(data) // self.size)
        self.free: list[bytes] = []
        self.reached: set[int] = set()

    def walk(self, roots: list[int]) -> list[bytes]:
        """All free space. `roots` are the first pages of tables and indexes, page 1 is one of its own."""
        waiting = [1, *roots]
        while waiting:
            number = waiting.pop()
            if 1 <= number <= self.count and number not in self.reached:
                self.reached.add(number)
                waiting += self._tree_page(number)
        self.reached |= {*self._pointer_maps(), LOCK_BYTE // self.size + 1}
        self.free += [self._page(number) for number in range(1, self.count + 1) if number not in self.reached]
        return [piece for piece in self.free if piece.strip(b"\0")]

    def _page(self, number: int) -> bytes:
        return self.data[(number - 1) * self.size : number * self.size]

    def _tree_page(self, number: int) -> Iterator[int]:
        """The page's children; its free space and that of its overflow pages is kept on the way."""
        page, start = self._page(number), 100 if number == 1 else 0
        if len(page) < self.size or page[start] not in KINDS:
            self.free.append(page)
            return
        kind = page[start]
        freeblock, cells, content = struct.unpack(">HHH", page[start + 1 : start + 7])
        first = start + (12 if kind in INTERIOR else 8)
        pointers = struct.unpack(f">{cells}H", page[first : first + 2 * cells].ljust(2 * cells, b"\0"))
        self.free += [page[first + 2 * cells : content or 65536], page[self.usable :]]
        self.free += _freeblocks(page, freeblock)
        if kind in INTERIOR:
            yield from (_number(page, pointer) for pointer in (*pointers, start + 8))
        if kind != TABLE_INTERIOR:
            for pointer in pointers:
                self._overflow(page, pointer + (4 if kind == INDEX_INTERIOR else 0), kind)

    def _overflow(self, page: bytes, pointer: int, kind: int) -> None:
        """Follow a cell that is longer than a page lets it be."""
        if page[pointer : pointer + 1] < b"\x80":
            return  # shorter than 128 bytes
        payload, at = _varint(page, pointer)
        if kind == TABLE_LEAF:
            _, at = _varint(page, at)
        local = self._local(payload, kind)
        left, number = payload - local, _number(page, at + local)
        while left > 0 and 1 <= number <= self.count and number not in self.reached:
            self.reached.add(number)
            further = self._page(number)
            self.free.append(further[4 + left :])
            left, number = left - (self.usable - 4), _number(further, 0)

    def _local(self, payload: int, kind: int) -> int:
        """How many bytes of the payload lie in the cell itself."""
        most = self.usable - 35 if kind == TABLE_LEAF else (self.usable - 12) * 64 // 255 - 23
        if payload <= most:
            return payload
        least = (self.usable - 12) * 32 // 255 - 23
        some = least + (payload - least) % (self.usable - 4)
        return some if some <= most else least

    def _pointer_maps(self) -> range:
        vacuums = self.data[52:56] != b"\0\0\0\0"
        return range(2, self.count + 1, self.usable // 5 + 1) if vacuums else range(0)


def text_of_free(data: bytes, roots: list[int]) -> str:
    """What the free space of a database shows, one run to a line."""
    lines = []
    for piece in Pages(data).walk(roots):
        text = text_of_bytes(piece)
        lines += [text, *_sixteens(text), *_wide_numbers(piece)]
    return "\n".join(line for line in lines if line)


def _freeblocks(page: bytes, offset: int) -> Iterator[bytes]:
    seen = set()
    while 0 < offset <= len(page) - 4 and offset not in seen:
        seen.add(offset)
        following, size = struct.unpack(">HH", page[offset : offset + 4])
        yield page[offset + 4 : offset + size]
        offset = following


def _number(page: bytes, offset: int) -> int:
    return int.from_bytes(page[offset : offset + 4], "big")


def _varint(page: bytes, offset: int) -> tuple[int, int]:
    """A number of at most nine bytes, and where it ends."""
    value = 0
    for step in range(9):
        byte = page[offset + step] if offset + step < len(page) else 0
        if step == 8:
            return value << 8 | byte, offset + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, offset + step + 1
    raise AssertionError  # the loop returns


def _sixteens(text: str) -> Iterator[str]:
    """Digits that stand beside a letter or in a longer run, counted off from either end."""
    for found in LONG_RUN.finditer(text):
        run = found.group()
        if len(run) <= LONGEST_RUN:
            yield from (run[start : start + SIXTEEN] for start in range(0, len(run) - 15, SIXTEEN))
            yield from (run[end - SIXTEEN : end] for end in range(len(run), 15, -SIXTEEN) if len(run) % SIXTEEN)


def _wide_numbers(piece: bytes) -> Iterator[str]:
    for found in WIDE.finditer(piece):
        eight = found.group(1)
        value = struct.unpack(">d" if eight[0] else ">q", eight)[0]
        if SMALLEST <= value < LARGEST:
            yield str(int(value))
