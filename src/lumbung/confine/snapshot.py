"""A private copy of a file in memory, so that the bytes hashed, inspected and rebuilt are the same bytes."""

import fcntl
import hashlib
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_PIECE = 16 * 1024 * 1024
_NEAR = 512 * 1024  # what a processor keeps at hand
_SEALS = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE


Follow = Callable[[int, int, int], None]
"""Told of a descriptor, and from where to where its bytes will not change any more."""


@contextmanager
def hashed_snapshot(file: BinaryIO) -> Iterator[tuple[BinaryIO, Callable[[], str]]]:
    """A snapshot, closed afterwards, and what gives its SHA-256 in hex: hashed while it is copied and looked at.

    Raise OSError as `snapshot` does.
    """
    digest, under_way = hashlib.sha256(), list[Future[None]]()
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="hash") as beside:

        def follow(descriptor: int, start: int, end: int) -> None:
            under_way.append(beside.submit(_take_in, digest, os.dup(descriptor), start, end))

        def told() -> str:
            for piece in under_way:
                piece.result()
            return digest.hexdigest()

        with snapshot(file, follow=follow) as copy:
            yield copy, told


def _take_in(digest: "hashlib._Hash", descriptor: int, start: int, end: int) -> None:
    """Read again what was copied, while it is still near the processor; the descriptor is closed afterwards."""
    buffer = memoryview(bytearray(min(_NEAR, max(1, end - start))))
    try:
        while start < end and (count := os.preadv(descriptor, [buffer[: end - start]], start)):
            digest.update(buffer[:count])
            start += count
    finally:
        os.close(descriptor)


def _nobody(descriptor: int, start: int, end: int) -> None:
    """Follow nothing."""


def snapshot(file: BinaryIO, *, follow: Follow = _nobody) -> BinaryIO:
    """`file` for reading only, from its first byte, in a descriptor of its own; the caller closes it.

    A file already in memory (a memfd, as the vault gives) is opened again; any other is copied and sealed, so that
    nobody can change it between hashing and reading. Raise OSError where it cannot be read.
    """
    descriptor = _descriptor(file)
    if descriptor is not None and _in_memory(descriptor):
        follow(descriptor, 0, os.fstat(descriptor).st_size)
        return _reopen(descriptor)
    copy = os.memfd_create("berkas", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        if descriptor is None:
            _copy_pieces(file, copy)
            follow(copy, 0, os.fstat(copy).st_size)
        else:
            _copy_bytes(descriptor, copy, follow)
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


def _copy_bytes(source: int, copy: int, follow: Follow) -> None:
    """From one end to the other: a second thread would only wait for the copy's lock, and use a processor for it."""
    start = 0
    while sent := os.sendfile(copy, source, start, _PIECE):
        follow(copy, start, start + sent)
        start += sent


def _copy_pieces(source: BinaryIO, copy: int) -> None:
    source.seek(0)
    with open(copy, "wb", closefd=False) as written:
        shutil.copyfileobj(source, written, _PIECE)
