"""Where a number hides in a file packed by gzip, bzip2 or xz."""

import bz2
import gzip
import lzma
import struct
import zlib
from collections.abc import Callable

from tests.hiding import HidingPlace
from tests.hiding.tar import archive

CALM = b"pasar,kios\nWage,3\n"
EXTRA, NAME, COMMENT = 4, 8, 16


def csv(nik: str) -> bytes:
    return f"pasar,petugas\nWage,{nik}\n".encode()


def headed(flag: int, field: Callable[[bytes], bytes]) -> Callable[[str], bytes]:
    """A gzip member with this field in its header."""

    def plant(nik: str) -> bytes:
        packed = zlib.compressobj(9, zlib.DEFLATED, -15)
        body = packed.compress(CALM) + packed.flush()
        head = b"\x1f\x8b\x08" + bytes([flag]) + bytes(6) + field(nik.encode())
        return head + body + struct.pack("<II", zlib.crc32(CALM), len(CALM))

    return plant


def place(format: str, where: str, plant: Callable[[str], bytes], **rest: object) -> HidingPlace:
    return HidingPlace(format=format, where=where, plant=plant, **rest)  # type: ignore[arg-type]


PLACES = (
    place("gz", "the packed file", lambda nik: gzip.compress(csv(nik))),
    place("gz", "a second stream behind the first", lambda nik: gzip.compress(CALM) + gzip.compress(csv(nik))),
    place("gz", "the name in the header", headed(NAME, lambda nik: nik + b".csv\0")),
    place("gz", "the comment in the header", headed(COMMENT, lambda nik: b"milik " + nik + b"\0")),
    place("gz", "an extra field of the header", headed(EXTRA, lambda nik: struct.pack("<H", len(nik)) + nik)),
    place(
        "gz", "bytes behind the end", lambda nik: gzip.compress(CALM) + b"milik " + nik.encode(), at={"hidden": True}
    ),
    place("gz", "a tar archive inside", lambda nik: gzip.compress(archive(f"a,b\n{nik},2\n"))),
    place("gz", "a stream that is cut off", lambda nik: gzip.compress(csv(nik) * 9)[:-9]),
    place("bz2", "the packed file", lambda nik: bz2.compress(csv(nik))),
    place("bz2", "a second stream behind the first", lambda nik: bz2.compress(CALM) + bz2.compress(csv(nik))),
    place("bz2", "bytes behind the end", lambda nik: bz2.compress(CALM) + b"milik " + nik.encode()),
    place("xz", "the packed file", lambda nik: lzma.compress(csv(nik))),
    place("xz", "a second stream behind the first", lambda nik: lzma.compress(CALM) + lzma.compress(csv(nik))),
    place("xz", "bytes behind the end", lambda nik: lzma.compress(CALM) + b"milik " + nik.encode()),
)
