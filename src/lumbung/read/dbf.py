"""dBase tables, as shapefiles carry them: every row, deleted ones too, memo fields, and the bytes around them.

Sources: dBase III/IV/5 and Visual FoxPro table structure (Library of Congress FDD000325, Microsoft "Table File
Structure"), memo files .dbt and .fpt. Rows that the file calls deleted, and rows behind its own count, are hidden.
"""

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lumbung.document import Passage, Place, Unread
from lumbung.read.grid import frame_of_rows, numbers_of_rows, table
from lumbung.read.json_tables import float_of
from lumbung.read.json_values import Number
from lumbung.read.limits import Limits
from lumbung.read.opened import Opened, Parts
from lumbung.read.sweep import swept, text_of_bytes
from lumbung.read.unreadable import Unreadable

DELETED, END, TERMINATOR = 0x2A, 0x1A, 0x0D
NUMERIC = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
CODEPAGES = {0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x57: "cp1252", 0x58: "cp1252", 0x59: "cp1252"}
MEMOS = "MGBPW"
FOXPRO = (0x30, 0x31, 0x32)
BINARY = {("I", 4): "<i", ("+", 4): ">i", ("O", 8): ">d", ("B", 8): "<d"}
JULIAN_1970 = 2_440_588


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column: its name, its letter, and where in a row it lies."""

    name: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What the header says: the version byte, declared rows, bytes before and in a row, and the fields."""

    version: int
    rows: int
    header: int
    row: int
    fields: tuple[Field, ...]


def read_dbf(opened: Opened, *, codepage: str = "", memo: bytes = b"", wants_memo: bool = True) -> Parts:
    """One table, its header first. `codepage` is what a .cpg file says, `memo` the whole .dbt or .fpt beside it.

    Raise Unreadable("broken", "too-large"). A memo that is not there is named unread, unless not wanted.
    """
    data = opened.data[:]
    shape = _shape(data)
    encoding = _encoding(codepage) or CODEPAGES.get(data[29], "")
    rows, hidden = _rows(data, shape, encoding, memo, opened.limits)
    cells: list[Sequence[str | None]] = [[field.name for field in shape.fields], *rows]
    plain = table(frame_of_rows(cells, limits=opened.limits), place=Place(), numbers=numbers_of_rows(cells, float_of))
    return Parts(
        format="dbf",
        tables=(replace(plain, hidden_rows=frozenset(hidden)),),
        passages=tuple(_around(data, shape, len(rows), memo)),
        unread=tuple(_missing(data, shape, len(rows), wants_memo=wants_memo and not memo)),
    )


def _missing(data: bytes, shape: Shape, rows: int, *, wants_memo: bool) -> Iterator[Unread]:
    """Rows that the header counts and the file has not, for it was cut off; and memos that lie in no file."""
    if rows < shape.rows:
        yield Unread(place=Place(part="(baris dbf)"), why="broken")
    if wants_memo and any(field.kind in MEMOS for field in shape.fields) and _points(data, shape):
        yield Unread(place=Place(part="(memo)"), why="missing")


def _shape(data: bytes) -> Shape:
    if len(data) < 66:
        raise Unreadable("broken")
    version, rows, header, row = struct.unpack("<B3xIHH", data[:12])
    fields, start, position = [], 1, 32
    while position + 32 <= min(header, len(data)) and data[position] != TERMINATOR:
        name = data[position : position + 11].partition(b"\0")[0]
        length, places = data[position + 16], data[position + 17]
        kind = chr(data[position + 11])
        if kind == "C":
            length += places << 8  # long texts, as Clipper and FoxPro write them
        fields.append(Field(name=_decoded(name, ""), kind=kind, start=start, end=start + length))
        start, position = start + length, position + 32
    if not fields or not 0 < header <= len(data) or row < start:
        raise Unreadable("broken")
    return Shape(version=version, rows=rows, header=header, row=row, fields=tuple(fields))


def _rows(
    data: bytes, shape: Shape, encoding: str, memo: bytes, limits: Limits
) -> tuple[list[list[str | None]], list[int]]:
    """All rows that are physically there, and the sheet numbers of those that are deleted or beyond the count."""
    rows: list[list[str | None]] = []
    hidden: list[int] = []
    for number, start in enumerate(range(shape.header, len(data) - shape.row + 1, shape.row)):
        if data[start] not in (0x20, DELETED):
            if number >= shape.rows:
                break
            raise Unreadable("broken")  # rows are not as long as the header says, and cells would be cut anywhere
        record = data[start : start + shape.row]
        rows.append([_cell(record[field.start : field.end], field, shape, encoding, memo) for field in shape.fields])
        if number >= shape.rows or record[0] == DELETED:
            hidden.append(number + 2)
        if len(rows) * len(shape.fields) > limits.cells:
            raise Unreadable("too-large")
    return rows, hidden


