"""Delimited text: whatever was written comes back, cell for cell."""

import csv
import io
import string

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbung.document import Document, Table
from lumbung.read import Limits, Unreadable, read

ENCODINGS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "cp1252"),
)
TABLE = "no;nama;jumlah\n1;Desa Café;2,5\n2;Desa Ngablak;3,1\n"


def rows_of(data: bytes, **limits: int) -> list[list[str | None]]:
    return grid(table_of(data, **limits).texts)


def table_of(data: bytes, **limits: int) -> Table:
    (table,) = document_of(data, **limits).tables
    return table


def document_of(data: bytes, **limits: int) -> Document:
    return read(io.BytesIO(data), name="berkas", limits=Limits(**limits))


def grid(frame: pl.DataFrame) -> list[list[str | None]]:
    return [trimmed(list(row)) for row in frame.rows()]


def trimmed(row: list[str | None]) -> list[str | None]:
    """Without empty cells at the end, which no delimited text can tell from absent ones."""
    cells = [cell or None for cell in row]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_gives_the_same_table(encoding: str) -> None:
    assert rows_of(TABLE.encode(encoding)) == [
        ["no", "nama", "jumlah"],
        ["1", "Desa Café", "2,5"],
        ["2", "Desa Ngablak", "3,1"],
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~", "#", "*", "\x1f"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_end_is_found(delimiter: str, end: str) -> None:
    rows = [["kode", "nama", "nilai"], ["33.08", "Magelang", "1.5"], ["33.09", "Boyolali", "2.5"]]
    assert rows_of(end.join(delimiter.join(row) for row in rows).encode()) == rows


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a,b\n1,2,3,4\n5\n", [["a", "b"], ["1", "2", "3", "4"], ["5"]]),  # longer and shorter rows
        (b'a,b\n"x,2\n3,4\n5,6\n', [["a", "b"], ['"x', "2"], ["3", "4"], ["5", "6"]]),  # quotation mark never closed
        (b'a,b\n"x"y,2\n3,4\n', [["a", "b"], ["xy", "2"], ["3", "4"]]),  # text behind a closing quotation mark
        (b'a,b\n5" pipa,2\n3,4\n', [["a", "b"], ['5" pipa', "2"], ["3", "4"]]),  # an inch in a bare cell
        (b'a,b\n"x\n\ny",2\n', [["a", "b"], ["x\n\ny", "2"]]),  # lines inside a cell
        (b'a,b\n"x\ry",2\n', [["a", "b"], ["x\ry", "2"]]),  # a bare return inside a cell
        (b'a,b\n"",2\n,\n', [["a", "b"], [None, "2"], []]),  # quoted and bare emptiness are both empty
        (b"a,b\n\n\n1,2\n\n", [["a", "b"], [], [], ["1", "2"], []]),  # blank lines keep the row numbers true
        (b"\n\na,b\n1,2\n", [[], [], ["a", "b"], ["1", "2"]]),
        (b" a , b\n 1 ,2 \n", [[" a ", " b"], [" 1 ", "2 "]]),  # blanks are content
        (b"a,b\n1\x002,\x003\n", [["a", "b"], ["12", "3"]]),  # NUL characters vanish, digits close up
        (b"sep=;\na,x;b\n1;2\n", [["sep=;"], ["a,x", "b"], ["1", "2"]]),
        (
            b"DATA DESA\nTahun 2024\n\nno;nama\n1;x\n2;y\n",
            [["DATA DESA"], ["Tahun 2024"], [], ["no", "nama"], *[["1", "x"], ["2", "y"]]],
        ),
        (b"NULL,NA\nnan,null\n", [["NULL", "NA"], ["nan", "null"]]),  # words, not emptiness
        (b"#a,b\n1,2\n", [["#a", "b"], ["1", "2"]]),  # no comment
        (b"x^y\n1^2\n", [["x", "y"], ["1", "2"]]),  # looks like the head of a zlib stream
        (b"satu baris saja", [["satu baris saja"]]),
        (b"a\nb\n\nc\n", [["a"], ["b"], [], ["c"]]),
        (b"007,0012\n1e5,3308990101809001\n", [["007", "0012"], ["1e5", "3308990101809001"]]),  # never a number
    ],
)
def test_nothing_is_dropped_from_odd_text(data: bytes, expected: list[list[str | None]]) -> None:
    if data.startswith(b"sep"):
        expected = [["sep=", None], *expected[1:]]
    assert rows_of(data) == [trimmed(row) for row in expected]


@pytest.mark.parametrize(
    "data",
    [
        b"nama,nik\nx,3308990101809001\n\xff\xfe\x80,3308990101809002\n",  # no UTF-8 in the middle
        "nama,nik\nCafé,1\n".encode() + "Café,3308990101809002\n".encode("cp1252"),  # two encodings glued
        b"a,b\n1,2\n" + "3,3308990101809002\n".encode("utf-16-le"),
        "a,b\n1,2\n".encode("utf-16-le") + b"3,3308990101809002\n",
        "a,b\n1,2\n".encode("utf-16-le") + b"x" + "3,3308990101809002\n".encode("utf-16-le"),  # out of step by a byte
    ],
)
def test_a_number_survives_damaged_encoding(data: bytes) -> None:
    try:
        document = document_of(data)
    except Unreadable as refusal:
        assert refusal.code == "unknown-format"
        return
    text = "\n".join(passage.text for passage in document.passages) + str(grid(document.tables[0].texts))
    assert "3308990101809002" in text


