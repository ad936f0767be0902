"""Formulas that join texts. What says nothing stands first."""

import pytest

from lumbung.document import Place
from lumbung.read.formula_texts import joined_texts
from tests.detect.people import nik

NUMBER = nik()
CELLS = {("A", 1): NUMBER[:6], ("B", 1): NUMBER[6:], ("C", 1): NUMBER}


def said(formula: str, *, cell: str = "D4") -> list[str]:
    """What is said of one formula."""
    look = lambda column, row: CELLS.get((column, row), "")  # noqa: E731
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
