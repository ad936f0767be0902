"""Which tables a SQLite database holds and how many rows each has, counted on its pages and not by a query.

Source: "Database File Format", sqlite.org/fileformat2.html, sections 1.6 (b-tree pages), 2.1 (record format), 2.6
(storage of the schema). Of the schema only the first four columns are looked at, which lie in the cell itself.
"""

import struct
from collections.abc import Iterator

from lumbung.read.opened import Opened
from lumbung.read.present import DAMAGE, Present

SCHEMA, LOOSE = "(skema)", "(halaman bebas)"
LEAF_TABLE, INNER_TABLE, LEAF_INDEX, INNER_INDEX = 13, 5, 10, 2
INNER = (INNER_TABLE, INNER_INDEX)
WIDTHS = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)  # bytes of a value, by its serial type


def key_of_rows(root: int, rows: int) -> str:
    """The key of a table that begins on page `root`.

    >>> key_of_rows(2, 30)
    'halaman 2, 30 baris'
    """
    return f"halaman {root}, {rows} baris"


def tables(opened: Opened) -> Iterator[Present]:
    """Every table with its rows, the schema itself, and all other pages together: indexes, maps, free space."""
    try:
        found = list(_tables(bytes(opened.data[:])))
    except DAMAGE:  # SQLite's own check says so, and the file is named broken
        return
    yield from found
    rest = max(0, opened.size - sum(table.size for table in found))
    yield Present(name=LOOSE, key=LOOSE, size=rest)


def _tables(data: bytes) -> Iterator[Present]:
    size = struct.unpack_from(">H", data, 16)[0]
    size = 65536 if size == 1 else size
    rows, count, leaves = _walk(data, size, 1)
    yield Present(name=SCHEMA, key=key_of_rows(1, rows), size=count * size)
    for page, cell in leaves:
        kind, name, root = _schema_cell(data, page * size + cell, data[56:60])
        if kind == "table" and root:
            rows, count, _ = _walk(data, size, root)
            yield Present(name=name, key=key_of_rows(root, rows), size=count * size)


def _walk(data: bytes, size: int, root: int) -> tuple[int, int, list[tuple[int, int]]]:
    """Rows and pages of a tree, and where the cells of its leaves are: page from 0, offset."""
    waiting, rows, seen, leaves = [root], 0, set[int](), list[tuple[int, int]]()
    while waiting:
        number = waiting.pop()
        if number in seen or not 1 <= number <= len(data) // size:
            raise ValueError
        seen.add(number)
        page = data[(number - 1) * size : number * size]
        head = 100 if number == 1 else 0
        kind, (cells,) = page[head], struct.unpack_from(">H", page, head + 3)
        pointers = struct.unpack_from(f">{cells}H", page, head + (12 if kind in INNER else 8))
        if kind in INNER:
            waiting += [int.from_bytes(page[at : at + 4], "big") for at in (*pointers, head + 8)]
        if kind == LEAF_TABLE and root == 1:
            leaves += [(number - 1, at) for at in pointers]
        rows += 0 if kind == INNER_TABLE else cells  # a table without row numbers keeps rows on inner pages, too
    return rows, len(seen), leaves


def _schema_cell(data: bytes, at: int, encoding: bytes) -> tuple[str, str, int]:
    """Kind, name and first page of one line of the schema."""
    _, at = _number(data, at)
    _, at = _number(data, at)
    start = at
    length, at = _number(data, at)
    kinds = []
    while at < start + length:
        kind, at = _number(data, at)
        kinds.append(kind)
    values = []
    for kind in kinds[:4]:
        width = WIDTHS[kind] if kind < len(WIDTHS) else (kind - 12) // 2
        values.append(data[at : at + width])
        at += width
    spelling = {2: "utf-16-le", 3: "utf-16-be"}.get(int.from_bytes(encoding, "big"), "utf-8")
    kind_, name = (value.decode(spelling, "replace") for value in values[:2])
    return kind_, name, 1 if kinds[3] == 9 else int.from_bytes(values[3], "big", signed=True)


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of at most nine bytes, and where it ends."""
    value = 0
    for byte in data[at : at + 8]:
        at += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at
    return value << 8 | data[at], at + 1
