"""What every reader takes and gives: `def read_xxx(opened: Opened) -> Parts`."""

import hashlib
import io
import mmap
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from typing import BinaryIO

import numpy as np

from lumbung.document import Passage, Table, Unread
from lumbung.read.limits import Limits
from lumbung.read.unreadable import Unreadable

STEP = 4 * 2**20
NEAR = 2**18  # bytes that stay near the processor between two looks
EMPTY, QUOTE = b"\0", b'"'
LINE_FEED = 10


@dataclass(frozen=True, slots=True)
class Seen:
    """What one pass over the bytes says: SHA-256 in hex ("" if nobody asked), which of EMPTY and QUOTE occur anywhere,
    how many "\\n"."""

    digest: str
    signs: frozenset[bytes]
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file that lies open, gone through once: beside the reader, so ask `seen` when there is nothing else to do.

    `data` is its whole content, mapped into memory, not read; slicing it gives bytes. `file` is the caller's own file
    object: seek before use. `name` is only what the uploader called it, and never decides the format.
    """

    file: BinaryIO
    name: str
    size: int
    seen: Callable[[], Seen]
    data: mmap.mmap | bytes
    limits: Limits

    def pieces(self) -> Iterator[bytes]:
        """The content in order, in pieces of at most STEP bytes."""
        return (self.data[start : start + STEP] for start in range(0, self.size, STEP))


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a reader found: everything that is in the file is in exactly one of these, or in several, never in none.

    `taken` are the keys of what was taken out, for the books that `ledger` keeps of some formats.
    """

    format: str
    tables: tuple[Table, ...] = ()
    passages: tuple[Passage, ...] = ()
    unread: tuple[Unread, ...] = ()
    taken: frozenset[str] = frozenset()


def lay_open(file: BinaryIO, *, name: str, limits: Limits, hashed: bool) -> Opened:
    """Map the file, and hash it if asked. Raise Unreadable for one without bytes or over the limit, unread."""
    size = file.seek(0, io.SEEK_END)
    if size == 0:
        raise Unreadable("empty-file")
    if size > limits.bytes:
        raise Unreadable("too-large")
    data = _mapped(file)
    return Opened(file=file, name=name, size=size, seen=_seen(data, hashed=hashed), data=data, limits=limits)


def _seen(data: mmap.mmap | bytes, *, hashed: bool) -> Callable[[], Seen]:
    """The pass over the content, in a thread of its own where that takes longer than a thread."""
    if len(data) <= STEP:
        return cache(partial(_gone_through, data, hashed=hashed))
    thread = ThreadPoolExecutor(max_workers=1)
    passing = thread.submit(_gone_through, data, hashed=hashed)
    thread.shutdown(wait=False)
    return passing.result


def _gone_through(data: mmap.mmap | bytes, *, hashed: bool) -> Seen:
    """A piece is taken into Python's memory once, which is quicker than going over the file's pages four times."""
    digest, missing, lines = hashlib.sha256() if hashed else None, {EMPTY, QUOTE}, 0
    for start in range(0, len(data), NEAR):
        piece = data[start : start + NEAR]
        if digest:
            digest.update(piece)
        lines += int(np.count_nonzero(np.frombuffer(piece, np.uint8) == LINE_FEED))
        missing -= {sign for sign in missing if sign in piece}
        if isinstance(data, mmap.mmap):
            data.madvise(mmap.MADV_DONTNEED, start, len(piece))  # its pages would stay resident
    return Seen(digest.hexdigest() if digest else "", frozenset((EMPTY, QUOTE)) - missing, lines)


def _mapped(file: BinaryIO) -> mmap.mmap | bytes:
    file.seek(0)
    try:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except io.UnsupportedOperation:  # a file in memory, such as BytesIO, has no descriptor
        return file.read()
