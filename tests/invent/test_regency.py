"""The regency is on no map, and its tables add up."""

import csv
from pathlib import Path

import pytest

from lumbung.invent.offices import AGENCIES, APPOINTEES, DOMAIN
from lumbung.invent.regency import NAME, invent_regency, share_out
from lumbung.invent.tables import Statistic, invent_statistics

REGENCY = invent_regency()
STATISTICS = invent_statistics(REGENCY)


def test_it_has_the_shape_of_a_regency() -> None:
    assert len(REGENCY.districts) == 21
    assert 300 <= len(REGENCY.villages) <= 372
    names = [village.name for village in REGENCY.villages]
    kodes = [village.kode for village in REGENCY.villages]
    assert len(set(names)) == len(names)
    assert len(set(kodes)) == len(kodes)
    assert all(kode.startswith("99.01.") and len(kode) == 13 for kode in kodes)


def test_the_same_regency_twice() -> None:
    assert invent_regency() == REGENCY


@pytest.mark.shared
def test_no_name_is_the_name_of_a_real_place(shared: Path) -> None:
    with (shared / "corpora/reference/wilayah_kemendagri_2025.csv").open() as file:
        real = {row["nama"].lower().replace(" ", "") for row in csv.DictReader(file)}
    ours = [NAME, *(district.name for district in REGENCY.districts), *(village.name for village in REGENCY.villages)]
    assert not [name for name in ours if name.lower().replace(" ", "") in real]


@pytest.mark.parametrize(("total", "weights"), [(10, [1, 1, 1]), (0, [3, 1]), (7, [0.1] * 9), (1_000_003, [3, 5, 9])])
def test_shares_add_up(total: int, weights: list[float]) -> None:
    assert sum(share_out(total, weights)) == total


def test_about_sixty_datasets_with_names_of_their_own() -> None:
    assert 60 <= len(STATISTICS) <= 70
    assert len({one.title for one in STATISTICS}) == len({one.file_name for one in STATISTICS}) == len(STATISTICS)
    assert {one.format for one in STATISTICS} == {"xlsx", "xls", "ods", "csv"}


@pytest.mark.parametrize("one", STATISTICS, ids=lambda one: one.title)
def test_each_is_fully_described_by_an_agency_with_somebody_in_it(one: Statistic) -> None:
    words = (one.title, one.description, one.theme, one.period, one.source, one.unit, one.licence, one.frequency)
    assert all(words)
    assert one.office in {agency.short for agency in AGENCIES}
    assert one.office in {somebody.office for somebody in APPOINTEES}
    assert len(one.sheets[0].rows) > one.sheets[0].head


def test_the_pyramid_is_the_population() -> None:
    pyramid = STATISTICS[0].sheets[0].rows[-1]
    assert pyramid[-1] == sum(REGENCY.weights) == int(str(pyramid[1])) + int(str(pyramid[2]))


def test_bottom_lines_are_the_sums_of_their_rows() -> None:
    checked = 0
    for one in STATISTICS:
        part = one.sheets[0]
        if part.rows[-1][1] == NAME and one.unit != "persen":
            sums = [
                sum(float(str(row[index])) for row in part.rows[part.head : -1])
                for index in range(2, len(part.rows[-1]))
            ]
            assert sums == [float(str(cell)) for cell in part.rows[-1][2:]], one.title
            checked += 1
    assert checked > 12


def test_nobody_in_office_has_a_real_address() -> None:
    assert DOMAIN.endswith(".example")
    assert len({somebody.email for somebody in APPOINTEES}) == len(APPOINTEES)
    roles = {"produsen", "walidata", "ppdp", "petugas_piket", "petugas_layanan", "admin", "penelusur"}
    assert {somebody.role for somebody in APPOINTEES} == roles
