"""The name of a place may itself be a value."""

from time import process_time

import pytest

from lumbung.document import Place
from lumbung.judge.labels import scrub, scrub_place


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Rekap 2019", "Rekap 2019"),
        ("2016-2017", "2016-2017"),
        ("Triwulan 1, 2, 3 dan 4", "Triwulan 1, 2, 3 dan 4"),
        ("3308130504909001", "••••••••••••••••"),
        ("NIK_3308130504909001.jpg", "NIK_••••••••••••••••.jpg"),
        ("3308.1305.0490.9001", "••••.••••.••••.••••"),  # in groups of four
        ("33 08 13 05 04 90 90 01", "•• •• •• •• •• •• •• ••"),
        ("Rumah 081234567890", "Rumah ••••••••••••"),
        ("budi.s@gmail.com", "•@•"),
        ("surat ke budi@desa.id ya", "surat ke •@• ya"),
        ("a\x00b\x1b[31mc\u202e\u200bd", "a b [31mc d"),  # NUL, escape, right-to-left override, zero-width space
        ("baris\nbaru\ttab", "baris baru tab"),
        ("x" * 61, "x" * 59 + "…"),
        ("٣٣٠٨١٣٠٥٠٤٩٠٩٠٠١", "••••••••••••••••"),  # Arabic-Indic digits
    ],
)
def test_scrub(label: str, expected: str) -> None:
    assert scrub(label) == expected


def test_rows_columns_and_cells_keep_their_shape() -> None:
    place = Place(column="AB", row="5-1204, 1300", cell="AB5", page=2, hidden=True)
    assert scrub_place(place) == place


@pytest.mark.parametrize(
    "place",
    [
        Place(column="3308130504909001"),
        Place(row="3308130504909001"),
        Place(cell="A3308130504909001"),
        Place(row="SITI"),
        Place(page="3308130504909001"),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_row_column_or_cell_is_left_out(place: Place) -> None:
    assert scrub_place(place) == Place()


def test_a_long_list_of_rows_ends_in_an_ellipsis() -> None:
    rows = ", ".join(str(row) for row in range(2, 100, 3))
    shortened = scrub_place(Place(row=rows)).row
    assert shortened and len(shortened) <= 60 and shortened.endswith(", …") and rows.startswith(shortened[:-3])
    assert scrub_place(Place(row="2-4, 9 …")).row == "2-4, 9 …"


def test_a_name_of_a_million_letters_is_not_searched_to_its_end() -> None:
    begun = process_time()
    assert len(scrub("a" * 1_000_000)) == 60
    assert process_time() - begun < 1
