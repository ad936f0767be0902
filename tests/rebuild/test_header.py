"""Header rows as Indonesian offices lay them out."""

import polars as pl
import pytest

from lumbung.rebuild.header import find_layout, unique_names

PLAIN = [["Kecamatan", "L", "P"], ["Borobudur", "1", "2"], ["Salam", "3", "4"]]
LAYOUTS = {
    "plain": (PLAIN, ("Kecamatan", "L", "P"), 1),
    "titles above": (
        [["PENDUDUK", None, None], ["Tahun 2020", None, None], *PLAIN],
        ("Kecamatan", "L", "P"),
        3,
    ),
    "two lines": (
        [["Kecamatan", "Penduduk", None], [None, "L", "P"], ["Salam", "1", "2"]],
        ("Kecamatan", "Penduduk L", "Penduduk P"),
        2,
    ),
    "two lines, the same words under each group": (
        [["Kecamatan", "Lahir", None, "Mati", None], [None, "L", "P", "L", "P"], ["Salam", "1", "2", "3", "4"]],
        ("Kecamatan", "Lahir L", "Lahir P", "Mati L", "Mati P"),
        2,
    ),
    "years": ([["Kecamatan", "2019", "2020"], ["Salam", "1", "2"]], ("Kecamatan", "2019", "2020"), 1),
    "numbered columns": ([PLAIN[0], ["(1)", "(2)", "(3)"], *PLAIN[1:]], ("Kecamatan", "L", "P"), 2),
    "no header": ([["Salam", "1", "2"], ["Secang", "3", "4"]], ("kolom_1", "kolom_2", "kolom_3"), 0),
    "only numbers": ([["1", "2"], ["3", "4"]], ("kolom_1", "kolom_2"), 0),
    "one row": ([["Kecamatan", "L"]], ("kolom_1", "kolom_2"), 0),
    "same name twice": ([["Desa", "L", "L"], ["Salam", "1", "2"]], ("Desa", "L", "L_2"), 1),
    "a name missing": ([["Desa", None, "P"], ["Salam", "1", "2"]], ("Desa", "kolom_2", "P"), 1),
    "one column": ([["Desa"], ["Salam"]], ("Desa",), 1),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_finds_the_names_and_where_data_begins(layout: str) -> None:
    rows, names, start = LAYOUTS[layout]
    found = find_layout(pl.DataFrame(rows, orient="row", infer_schema_length=None))
    assert (found.names, found.start, found.stop) == (names, start, len(rows))


def test_titles_and_sources_are_notes_and_not_data() -> None:
    rows = [["PENDUDUK 2020", None, None], *PLAIN, ["Sumber: Disdukcapil", None, None]]
    found = find_layout(pl.DataFrame(rows, orient="row"))
    assert found.notes == ("PENDUDUK 2020", "Sumber: Disdukcapil")
    assert (found.start, found.stop) == (2, 4)


def test_a_last_row_that_is_not_a_note_stays_data() -> None:
    assert find_layout(pl.DataFrame([*PLAIN, ["Jumlah", None, "6"]], orient="row")).stop == 4


def test_an_empty_grid_has_no_layout() -> None:
    assert find_layout(pl.DataFrame()).stop == 0


def test_every_name_alike_is_numbered_in_one_pass() -> None:
    names = unique_names(["jumlah"] * 100_000)
    assert names[:3] == ("jumlah", "jumlah_2", "jumlah_3")
    assert len(names) == 100_000


def test_a_number_that_a_name_has_already_is_passed_over() -> None:
    assert unique_names(["a", "a_2", "a", None, "a"]) == ("a", "a_2", "a_3", "kolom_4", "a_4")
