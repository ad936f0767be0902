"""The workbook stream of an .xls file: python-calamine for the cells, the records for everything beside them.

Source: MS-XLS 2.4: BoundSheet8 (28), FilePass (117), Row (221), ColInfo (53), Note (179), TxO (329), CRN (65).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import polars as pl
from python_calamine import CalamineWorkbook, load_workbook

from lumbung.document import Passage, Place
from lumbung.read.biff import (
    FORMULAS,
    Record,
    continued_text,
    formula_constants,
    records,
    rk_number,
    shared_strings,
)
from lumbung.read.biff_pictures import bitmap, blips
from lumbung.read.cells import Cells, number_text
from lumbung.read.harvest import Harvest
from lumbung.read.letters import letter
from lumbung.read.native import DAMAGE, gather, without_panic
from lumbung.read.ooxml_strings import TELLING, not_shown
from lumbung.read.sweep import swept, text_of_bytes
from lumbung.read.unknown_part import take_picture
from lumbung.read.unreadable import Unreadable

BOF, EOF, FILEPASS, BOUNDSHEET = 0x809, 0x0A, 0x2F, 0x85
ROW, COLINFO, SST, LABELSST, NOTE, OBJ, TXO, CRN = 0x208, 0x7D, 0xFC, 0xFD, 0x1C, 0x5D, 0x1B6, 0x5A
NUMBER, RK, MULRK, LABEL, BOOLERR, FORMULA, STRING = 0x203, 0x27E, 0xBD, 0x204, 0x205, 0x06, 0x207
DIMENSIONS, WHOLE_GRID = 0x200, 2**24  # cells of a sheet with 65536 rows and 256 columns
BLANK, MULBLANK, DBCELL, INDEX, RSTRING, EXTSST = 0x201, 0xBE, 0xD7, 0x20B, 0xD6, 0xFF
DRAWINGS, BITMAPS = 0xEB, frozenset({0xE9, 0x7F})  # drawing group with its pictures; background bitmap, image data
GRID = frozenset({NUMBER, RK, MULRK, LABEL, LABELSST, BOOLERR, BLANK, MULBLANK, STRING, RSTRING})
SILENT = frozenset({DBCELL, INDEX, EXTSST, SST, ROW, COLINFO, TXO, CRN})


@dataclass(slots=True)
class Substream:
    """What one sheet's records said beside its cells."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[str] = field(default_factory=set)
    notes: list[tuple[str, int, str]] = field(default_factory=list)
    boxes: dict[int, str] = field(default_factory=dict)
    rest: list[bytes] = field(default_factory=list)
    constants: list[str] = field(default_factory=list)
    values: list[tuple[int, int, float]] = field(default_factory=list)
    last_object: int = -1
    last_row: int = 0
    last_column: int = 0


@dataclass(slots=True)
class Book:
    """What the records of a workbook stream said."""

    sheets: list[tuple[int, str, bool]] = field(default_factory=list)
    substreams: dict[int, Substream] = field(default_factory=dict)
    strings: list[str] = field(default_factory=list)
    caches: list[Cells] = field(default_factory=list)
    drawings: list[bytes] = field(default_factory=list)
    bitmaps: list[bytes] = field(default_factory=list)
    wide: bool = True


def harvest_records(harvest: Harvest, stream: bytes, *, data: bytes | None, place: Place) -> None:
    """A workbook stream into the basket. `data` is the whole compound file, None where the cells cannot be had.

    Raise Unreadable: "encrypted", "broken" for a stream that is no BIFF5 or BIFF8 workbook.
    """
    if stream[:2] != struct.pack("<H", BOF):
        raise Unreadable("broken")
    book = walk(stream)
    if not book.sheets:
        harvest.miss(place, "broken")
    _read_cells(harvest, book, data, place)
    for offset, substream in book.substreams.items():
        name = next((name for start, name, _ in book.sheets if start == offset), None)
        _say_substream(harvest, substream, place.but(sheet=name))
    for cells in book.caches:
        harvest.tables += cells.tables(place.but(hidden=True))
    strings = pl.Series([text.replace("\n", " ") for text in book.strings], dtype=pl.String)
    left = not_shown(strings.filter(strings.str.contains(TELLING)).unique(), harvest.tables)
    harvest.say(swept(place.but(hidden=True), "\n".join(left.to_list())))
    for picture in (*blips(b"".join(book.drawings)), *book.bitmaps):
        if picture:
            take_picture(harvest, picture, place=place.but(path="gambar"))
        else:
            harvest.miss(place, "image")


