"""Archives that only libarchive opens (7z, RAR, CAB, cpio, ar, LHA, ISO 9660), and zstd, LZ4, compress and lzip.

Source: libarchive.org, the manual pages archive_read(3) and archive_entry(3). It reads from memory, is told one format
and one filter, and so starts no program. The library is the system's (libarchive.so.13); where it is missing, these
files are refused. What lies in the archive and belongs to no member is swept as it stands.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lumbung.document import Place
from lumbung.read.books_archives import BEHIND, CONTENT, key_of
from lumbung.read.harvest import Harvest
from lumbung.read.packed_ends import end_of
from lumbung.read.packed_kinds import clean_name, kind_of, library
from lumbung.read.packed_rar import odd_blocks
from lumbung.read.sweep import swept
from lumbung.read.unknown_part import take_in
from lumbung.read.unreadable import Unreadable

SKIPPED_FRAME = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18")  # of zstd and LZ4: anything may lie in it
LONG_LATIN, LONG_WIDE = re.compile(rb"[\x20-\x7e]{12,}"), re.compile(rb"(?:[\x20-\x7e]\0){12,}")
PIECE = 1 << 18


def harvest_packed(harvest: Harvest, data: bytes, *, prefix: str = "") -> str:
    """Lay every member into the basket for opening; give the kind.

    Raise Unreadable: "unknown-format" without the library, "encrypted", "broken", "bomb".
    """
    kind, format, filter = kind_of(data)
    outside = Place(part=prefix.removesuffix("!") or None)
    harvest.say(swept(Place(part=prefix + "(nama bagian)", hidden=True), text_of_packed(data)))
    unpacking = Unpacking(harvest, data, format, filter, prefix)
    unpacking.run()
    if not unpacking.members and (unpacking.why or not unpacking.entries):
        raise Unreadable("encrypted" if unpacking.why == "encrypted" else "broken")
    if unpacking.why:
        harvest.miss(outside, unpacking.why)
    for odd in odd_blocks(data):
        harvest.miss(Place(part=prefix + odd, hidden=True), "unknown-format")
    if kind == "iso" or (format == "raw" and SKIPPED_FRAME.search(data)):
        harvest.miss(outside, "unknown-format")  # sectors and frames that no file of it names may hold anything
    behind = data[end_of(data, kind) :].strip(b"\0")
    if behind:
        take_in(harvest, [behind], place=Place(part=prefix + BEHIND, hidden=True), cells=True)
        harvest.ledger.take(prefix, BEHIND)
    return kind


class Unpacking:
    """One run through an archive. `why` says what went wrong, if anything; `members` are the entries with content."""

    def __init__(self, harvest: Harvest, data: bytes, format: str, filter: str, prefix: str) -> None:
        """Nothing is opened yet."""
        self.harvest, self.data, self.prefix = harvest, data, prefix
        self.format, self.filter = format, filter
        self.entries, self.members, self.size, self.why = 0, 0, 0, ""
        self.sizes: Counter[int] = Counter()  # of the members that were given

    def run(self) -> None:
        """Open all members that can be opened. Raise Unreadable("unknown-format", "bomb")."""
        opener = library()
        if opener is None:
            raise Unreadable("unknown-format")
        names: list[str] = []
        try:
            with opener.read.memory_reader(self.data, self.format, self.filter) as archive:
                for entry in archive:
                    self.entries += 1
                    if self.entries > self.harvest.limits.members:
                        raise Unreadable("bomb")
                    names += _names(entry)
                    self._keep(opener, archive, entry)
        except opener.exception.ArchiveError as damage:
            self.why = _code(str(damage))
        except ValueError as unsupported:  # this build of the library lacks the format
            raise Unreadable("unknown-format") from unsupported
        place = Place(part=self.prefix + "(nama bagian)")
        self.harvest.say(swept(place, "\n".join(names)))

    def _keep(self, library: Any, archive: Any, entry: Any) -> None:
        name = CONTENT if self.format == "raw" else clean_name(entry.pathname)
        place = Place(part=self.prefix + name)
        pieces: list[bytes] = []
        try:
            pieces.extend(self._pieces(library, archive))
        except library.exception.ArchiveError as damage:
            why = "encrypted" if library.ffi.entry_is_encrypted(entry._entry_p) else _code(str(damage))
            self.harvest.miss(place, why)
            self.why = self.why or why
        if any(pieces):
            self.members += 1
            self.harvest.find_inside(b"".join(pieces), place)
        size = sum(map(len, pieces))
        self.harvest.ledger.take(self.prefix, CONTENT if self.format == "raw" else key_of(size, self.sizes))

    def _pieces(self, library: Any, archive: Any) -> Iterator[bytes]:
        limits, own = self.harvest.limits, 0
        buffer = library.ffi.ctypes.create_string_buffer(PIECE)
        while (length := library.ffi.read_data(archive._pointer, buffer, PIECE)) > 0:
            own += length
            self.size += length
            steep = self.size > limits.steep_bytes and self.size > limits.ratio * len(self.data)
            if steep or self.size > limits.bytes:
                raise Unreadable("bomb")
            yield buffer.raw[:length]
        if length < 0:
            raise library.exception.ArchiveError("", None, length, None)


def text_of_packed(data: bytes) -> str:
    """Runs of at least twelve characters, which packed bytes do not make by chance, one to a line."""
    runs = [run.decode("latin-1") for run in LONG_LATIN.findall(data)]
    return "\n".join(runs + [run.decode("utf-16-le") for run in LONG_WIDE.findall(data)])


def _code(message: str) -> str:
    return "encrypted" if re.search("crypt|passphrase|password", message, re.IGNORECASE) else "broken"


def _names(entry: Any) -> list[str]:
    return [clean_name(text) for text in (entry.pathname, entry.linkpath, entry.uname, entry.gname) if text]
