"""The bytes hashed, inspected and rebuilt are the same bytes: a private copy in memory, or a file under a lease."""

import fcntl
import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

from lumbung.confine.lease import is_leased, lease

_LARGE = 32 * 1024 * 1024  # bytes from which a copy takes longer than a lease
_PIECE = 16 * 1024 * 1024
_NEAR = 256 * 1024  # bytes that stay near the processor between reading and hashing them
_SEALS = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE


def snapshot(file: BinaryIO) -> BinaryIO:
    """`file` for reading only, from its first byte, in a descriptor of its own; the caller closes it.

    A file already in memory (a memfd, as the vault gives) is opened again; any other is copied and sealed, so that
    nobody can change it between hashing and reading. Raise OSError where it cannot be read.
    """
    return _snapshot(file, lambda copy, end: None)


def hashed_snapshot(file: BinaryIO) -> tuple[BinaryIO, Callable[[], str]]:
    """As `snapshot`, with a question for its SHA-256 in hex: it is reckoned beside the copying and what follows.

    A large file on a disk is not copied but leased. Ask before closing it, when everything has been read: the question
    raises OSError where the file did not stay as it was.
    """
    digest = _Digest()
    descriptor = _on_disk(file)
    leased = None if descriptor is None else lease(descriptor)
    if leased is None:
        return _snapshot(file, digest.reach), digest.result
    digest.reach(leased.file.fileno(), os.fstat(leased.file.fileno()).st_size)

    def unchanged() -> str:
        told = digest.result()
        leased.check()
        return told

    return leased.file, unchanged


def open_file(path: Path) -> BinaryIO:
    """A regular file, for reading. Raise OSError for anything else; never waits for the other end of a pipe."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError("not a regular file")
    return os.fdopen(descriptor, "rb")


def _descriptor(file: BinaryIO) -> int | None:
    """The open descriptor behind `file`, or None for one that lives in Python's memory (io.BytesIO)."""
    try:
        return file.fileno()
    except OSError:
        return None


def _on_disk(file: BinaryIO) -> int | None:
    """The descriptor of a large file that is not in memory."""
    descriptor = _descriptor(file)
    if descriptor is None or os.fstat(descriptor).st_size < _LARGE or _in_memory(descriptor):
        return None
    return descriptor


def _in_memory(descriptor: int) -> bool:
    return str(Path(f"/proc/self/fd/{descriptor}").readlink()).startswith("/memfd:")


def _reopen(descriptor: int) -> BinaryIO:
    return open(f"/proc/self/fd/{descriptor}", "rb")  # noqa: PTH123 - the caller closes it


def _snapshot(file: BinaryIO, reached: Callable[[int, int], None]) -> BinaryIO:
    """`reached` is told how far the copy's descriptor has come, for the last time with its end."""
    descriptor = _descriptor(file)
    if descriptor is not None and (_in_memory(descriptor) or is_leased(descriptor)):
        reached(descriptor, os.fstat(descriptor).st_size)
        return _reopen(descriptor)
    copy = os.memfd_create("berkas", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        for end in _copied_pieces(file, copy) if descriptor is None else _copied_bytes(descriptor, copy):
            reached(copy, end)
        fcntl.fcntl(copy, fcntl.F_ADD_SEALS, _SEALS)
        return _reopen(copy)
    finally:
        os.close(copy)


def _copied_bytes(source: int, copy: int) -> Iterator[int]:
    """From one end to the other: a second thread would only wait for the copy's lock, and use a processor for it."""
    end = 0
    while sent := os.sendfile(copy, source, end, _PIECE):
        end += sent
        yield end


def _copied_pieces(source: BinaryIO, copy: int) -> Iterator[int]:
    source.seek(0)
    with open(copy, "wb", buffering=0, closefd=False) as written:
        while piece := source.read(_PIECE):
            written.write(piece)
            yield written.tell()


class _Digest:
    """The hash of a growing file, reckoned by a thread that follows its end."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._at = 0
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._steps: list[Future[None]] = []

    def reach(self, file: int, end: int) -> None:
        """The file has come so far. The thread keeps a descriptor of its own."""
        self._steps.append(self._thread.submit(self._go_on, os.dup(file), end))

    def result(self) -> str:
        """In hex, when all is read. Raise OSError where it cannot be."""
        for step in self._steps:
            step.result()
        self._thread.shutdown()
        return self._hash.hexdigest()

    def _go_on(self, file: int, end: int) -> None:
        try:
            while piece := os.pread(file, min(_NEAR, end - self._at), self._at):
                self._hash.update(piece)
                self._at += len(piece)
        finally:
            os.close(file)
