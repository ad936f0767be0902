"""Packages of Apple's Numbers and Pages, written message by message, so that a number can be planted in any place."""

import struct
from collections.abc import Mapping

import pyarrow

from tests.read.planted import zipped

SHEET, TABLE_INFO, TABLE, TILE, LIST, STORY, PAYLOAD = 2, 6000, 6001, 6002, 6005, 2001, 6218
BIAS = 0x1820


def varint(number: int) -> bytes:
    """Seven bits a byte."""
    out = b""
    while number > 0x7F:
        out += bytes([number & 0x7F | 0x80])
        number >>= 7
    return out + bytes([number])


def whole(field: int, number: int) -> bytes:
    """A field with a number."""
    return varint(field << 3) + varint(number)


def inside(field: int, content: bytes | str) -> bytes:
    """A field with a text, or with another message."""
    raw = content.encode() if isinstance(content, str) else content
    return varint(field << 3 | 2) + varint(len(raw)) + raw


def archive(*objects: tuple[int, int, bytes]) -> bytes:
    """An .iwa member of objects: identifier, kind, body."""
    stream = b""
    for identifier, kind, body in objects:
        header = whole(1, identifier) + inside(2, whole(1, kind) + whole(3, len(body)))
        stream += varint(len(header)) + header + body
    pieces = [stream[start : start + 65536] for start in range(0, len(stream), 65536)]
    packed = [pyarrow.Codec("snappy").compress(piece, asbytes=True) for piece in pieces]
    return b"".join(b"\0" + struct.pack("<I", len(one))[:3] + one for one in packed)


def decimal(number: int, exponent: int = 0) -> bytes:
    """A cell with a number in decimal."""
    return struct.pack("<BB6xI", 5, 2, 1) + (number | (exponent + BIAS) << 113).to_bytes(16, "little")


def double(number: float) -> bytes:
    """A cell with a number in binary."""
    return struct.pack("<BB6xId", 5, 7, 2, number)


def pointing(kind: int, flag: int, key: int) -> bytes:
    """A cell that points into a list: 3 and 8 for strings, 9 and 16 for texts with formatting."""
    return struct.pack("<BB6xII", 5, kind, flag, key)


def tile(*rows: list[bytes]) -> bytes:
    """A tile of rows of cells."""
    infos = b""
    for index, cells in enumerate(rows):
        starts = [sum(map(len, cells[:column])) for column in range(len(cells))]
        offsets = struct.pack(f"<{len(starts) + 1}h", *starts, -1)
        infos += inside(
            5, whole(1, index) + whole(2, len(cells)) + inside(6, b"".join(cells)) + inside(7, offsets) + whole(8, 0)
        )
    return infos


def referring(identifier: int) -> bytes:
    """A reference."""
    return whole(1, identifier)


def table(*rows: list[bytes], strings: Mapping[int, str] | None = None, rich: str = "") -> bytes:
    """The archive of a sheet with a table of these rows; key 1 of its texts with formatting is `rich`."""
    store = inside(3, inside(1, whole(1, 0) + inside(2, referring(40))) + whole(2, 256))
    store += inside(4, referring(50)) + inside(17, referring(60))
    entries = b"".join(inside(3, whole(1, key) + inside(3, text)) for key, text in (strings or {}).items())
    return archive(
        (10, SHEET, inside(1, "Lembar 1")),
        (20, TABLE_INFO, inside(1, inside(2, referring(10))) + inside(2, referring(30))),
        (30, TABLE, inside(8, "Warga") + inside(4, store)),
        (40, TILE, tile(*rows)),
        (50, LIST, whole(1, 1) + entries),
        (60, LIST, inside(3, whole(1, 1) + inside(9, referring(70)))),
        (70, PAYLOAD, inside(1, referring(80))),
        (80, STORY, inside(3, rich)),
    )


def numbers(document: bytes, more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A package around the archive of its document."""
    return zipped({"Index/Document.iwa": document, **(more or {})})


def pages(story: str) -> bytes:
    """A letter in Pages."""
    return numbers(archive((1, 10000, b""), (2, STORY, inside(3, story))))
