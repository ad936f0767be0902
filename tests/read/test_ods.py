"""OpenDocument spreadsheets: cells with all digits, what is hidden, repetition without a ceiling, other parts."""

import io

import pytest

from lumbung.document import Document, Table
from lumbung.read import Unreadable, read
from tests.read.planted import NIK, package, passages_with, tables_with, zipped

NAMES = "".join(
    f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        *(("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("draw", "drawing")),
        ("manifest", "manifest"),
    )
)
STYLES = (
    '<office:automatic-styles><style:style style:name="ta2" style:family="table"><style:table-properties '
    'table:display="false"/></style:style><style:style style:name="ro0" style:family="table-row">'
    '<style:table-row-properties style:row-height="0cm"/></style:style></office:automatic-styles>'
)
NUMBER = (
    f'<table:table-cell office:value-type="float" office:value="{NIK}"><text:p>3,3E+15</text:p></table:table-cell>'
)
ONE = '<table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>'


def text(content: str, extra: str = "") -> str:
    """A cell with text."""
    return f'<table:table-cell office:value-type="string"{extra}><text:p>{content}</text:p></table:table-cell>'


def row(*cells: str, extra: str = "") -> str:
    return f"<table:table-row{extra}>{''.join(cells)}</table:table-row>"


def sheet(content: str, extra: str = "") -> str:
    return f'<table:table table:name="Data"{extra}>{content}</table:table>'


def content(body: str) -> str:
    """A content part around these sheets."""
    return (
        f"<office:document-content{NAMES}>{STYLES}<office:body><office:spreadsheet>{body}"
        "</office:spreadsheet></office:body></office:document-content>"
    )


def spreadsheet(body: str, others: dict[str, str | bytes] | None = None) -> bytes:
    """A package around these sheets."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content(body),
            **(others or {}),
        }
    )


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


NOTE = f"<office:annotation><text:p>{NIK}</text:p></office:annotation>"
PLACES: list[tuple[str, str, dict[str, str | bytes]]] = [
    ("a comment", sheet(row(f"<table:table-cell>{NOTE}</table:table-cell>")), {}),
    (
        "a shown text that is not the value",
        sheet(
            row(
                f'<table:table-cell office:value-type="float" office:value="1">'
                f"<text:p>{NIK}</text:p></table:table-cell>"
            )
        ),
        {},
    ),
    (
        "a value that is not the shown text",
        sheet(
            row(
                f'<table:table-cell office:value-type="string" office:value="{NIK}">'
                f"<text:p>x</text:p></table:table-cell>"
            )
        ),
        {},
    ),
    ("a string value", sheet(row(f'<table:table-cell office:value-type="string" office:string-value="{NIK}"/>')), {}),
    ("a date that is none", sheet(row(f'<table:table-cell office:value-type="date" office:date-value="{NIK}"/>')), {}),
    (
        "a covered cell",
        sheet(row(ONE, f"<table:covered-table-cell><text:p>{NIK}</text:p></table:covered-table-cell>")),
        {},
    ),
    (
        "a formula",
        sheet(
            row(
                f'<table:table-cell table:formula="of:=&quot;{NIK}&quot;" office:value-type="float" office:value="1"/>'
            )
        ),
        {},
    ),
    (
        "a text box",
        sheet(
            f"<table:shapes><draw:frame><draw:text-box><text:p>{NIK}</text:p></draw:text-box></draw:frame>"
            f"</table:shapes>{row(ONE)}"
        ),
        {},
    ),
    (
        "a text box in a cell",
        sheet(
            row(
                f"<table:table-cell><draw:frame><draw:text-box><text:p>{NIK}</text:p></draw:text-box>"
                "</draw:frame></table:table-cell>"
            )
        ),
        {},
    ),
    (
        "a validation",
        "<table:content-validations><table:content-validation table:condition='of:cell-content-is-in-list"
        f"(&quot;{NIK}&quot;)'/></table:content-validations>" + sheet(row(ONE)),
        {},
    ),
    (
        "a named expression",
        sheet(row(ONE)) + f'<table:named-expressions><table:named-range table:name="n{NIK}"/>'
        "</table:named-expressions>",
        {},
    ),
    (
        "a deleted cell in the history",
        "<table:tracked-changes><table:deletion><table:change-track-table-cell "
        f'office:value="{NIK}"/></table:deletion></table:tracked-changes>' + sheet(row(ONE)),
        {},
    ),
    ("the cache of a link", f"<table:dde-link>{sheet(row(NUMBER))}</table:dde-link>{sheet(row(ONE))}", {}),
    ("a header", sheet(row(ONE)), {"styles.xml": f"<a><header>{NIK}</header></a>"}),
    ("the title", sheet(row(ONE)), {"meta.xml": f"<meta><title>{NIK}</title></meta>"}),
    ("the settings", sheet(row(ONE)), {"settings.xml": f"<s><item>{NIK}</item></s>"}),
    ("a macro", sheet(row(ONE)), {"Basic/Standard/Module1.xml": f"<module>nik = {NIK}</module>"}),
    ("a script", sheet(row(ONE)), {"Scripts/python/x.py": f"nik = {NIK}"}),
    ("a chart's own table", sheet(row(ONE)), {"Object 1/content.xml": content(sheet(row(text(NIK))))}),
    ("a workbook inside", sheet(row(ONE)), {"Object 2": package({"docProps/core.xml": f"<a>{NIK}</a>"})}),
    ("an unknown part", sheet(row(ONE)), {"x/y": b"\0\1" + NIK.encode("utf-16-le")}),
    ("the name of a member", sheet(row(ONE)), {f"x/{NIK}": "x"}),
    ("an XML comment", sheet(row(ONE)) + f"<!-- {NIK} -->", {}),
]


@pytest.mark.parametrize(("what", "body", "others"), PLACES, ids=[what for what, _, _ in PLACES])
def test_a_planted_number_comes_to_light(what: str, body: str, others: dict[str, str | bytes]) -> None:
    document = document_of(body, others)
    assert tables_with(document) or passages_with(document), what


def test_a_comment_is_at_its_cell() -> None:
    (passage,) = passages_with(document_of(sheet(row(ONE, f"<table:table-cell>{NOTE}</table:table-cell>"))))
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
