"""The bytes hashed, inspected and rebuilt are the same bytes: a private copy in memory, or a file under a lease."""

import fcntl
import hashlib
import os
import shutil
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

from lumbung.confine.lease import is_leased, lease

_LARGE = 32 * 1024 * 1024  # bytes from which a copy takes longer than a lease
_PIECE = 16 * 1024 * 1024
_NEAR = 256 * 1024  # bytes that stay near the processor between reading and hashing them
_SEALS = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE


def snapshot(file: BinaryIO) -> BinaryIO:
    """`file` for reading only, from its first byte, in a descriptor of its own; the caller closes it.

    A file already in memory (a memfd, as the vault gives) or under a lease is opened again; any other is copied and
    sealed, so that nobody can change it between hashing and reading. Raise OSError where it cannot be read.
    """
    descriptor = _descriptor(file)
    if descriptor is not None and (_in_memory(descriptor) or is_leased(descriptor)):
        return _reopen(descriptor)
    copy = os.memfd_create("berkas", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        if descriptor is None:
            _copy_pieces(file, copy)
        else:
            _copy_bytes(descriptor, copy)
        fcntl.fcntl(copy, fcntl.F_ADD_SEALS, _SEALS)  # nobody may be reading it yet: that would be EBUSY
        return _reopen(copy)
    finally:
        os.close(copy)


def hashed_snapshot(file: BinaryIO) -> tuple[BinaryIO, Callable[[], str]]:
    """As `snapshot`, with a question for its SHA-256 in hex, which is reckoned beside whatever follows.

    A large file on a disk is not copied but leased. Ask before closing it, when everything has been read: the question
    raises OSError where the file did not stay as it was.
    """
    descriptor = _on_disk(file)
    leased = None if descriptor is None else lease(descriptor)
    copy = leased.file if leased else snapshot(file)
    thread = ThreadPoolExecutor(max_workers=1)
    reckoning = thread.submit(_digest, os.dup(copy.fileno()))
    thread.shutdown(wait=False)

    def digest() -> str:
        told = reckoning.result()
        if leased:
            leased.check()
        return told

    return copy, digest


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


def _copy_bytes(source: int, copy: int) -> None:
    """From one end to the other: a second thread would only wait for the copy's lock, and use a processor for it."""
    start = 0
    while sent := os.sendfile(copy, source, start, _PIECE):
        start += sent


def _copy_pieces(source: BinaryIO, copy: int) -> None:
    source.seek(0)
    with open(copy, "wb", closefd=False) as written:
        shutil.copyfileobj(source, written, _PIECE)


def _digest(descriptor: int) -> str:
    """Of the file from its first byte, wherever others read; closes the descriptor."""
    reckoned, start = hashlib.sha256(), 0
    try:
        while piece := os.pread(descriptor, _NEAR, start):
            reckoned.update(piece)
            start += len(piece)
    finally:
        os.close(descriptor)
    return reckoned.hexdigest()
