"""Binary workbook packages: the records beside the cells, and the workbooks of another project."""

import io
import struct
from pathlib import Path

import pytest

from lumbung.read import read
from lumbung.read.xlsb import CELLS, COLUMN, ROW, SHEET, beside_cells, records
from tests.read.planted import NIK, opened, passages_with, relations, zipped


def record(kind: int, payload: bytes) -> bytes:
    """A record as MS-XLSB 2.1.4 writes it: kind and size in groups of seven bits."""
    numbers = b""
    for value in (kind, len(payload)):
        while value > 0x7F:
            numbers += bytes([value & 0x7F | 0x80])
            value >>= 7
        numbers += bytes([value])
    return numbers + payload


def row(number: int, *, hidden: bool = False, height: int = 300) -> bytes:
    return record(ROW, struct.pack("<IIHBBB", number, 0, height, 0, 0x10 if hidden else 0, 0))


def column(first: int, last: int, *, flags: int = 0, width: int = 2304) -> bytes:
    return record(COLUMN, struct.pack("<IIIIH", first, last, width, 0, flags))


def wide(text: str) -> bytes:
    """A counted UTF-16LE string."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def test_records_come_back_as_they_were_written() -> None:
    written = [(0, b""), (7, b"abc"), (156, b"x" * 300), (2071, b"y" * 20_000)]
    assert list(records(b"".join(record(kind, payload) for kind, payload in written))) == written


@pytest.mark.parametrize("cut", [1, 2, 3, 7])
def test_cut_records_end_the_walk(cut: int) -> None:
    assert len(list(records(record(156, b"x" * 300)[:cut]))) == 1


def test_hidden_rows_and_columns() -> None:
    data = (
        row(0) + row(4, hidden=True) + row(5, height=0) + column(0, 1) + column(2, 3, flags=1) + column(4, 4, width=0)
    )
    rows, columns, _ = beside_cells(data)
    assert rows == {5, 6}
    assert columns == {"C", "D", "E"}


def test_what_is_no_plain_cell_is_left_for_the_sweep() -> None:
    for kind in (8, 9, 500):
        assert NIK.encode("utf-16-le") in beside_cells(record(kind, wide(NIK)))[2]
    for kind in CELLS:
        assert not beside_cells(record(kind, wide(NIK)))[2]


def test_a_workbook_that_calamine_cannot_open_is_named_and_swept() -> None:
    members = {
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.bin")),
        "xl/workbook.bin": record(SHEET, struct.pack("<II", 1, 1) + wide("rId1") + wide("Data")),
        "xl/_rels/workbook.bin.rels": relations(("rId1", "worksheet", "worksheets/sheet1.bin")),
        "xl/worksheets/sheet1.bin": record(6, struct.pack("<II", 0, 0) + wide(NIK)),
    }
    document = opened(zipped(members))
    assert document.format == "xlsb"
    assert document.unread
    assert passages_with(document)
    assert any(p.place.sheet == "Data" and p.place.hidden for p in document.passages)


@pytest.mark.shared
def test_binary_workbooks_of_another_project_have_cells(shared: Path) -> None:
    folder = shared / "corpora" / "hostile" / "tafia+calamine"
    for name in ("date.xlsb", "issue_186.xlsb", "any_sheets.xlsb"):
        document = read(io.BytesIO((folder / name).read_bytes()), name=name)
        assert document.format == "xlsb"
        assert document.tables, name
