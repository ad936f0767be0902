"""A private copy of a file in memory, so that the bytes hashed, inspected and rebuilt are the same bytes."""

import fcntl
import os
import shutil
import stat
from pathlib import Path
from typing import BinaryIO

_PIECE = 16 * 1024 * 1024
_SEALS = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE


def snapshot(file: BinaryIO) -> BinaryIO:
    """`file` for reading only, from its first byte, in a descriptor of its own; the caller closes it.

    A file already in memory (a memfd, as the vault gives) is opened again; any other is copied and sealed, so that
    nobody can change it between hashing and reading. Raise OSError where it cannot be read.
    """
    descriptor = _descriptor(file)
    if descriptor is not None and _in_memory(descriptor):
        return _reopen(descriptor)
    copy = os.memfd_create("berkas", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        if descriptor is None:
            _copy_pieces(file, copy)
        else:
            _copy_bytes(descriptor, copy)
        fcntl.fcntl(copy, fcntl.F_ADD_SEALS, _SEALS)
        return _reopen(copy)
    finally:
        os.close(copy)


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
