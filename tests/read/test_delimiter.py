"""Which character parts the cells, where more than one would do."""

import pytest

from lumbung.read.delimiter import delimiter_of

VOTER = "3308201510749687,SURYONO,08|03|1967,P"


@pytest.mark.parametrize(
    ("lines", "delimiter"),
    [
        (["NIK,Nama,Tanggal Lahir,L/P", *[VOTER] * 9], ","),  # bars inside the dates of a voter list
        (["DAFTAR PEMILIH", "NIK,Nama,Tanggal Lahir,L/P", *[VOTER] * 9], ","),
        (["desa;nilai", *["Argaloka;1,5"] * 9], ";"),  # decimal commas
        (["Kab. Tirtaloka, 2023", "desa;nilai;nisbah", *["Argaloka;1,5;2,5"] * 9], ";"),
        (
            ["NO,NIK,NAMA", *["1,3308201510749687&nbsp,SURYONO", "3308201510749687&nbsp,"] * 9],
            ",",
        ),  # & is rare
        (["desa\tcatatan", *["Argaloka\ta; b"] * 9], "\t"),
    ],
)
def test_the_header_decides_between_equals(lines: list[str], delimiter: str) -> None:
    assert delimiter_of(lines) == delimiter
