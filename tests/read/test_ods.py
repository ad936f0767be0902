"""OpenDocument spreadsheets: cells with all digits, what is hidden, repetition without a ceiling, other parts."""

import io

import pytest

from lumbung.document import Document, Table
from lumbung.read import Unreadable, read
from tests.read.planted import NIK, passages_with, tables_with, zipped
from tests.read.planted_ods import NAMES, ONE, content, note, number, row, sheet, spreadsheet, text

NUMBER = number(NIK)


def opened(data: bytes) -> Document:
    return read(io.BytesIO(data), name="berkas.ods")


def document_of(body: str, others: dict[str, str | bytes] | None = None) -> Document:
    return opened(spreadsheet(body, others))


def table_of(rows: str, extra: str = "") -> Table:
    (table,) = document_of(sheet(rows, extra)).tables
    return table


def test_a_number_keeps_every_digit_whatever_is_shown() -> None:
    table = table_of(row(NUMBER, ONE))
    assert table.texts.row(0) == (NIK, "1")
    assert table.numbers.columns == ["A", "B"]


def test_kinds_of_cells() -> None:
    table = table_of(
        row(
            text("0123"),
            '<table:table-cell office:value-type="date" office:date-value="2020-01-02"><text:p>2 Jan</text:p>'
            "</table:table-cell>",
            '<table:table-cell office:value-type="percentage" office:value="0.5"><text:p>50%</text:p>'
            "</table:table-cell>",
            "<table:table-cell><text:p>tanpa jenis</text:p></table:table-cell>",
            text('dua<text:s text:c="3"/>kata'),
            text(f"<text:span>{NIK[:6]}</text:span>{NIK[6:]}"),
            '<table:table-cell office:value-type="float" office:value="9171010101999001"/>',
        )
    )
    assert table.texts.row(0) == ("0123", "2020-01-02", "0.5", "tanpa jenis", "dua   kata", NIK, "9171010101999001")
    assert table.numbers.columns == ["C", "G"]


def test_a_sheet_that_begins_elsewhere_keeps_its_rows_and_letters() -> None:
    empty = '<table:table-cell table:number-columns-repeated="27"/>'
    table = table_of(row(empty, extra=' table:number-rows-repeated="4"') + row(empty, NUMBER))
    assert (table.first_row, table.texts.columns) == (5, ["AB"])


def test_repeated_cells_and_rows_are_unfolded() -> None:
    repeated = text("x", ' table:number-columns-repeated="3"')
    table = table_of(row(repeated, extra=' table:number-rows-repeated="2"') + row(ONE))
    assert table.texts.rows() == [("x", "x", "x"), ("x", "x", "x"), ("1", None, None)]


def test_empty_repetition_costs_nothing() -> None:
    rest = '<table:table-cell table:number-columns-repeated="16383"/>'
    table = table_of(row(ONE, rest) + row(rest, extra=' table:number-rows-repeated="1048575"'))
    assert table.texts.shape == (1, 1)


def test_repetition_without_a_ceiling_is_named() -> None:
    bomb = row(text(NIK, ' table:number-columns-repeated="16384"'), extra=' table:number-rows-repeated="1048576"')
    document = document_of(sheet(bomb))
    assert [missed.why for missed in document.unread] == ["too-large"]


@pytest.mark.parametrize("how", ['table:visibility="collapse"', 'table:visibility="filter"', 'table:style-name="ro0"'])
def test_hidden_rows(how: str) -> None:
    table = table_of(row(ONE) + row(NUMBER, extra=f" {how}") + row(ONE))
    assert table.hidden_rows == {2}


def test_a_folded_group_hides_its_rows() -> None:
    group = f'<table:table-row-group table:display="false">{row(NUMBER)}</table:table-row-group>'
    assert table_of(row(ONE) + group + row(ONE)).hidden_rows == {2}


def test_hidden_columns() -> None:
    columns = (
        '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    )
    assert table_of(columns + row(ONE, ONE, ONE, ONE)).hidden_columns == {"B", "C"}


def test_a_hidden_sheet() -> None:
    assert table_of(row(NUMBER), ' table:style-name="ta2"').place.hidden is True


def test_a_comment_is_at_its_cell() -> None:
    (passage,) = passages_with(document_of(sheet(row(ONE, f"<table:table-cell>{note(NIK)}</table:table-cell>"))))
    assert (passage.place.sheet, passage.place.cell, passage.swept) == ("Data", "B1", False)


def test_what_a_cell_shows_is_not_said_twice() -> None:
    document = document_of(sheet(row(NUMBER, text(NIK))))
    assert tables_with(document)
    assert not passages_with(document)
    assert not document.unread


def test_an_encrypted_document_is_refused() -> None:
    manifest = f"<manifest:manifest{NAMES}><manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    with pytest.raises(Unreadable) as refusal:
        document_of(sheet(row(ONE)), {"META-INF/manifest.xml": manifest + "</manifest:manifest>"})
    assert refusal.value.code == "encrypted"


def test_broken_content_is_named_and_swept() -> None:
    data = zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content(sheet(row(NUMBER)))[:-40],
        }
    )
    document = opened(data)
    assert [(missed.place.part, missed.why) for missed in document.unread] == [("content.xml", "broken")]
    assert passages_with(document)


def test_a_document_without_content_is_not_clean() -> None:
    data = zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "meta.xml": "<a/>"})
    assert [missed.why for missed in opened(data).unread] == ["broken"]


def test_pictures_and_thumbnails_are_named() -> None:
    picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0"
    document = document_of(sheet(row(ONE)), {"Pictures/1.png": picture, "Thumbnails/thumbnail.png": picture})
    assert {missed.why for missed in document.unread} == {"broken"}


@pytest.mark.parametrize(
    ("attributes", "held"),
    [
        ('table:formula="of:=CHAR(51)&amp;[.A1]"', True),
        ('table:formula="of:=CHAR(51)&amp;[.A1]" office:value-type="string" office:string-value=""', False),
        ('table:formula="of:=SUM([.A1:.A9])"', False),
    ],
)
def test_a_formula_without_its_result_is_named_where_it_makes_texts(attributes: str, held: bool) -> None:
    document = document_of(sheet(row(ONE, f"<table:table-cell {attributes}/>")))
    assert ("formula" in {part.why for part in document.unread}) is held
