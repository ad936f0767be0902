"""What a spreadsheet would run, and what it must be left alone."""

from time import process_time

import polars as pl
import pytest

from lumbung.rebuild.formulas import defused

DANGEROUS = [
    ("=1+1", "'=1+1"),
    ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
    ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1+1", "'\t'=1+1"),
    ("\r=1+1", "'\r'=1+1"),
    ("  =1+1", "  '=1+1"),  # some spreadsheets trim first
    ("＝1+1", "'＝1+1"),  # full-width
    ("baik;=1+1", "baik;'=1+1"),  # an Indonesian spreadsheet splits at the semicolon
    ("baik\n=1+1", "baik\n'=1+1"),
    ('=HYPERLINK("http://x.example";"klik")', '\'=HYPERLINK("http://x.example";"klik")'),
    ("-5 orang", "'-5 orang"),
    ("+62 812", "'+62 812"),
    ("\ufeff=1+1", "\ufeff'=1+1"),  # a mark that a spreadsheet drops where the file begins with it
    ("\u2060=1+1", "\u2060'=1+1"),
    ("\x01=1+1", "\x01'=1+1"),
    ("baik;\"=cmd|' /C calc'!A0;b", "baik;\"'=cmd|' /C calc'!A0;b"),  # RFC 4180 writes the mark twice: an empty text
    ("-1.5E-05 m", "'-1.5E-05 m"),
]
HARMLESS = [
    "-5",
    "+5",
    "-1.5E-05",
    "-1e5",
    "+62812345",
    "-1.234,5",
    "-",
    "--",
    "Borobudur",
    "a=b",
    "2020-2021",
    "ibu@desa.example",
    "1;2",
    "",
    "'=1",
]


@pytest.mark.parametrize(("cell", "made"), DANGEROUS)
def test_a_formula_is_made_text_in_a_cell_and_in_a_header(cell: str, made: str) -> None:
    assert defused(pl.DataFrame({"a": [cell]})).item() == made
    assert defused(pl.DataFrame({cell: ["a"]})).columns == [made]


@pytest.mark.parametrize("cell", HARMLESS)
def test_what_is_no_formula_stays_as_it_is(cell: str) -> None:
    assert defused(pl.DataFrame({"a": [cell]})).item() == cell


def test_numbers_are_not_touched() -> None:
    assert defused(pl.DataFrame({"a": [-5, None]}))["a"].to_list() == [-5, None]


def test_two_headings_that_become_alike_are_told_apart() -> None:
    assert defused(pl.DataFrame({"=a": ["1"], "'=a": ["2"]})).columns == ["'=a", "'=a_2"]


def test_a_cell_of_tabs_takes_no_time() -> None:
    begun = process_time()
    defused(pl.DataFrame({"a": ["\t" * 200_000 + "x;=1"]}))
    assert process_time() - begun < 2
