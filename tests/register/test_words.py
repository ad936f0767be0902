"""Code lists with their spellings, birth dates in every hand, rows in few words."""

from datetime import date

import polars as pl
import pytest

from lumbung.invent import codes as invented
from lumbung.register import codes, dates, numbers
from lumbung.register.report import where

AT = date(2026, 6, 30)
LISTS = {
    "agama": invented.RELIGION, "status_kawin": invented.MARITAL, "hubungan": invented.RELATION,
    "pendidikan": invented.EDUCATION, "golongan_darah": invented.BLOOD, "kewarganegaraan": invented.CITIZENSHIP,
    "pekerjaan": invented.OCCUPATION, "jenis_kelamin": invented.SEX, "status_dasar": invented.STATE,
}  # fmt: skip


@pytest.mark.parametrize("field", LISTS)
def test_every_label_and_every_code_of_the_offices_lists_is_known(field: str) -> None:
    for code, label in LISTS[field].items():
        assert codes.code_of(label, field) == codes.code_of(f" {label.title()} ", field) == code
        assert codes.code_of(str(code), field) == codes.code_of(f"{code}.0", field) == code


@pytest.mark.parametrize(
    ("field", "word", "code"),
    [
        ("agama", "Katolik", 3), ("agama", "BUDDHA", 5), ("agama", "Kong Hu Cu", 6), ("pendidikan", "S1", 8),
        ("pendidikan", "SLTA/Sederajat", 5), ("pendidikan", "Strata II", 9), ("pendidikan", "STRATA I", 8),
        ("hubungan", "Isteri", 3), ("hubungan", "ORANG TUA", 7), ("golongan_darah", "ab+", 9),
        ("golongan_darah", "O -", 12), ("pekerjaan", "IRT", 2), ("pekerjaan", "PNS", 5), ("jenis_kelamin", "Pr", 2),
        ("status_kawin", "Kawin Tercatat", 2), ("pekerjaan", "Penjinak awan", None), ("agama", "8", None),
        ("agama", "0", None), ("pekerjaan", "90", None),
    ],
)  # fmt: skip
def test_spellings(field: str, word: str, code: int | None) -> None:
    assert codes.code_of(word, field) == code


def test_two_diplomas_are_not_the_third() -> None:
    assert codes.code_of("DIPLOMA I / II", "pendidikan") == codes.code_of("Diploma I/II", "pendidikan") == 6
    assert codes.code_of("DIPLOMA III", "pendidikan") == 7


@pytest.mark.parametrize(
    "text",
    ["1990-05-04", "1990-05-04 00:00:00", "04-05-1990", "4/5/1990", "04|05|1990", "04.05.1990", "4 Mei 1990",
     "04-MEI-1990", "TIRTALOKA, 04-05-1990", "32997", "32997.0", "04/05/90", "4 mei 90"],
)  # fmt: skip
def test_birth_dates_in_every_hand(text: str) -> None:
    assert dates.to_dates(pl.Series([text]), at=AT).to_list() == [date(1990, 5, 4)]


@pytest.mark.parametrize("text", ["", "-", "00-00-0000", "31-02-1990", "besok", "0000-00-00", "12", "1990"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert dates.to_dates(pl.Series([text]), at=AT).to_list() == [None]


def test_a_column_that_writes_the_month_first_is_read_so() -> None:
    assert dates.to_dates(pl.Series(["05/04/1990", "12/31/1990"]), at=AT).to_list()[0] == date(1990, 5, 4)


def test_whole_years() -> None:
    born = pl.Series([date(2008, 6, 30), date(2008, 7, 1), date(2008, 2, 29), date(2026, 7, 1)])
    assert dates.ages(born, at=AT).to_list() == [18, 17, 18, -1]


def test_numbers_are_cleaned_and_never_mended() -> None:
    told = pl.Series(
        ["3308201203909001", "'3308201203909001", "3308.20.120390.9001", "3.30820E+15", "0", "0330820", None]
    )
    assert numbers.clean(told).to_list() == ["3308201203909001"] * 3 + [None] * 4
    assert numbers.is_damaged(told).to_list() == [False, False, False, True, False, False, False]
    assert numbers.is_placeholder(told).to_list() == [False] * 4 + [True, True, False]


def test_rows_in_few_words() -> None:
    assert where([(0, 5), (0, 6), (0, 9)], sheets=1) == "5-6, 9"
    assert where([(0, 5), (2, 7)], sheets=3) == "#1: 5; #3: 7"
    assert where(((0, row) for row in range(1, 100, 2)), sheets=1).endswith(", …")
