"""One member of a ZIP archive, unpacked by its own stream and not by what the directory says about it.

Source: PKWARE APPNOTE 6.3, 4.3.7 (local file header) and 4.4. Programs differ in whom they believe, directory, local
header or stream; here all three must agree, or there is more in the member than one of them shows.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

PIECE = 1 << 20
LOCAL_HEADER = b"PK\x03\x04"
UTF8_NAME = 0x800
OWN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """What the member's own header says. `data` is where its packed bytes begin; `extra` is raw."""

    method: int
    name: str
    extra: bytes
    data: int


def local_header(file: BinaryIO, entry: zipfile.ZipInfo) -> Local:
    """The header in front of the member. Raise BadZipFile where none is."""
    file.seek(entry.header_offset)
    header = file.read(30)
    if len(header) < 30 or header[:4] != LOCAL_HEADER:
        raise zipfile.BadZipFile
    flags, method = struct.unpack("<HH", header[6:10])
    length, extra = struct.unpack("<HH", header[26:30])
    name = file.read(length).decode("utf-8" if flags & UTF8_NAME else "cp437", "replace")
    data = entry.header_offset + 30 + length + extra
    return Local(method=method, name=name, extra=file.read(extra), data=data)


def unpacked(file: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """A stored or deflated member in pieces of at most PIECE bytes.

    Raise BadZipFile or zlib.error, perhaps only at the end, unless header, size, checksum and stream agree wholly.
    """
    local = local_header(file, entry)
    if local.method != entry.compress_type or local.name != entry.orig_filename:
        raise zipfile.BadZipFile
    packed = _packed(file, local.data, entry.compress_size)
    total = checksum = 0
    for piece in packed if local.method == zipfile.ZIP_STORED else _inflated(packed):
        total += len(piece)
        checksum = zlib.crc32(piece, checksum)
        yield piece
    if total != entry.file_size or checksum != entry.CRC:
        raise zipfile.BadZipFile


def _packed(file: BinaryIO, start: int, size: int) -> Iterator[bytes]:
    """The packed bytes; sought anew for each piece, for others read from the same file in between."""
    for position in range(start, start + size, PIECE):
        file.seek(position)
        yield file.read(min(PIECE, start + size - position))


def _inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    stream = zlib.decompressobj(-15)
    for piece in packed:
        while piece:
            if stream.eof:
                raise zipfile.BadZipFile  # bytes behind the end of the stream, which nobody sees
            unfolded = stream.decompress(piece, PIECE)
            if unfolded:
                yield unfolded
            piece = stream.unconsumed_tail
    if not stream.eof or stream.unused_data:
        raise zipfile.BadZipFile
