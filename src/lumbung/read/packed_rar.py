"""The blocks of a RAR archive that libarchive passes over: comments, alternate streams, what follows the end.

Sources: RARLAB, "RAR 5.0 archive format"; for RAR 4 technote.txt, as shipped with WinRAR up to version 4.
"""

import struct
from collections.abc import Iterator

RAR4, RAR5 = b"Rar!\x1a\x07\0", b"Rar!\x1a\x07\x01\0"
MAIN4, FILE4, COMMENT4, SERVICE4, END4 = 0x73, 0x74, 0x75, 0x7A, 0x7B
MAIN5, SERVICE5, END5 = 1, 3, 5
STORED4 = 0x30
VOLUME = "(bagian lain arsip terpisah)"  # the rest lies in files that are not here
REDUNDANT = (b"QO", b"RR")  # copies of the headers and of the packed data, by which WinRAR opens faster and repairs


def odd_blocks(data: bytes) -> Iterator[str]:
    """Made-up part names of blocks with content that was neither unpacked nor lies there as plain text."""
    if data.startswith(RAR5):
        yield from _odd_of_5(data)
    elif data.startswith(RAR4):
        yield from _odd_of_4(data)


def _odd_of_4(data: bytes) -> Iterator[str]:
    position = len(RAR4)
    while position + 7 <= len(data):
        kind, flags, size = struct.unpack("<BHH", data[position + 2 : position + 7])
        block = data[position : position + size]
        position += max(7, size)
        if flags & 0x8000 or kind in (FILE4, SERVICE4):
            position += int.from_bytes(block[7:11], "little")
        if kind in (FILE4, SERVICE4) and flags & 0x100:
            position += int.from_bytes(block[32:36], "little") << 32
        if kind == SERVICE4 and block[25:26] != bytes([STORED4]) and block[32:34] not in REDUNDANT:
            yield f"(blok {position})"
        if (kind == MAIN4 and flags & 0x01) or (kind == FILE4 and flags & 0x03):
            yield VOLUME
        if kind == COMMENT4 or (kind in (MAIN4, FILE4) and flags & (0x02 if kind == MAIN4 else 0x08)):
            yield "(komentar)"
        if kind == END4:
            break
    if data[position:].strip(b"\0"):
        yield "(setelah akhir arsip)"


def _odd_of_5(data: bytes) -> Iterator[str]:
    position = len(RAR5)
    while position + 7 <= len(data):
        size, start = _number(data, position + 4)
        kind, at = _number(data, start)
        flags, at = _number(data, at)
        _, at = _number(data, at) if flags & 1 else (0, at)
        packed, at = _number(data, at) if flags & 2 else (0, at)
        if flags & 0x18 or (kind == MAIN5 and _number(data, at)[0] & 1):
            yield VOLUME
        if kind == SERVICE5 and not _is_plain_service(data, at):
            yield f"(blok {position})"
        position = start + size + packed
        if kind == END5:
            break
    if data[position:].strip(b"\0"):
        yield "(setelah akhir arsip)"


def _is_plain_service(data: bytes, at: int) -> bool:
    """Whether a service block is a copy of other bytes, or its content is not packed. `at` is its own flags field."""
    flags, at = _number(data, at)
    _, at = _number(data, at)  # unpacked size
    _, at = _number(data, at)  # attributes
    at += (4 if flags & 2 else 0) + (4 if flags & 4 else 0)  # time, checksum
    method, at = _number(data, at)
    _, at = _number(data, at)  # system
    length, at = _number(data, at)
    return method >> 7 & 7 == 0 or data[at : at + length] in REDUNDANT


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of variable length, and where it ends; 0 where the data ends first."""
    value = 0
    for shift in range(0, 70, 7):
        byte = data[at] if at < len(data) else 0
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            break
    return value, at
