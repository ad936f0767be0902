"""HTML tables: spans, nesting, hidden rows, entities, and everything around them."""

import io

import pytest

from lumbung.document import Document
from lumbung.read import Limits, Unreadable, read

Rows = list[tuple[str | None, ...]]


def document_of(html: str, encoding: str = "utf-8", **limits: int) -> Document:
    return read(io.BytesIO(html.encode(encoding)), name="berkas.xls", limits=Limits(**limits))


def tables_of(html: str) -> list[Rows]:
    return [table.texts.rows() for table in document_of(html).tables]


@pytest.mark.parametrize(
    ("html", "tables"),
    [
        ("<table><tr><td>a<td>b<tr><td>1", [[("a", "b"), ("1", None)]]),
        (
            "<table><tr><th rowspan=2>No<th colspan=2>Warga<tr><td>L<td>P</table>",
            [[("No", "Warga", None), (None, "L", "P")]],
        ),
        (
            "<table><tr><td>&#51;&#x33;08<b>99</b>0101<i>80</i>&nbsp;9001</td></tr></table>",
            [[("330899010180\xa09001",)]],
        ),
        ("<table><tr><td>\n   Nama\n   Lengkap<br>Warga</td></tr></table>", [[("Nama Lengkap\nWarga",)]]),
        ("<table><tr><td>a<table><tr><td>in</table>z<td>b</table>", [[("in",)], [("az", "b")]]),
        ("<table><tr><td colspan=-1 rowspan=x>a</table>", [[("a",)]]),
        ("<table></table><table><td>a</table>", [[("a",)]]),
    ],
)
def test_cells_lie_where_a_browser_shows_them(html: str, tables: list[Rows]) -> None:
    assert tables_of(html) == tables


@pytest.mark.parametrize("cell", ["8<b>3308204102999001</b>", "8</t/ml>3308204102999001<i>"])
def test_a_number_glued_to_another_text_of_its_cell_is_told_apart(cell: str) -> None:
    document = document_of(f"<table><tr><th>Jumlah<tr><td>{cell}</table>")
    assert [one.text for one in document.passages if one.place.part == "potongan sel"] == ["3308204102999001"]


def test_a_comment_parts_what_stands_around_it() -> None:
    document = document_of("<p>Krajan8<!-- dusun -->3308204102999001</p>")
    texts = [passage.text for passage in document.passages if passage.swept]
    assert any("3308204102999001" in text.split("\n") for text in texts)


def test_everything_outside_cells_is_a_passage() -> None:
    document = document_of(
        "<title>judul</title><!-- komentar --><script>kode()</script><p title='atribut'>teks"
        "<table x:num='angka'><caption>nama tabel</caption>liar<tr><td>sel</table>ekor<textarea>kotak</textarea>"
    )
    text = "\n".join(passage.text for passage in document.passages)
    for word in ("judul", "komentar", "kode()", "atribut", "teks", "angka", "nama tabel", "liar", "ekor", "kotak"):
        assert word in text
    assert {passage.place.part for passage in document.passages if passage.place.hidden} == {
        "komentar",
        "skrip dan gaya",
        "atribut",
    }


def test_hidden_rows_and_tables_are_said_to_be_hidden() -> None:
    rows, table = document_of(
        "<table><tr><td>a<tr style='mso-height:0; display : none'><td>b</table><table hidden><tr><td>c</table>"
    ).tables
    assert (rows.hidden_rows, rows.place.hidden, table.place.hidden) == (frozenset({2}), None, True)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_the_bytes_and_not_the_meta_element_say_the_encoding(encoding: str) -> None:
    html = "<html><meta charset=koi8-r><table><tr><td>Café" + " " * 50 + "</table></html>"
    assert document_of(html, encoding).tables[0].texts.item() == "Café"


def test_no_entity_is_fetched_or_unfolded() -> None:
    html = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/hostname">]><table><tr><td>&a;</table>'
    assert document_of(html).tables[0].texts.item() == "&a;"


def test_absurd_nesting_is_read_to_the_bottom() -> None:
    document = document_of("<div>" * 5000 + "<table><tr><td>3308990101809001</table>" + "</div>" * 5000 + "ekor")
    assert document.tables[0].texts.item() == "3308990101809001"
    assert "ekor" in document.passages[1].text
    assert document.unread == ()


@pytest.mark.parametrize(
    "cell",
    [
        "<td title='" + "x" * 12_000_000 + "3308990101809001'>a",  # libxml2 drops an attribute of this length
        "<td title=a title=3308990101809001>a",  # and the second of one name, as the standard says
    ],
)
def test_what_the_parser_loses_is_swept_and_the_file_unread(cell: str) -> None:
    document = document_of(f"<table><tr>{cell}</table>")
    assert [part.why for part in document.unread] == ["broken"]
    assert any(passage.swept and "3308990101809001" in passage.text for passage in document.passages)


@pytest.mark.parametrize("html", ["<div>" * 20_000, "<table><tr><td>" * 300, "<table><td>x</table>" * 11_000])
def test_absurd_numbers_of_elements_are_a_bomb(html: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        document_of(html)
    assert refusal.value.code == "bomb"


@pytest.mark.parametrize(
    ("html", "limits"),
    [
        ("<table><tr>" + "<td colspan=1000>" * 100, {}),
        ("<table>" + ("<tr>" + "<td colspan=1000>" * 10) * 50, {"cells": 100_000}),
        ("<table><tr><td rowspan=65534 colspan=1000>" + "<tr><td>x" * 500, {"cells": 100_000}),
        ("<table><tr><td>" + "x" * 1000, {"html_bytes": 100}),
    ],
)
def test_spans_cannot_explode(html: str, limits: dict[str, int]) -> None:
    with pytest.raises(Unreadable) as refusal:
        document_of(html, **limits)
    assert refusal.value.code == "too-large"


def passages_of(html: str) -> dict[str | None, str]:
    return {passage.place.part: passage.text for passage in document_of(f"<html>{html}").passages}


def test_elements_that_begin_a_line_part_what_they_hold() -> None:
    html = "<dl><dt>Sukamaju<dd>1.200<dt>Krajan<dd>900</dl><select><option>Januari<option>Februari</select>"
    lines = passages_of(html)["teks di luar tabel"].split()
    assert lines == ["Sukamaju", "1.200", "Krajan", "900", "Januari", "Februari"]


def test_elements_in_a_line_are_its_columns_where_nothing_stands_between_them() -> None:
    row = "<div><span>Sukamaju</span><span>33</span><b>08</b></div>"
    assert passages_of(row * 9)["teks di luar tabel"].split() == ["Sukamaju3308"] * 9
    assert passages_of(row * 9)["lajur di luar tabel"].split("\n")[1] == "Sukamaju\t33\t08"
    assert "lajur di luar tabel" not in passages_of("<p>Desa <b>Sukamaju</b> dan <i>Krajan</i></p>" * 9)
