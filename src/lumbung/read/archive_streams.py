"""One file packed by gzip, bzip2 or xz: what is packed goes through the doors, what stands beside it is text.

Sources: RFC 1952 (gzip; its header holds a name, a comment and fields of any kind), the bzip2 and .xz file formats.
Streams that follow each other are one content, as every program unpacks them.
"""

import bz2
import lzma
import struct
import zlib
from collections.abc import Callable
from typing import Any

from lumbung.document import Place
from lumbung.read.harvest import Harvest
from lumbung.read.limits import Limits
from lumbung.read.sweep import swept, text_of_bytes
from lumbung.read.unknown_part import take_in
from lumbung.read.unreadable import Unreadable

STREAMS: dict[str, tuple[bytes, Callable[[], Any]]] = {
    "gz": (b"\x1f\x8b", lambda: zlib.decompressobj(31)),
    "bz2": (b"BZh", bz2.BZ2Decompressor),
    "xz": (b"\xfd7zXZ\0", lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MEMORY)),
}
MEMORY = 512 * 2**20
PIECE = 1 << 20
DAMAGE = (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError)
EXTRA, NAME, COMMENT = 0x04, 0x08, 0x10  # flags of a gzip header


class Unpacking:
    """The content of all streams, and the bytes around them, while a budget lasts."""

    def __init__(self, data: bytes, kind: str, limits: Limits) -> None:
        """`kind` is a key of STREAMS."""
        self.data, self.limits = data, limits
        self.mark, self.start = STREAMS[kind]
        self.content: list[bytes] = []
        self.beside: list[bytes] = []  # headers of gzip
        self.size = 0
        self.end, self.rest = 0, b""
        self.is_damaged = False
        self.extents: list[tuple[int, int]] = []  # of the streams in `data`

    def run(self) -> None:
        """Unpack as far as it goes. Raise Unreadable("bomb")."""
        position = 0
        while self.data.startswith(self.mark, position) and not self.is_damaged:
            if self.mark == STREAMS["gz"][0]:
                self.beside.append(gzip_header(self.data[position : position + PIECE]))
            start, position = position, self._stream(position)
            self.extents.append((start, position))
            while self.data[position : position + 4] == b"\0\0\0\0" and self.mark == STREAMS["xz"][0]:
                position += 4  # padding between streams
        self.end = position
        self.rest = self.data[position:].strip(b"\0")

    def _stream(self, position: int) -> int:
        stream = self.start()
        waiting = b""
        try:
            while not stream.eof:
                if not waiting and getattr(stream, "needs_input", True):
                    waiting = self.data[position : position + PIECE]
                    position += len(waiting)
                    if not waiting:
                        raise EOFError
                self._keep(stream.decompress(waiting, PIECE))
                waiting = getattr(stream, "unconsumed_tail", b"")
        except DAMAGE:
            self.is_damaged = True
            return position
        return position - len(stream.unused_data)

    def _keep(self, piece: bytes) -> None:
        self.size += len(piece)
        steep = self.size > self.limits.steep_bytes and self.size > self.limits.ratio * len(self.data)
        if steep or self.size > self.limits.bytes:
            raise Unreadable("bomb")
        self.content.append(piece)


def harvest_stream(harvest: Harvest, data: bytes, kind: str, *, prefix: str = "") -> str:
    """Lay the packed file into the basket for opening; give the kind. Raise Unreadable("bomb", "broken")."""
    unpacking = Unpacking(data, kind, harvest.limits)
    unpacking.run()
    outside = Place(part=prefix.removesuffix("!") or None)
    headers = text_of_bytes(b"\0\0\0".join(unpacking.beside))
    harvest.say(swept(Place(part=prefix + "(nama bagian)", hidden=True), headers))
    if unpacking.is_damaged and not unpacking.size:
        raise Unreadable("broken")
    if unpacking.is_damaged:
        harvest.miss(outside, "broken")
    if unpacking.size:
        harvest.find_inside(b"".join(unpacking.content), Place(part=prefix + "(isi)"))
    for start, end in unpacking.extents:
        harvest.ledger.cover(prefix, start, end)
    if unpacking.rest and not unpacking.is_damaged:
        behind = Place(part=prefix + "(setelah akhir arsip)", hidden=True)
        take_in(harvest, [unpacking.rest], place=behind, cells=True)
        harvest.ledger.cover(prefix, unpacking.end, len(data))
    return kind


def gzip_header(data: bytes) -> bytes:
    """The header of a gzip member, with its name, comment and extra field.

    >>> gzip_header(b"\\x1f\\x8b\\x08\\x08" + bytes(6) + b"data.csv\\0" + b"packed")[10:]
    b'data.csv'
    """
    if len(data) < 10:
        return data
    flags, end = data[3], 10
    if flags & EXTRA:
        end += 2 + struct.unpack("<H", data[10:12].ljust(2, b"\0"))[0]
    for flag in (NAME, COMMENT):
        if flags & flag:
            closing = data.find(b"\0", end)
            end = closing + 1 if closing >= 0 else len(data)
    return data[:end].removesuffix(b"\0")
