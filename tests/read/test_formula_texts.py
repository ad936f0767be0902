"""Formulas that join texts. What says nothing stands first."""

import pytest

from lumbung.document import Place
from lumbung.read.formula_texts import joined_texts, unsolved
from tests.detect.people import nik

NUMBER = nik()
CELLS = {("A", 1): NUMBER[:6], ("B", 1): NUMBER[6:], ("C", 1): NUMBER}


def said(formula: str, *, cell: str = "D4") -> list[str]:
    """What is said of one formula."""
    look = lambda sheet, column, row: CELLS.get((column, row), "")  # noqa: E731
    return [passage.text for passage in joined_texts({formula: cell}, Place(sheet="Data"), look)]


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(A1:B1)",
        'IF(A1="x","a","b")',
        '"3308"&"2001"',
        "A1+B1",
        'A1&" "&Z9',
        'CONCATENATE("a"',
        '"' * 5000,
        "'" * 100_000,
        "CONCAT(" * 500,
    ],
)
def test_nothing_is_said(formula):
    assert said(formula) == []


def test_what_its_cell_shows_is_not_said_again():
    assert said("A1&B1", cell="C1") == []


def test_a_formula_of_thousands_of_cells_does_not_grow():
    (text,) = said("&".join(["A1"] * 5000))
    assert len(text) <= 4000


@pytest.mark.parametrize(
    "formula",
    [
        "A1&B1",
        "$A$1 & B$1",
        f'"{NUMBER[:6]}"&B1',
        f'IF(1=1,"{NUMBER[:6]}"&"{NUMBER[6:]}","")',
        f'CONCATENATE("{NUMBER[:6]}",B1)',
        "of:=CONCATENATE([.A1];[.B1])",
        "of:=[.A1]&[.B1]",
        '_xlfn.TEXTJOIN("",TRUE,A1,B1)',
        'TEXTJOIN("";TRUE();A1;B1)',
        f"_xlfn.CONCAT({NUMBER[:6]},{int(NUMBER[6:]):010})",
    ],
)
def test_a_number_is_put_together(formula):
    assert said(formula) == [NUMBER]


@pytest.mark.parametrize(
    "formula", ["CONCAT(A1:B1)", "Lain!A1&Lain!B1", "'Lembar Dua'!$A$1&B1", "of:=[$Lain.A1]&[.B1]"]
)
def test_ranges_and_other_sheets_are_put_together(formula):
    assert said(formula) == [NUMBER]


def test_a_joined_cell_is_joined_further_and_a_circle_ends():
    look = lambda sheet, column, row: CELLS.get((column, row), "")  # noqa: E731
    results = {"E1": f'A1&"{NUMBER[6:9]}"', "F1": f"E1&{NUMBER[9:]}", "G1": "H1&1", "H1": "G1&2"}
    formulas = {formula: cell for cell, formula in results.items()}
    texts = [passage.text for passage in joined_texts(formulas, Place(sheet="Data"), look, results)]
    assert texts == [NUMBER]


@pytest.mark.parametrize(
    ("formula", "may_tell"),
    [
        ("SUM(A1:A9)", False),
        ("A2/B2*100000", False),
        ("SUM('2019'!A1,'2020'!A1,'2021'!A1)", False),
        ('"Desa "&A2', False),
        ("A2*10^8+B2", True),
        ("A2*100000000+B2", True),
        ("CHAR(51)&A2", True),
        ('TEXT(A1,"0")&B1', True),
        ("(A1&B1)", True),
    ],
)
def test_a_text_that_is_worked_out_in_another_way_is_unsolved(formula, may_tell):
    assert unsolved([formula]) is may_tell


@pytest.mark.parametrize("formula", ["'" * 8000, '"' * 8000, "[A1:" * 2000, "CONCAT(" * 1000, "'" * 100_000])
def test_odd_signs_do_not_take_for_ever(formula):
    assert unsolved([formula]) in (True, False)
