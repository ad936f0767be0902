"""Invented residents: nobody's numbers, plausible lives, the same from the same seed."""

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from lumbung.invent import invent_households, nik, nomor_kk, people, temporary
from lumbung.invent.origins import ELSEWHERE, HOMES, RETIRED

HOUSEHOLDS = invent_households(seed=7, count=1200)
PEOPLE = [one for _, one in people(HOUSEHOLDS)]
ISSUED = [one for one in PEOPLE if len(one.nik) == 16 and not one.nik.startswith("0990")]


@pytest.mark.parametrize("serial", [0, 1, 8999, 10_000])
def test_a_serial_that_might_be_somebodys_is_refused(serial: int) -> None:
    with pytest.raises(ValueError, match="9000"):
        nik(region="330820", birth=date(1990, 1, 2), female=False, serial=serial)
    with pytest.raises(ValueError, match="9000"):
        temporary(village="99.01.01.2001", serial=serial)


@pytest.mark.parametrize("region", ["33082", "3308200", "33082x", ""])
def test_a_region_is_six_digits(region: str) -> None:
    with pytest.raises(ValueError, match="six digits"):
        nomor_kk(region=region, recorded=date(2011, 1, 2), serial=9000)


def test_every_number_ends_in_an_unissued_serial() -> None:
    numbers = [one.nik for one in PEOPLE if one.nik != "0"] + [home.kk for home in HOUSEHOLDS]
    assert all(9000 <= int(number[-4:]) <= 9999 for number in numbers)
    assert all(len(number) == 16 for number in numbers)


def test_numbers_are_given_once() -> None:
    issued = [one.nik for one in ISSUED] + [home.kk for home in HOUSEHOLDS]
    assert len(issued) == len(set(issued))


def test_the_number_carries_sex_and_mostly_the_birth_date() -> None:
    assert all((int(one.nik[6:8]) > 40) == one.female for one in ISSUED)
    agreeing = sum(one.nik[8:12] == f"{one.birth:%m%y}" for one in ISSUED) / len(ISSUED)
    assert 0.96 < agreeing < 1, "a corrected birth date leaves the number as it was"


def test_regions_are_home_elsewhere_and_a_few_retired() -> None:
    shares = Counter(
        "home" if one.nik[:6] == HOMES[0] else "retired" if one.nik[:6] in RETIRED else "elsewhere" for one in ISSUED
    )
    assert shares["home"] / len(ISSUED) > 0.75
    assert 0.004 < shares["retired"] / len(ISSUED) < 0.02


def test_ages_and_sexes_are_those_of_a_village() -> None:
    children = sum(one.age < 15 for one in PEOPLE) / len(PEOPLE)
    elders = sum(one.age >= 60 for one in PEOPLE) / len(PEOPLE)
    assert 0.18 < children < 0.33
    assert 0.05 < elders < 0.15
    assert 0.47 < sum(one.female for one in PEOPLE) / len(PEOPLE) < 0.54


def test_children_know_their_parents_and_are_younger() -> None:
    for home in HOUSEHOLDS:
        by_nik = {one.nik: one for one in home.members}
        for child in home.members:
            mother = by_nik.get(child.mother_nik)
            if mother and child.mother_nik != "0":
                assert mother.name == child.mother
                assert mother.birth.year < child.birth.year - 16


def test_missing_and_temporary_numbers_occur() -> None:
    assert any(one.nik == "0" for one in PEOPLE)
    assert any(one.nik.startswith("09901012001") for one in PEOPLE)
    assert any(one.mother == "-" for one in PEOPLE)


def test_the_same_seed_gives_the_same_people() -> None:
    assert invent_households(seed=7, count=30) == invent_households(seed=7, count=30)
    assert invent_households(seed=8, count=30) != invent_households(seed=7, count=30)


def test_phones_have_prefixes_of_no_operator() -> None:
    assert all(re.fullmatch(r"083[4579]\d{7,8}", one.phone) for one in PEOPLE if one.phone)


@pytest.mark.shared
def test_region_codes_are_real_or_truly_retired(shared: Path) -> None:
    with (shared / "corpora/reference/wilayah_kemendagri_2025.csv").open() as file:
        known = {row["kode"].replace(".", "") for row in csv.DictReader(file) if row["level"] == "kecamatan"}
    assert {*HOMES, *ELSEWHERE} <= known
    assert not known & set(RETIRED)
