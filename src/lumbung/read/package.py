"""A ZIP package (OOXML, ODF) with nothing left out: members, the bytes between them, and names.

Source: PKWARE APPNOTE 6.3 for the archive; ECMA-376 part 2 for packages. Python's `zipfile` finds the members; what
the central directory does not speak of (bytes before, between and behind the members) is found here by subtraction.
"""

import contextlib
import lzma
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from lumbung.document import Place, Unread
from lumbung.read.archive_member import LOCAL_HEADER, OWN, PIECE, local_header, unpacked
from lumbung.read.books_packages import BETWEEN
from lumbung.read.ledger import Ledger
from lumbung.read.limits import Limits
from lumbung.read.unreadable import Unreadable

DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    struct.error,
    OSError,
    ValueError,
)
ENCRYPTED = 0x1


class Broken(Exception):
    """One member could not be unpacked; `why` is the code for Unread."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(slots=True)
class Package:
    """An open archive and its budget. `prefix` is the place of the archive itself when it lies inside another one."""

    archive: zipfile.ZipFile
    file: BinaryIO
    limits: Limits
    ledger: Ledger
    prefix: str = ""
    unfolded: dict[int, int] = field(default_factory=dict)

    @property
    def members(self) -> list[zipfile.ZipInfo]:
        """All entries of the central directory, duplicates included, folders without content left out."""
        entries = self.archive.infolist()
        return [entry for entry in entries if entry.file_size or entry.compress_size or not _is_folder(entry)]

    def member(self, name: str) -> zipfile.ZipInfo | None:
        """The member of this name, whatever its case, as office programs look it up; None where there is none."""
        wanted = name.lstrip("/").lower()
        return next((entry for entry in self.members if entry.filename.lower() == wanted), None)

    def place(self, name: str) -> Place:
        """Where a member lies, the archives around it included."""
        return Place(part=self.prefix + name)

    def pieces(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        """The unpacked member in pieces. Raise Broken for damage, Unreadable("bomb") when the budget is spent."""
        if entry.flag_bits & ENCRYPTED:
            raise Broken("encrypted")
        try:
            total = 0
            for piece in unpacked(self.file, entry) if entry.compress_type in OWN else self._by_library(entry):
                total += len(piece)
                self._spend(entry, total)
                yield piece
        except NotImplementedError as unknown:  # a way of packing that zipfile does not know
            raise Broken("unknown-format") from unknown
        except DAMAGE as damage:
            raise Broken("broken") from damage
        except RuntimeError as damage:  # zipfile's word for a member that wants a password
            raise Broken("encrypted") from damage
        self.ledger.take(self.prefix, str(entry.header_offset))

    def whole(self, entry: zipfile.ZipInfo) -> bytes:
        """The unpacked member at once. For members that are small by nature; raises as `pieces` does."""
        return b"".join(self.pieces(entry))

    def _by_library(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        with self.archive.open(entry) as stream:
            while piece := stream.read(PIECE):
                yield piece

    def _spend(self, entry: zipfile.ZipInfo, total: int) -> None:
        self.unfolded[entry.header_offset] = max(total, self.unfolded.get(entry.header_offset, 0))
        steep = total > self.limits.steep_bytes and total > self.limits.ratio * max(1, entry.compress_size)
        if steep or sum(self.unfolded.values()) > self.limits.unfolded_bytes:
            raise Unreadable("bomb")


def _is_folder(entry: zipfile.ZipInfo) -> bool:
    """As `zipfile.ZipInfo.is_dir`, which stumbles over a member without a name."""
    return entry.filename.endswith("/")


def open_package(file: BinaryIO, *, limits: Limits, ledger: Ledger, prefix: str = "") -> Package:
    """Open the archive; `ledger` is the harvest's own.

    Raise Unreadable("broken") without a readable directory, "bomb" by what it declares.
    """
    try:
        archive = zipfile.ZipFile(file)
    except DAMAGE as damage:
        raise Unreadable("broken") from damage
    entries = archive.infolist()
    steep = any(e.file_size > max(limits.steep_bytes, limits.ratio * e.compress_size) for e in entries)
    if steep or len(entries) > limits.members or sum(entry.file_size for entry in entries) > limits.unfolded_bytes:
        raise Unreadable("bomb")
    return Package(archive=archive, file=file, limits=limits, ledger=ledger, prefix=prefix)


def names(package: Package) -> str:
    """Every name, comment and extra field, one to a line: people put identifiers in file names."""
    lines = [package.archive.comment.decode("latin-1")]
    for entry in package.archive.infolist():
        lines += [entry.filename, entry.orig_filename, entry.comment.decode("latin-1"), entry.extra.decode("latin-1")]
        with contextlib.suppress(*DAMAGE):  # opening the member will say so
            local = local_header(package.file, entry)
            lines += [local.name, local.extra.decode("latin-1")]
    return "\n".join(line for line in dict.fromkeys(lines) if line)


def duplicates(package: Package) -> set[str]:
    """Names, in lower case, that more than one member bears: programs differ about which one counts."""
    counts = Counter(entry.filename.lower() for entry in package.members)
    return {name for name, count in counts.items() if count > 1}


def gaps(package: Package) -> Iterator[tuple[str, bytes]]:
    """Bytes that no member of the directory covers, with a made-up part name: before, between and behind the members.

    A member left in the archive but struck from the directory is given unpacked, under its own name.
    """
    size = package.file.seek(0, 2)
    position = 0
    for start, end in [*_extents(package), (_directory_start(package), size)]:
        if start - position > 0:
            yield from _gap(package, position, start)
        position = max(position, end)
    yield from _behind(package, size)
    package.ledger.take(package.prefix, BETWEEN)


def _extents(package: Package) -> list[tuple[int, int]]:
    """Where each member lies in the file: header, name, extra field, data and descriptor."""
    extents = []
    for entry in package.archive.infolist():
        start = max(0, entry.header_offset)  # below zero where the directory lies about its own size
        package.file.seek(start)
        header = package.file.read(30)
        if len(header) < 30 or header[:4] != LOCAL_HEADER:
            continue
        name, extra = struct.unpack("<HH", header[26:30])
        end = start + 30 + name + extra + entry.compress_size
        package.file.seek(end)
        extents.append((start, end + _descriptor(entry, package.file.read(24))))
    return sorted(extents)


def _descriptor(entry: zipfile.ZipInfo, following: bytes) -> int:
    """Length of the data descriptor that follows a member written without knowing its size."""
    if not entry.flag_bits & 0x8:
        return 0
    signature = 4 if following[:4] == b"PK\x07\x08" else 0
    wide = following[signature + 4 : signature + 12] == struct.pack("<Q", entry.compress_size)
    return signature + (20 if wide else 12)


def _directory_start(package: Package) -> int:
    return min(getattr(package.archive, "start_dir", 0), package.file.seek(0, 2))


def _behind(package: Package, size: int) -> Iterator[tuple[str, bytes]]:
    """What follows the end record and its comment."""
    package.file.seek(_directory_start(package))
    tail = package.file.read(size)
    end = tail.find(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        return
    rest = tail[end + 22 :]
    if rest:
        yield f"(setelah akhir arsip {size - len(rest)})", rest


def _gap(package: Package, start: int, end: int) -> Iterator[tuple[str, bytes]]:
    package.file.seek(start)
    data = package.file.read(end - start)
    if not data.strip(b"\0"):
        return
    yield f"(di luar daftar isi {start})", data
    position = data.find(LOCAL_HEADER)
    while position >= 0:
        name, content = _struck(data[position:], package.limits)
        yield f"(di luar daftar isi {start + position}) {name}", content
        position = data.find(LOCAL_HEADER, position + 4)


def _struck(data: bytes, limits: Limits) -> tuple[str, bytes]:
    """Unpack a member that only its own header speaks of, as far as it goes."""
    if len(data) < 30:
        return "", data
    (method,) = struct.unpack("<H", data[8:10])
    name, extra = struct.unpack("<HH", data[26:30])
    packed = data[30 + name + extra :]
    if method != zipfile.ZIP_DEFLATED:
        return data[30 : 30 + name].decode("latin-1"), packed
    try:
        content = zlib.decompressobj(-15).decompress(packed, limits.steep_bytes)
    except zlib.error:
        content = packed
    return data[30 : 30 + name].decode("latin-1"), content


def unread(place: Place, why: str) -> Unread:
    """A part that was not wholly read, in one line at the call site."""
    return Unread(place=place, why=why)
