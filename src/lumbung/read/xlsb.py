"""Sheets of a binary workbook package (.xlsb): python-calamine for the cells, the records for what it leaves out.

Source: MS-XLSB 2.1.4 (records), 2.4.313 BrtColInfo, 2.4.742 BrtRowHdr, 2.4.308 BrtBundleSh, 2.4.822 BrtSSTItem.
"""

import struct
from collections.abc import Iterator
from io import BytesIO

import polars as pl
from python_calamine import CalamineWorkbook, load_workbook

from lumbung.document import Place
from lumbung.read.harvest import Harvest
from lumbung.read.letters import letter
from lumbung.read.native import DAMAGE, gather, without_panic
from lumbung.read.ooxml_strings import TELLING, not_shown
from lumbung.read.ooxml_workbook import Sheet, relations, workbook_part
from lumbung.read.package import Broken, Package
from lumbung.read.sweep import swept, text_of_bytes

ROW, COLUMN, SHEET, STRING = 0, 60, 156, 19
CELLS = frozenset(range(1, 8))  # blank, RK, error, boolean, real, string, shared string: the grid shows these


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and payload of each record; stops where the bytes are no records any more."""
    position = 0
    while position < len(data):
        kind, position = _variable(data, position, 2)
        size, position = _variable(data, position, 4)
        yield kind, data[position : position + size]
        position += size


def _variable(data: bytes, position: int, longest: int) -> tuple[int, int]:
    """A number in 7-bit groups, and where it ends. The kind keeps its low groups as MS-XLSB numbers them."""
    value = 0
    for index in range(longest):
        if position >= len(data):
            break
        byte = data[position]
        position += 1
        value |= (byte & 0x7F) << (7 * index)
        if not byte & 0x80:
            break
    return value, position


def binary_sheets(package: Package) -> list[Sheet]:
    """The sheets that the binary workbook part lists; none where the part is damaged."""
    part = workbook_part(package)
    entry, targets = package.member(part), relations(package, part)
    found: list[Sheet] = []
    try:
        data = package.whole(entry) if entry else b""
    except Broken:
        return found
    for kind, payload in records(data):
        if kind == SHEET and len(payload) >= 12:
            identifier, end = _wide(payload, 8)
            name, _ = _wide(payload, end)
            relation, target = targets.get(identifier, ("worksheet", ""))
            found.append(Sheet(name=name, part=target, hidden=bool(payload[0] & 3), kind=relation))
    return found


def _wide(payload: bytes, position: int) -> tuple[str, int]:
    """A counted UTF-16LE string, and where it ends."""
    if position + 4 > len(payload):
        return "", len(payload)
    (count,) = struct.unpack_from("<I", payload, position)
    if count == 0xFFFFFFFF:
        return "", position + 4
    end = position + 4 + 2 * count
    return payload[position + 4 : end].decode("utf-16-le", "replace"), end


def read_binary_sheets(harvest: Harvest, data: bytes, package: Package, sheets: list[Sheet]) -> set[int]:
    """Cells and the rest of every listed sheet into the basket; gives the members that need no further sweep."""
    try:
        with without_panic():
            workbook = load_workbook(BytesIO(data))
    except DAMAGE:
        harvest.miss(package.place(workbook_part(package)), "broken")
        return set()
    done = {_read_sheet(harvest, workbook, package, sheet) for sheet in sheets}
    return (done | {_read_strings(harvest, package)}) - {-1}


def _read_sheet(harvest: Harvest, workbook: CalamineWorkbook, package: Package, sheet: Sheet) -> int:
    """The member's offset when it was wholly read, else -1."""
    place = Place(part=package.prefix or None, sheet=sheet.name, hidden=sheet.hidden or None)
    entry = package.member(sheet.part)
    if entry is None or sheet.kind == "chartsheet":
        if entry is None:
            harvest.miss(place, "broken")
        return -1
    try:
        with without_panic():
            cells = gather(workbook.get_sheet_by_name(sheet.name))
        hidden_rows, hidden_columns, rest = beside_cells(package.whole(entry))
    except (*DAMAGE, Broken):
        harvest.miss(place, "broken")
        return -1
    harvest.tables += cells.tables(place, hidden_rows=hidden_rows, hidden_columns=hidden_columns)
    harvest.say(swept(place.but(part=package.prefix + entry.filename), text_of_bytes(rest)))
    return entry.header_offset


def beside_cells(data: bytes) -> tuple[frozenset[int], frozenset[str], bytes]:
    """Hidden rows, hidden columns, and the payloads of all records that are not plain cells."""
    rows: set[int] = set()
    columns: set[str] = set()
    rest = []
    for kind, payload in records(data):
        if kind == ROW and len(payload) >= 12:
            row, height = struct.unpack_from("<I4xH", payload)
            if payload[11] & 0x10 or height == 0:
                rows.add(row + 1)
        elif kind == COLUMN and len(payload) >= 18:
            first, last, width = struct.unpack_from("<III", payload)
            if payload[16] & 1 or width == 0:
                columns.update(letter(index) for index in range(first, min(last, 16_383) + 1))
        elif kind not in CELLS:
            rest.append(payload)
    return frozenset(rows), frozenset(columns), b"\0\0\0".join(rest)


def _read_strings(harvest: Harvest, package: Package) -> int:
    """Shared strings that no cell shows. The member's offset when it was wholly read, else -1."""
    entry = package.member("xl/sharedStrings.bin")
    if entry is None:
        return -1
    try:
        found = [_wide(payload, 1)[0] for kind, payload in records(package.whole(entry)) if kind == STRING]
    except Broken:
        return -1
    strings = pl.Series([text.replace("\n", " ") for text in found], dtype=pl.String)
    left = not_shown(strings.filter(strings.str.contains(TELLING)).unique(), harvest.tables)
    harvest.say(swept(package.place(entry.filename).but(hidden=True), "\n".join(left.to_list())))
    return entry.header_offset
