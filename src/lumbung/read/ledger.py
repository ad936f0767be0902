"""The books of a reading: what is present in a file, against what was taken out of it and read.

The readers do not keep these books. A package enters every member that was unpacked to its end, a compound file every
stream that was fetched whole; afterwards the containers' own directories are asked anew what is present. A reader that
forgets a member, or what lies between the members, is so found out, and the member named unread ("not-accounted").
A flat file (text, a picture) is one part. That what was taken out was also understood is not seen here.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import olefile

from lumbung.document import Coverage
from lumbung.read.opened import Opened

ZIP, OLE = b"PK\x03\x04", olefile.MAGIC
BETWEEN = "(di luar daftar isi)"
# What zipfile and olefile raise; a file that has come so far seldom does
DAMAGE = (OSError, ValueError, IndexError, TypeError, AttributeError, zipfile.BadZipFile, RecursionError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """A part that is there: its name, its key in the books, its size unpacked."""

    name: str
    key: str
    size: int


@dataclass(slots=True)
class Ledger:
    """Which parts were taken out whole, by the container's place and the part's key; and the sums over all files."""

    taken: set[tuple[str, str]] = field(default_factory=set)
    parts: int = 0
    parts_read: int = 0
    bytes: int = 0
    bytes_read: int = 0

    def take(self, prefix: str, key: str) -> None:
        """Enter a part that was taken out to its end. `prefix` is the place of its container."""
        self.taken.add((prefix, key))

    def balance(self, opened: Opened, *, prefix: str, unread: frozenset[str]) -> Iterator[str]:
        """Add a file that was read to the sums; give the names of parts that nobody took out and nobody named unread.

        `unread` are the places that were named so far.
        """
        present = tuple(_present(opened))
        for part in present:
            named = prefix + part.name in unread
            taken = (prefix, part.key) in self.taken
            if not named and not taken:
                yield part.name
            self._add(part.size, is_read=taken and not named)
        if not present:
            self._add(opened.size, is_read=prefix.removesuffix("!") not in unread)

    def coverage(self) -> Coverage:
        """The sums."""
        return Coverage(parts=self.parts, parts_read=self.parts_read, bytes=self.bytes, bytes_read=self.bytes_read)

    def _add(self, size: int, *, is_read: bool) -> None:
        self.parts += 1
        self.bytes += size
        self.parts_read += is_read
        self.bytes_read += size * is_read


def _present(opened: Opened) -> Iterator[Present]:
    """The parts of a container by its own directory; nothing for a flat file."""
    head = opened.data[:8]
    if head.startswith(ZIP):
        yield from _members(opened)
    elif head == OLE:
        yield from _streams(opened)


def _members(opened: Opened) -> Iterator[Present]:
    """Members with content, and whatever of the archive no member of its directory covers."""
    opened.file.seek(0)
    try:
        with zipfile.ZipFile(opened.file) as archive:
            entries = archive.infolist()
    except DAMAGE:
        return
    for entry in entries:
        if entry.file_size or entry.compress_size:
            yield Present(name=entry.filename, key=str(entry.header_offset), size=entry.file_size)
    packed = sum(entry.compress_size for entry in entries)
    yield Present(name=BETWEEN, key=BETWEEN, size=max(0, opened.size - packed))


def _streams(opened: Opened) -> Iterator[Present]:
    try:
        with olefile.OleFileIO(BytesIO(opened.data[:])) as compound:
            for path in compound.listdir():
                if size := compound.get_size(path):
                    yield Present(name=stream_name(path), key="/".join(path), size=size)
    except DAMAGE:
        return


def stream_name(path: list[str]) -> str:
    """What a stream is called in a place: control characters left out."""
    return "/".join(path).replace("\x01", "").replace("\x05", "")
