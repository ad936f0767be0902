"""Old workbooks: cells with all their digits, what is hidden, and the records and streams beside the cells."""

import io
import struct
from collections.abc import Callable
from datetime import date

import olefile
import pytest
import xlwt

from lumbung.document import Document
from lumbung.read import Unreadable, read, xls
from lumbung.read.biff import rk_number
from tests.read.planted import NIK, passages_with, tables_with
from tests.read.planted_compound import with_stream
from tests.read.planted_xls import saved, with_record


def opened(data: bytes) -> Document:
    return read(io.BytesIO(data), name="berkas.xls")


def document_of(build: Callable[[xlwt.Workbook], None]) -> Document:
    return opened(saved(build))


def one_cell(book: xlwt.Workbook) -> None:
    book.add_sheet("Data").write(2, 3, int(NIK))


def test_a_number_keeps_every_digit_and_its_place() -> None:
    (table,) = document_of(one_cell).tables
    assert table.texts.to_dict(as_series=False) == {"D": [NIK]}
    assert table.numbers["D"].to_list() == [float(NIK)]
    assert table.first_row == 3


def test_texts_dates_and_booleans() -> None:
    def build(book: xlwt.Workbook) -> None:
        sheet = book.add_sheet("Data")
        sheet.write(0, 0, "0123")
        sheet.write(1, 0, date(2020, 1, 2), xlwt.easyxf(num_format_str="YYYY-MM-DD"))
        sheet.write(2, 0, True)
        sheet.write(3, 0, 0.1)

    (table,) = document_of(build).tables
    assert table.texts["A"].to_list() == ["0123", "2020-01-02 00:00:00", "true", "0.1"]
    assert table.numbers["A"].to_list() == [None, None, None, 0.1]


@pytest.mark.parametrize("state", [1, 2])
def test_hidden_sheets_are_read_and_said_to_be_hidden(state: int) -> None:
    def build(book: xlwt.Workbook) -> None:
        book.add_sheet("Muka").write(0, 0, 1)
        sheet = book.add_sheet("Belakang")
        sheet.visibility = state
        sheet.write(0, 0, NIK)

    (table,) = tables_with(document_of(build))
    assert (table.place.sheet, table.place.hidden) == ("Belakang", True)


def test_hidden_rows_and_columns() -> None:
    def build(book: xlwt.Workbook) -> None:
        sheet = book.add_sheet("Data")
        for row in range(3):
            for column in range(4):
                sheet.write(row, column, row + column)
        sheet.row(1).hidden = True
        sheet.col(2).hidden = True
        sheet.col(3).width = 0

    (table,) = document_of(build).tables
    assert table.hidden_rows == {2}
    assert table.hidden_columns == {"C", "D"}


def test_a_string_that_no_cell_shows_comes_to_light() -> None:
    def build(book: xlwt.Workbook) -> None:
        book.add_sheet("Data").write(0, 0, 1)
        book.add_str(f"lama {NIK}")

    found = passages_with(document_of(build))
    assert found
    assert found[0].place.hidden


def test_a_string_that_a_cell_shows_is_not_said_twice() -> None:
    document = document_of(lambda book: book.add_sheet("Data").write(0, 0, NIK))
    assert tables_with(document)
    assert not passages_with(document)


def test_many_strings_across_continued_records() -> None:
    texts = [f"{'é' * (i % 90)}{'中' * (i % 7)} baris {i}" for i in range(3000)]

    def build(book: xlwt.Workbook) -> None:
        sheet = book.add_sheet("Data")
        for row, text in enumerate(texts):
            sheet.write(row, 0, text)
        book.add_str(NIK)

    document = document_of(build)
    assert document.tables[0].texts["A"].to_list() == texts
    assert passages_with(document)


def test_an_encrypted_workbook_is_refused() -> None:
    with pytest.raises(Unreadable) as refusal:
        opened(with_record(saved(one_cell), 0x2F, b"\0" * 6))
    assert refusal.value.code == "encrypted"


def test_sectors_that_belong_to_nothing_come_to_light() -> None:
    data = saved(one_cell)
    loose = (NIK.encode() * 40)[:512]
    table = data.find(b"\xfd\xff\xff\xff")  # the table's entry for itself
    assert table > 0
    assert passages_with(opened(data + loose)) or opened(data + loose).unread


def test_numbers_of_four_bytes() -> None:
    assert rk_number(0x3FF00000) == 1.0
    assert rk_number(0x004C4B42) == 1250000.0
    assert rk_number(((-5 & 0x3FFFFFFF) << 2) | 2) == -5.0
    assert rk_number((12345 << 2) | 3) == 123.45


@pytest.mark.parametrize("keep", [600, 1200, 2000])
def test_a_cut_workbook_is_never_clean(keep: int) -> None:
    try:
        document = opened(saved(one_cell)[:keep])
    except Unreadable:
        return
    assert document.unread or tables_with(document)


def test_a_sheet_that_lies_about_its_size_is_named_and_swept() -> None:
    """Memory would be asked for by what it says of itself."""
    size = struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0)
    document = opened(with_record(saved(one_cell), 0x200, size))
    assert [missed.why for missed in document.unread] == ["broken"]
    assert passages_with(document)


def test_a_chain_of_sectors_that_runs_in_a_circle_is_not_followed_by_the_reader_of_cells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = bytearray(with_stream(saved(one_cell), "Lain", bytes(5000)))
    with olefile.OleFileIO(io.BytesIO(bytes(data))) as found:
        start = next(one.isectStart for one in found.direntries if one and one.name == "Lain")
        (table,) = struct.unpack_from("<I", data, 76)
    struct.pack_into("<I", data, (table + 1) * 512 + 4 * (start + 9), start)
    monkeypatch.setattr(xls, "load_workbook", lambda file: pytest.fail("asked"))
    assert "broken" in {part.why for part in opened(bytes(data)).unread}
