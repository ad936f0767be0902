"""What every reader takes and gives: `def read_xxx(opened: Opened) -> Parts`."""

import hashlib
import io
import mmap
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import BinaryIO

from lumbung.document import Passage, Table, Unread
from lumbung.read.limits import Limits
from lumbung.read.unreadable import Unreadable

STEP = 4 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file that lies open, hashed once: beside the reader, so ask `digest` (SHA-256 in hex) when it is done.

    `data` is its whole content, mapped into memory, not read; slicing it gives bytes. `file` is the caller's own file
    object: seek before use. `name` is only what the uploader called it, and never decides the format.
    """

    file: BinaryIO
    name: str
    size: int
    digest: Callable[[], str]
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


def lay_open(file: BinaryIO, *, name: str, limits: Limits) -> Opened:
    """Map and hash the file. Raise Unreadable for a file without bytes or over the limit, before reading it."""
    size = file.seek(0, io.SEEK_END)
    if size == 0:
        raise Unreadable("empty-file")
    if size > limits.bytes:
        raise Unreadable("too-large")
    data = _mapped(file)
    return Opened(file=file, name=name, size=size, digest=_digest(data), data=data, limits=limits)


def _digest(data: mmap.mmap | bytes) -> Callable[[], str]:
    """SHA-256 of the content, in a thread of its own where that takes longer than a thread."""
    if len(data) <= STEP:
        return hashlib.sha256(data).hexdigest
    thread = ThreadPoolExecutor(max_workers=1)
    hashing = thread.submit(_hashed, data)
    thread.shutdown(wait=False)
    return hashing.result


def _hashed(data: mmap.mmap | bytes) -> str:
    digest = hashlib.sha256()
    with memoryview(data) as whole:
        for start in range(0, len(data), STEP):
            with whole[start : start + STEP] as piece:
                digest.update(piece)
            if isinstance(data, mmap.mmap):
                data.madvise(mmap.MADV_DONTNEED, start, min(STEP, len(data) - start))  # its pages would stay resident
    return digest.hexdigest()


def _mapped(file: BinaryIO) -> mmap.mmap | bytes:
    file.seek(0)
    try:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except io.UnsupportedOperation:  # a file in memory, such as BytesIO, has no descriptor
        return file.read()
