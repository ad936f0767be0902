"""Tall tables are asked column by column, most of them in a hurry: one cell far down must still be found."""

import polars as pl
import pytest

from lumbung.detect.reduced import LOW, reduced
from tests.detect.people import found, nik, table

HEIGHT = LOW + 1_000
DEEP = LOW + 500
FILLINGS = {
    "integers": lambda row: str(row),
    "repeated": lambda row: ("ISLAM", "HINDU", "BUDHA")[row % 3],
    "dates": lambda row: f"{1 + row % 28:02}-{1 + row % 12:02}-{1990 + row % 17}",
    "amounts": lambda row: f"{row}.09000000000003" if row % 3 else f"{row},5",
    "texts": lambda row: f"Sawah blok {row}",
    "empty": lambda _: None,
}
PLANTED = {
    "nik": (
        nik(woman=True),
        "330820 410290 9001",
        "33.08.20.41.02.90.9001",
        f"milik {nik()}",
        f"'{nik()}",
        nik() + ".0",
    ),
    "phone": (
        "081234567890",
        "6281234567890",
        "+6281234567890",
        "0812-3456-7890",
        "hp 0812 3456 7890",
        "(0812)3456789",
    ),
    "e-mail": ("siti.lestari9001@gmail.com",),
}


def column_of(filling: str, planted: str | None = None, *, height: int = HEIGHT, row: int = DEEP):
    """A table of one filled column, with one cell of it planted."""
    cells = [FILLINGS[filling](index) for index in range(height)]
    if planted is not None:
        cells[row] = planted
    return table([["Keterangan"], *([cell] for cell in cells)])


@pytest.mark.parametrize("filling", FILLINGS)
@pytest.mark.parametrize(("kind", "planted"), [(kind, cell) for kind, cells in PLANTED.items() for cell in cells])
def test_one_cell_far_down_is_found(filling: str, kind: str, planted: str) -> None:
    findings = [one for one in found(column_of(filling, planted)) if one.kind == kind]
    assert [one.hits for one in findings] == [1]
    assert findings[0].place.row == str(DEEP + 2)


@pytest.mark.parametrize("filling", FILLINGS)
def test_nothing_is_found_where_nothing_stands(filling: str) -> None:
    assert found(column_of(filling)) == ()


def test_telephone_numbers_below_their_header_are_counted_whatever_they_lost() -> None:
    lost = ("081234567890", "81234567890", "6281234567890", "0311234567", "812345")
    rows = [[f"{lost[row % 5]}"] for row in range(HEIGHT)]
    (finding,) = (one for one in found(table([["No HP"], ["0812-3456-7890"], *rows])) if one.kind == "phone")
    assert finding.hits == 1 + HEIGHT * 3 // 5


def test_filled_cells_are_those_that_are_not_empty() -> None:
    rows = [[nik(serial=row, day=1 + row % 28, woman=row % 2 == 0)] if row % 2 else [None] for row in range(HEIGHT)]
    (finding,) = (one for one in found(table([["NIK"], *rows])) if one.kind == "nik")
    assert (finding.hits, finding.of) == (HEIGHT // 2, HEIGHT // 2)


@pytest.mark.parametrize(
    ("cells", "integers", "figures"),
    [
        (["1", "22", "+62812"], True, True),
        (["1.5", "2,5", "01-02-1990", "1/2"], False, True),
        (["1.5", "x"], False, False),
        (["1.5", "1 2"], False, False),
        (["1.5", "٣.١"], False, False),
        ([None], True, True),
    ],
)
def test_what_a_column_is_made_of(cells: list[str | None], integers: bool, figures: bool) -> None:
    column = pl.Series("A", ["1.5" if figures and not integers else None] * HEIGHT + cells, dtype=pl.String)
    short = reduced(column.to_frame())["A"]
    assert (short.integers, short.figures) == (integers, figures)