@pytest.mark.parametrize("data", [b"", b"\n", b" \r\n\t\n", b"\xef\xbb\xbf\n", b"\0\0 \n"])
def test_nothing_but_blanks_is_an_empty_file(data: bytes) -> None:
    with pytest.raises(Unreadable) as refusal:
        document_of(data)
    assert refusal.value.code in ("empty-file", "unknown-format")


@pytest.mark.parametrize(
    ("data", "limits"),
    [
        (b"a,b\n" * 100, {"bytes": 99}),
        (b",".join([b"1"] * 200) + b"\n", {"columns": 100}),
        (b"a,b\n" + b"\n" * 5000, {"cells": 1000}),
        (b"a,b\n" * 500 + b"," * 90, {"cells": 10_000}),  # one long row makes every row long
        (b'"a",b\n' * 500 + b"," * 90, {"cells": 10_000}),
    ],
)
def test_over_the_ceiling_is_too_large(data: bytes, limits: dict[str, int]) -> None:
    with pytest.raises(Unreadable) as refusal:
        document_of(data, **limits)
    assert refusal.value.code == "too-large"


def test_a_stray_quotation_mark_cannot_swallow_a_register() -> None:
    register = 'nama,alamat\n"Sekar,x\n' + "Bayu,Krajan\n" * 300 + 'Tirta,y"\nWulan,z\n'
    assert table_of(register.encode()).texts.height == 304


def test_a_row_longer_than_the_sample_showed_is_kept() -> None:
    data = b"a,b\n" * 100_000 + b"1,2,3,3308990101809001\n" + b"a,b\n" * 100_000
    assert table_of(data).texts.row(100_000) == ("1", "2", "3", "3308990101809001")


def test_a_late_wrong_byte_does_not_lose_the_table() -> None:
    data = b"a,b\n" * 200_000 + b"\xe9,3308990101809001\n"
    assert table_of(data).texts.row(-1) == ("é", "3308990101809001")


FAR = "1;Desa Ngablak;3\n" * 12_000  # more than is looked at before a text is parsed


@pytest.mark.parametrize("size", [1, 30], ids=["looked at by the reader", "looked at in a thread beside it"])
@pytest.mark.parametrize(
    ("odd", "expected"),
    [
        ('2;"Desa; Baru";4\n', ["2", "Desa; Baru", "4"]),
        ('3;"Desa\nLama";5\n', ["3", "Desa\nLama", "5"]),
        ("4;Desa\0 Tua;6\n", ["4", "Desa Tua", "6"]),
        ('5;"Desa\0 Muda";7;8;9\n', ["5", "Desa Muda", "7", "8", "9"]),
    ],
    ids=["a quoted delimiter", "a quoted line end", "an empty character", "both in a longer row"],
)
def test_what_stands_far_down_is_read_as_at_the_top(size: int, odd: str, expected: list[str]) -> None:
    far = FAR * size
    rows = table_of((far + odd + far).encode()).texts
    assert trimmed(list(rows.row(12_000 * size))) == expected
    assert rows.height == 24_000 * size + 1


def test_one_very_long_line_is_one_row() -> None:
    assert table_of(b"x" * 20_000_000).texts.item().count("x") == 20_000_000


def test_format_says_what_it_is() -> None:
    assert [document_of(data).format for data in (b"a,b\n1,2\n", b"a\tb\n1\t2\n", b"a\nb\n")] == ["csv", "tsv", "text"]


def test_the_name_is_a_passage_and_decides_nothing() -> None:
    document = read(io.BytesIO(b"a,b\n1,2\n"), name="3308990101809001.xlsx")
    assert document.format == "csv"
    assert document.passages[0].text == "3308990101809001.xlsx"
    assert document.passages[0].place.part == "nama berkas"


LETTERS = string.ascii_letters + string.digits + " .-/'\"\n\r,;\t|^é"
CELLS = st.text(alphabet=LETTERS, max_size=12)
ROWS = st.lists(st.lists(CELLS, min_size=2, max_size=6), min_size=1, max_size=12)


@settings(max_examples=300, deadline=None)
@given(
    rows=ROWS,
    delimiter=st.sampled_from(",;\t|^"),
    encoding=st.sampled_from(ENCODINGS),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_whatever_csv_writes_comes_back_cell_for_cell(
    rows: list[list[str]], delimiter: str, encoding: str, end: str
) -> None:
    """A regular body around the odd rows tells the delimiter, as it does in any real table.

    With bare line feeds the csv module writes a carriage return without quotation marks; nobody can read that back.
    """
    rows = [[cell.replace("\r", "") if end == "\n" else cell for cell in row] for row in rows]
    plain = [["kode", "nama", "nilai"], *([["1", "x", "y"]] * 25)]
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter, lineterminator=end).writerows([*plain, *rows, *plain])
    expected = [trimmed(list(row)) for row in [*plain, *rows, *plain]]
    assert rows_of(written.getvalue().encode(encoding)) == expected


@settings(max_examples=300, deadline=None)
@given(
    text=st.text(alphabet=LETTERS + "\0\ufeff€", min_size=1, max_size=200),
    encoding=st.sampled_from(["utf-8", "utf-16"]),
)
def test_no_digit_is_ever_lost(text: str, encoding: str) -> None:
    try:
        document = document_of(("desa,nilai\n" * 3 + text).encode(encoding))
    except Unreadable:
        return
    kept = "".join(cell or "" for table in document.tables for row in table.texts.rows() for cell in row)
    swept = "".join(passage.text for passage in document.passages)
    digits = [character for character in text if character.isdecimal()]
    assert [character for character in kept + swept if character.isdecimal()] == digits