def _cell(raw: bytes, field: Field, shape: Shape, encoding: str, memo: bytes) -> str | None:
    binary = BINARY.get((field.kind, len(raw)))
    if field.kind in MEMOS and not (field.kind == "B" and len(raw) == 8 and shape.version in FOXPRO):
        return _memo(raw, memo, shape, encoding)
    if binary:
        return Number(repr(struct.unpack(binary, raw)[0]))
    if field.kind == "Y" and len(raw) == 8:
        return Number(repr(struct.unpack("<q", raw)[0] / 10_000))
    if field.kind in "T@" and len(raw) == 8:
        return _moment(raw)
    text = _decoded(raw, encoding).replace("\0", " ").strip()
    if field.kind in "NF" and NUMERIC.fullmatch(text):
        return Number(text)
    if field.kind == "D" and re.fullmatch(r"\d{8}", text):
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return text or None


def _moment(raw: bytes) -> str | None:
    """A day of the Julian calendar and milliseconds of it."""
    day, milliseconds = struct.unpack("<iI", raw)
    if day == 0:
        return None
    return f"{day - JULIAN_1970} hari sejak 1970-01-01, {milliseconds} milidetik"


def _memo(raw: bytes, memo: bytes, shape: Shape, encoding: str) -> str | None:
    """The text that a row's memo field points to; the bare pointer where there is none."""
    pointer = struct.unpack("<I", raw)[0] if len(raw) == 4 else int(raw) if raw.strip(b" \0").isdigit() else 0
    if not pointer:
        return _decoded(raw, encoding).replace("\0", " ").strip() or None if len(raw) != 4 else None
    if shape.version in (*FOXPRO, 0xF5):
        size = struct.unpack(">H", memo[6:8])[0] or 512 if len(memo) >= 8 else 512
        start = pointer * size
        length = struct.unpack(">I", memo[start + 4 : start + 8])[0] if len(memo) >= start + 8 else 0
        text = memo[start + 8 : start + 8 + length]
    elif memo[pointer * 512 : pointer * 512 + 4] == b"\xff\xff\x08\0":
        start = pointer * 512
        length = struct.unpack("<I", memo[start + 4 : start + 8])[0] if len(memo) >= start + 8 else 8
        text = memo[start + 8 : start + max(8, length)]
    else:
        text = memo[pointer * 512 :].partition(b"\x1a")[0]
    return _decoded(text, encoding).replace("\0", " ").strip() or str(pointer)


def _points(data: bytes, shape: Shape) -> bool:
    """Whether any row points to a memo."""
    fields = [field for field in shape.fields if field.kind in MEMOS]
    starts = range(shape.header, len(data) - shape.row + 1, shape.row)
    return any(data[at + one.start : at + one.end].strip(b" \0") for at in starts for one in fields)


def _around(data: bytes, shape: Shape, rows: int, memo: bytes) -> Iterator[Passage]:
    """The header, what rows hold beside their fields, what lies behind them, and the whole memo file: swept.

    Behind begins where the rows of the header's count or of the file end, whichever is first: a row that was cut off
    is behind.
    """
    yield from swept(Place(part="(kepala dbf)", hidden=True), text_of_bytes(data[: shape.header]))
    used = shape.fields[-1].end
    if used < shape.row:
        starts = range(shape.header, len(data) - shape.row + 1, shape.row)
        between = b"\n".join(data[at + used : at + shape.row] for at in starts)
        yield from swept(Place(part="(sela baris dbf)", hidden=True), text_of_bytes(between))
    behind = shape.header + min(shape.rows, rows) * shape.row
    yield from swept(Place(part="(di belakang baris dbf)", hidden=True), text_of_bytes(data[behind:]))
    yield from swept(Place(part="(memo)", hidden=True), text_of_bytes(memo))


def _encoding(codepage: str) -> str:
    """Python's name for what a .cpg file says; "" where it says nothing that is known."""
    name = codepage.strip().lower().replace("ansi ", "cp").replace("oem ", "cp")
    name = f"cp{name}" if name in ("1252", "1250", "437", "850") else "latin-1" if name == "88591" else name
    return name if name in ("utf-8", "utf8", "cp1252", "cp1250", "cp437", "cp850", "latin-1", "iso-8859-1") else ""


def _decoded(raw: bytes, encoding: str) -> str:
    """Text; what is not of the encoding is read as windows-1252."""
    try:
        return raw.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "lumbung-cp1252")
