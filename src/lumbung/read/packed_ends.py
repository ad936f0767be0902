"""Where a packed file ends by its own headers. libarchive stops there in silence, and anything may follow.

Sources: 7zFormat.txt (signature header); MS-CAB 2.1; cpio(5); "LHA header" by its levels; RFC 8878 (zstd frames); LZ4
frame format 1.6; the lzip manual, "File format". RAR is walked by `packed_rar`. `compress` and ar have no end.
"""

import struct
from collections.abc import Callable

ZSTD, LZ4 = b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18"
LAST = "TRAILER!!!"
LZIP_TAIL = 20  # bytes: checksum, size unpacked, size of the whole member


def end_of(data: bytes, kind: str) -> int:
    """How many bytes the archive takes, at most `len(data)`; 0 where its end cannot be found, and all is doubtful."""
    find = ENDS.get(kind)
    try:
        return min(len(data), find(data)) if find else len(data)
    except (struct.error, IndexError, ValueError):  # cut off or damaged: nothing is behind its end
        return len(data)


def _end_of_7z(data: bytes) -> int:
    offset, size = struct.unpack_from("<QQ", data, 12)
    return 32 + int(offset) + int(size)


def _end_of_cab(data: bytes) -> int:
    return int(struct.unpack_from("<I", data, 8)[0])


def _end_of_cpio(data: bytes) -> int:
    """Behind the member that bears the name of the last one."""
    walk = _new_cpio if data[:6] in (b"070701", b"070702") else _old_cpio if data[:6] == b"070707" else _binary_cpio
    position = 0
    while position < len(data):
        name, position = walk(data, position)
        if name.rstrip(b"\0") == LAST.encode():
            return position
    return len(data)


def _new_cpio(data: bytes, at: int) -> tuple[bytes, int]:
    size, length = int(data[at + 54 : at + 62], 16), int(data[at + 94 : at + 102], 16)
    start = at + 110 + length + -(at + 110 + length) % 4
    return data[at + 110 : at + 110 + length], start + size + -size % 4


def _old_cpio(data: bytes, at: int) -> tuple[bytes, int]:
    length, size = int(data[at + 59 : at + 65], 8), int(data[at + 65 : at + 76], 8)
    return data[at + 76 : at + 76 + length], at + 76 + length + size


def _binary_cpio(data: bytes, at: int) -> tuple[bytes, int]:
    order = "<" if data[:2] == b"\xc7\x71" else ">"
    length, high, low = struct.unpack_from(f"{order}HHH", data, at + 20)
    size = high << 16 | low
    return data[at + 26 : at + 26 + length], at + 26 + length + length % 2 + size + size % 2


def _end_of_lha(data: bytes) -> int:
    """Behind the empty header; a member of a level that nobody writes ends the walk, and the rest is doubtful."""
    position = 0
    while position < len(data) and data[position]:
        level, (packed,) = data[position + 20], struct.unpack_from("<I", data, position + 7)
        if level > 2:
            return position
        header = struct.unpack_from("<H", data, position)[0] if level == 2 else 2 + data[position]
        position += header + packed
    return position + 1


def _end_of_zstd(data: bytes) -> int:
    position = 0
    while data.startswith(ZSTD, position):
        position = _behind_zstd(data, position + 4)
    return position


def _behind_zstd(data: bytes, at: int) -> int:
    """Behind one frame, whose header begins here."""
    flags = data[at]
    is_single = flags >> 5 & 1
    at += 1 + (1 - is_single) + (0, 1, 2, 4)[flags & 3] + (is_single, 2, 4, 8)[flags >> 6]
    is_last = False
    while not is_last:
        block = int.from_bytes(data[at : at + 3], "little")
        if at + 3 > len(data):
            raise ValueError
        is_last, is_run = bool(block & 1), block >> 1 & 3 == 1
        at += 3 + (1 if is_run else block >> 3)
    return at + (4 if flags & 4 else 0)


def _end_of_lz4(data: bytes) -> int:
    position = 0
    while data.startswith(LZ4, position):
        position = _behind_lz4(data, position + 4)
    return position


def _behind_lz4(data: bytes, at: int) -> int:
    flags = data[at]
    at += 3 + (8 if flags & 8 else 0) + (4 if flags & 1 else 0)
    while size := struct.unpack_from("<I", data, at)[0]:
        at += 4 + (size & 0x7FFFFFFF) + (4 if flags & 16 else 0)
    return at + 4 + (4 if flags & 4 else 0)


def _end_of_lzip(data: bytes) -> int:
    """The members tell their sizes at their own ends: they must lead back to the beginning."""
    position = len(data.rstrip(b"\0"))
    return next((end for end in range(position, min(len(data), position + 8) + 1) if _leads_back(data, end)), 0)


def _leads_back(data: bytes, end: int) -> bool:
    while end > 0:
        (size,) = struct.unpack_from("<Q", data, end - 8) if end >= LZIP_TAIL else (0,)
        if not LZIP_TAIL <= size <= end or not data.startswith(b"LZIP", end - size):
            return False
        end -= size
    return True


ENDS: dict[str, Callable[[bytes], int]] = {
    "7z": _end_of_7z,
    "cab": _end_of_cab,
    "cpio": _end_of_cpio,
    "lha": _end_of_lha,
    "zst": _end_of_zstd,
    "lz4": _end_of_lz4,
    "lz": _end_of_lzip,
}
