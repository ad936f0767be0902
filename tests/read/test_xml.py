"""XML of any kind, and the workbook of 2003."""

import io

import pytest

from lumbung.document import Document
from lumbung.read import Limits, Unreadable, read
from tests.hiding.spreadsheetml import cell, sheet, workbook


def opened(text: str | bytes, **limits: int) -> Document:
    data = text if isinstance(text, bytes) else text.encode()
    return read(io.BytesIO(data), name="", limits=Limits(**limits))


def test_records_become_rows_under_the_names_of_their_elements() -> None:
    document = opened(
        '<data tahun="2026"><desa kode="1"><nama>Sari</nama><luas><sawah>3</sawah></luas></desa>'
        '<desa kode="2"><nama>Jati</nama><telp>1</telp><telp>2</telp></desa><ket>akhir</ket></data>'
    )
    (table,) = document.tables
    assert table.place.path == "/data/desa"
    assert table.texts.rows() == [
        ("kode", "nama", "luas.sawah", "telp", "telp (2)"),
        ("1", "Sari", "3", None, None),
        ("2", "Jati", None, "1", "2"),
    ]
    assert {"tahun: 2026", "ket: akhir"} <= {passage.text for passage in document.passages}


def test_records_in_records_have_a_table_of_their_own() -> None:
    household = "<kk><no>{}</no><anggota><nama>A</nama></anggota><anggota><nama>B</nama></anggota></kk>"
    document = opened(f"<d>{household.format(1)}{household.format(2)}</d>")
    assert {table.place.path: table.texts.height for table in document.tables} == {"/d/kk": 3, "/d/kk/anggota": 5}


def test_many_plain_elements_are_a_column() -> None:
    (table,) = opened("<d>" + "".join(f"<n>{n}</n>" for n in range(9)) + "</d>").tables
    assert table.texts["A"].to_list()[:3] == ["(isi)", "0", "1"]


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><d>&e;</d>',
        '<!DOCTYPE d [<!ENTITY e "x"><!ENTITY f "&e;&e;&e;">]><d>&f;</d>',
        '<?xml version="1.0" encoding="UTF-16"?><d>x</d>',
        "<d>&unknown;\x01</d>",
    ],
)
def test_a_document_type_or_damage_is_named_unread(text: str) -> None:
    assert [missed.why for missed in opened(text).unread] == ["broken"]


def test_nothing_is_included() -> None:
    include = '<d xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></d>'
    assert not any("root:" in passage.text for passage in opened(include).passages)


def test_nesting_without_end_is_a_bomb() -> None:
    with pytest.raises(Unreadable) as refusal:
        opened("<d>" * 1000 + "</d>" * 1000)
    assert refusal.value.code == "bomb"


def test_a_workbook_of_2003_has_its_sheets() -> None:
    document = opened(workbook(sheet(cell("Number", ' ss:Index="3"')), sheet("", name="Lain"))("12.50"))
    assert document.format == "spreadsheetml"
    data = document.tables[0]
    assert data.place.sheet == "Data"
    assert data.texts.rows() == [("Wage", "3", None), (None, None, "12.50")]
    assert data.numbers["C"].to_list() == [None, 12.5]
    assert {table.place.sheet for table in document.tables} == {"Data", "Lain"}


def test_merged_cells_push_the_next_one() -> None:
    merged = (
        '<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">judul</Data></Cell>'
        '<Cell><Data ss:Type="String">x</Data></Cell></Row>'
    )
    assert opened(workbook(sheet(merged))("")).tables[0].texts.columns == ["A", "B", "D"]


@pytest.mark.parametrize("index", ["0", "-1", "x", "99999999"])
def test_an_address_outside_every_sheet_is_broken(index: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        opened(workbook(sheet(cell(marks=f' ss:Index="{index}"')))("x"))
    assert refusal.value.code == "broken"


def test_a_workbook_in_another_language_is_xml() -> None:
    document = opened("<Workbook><buku><judul>x</judul></buku><buku><judul>y</judul></buku></Workbook>")
    assert document.format == "xml"
    assert document.tables
