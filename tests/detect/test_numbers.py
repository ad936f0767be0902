"""Numbers of persons and of their things, told by header and shape. What must not fire stands first."""

import pytest

from tests.detect.people import column, found, kinds, table
from tests.detect.test_person_table import NAMES, VILLAGES

OFFICES = [f"SD Negeri {i} Secang" for i in range(8)]
NUMBERS = {
    "npwp": ("NPWP", [f"09.254.294.{i}-407.000" for i in range(8)]),
    "nip": ("NIP", [f"19{60 + i}0{1 + i}12 19{85 + i}03 {1 + i % 2} 00{i}" for i in range(8)]),
    "nisn": ("NISN", [f"005123456{i}" for i in range(8)]),
    "nuptk": ("NUPTK", [f"875576466520000{i}" for i in range(8)]),
    "bpjs": ("No. BPJS", [f"000123456789{i}" for i in range(8)]),
    "bank-account": ("No Rekening", [f"3021-01-00123{i}-53-2" for i in range(8)]),
    "passport": ("No. Paspor", [f"B123456{i}" for i in range(8)]),
    "driving-licence": ("No SIM", [f"8702123456{i}0" for i in range(8)]),
    "vehicle-plate": ("No Polisi", [f"AA {1200 + i} XB" for i in range(8)]),
    "civil-certificate": ("No Akta Lahir", [f"3308-LT-0102199{i}-0012" for i in range(8)]),
    "tax-parcel": ("NOP", [f"33.08.200.013.001-012{i}.0" for i in range(8)]),
    "ktp-chip": ("tag_id_card", [f"0412A3B2C4D{i}80" for i in range(8)]),
}
ONLY_BESIDE_NAMES = ["npwp", "nisn", "nuptk", "bank-account", "vehicle-plate", "tax-parcel"]


def beside(others: list[str], head: str, kind: str) -> list[str]:
    header, values = NUMBERS[kind]
    return kinds(table([[head, header], *[list(row) for row in zip(others, values, strict=True)]]))


@pytest.mark.parametrize("kind", ONLY_BESIDE_NAMES)
def test_a_number_of_an_office_is_not_a_person_s(kind):
    assert beside(OFFICES, "Nama Sekolah", kind) == []


@pytest.mark.parametrize("kind", NUMBERS)
def test_a_header_over_other_cells_says_nothing(kind):
    header = NUMBERS[kind][0]
    assert kind not in kinds(table([["Nama", header], *[[name, "ada"] for name in NAMES]]))
    assert kinds(table([["Desa", f"Jumlah {header}"], *[[name, str(i)] for i, name in enumerate(VILLAGES)]])) == []


@pytest.mark.parametrize("kind", sorted(set(NUMBERS) - {"nip"}))
def test_without_a_header_the_shape_says_nothing(kind):
    assert kind not in kinds(column(NUMBERS[kind][1]))


@pytest.mark.parametrize(
    "values",
    [["2019-01-01 10:20:30"] * 9, ["330820200200010001"] * 9, ["202501010000000001", "202501010000000002"]],
)
def test_long_numbers_that_are_no_nip(values):
    assert "nip" not in kinds(column(values))


@pytest.mark.parametrize("kind", NUMBERS)
def test_a_number_beside_a_name_is_found(kind):
    header, values = NUMBERS[kind]
    grid = table([["No", "Nama", header], *[[str(i), NAMES[i], values[i]] for i in range(8)]])
    (finding,) = [one for one in found(grid) if one.kind == kind]
    assert (finding.hits, finding.of, finding.place.column, finding.evidence["header"]) == (8, 8, "C", 1.0)
    assert all(value not in finding.masked for value in values)


@pytest.mark.parametrize("kind", sorted(set(NUMBERS) - set(ONLY_BESIDE_NAMES)))
def test_some_numbers_need_no_name(kind):
    assert beside([str(i) for i in range(8)], "No", kind) == [kind]


def test_two_numbers_of_civil_servants_need_no_header():
    assert kinds(column([NUMBERS["nip"][1][i] for i in range(2)])) == ["nip"]
    assert kinds(column(["NIP. 196806121992031002", "197008221998032001&nbsp"])) == ["nip"]


def test_a_number_by_contract():
    assert kinds(column(["198801012023211005", "199202022024212010"])) == ["nip"]