def walk(stream: bytes) -> Book:
    """Go through all records once. Raise Unreadable("encrypted")."""
    book, offset, depth = Book(), 0, 0
    for record in records(stream):
        if record.kind == BOF:
            depth += 1
            if depth == 1:
                offset = record.offset
                book.wide = book.wide and record.payload[:2] != b"\0\5"
        elif record.kind == EOF:
            depth = max(0, depth - 1)
        _take_record(book, book.substreams.setdefault(offset, Substream()), record)
    return book


def _take_record(book: Book, substream: Substream, record: Record) -> None:
    kind, payload = record.kind, record.payload
    if kind == FILEPASS:
        raise Unreadable("encrypted")
    if kind == BOUNDSHEET and len(payload) >= 8:
        book.sheets.append(_bound_sheet(payload, book.wide))
    elif kind == SST:
        book.strings += shared_strings(record)
    elif kind == CRN:
        book.caches.append(_cached_row(payload))
    elif kind == DRAWINGS:
        book.drawings += record.pieces
    elif kind in BITMAPS:
        book.bitmaps.append(bitmap(b"".join(record.pieces)))
    _take_sheet_record(substream, record)
    if kind in FORMULAS:
        substream.constants += formula_constants(b"".join(record.pieces))
    if kind not in GRID and kind not in SILENT:
        substream.rest.append(b"".join([payload, *(piece[1:] for piece in record.pieces[1:])]))
        substream.rest += record.pieces[1:]


def _bound_sheet(payload: bytes, wide: bool) -> tuple[int, str, bool]:
    """Where a sheet's records begin, its name, and whether it is hidden."""
    offset, state = struct.unpack_from("<IB", payload)
    if not wide:
        return offset, payload[7 : 7 + payload[6]].decode("cp1252", "replace"), bool(state & 3)
    double = payload[7] & 1
    raw = payload[8 : 8 + payload[6] * (1 + double)]
    return offset, raw.decode("utf-16-le" if double else "latin-1", "replace"), bool(state & 3)


def _take_sheet_record(substream: Substream, record: Record) -> None:
    kind, payload = record.kind, record.payload
    if kind == ROW and len(payload) >= 16:
        row, height, flags = struct.unpack_from("<H4xH4xB", payload)
        if flags & 0x20 or height & 0x7FFF == 0:
            substream.hidden_rows.add(row + 1)
    elif kind == COLINFO and len(payload) >= 10:
        first, last, width, flags = struct.unpack_from("<HHH2xH", payload)
        if flags & 1 or width == 0:
            substream.hidden_columns.update(letter(index) for index in range(first, min(last, 255) + 1))
    elif kind == OBJ and len(payload) >= 8:
        substream.last_object = struct.unpack_from("<6xH", payload)[0]
    elif kind == TXO:
        substream.boxes[substream.last_object] = continued_text(record.pieces[1:])
    elif kind == NOTE and len(payload) >= 8:
        row, column, number = struct.unpack_from("<HH2xH", payload)
        text = payload[6:].decode("cp1252", "replace")
        substream.notes.append((f"{letter(column)}{row + 1}", number, text))
    elif kind == DIMENSIONS and len(payload) >= 14:
        _, rows, _, columns = struct.unpack_from("<IIHH", payload)
        _reach(substream, rows, columns)
    elif kind in GRID and len(payload) >= 4:
        _reach(substream, *struct.unpack_from("<HH", payload))
    substream.values += _values(kind, payload)


def _reach(substream: Substream, row: int, column: int) -> None:
    """How far the sheet goes, or says that it goes: memory is asked for by that."""
    substream.last_row, substream.last_column = max(substream.last_row, row), max(substream.last_column, column)


