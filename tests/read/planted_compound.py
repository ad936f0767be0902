"""Compound files ([MS-CFB], version 3) written stream by stream, so that a test can add one of any name."""

import struct
from collections.abc import Mapping
from io import BytesIO

import olefile

SECTOR = 512
SMALLEST = 4096  # shorter streams would lie in the mini stream
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
ROOT, STREAM = 5, 2


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A file of these streams, all in its root. A stream shorter than 4096 bytes is filled up with zeros."""
    body, table, starts = b"", [], {}
    for name, content in streams.items():
        filled = content.ljust(max(SMALLEST, -(-len(content) // SECTOR) * SECTOR), b"\0")
        starts[name] = (len(table), max(SMALLEST, len(content)))
        table += _chain(len(table), len(filled) // SECTOR)
        body += filled
    entries = [_entry("Root Entry", ROOT, child=1 if streams else FREE)]
    for number, (name, (start, size)) in enumerate(starts.items(), start=1):
        following = number + 1 if number < len(starts) else FREE
        entries.append(_entry(name, STREAM, start=start, size=size, right=following))
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * SECTOR, b"\0")
    directory_start = len(table)
    table += _chain(directory_start, len(directory) // SECTOR)
    count = -(-(len(table) + 1) // (SECTOR // 4))
    tables = range(len(table), len(table) + count)
    table += [TABLE] * count
    packed = struct.pack(f"<{len(table)}I", *table).ljust(count * SECTOR, b"\xff")
    return _header(directory_start, tables) + body + directory + packed


def with_stream(data: bytes, name: str, content: bytes) -> bytes:
    """The streams of a compound file without storages, and one more."""
    with olefile.OleFileIO(BytesIO(data)) as found:
        kept = {path[-1]: found.openstream(path).read() for path in found.listdir()}
    return compound({**kept, name: content})


def _chain(start: int, length: int) -> list[int]:
    return [*range(start + 1, start + length), END]


def _entry(name: str, kind: int, *, start: int = END, size: int = 0, right: int = FREE, child: int = FREE) -> bytes:
    raw = name.encode("utf-16-le")
    links = struct.pack("<HBBIII", len(raw) + 2, kind, 1, FREE, right, child)
    return raw.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)


def _header(directory_start: int, tables: range) -> bytes:
    fixed = olefile.MAGIC + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    counts = struct.pack("<IIIIIIIII", 0, len(tables), directory_start, 0, SMALLEST, END, 0, END, 0)
    listed = [*tables, *[FREE] * (109 - len(tables))]
    return fixed + counts + struct.pack("<109I", *listed)
