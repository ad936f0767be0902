"""Asking a table: filters, words, order, pages, and what cannot be read."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from lumbung.portal.catalogue.columns import Role, columns_of, has_region_codes
from lumbung.portal.catalogue.rows import Question, matching, number_of, pieces, read

TABLE = pl.DataFrame(
    {
        "kode_desa": ["99.01.01.2001", "99.01.01.2002", "99.01.02.2001", "99.01.02.2002"],
        "nama": ["Argaloka", "lintang (baru)", None, "ÉLOK"],
        "tahun": [2022, 2023, 2023, 2022],
        "jumlah": [1200, None, 75, 2000],
        "luas_km2": [1.5, 2.25, 3.0, 4.0],
    }
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "tabel.parquet"
    TABLE.write_parquet(path, row_group_size=2)
    return path


def names(path: Path, **asked: object) -> list[object]:
    return [row[1][0] for row in read(path, Question(**asked)).rows]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1.234,5", 1234.5), ("1.234", 1234), ("1234,5", 1234.5), ("12.5", 12.5), ("-7", -7), ("x", None),
     ("1,2,3", None), ("1e9", None), ("²", None), ("9" * 30, None), ("", None)],
)  # fmt: skip
def test_numbers_as_they_are_typed(typed: str, number: float | None) -> None:
    assert number_of(typed) == number


@pytest.mark.parametrize(
    ("column", "typed", "fitting"),
    [("jumlah", "1.200", ["Argaloka"]), ("jumlah", ">75", ["Argaloka", "ÉLOK"]), ("jumlah", "<=75", [None]),
     ("jumlah", "75..1.200", ["Argaloka", None]), ("luas_km2", "2,25", ["lintang (baru)"]),
     ("nama", "(BARU", ["lintang (baru)"]), ("nama", "élok", ["ÉLOK"]), ("nama", ".*", []),
     ("kode_desa", "02.20", [None, "ÉLOK"]), ("tahun", "=2022", ["Argaloka", "ÉLOK"])],
)  # fmt: skip
def test_a_filter_for_a_column(table: Path, column: str, typed: str, fitting: list[object]) -> None:
    assert names(table, filters=((column, typed),)) == fitting


def test_a_filter_that_is_no_number_is_named_and_not_used(table: Path) -> None:
    page = read(table, Question(filters=(("jumlah", "banyak"), ("tidak ada", "x"))))
    assert (page.misread, page.found) == (["jumlah"], 4)


@pytest.mark.parametrize(
    ("words", "fitting"),
    [("arga", ["Argaloka"]), ("99.01.01 2023", ["lintang (baru)"]), ("2.000", ["ÉLOK"]),
     ("arga lintang", []), ("(", ["lintang (baru)"])],
)  # fmt: skip
def test_every_word_must_stand_somewhere_in_the_row(table: Path, words: str, fitting: list[object]) -> None:
    assert names(table, words=words) == fitting


def test_order_puts_nothing_last_and_keeps_ties(table: Path) -> None:
    assert names(table, order="nama") == ["Argaloka", "lintang (baru)", "ÉLOK", None]
    assert names(table, order="jumlah", descending=True) == ["ÉLOK", "Argaloka", None, "lintang (baru)"]
    assert names(table, order="tahun") == ["Argaloka", "ÉLOK", "lintang (baru)", None]
    assert names(table, order="tidak ada") == TABLE["nama"].to_list()


def test_pages_of_what_fits(table: Path) -> None:
    page = read(table, Question(order="luas_km2", descending=True, page=2, size=3))
    assert ([row[1][0] for row in page.rows], page.page, page.pages) == (["Argaloka"], 2, 2)
    assert (page.previous_page, page.next_page) == (1, None)
    assert read(table, Question(page=10**9)).page == 1


def test_a_year_is_no_quantity_and_a_code_no_number(table: Path) -> None:
    page = read(table, Question())
    assert page.styles == ["text", "text", "plain", "figure", "figure"]


def test_a_table_without_rows(tmp_path: Path) -> None:
    path = tmp_path / "kosong.parquet"
    TABLE.clear().write_parquet(path)
    page = read(path, Question(words="a", order="nama"))
    assert (page.found, page.pages, page.rows) == (0, 1, [])
    assert sum(piece.height for piece in pieces(path, Question())) == 0


def test_pieces_are_the_matching_rows_in_the_order_of_the_file(table: Path) -> None:
    question = Question(filters=(("tahun", "2023"),), order="nama")
    assert pl.concat(pieces(table, question)).equals(matching(table, question).collect())
    assert next(iter(pieces(table, question)))["nama"].to_list() == ["lintang (baru)", None]


def test_a_header_of_number_signs_is_not_mistaken_for_our_own(tmp_path: Path) -> None:
    path = tmp_path / "aneh.parquet"
    pl.DataFrame({"#": [3, 1, 2], "##": ["c", "a", "b"]}).write_parquet(path)
    assert [row[1][0] for row in read(path, Question(order="#")).rows] == ["a", "b", "c"]


def test_what_headers_tell() -> None:
    schema = {
        "Tahun": pl.Int64(), "JK": pl.String(), "Kelompok Umur": pl.String(), "kode_wilayah": pl.String(),
        "Luas (ha)": pl.Float64(), "capaian_persen": pl.Float64(), "bujur": pl.Float64(),
        "Jumlah Tahun 2023": pl.Int64(),
    }  # fmt: skip
    columns = columns_of(schema)
    assert [one.role for one in columns] == [
        Role.YEAR, Role.SEX, Role.AGE, Role.CODE, Role.MEASURE, Role.MEASURE, Role.POSITION, Role.MEASURE,
    ]  # fmt: skip
    assert [one.unit for one in columns[4:6]] == ["ha", "persen"]
    assert [one.rate for one in columns[4:6]] == [False, True]
    assert has_region_codes(columns)


def test_yes_and_no_are_looked_through_as_well(tmp_path: Path) -> None:
    path = tmp_path / "ya.parquet"
    pl.DataFrame({"nama": ["A", "B"], "aktif": [True, False], "sejak": [date(2024, 1, 2), None]}).write_parquet(path)
    assert [row[0][0] for row in read(path, Question(words="true")).rows] == ["A"]
    assert [row[0][0] for row in read(path, Question(filters=(("aktif", "false"),))).rows] == ["B"]
    assert [row[0][0] for row in read(path, Question(words="2024-01")).rows] == ["A"]