def _values(kind: int, payload: bytes) -> Iterator[tuple[int, int, float]]:
    """The numbers in a cell record, with row and column from 0."""
    if kind == NUMBER and len(payload) >= 14:
        row, column, value = struct.unpack_from("<HH2xd", payload)
        yield row, column, value
    elif kind == RK and len(payload) >= 10:
        row, column, packed = struct.unpack_from("<HH2xI", payload)
        yield row, column, rk_number(packed)
    elif kind == MULRK and len(payload) >= 12:
        row, column = struct.unpack_from("<HH", payload)
        for index in range((len(payload) - 6) // 6):
            yield row, column + index, rk_number(struct.unpack_from("<I", payload, 6 + 6 * index)[0])


def _cached_row(payload: bytes) -> Cells:
    """A row of another workbook's cells, kept in this one."""
    cells = Cells()
    if len(payload) < 4:
        return cells
    last, first, row = struct.unpack_from("<BBH", payload)
    position = 4
    for column in range(first, last + 1):
        kind = payload[position : position + 1]
        if kind == b"\1" and position + 9 <= len(payload):
            (value,) = struct.unpack_from("<d", payload, position + 1)
            cells.put(row, column, number_text(value), value)
        if kind != b"\2":
            position += 9
            continue
        count = int.from_bytes(payload[position + 1 : position + 3], "little")
        wide = payload[position + 3 : position + 4] == b"\1"
        end = position + 4 + count * (2 if wide else 1)
        cells.put(row, column, payload[position + 4 : end].decode("utf-16-le" if wide else "latin-1", "replace"))
        position = end
    return cells


def _read_cells(harvest: Harvest, book: Book, data: bytes | None, place: Place) -> None:
    """Tables of all sheets, in order; a sheet that cannot be read is named."""
    lies = any(one.last_row * one.last_column > WHOLE_GRID for one in book.substreams.values())
    try:
        with without_panic():
            workbook = load_workbook(BytesIO(data)) if data and not lies else None
    except DAMAGE:
        workbook = None
    if workbook is None:
        harvest.miss(place, "broken")
        for substream in book.substreams.values():
            harvest.say(swept(place, "\n".join(number_text(value) for _, _, value in substream.values)))
        harvest.say(swept(place, "\n".join(book.strings)))
        return
    for index, (offset, name, hidden) in enumerate(book.sheets):
        where = Place(part=_outer(place), sheet=name, hidden=hidden or None)
        harvest.say([Passage(place=where, text=name)])
        _read_sheet(harvest, workbook, index, book.substreams.get(offset, Substream()), where)


def _outer(place: Place) -> str | None:
    """The file around the stream, where that is not the file that was handed in."""
    outer = (place.part or "").rpartition("!")[0]
    return f"{outer}!" if outer else None


def _read_sheet(harvest: Harvest, workbook: CalamineWorkbook, index: int, substream: Substream, place: Place) -> None:
    try:
        with without_panic():
            cells = gather(workbook.get_sheet_by_index(index))
    except (*DAMAGE, IndexError):
        harvest.miss(place, "broken")
        harvest.say(swept(place, "\n".join(number_text(value) for _, _, value in substream.values)))
        return
    tables = cells.tables(
        place, hidden_rows=frozenset(substream.hidden_rows), hidden_columns=frozenset(substream.hidden_columns)
    )
    harvest.tables += tables
    shown = {(row, column) for column, rows in cells.rows.items() for row in rows}
    numbers = {column: set(values) for column, values in cells.numbers.items()}
    lost = [
        (row, column, value)
        for row, column, value in substream.values
        if (row, column) not in shown or (abs(value) >= 1e8 and value not in numbers[column])
    ]
    harvest.say(
        Passage(place=place.but(cell=f"{letter(column)}{row + 1}", hidden=True), text=number_text(value), swept=True)
        for row, column, value in lost
        if abs(value) >= 1e8
    )


def _say_substream(harvest: Harvest, substream: Substream, place: Place) -> None:
    """Comments by their cells, text boxes, and the rest of the records swept."""
    noted = {number for _, number, _ in substream.notes}
    for cell, number, text in substream.notes:
        harvest.say([Passage(place=place.but(cell=cell), text=substream.boxes.get(number, text))])
    for number, text in substream.boxes.items():
        if number not in noted:
            harvest.say([Passage(place=place, text=text)])
    harvest.say(swept(place, "\n".join(substream.constants)))
    harvest.say(swept(place, text_of_bytes(b"\0\0\0".join(substream.rest))))


def harvest_pivot_cache(harvest: Harvest, stream: bytes, *, place: Place) -> None:
    """The cache behind a pivot table: its strings and numbers, which outlive the sheet they came from."""
    lines = []
    for record in records(stream):
        if record.kind == 0xC9 and len(record.payload) >= 8:
            lines.append(number_text(struct.unpack_from("<d", record.payload)[0]))
        else:
            lines.append(text_of_bytes(record.payload))
    harvest.say(swept(place.but(hidden=True), "\n".join(lines)))
