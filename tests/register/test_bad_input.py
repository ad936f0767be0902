"""Registers as they really are: each trouble is told by count and row, and gives no table that should not be."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from lumbung.document import Document, Place, Table
from lumbung.invent import Cell, Household, Sheet, invent_households, people
from tests.register.conftest import AT, NAMED, Open, counted, noted

Row = dict[str, Cell]


def changed(households: tuple[Household, ...], change: Callable[[list[Row]], list[Row]]) -> tuple[Sheet, ...]:
    """OpenSID's export with its rows changed as records."""
    (page,) = NAMED["opensid-ekspor"].build(households)
    heads = [str(cell) for cell in page.rows[0]]
    rows = change([dict(zip(heads, row, strict=True)) for row in page.rows[1:]])
    return (page.but(rows=(page.rows[0], *(tuple(row[head] for head in heads) for row in rows))),)


def with_each(numbers: dict[int, Row]) -> Callable[[list[Row]], list[Row]]:
    """Some rows (from 0) with other cells."""
    return lambda rows: [row | numbers.get(number, {}) for number, row in enumerate(rows)]


@pytest.fixture(scope="module")
def village() -> tuple[Household, ...]:
    return invent_households(seed=7, count=60)


@pytest.mark.parametrize(
    ("code", "cells"),
    [
        ("dead", {"status_dasar": 2}),
        ("moved", {"status_dasar": "PINDAH"}),
        ("missing-person", {"status_dasar": 4}),
        ("not-valid", {"status_dasar": 9}),
        ("unreadable-state", {"status_dasar": "???"}),
        ("future-birth", {"tanggallahir": "2018-01-01"}),
        ("impossible-age", {"tanggallahir": "1817-01-01"}),
        ("no-age", {"tanggallahir": "", "nik": "0"}),
        ("no-sex", {"sex": "", "nik": "0"}),
    ],
)
def test_who_is_not_counted_is_told(code: str, cells: Row, village: tuple[Household, ...], opened: Open) -> None:
    register = counted(opened(changed(village, with_each({3: cells}))))
    (note,) = (note for note in register.report.notes if note.code == code)
    assert (note.count, note.rows, note.left_out) == (1, "5", True)
    assert register.report.counted == register.report.read - 1 == register.residents.height


@pytest.mark.parametrize(
    ("code", "cells"),
    [
        ("age-from-nik", {"tanggallahir": "00-00-0000"}),
        ("sex-from-nik", {"sex": "X"}),
        ("unknown-code", {"agama_id": 99}),
        ("unknown-code", {"pekerjaan_id": "PENJINAK AWAN"}),
        ("no-family-number", {"no_kk": ""}),
        ("damaged-nik", {"nik": "3.30820E+15"}),
        ("temporary-nik", {"nik": "0"}),
        ("no-head", {"kk_level": 4}),
    ],
)
def test_what_is_counted_with_doubt_is_told(
    code: str, cells: Row, village: tuple[Household, ...], opened: Open
) -> None:
    alone = next(
        number for number, (home, one) in enumerate(people(village)) if len(home.members) == 1 and len(one.nik) == 16
    )
    register = counted(opened(changed(village, with_each({alone: cells}))))
    (note,) = (note for note in register.report.notes if note.code == code and str(alone + 2) in note.rows)
    assert not note.left_out and register.report.counted == register.report.read


def test_the_same_person_twice_is_counted_once(village: tuple[Household, ...], opened: Open) -> None:
    register = counted(opened(changed(village, lambda rows: [*rows, rows[0]])))
    assert noted(register)["same-person-twice"] == 1
    assert register.report.counted == len(people(village))


def test_two_people_with_one_nik_are_both_counted(village: tuple[Household, ...], opened: Open) -> None:
    number = people(village)[0][1].nik
    register = counted(opened(changed(village, with_each({1: {"nik": number}}))))
    assert noted(register)["two-people-one-nik"] == 2
    assert register.report.counted == len(people(village))


def test_contradictions_with_the_nik_are_told(village: tuple[Household, ...], opened: Open) -> None:
    before = noted(counted(opened(changed(village, lambda rows: rows))))
    number = next(index for index, (_, one) in enumerate(people(village)) if one.nik[6:12] == f"{one.birth:%d%m%y}")
    register = counted(opened(changed(village, with_each({number: {"sex": 2, "tanggallahir": "1950-05-05"}}))))
    assert noted(register)["sex-against-nik"] == before.get("sex-against-nik", 0) + 1
    assert noted(register)["birth-against-nik"] == before.get("birth-against-nik", 0) + 1


def test_two_heads_in_one_family_are_told(village: tuple[Household, ...], opened: Open) -> None:
    register = counted(opened(changed(village, with_each({1: {"kk_level": 1, "no_kk": village[0].kk}}))))
    assert noted(register)["two-heads"] == 2


def test_too_much_that_cannot_be_read_is_refused(village: tuple[Household, ...], opened: Open) -> None:
    broken: dict[int, Row] = {number: {"tanggallahir": "?", "nik": "0"} for number in range(0, 60, 2)}
    assert counted(opened(changed(village, with_each(broken)))).report.refusal == "too-many-unusable"


def test_a_reference_date_before_the_register_is_refused(village: tuple[Household, ...], opened: Open) -> None:
    register = counted(opened(changed(village, lambda rows: rows)), at=AT - timedelta(days=365 * 6))
    assert (register.report.refusal, register.residents.height) == ("future-births", 0)


def test_all_dead_is_nobody(village: tuple[Household, ...], opened: Open) -> None:
    register = counted(opened(changed(village, lambda rows: [row | {"status_dasar": 2} for row in rows])))
    assert (register.report.refusal, register.residents.height) == ("nobody", 0)


def test_another_village_is_refused_by_its_code_and_by_its_family_cards(opened: Open) -> None:
    households = invent_households(seed=7, count=60, home="321503")
    (page,) = NAMED["opendk-sinkron"].build(households)
    assert counted(opened((page,)), village="99.01.01.2002").report.refusal == "other-village"
    assert counted(opened((page,)), village="99.01.01.2001").report.refusal == ""
    sheets = NAMED["siak"].build(households)
    assert counted(opened(sheets), village="33.08.20.2002").report.refusal == "other-village"
    assert counted(opened(sheets), village="32.15.03.2001").report.refusal == ""


def test_an_old_register_and_one_without_children_are_refused(opened: Open) -> None:
    large = invent_households(seed=9, count=330)
    sheets = NAMED["siak"].build(large)
    assert counted(opened(sheets)).report.refusal == ""
    assert counted(opened(sheets), at=date(2019, 6, 30)).report.refusal == "old-register"
    grown = changed(large, lambda rows: [row for row in rows if int(str(row["tanggallahir"])[:4]) <= 2000] * 2)
    distinct = tuple(page.but(rows=(page.rows[0], *_renamed(page.rows[1:]))) for page in grown)
    assert counted(opened(distinct)).report.refusal == "no-children"


def _renamed(rows: tuple[Any, ...]) -> list[Any]:
    """Nobody twice: as many other people with temporary numbers."""
    half = len(rows) // 2
    return [*rows[:half], *((*row[:4], f"{row[4]} DUA", *row[5:6], "0", *row[7:]) for row in rows[half:])]


def test_a_hamlet_named_after_a_resident_or_too_small_has_no_name(
    village: tuple[Household, ...], opened: Open
) -> None:
    name = people(village)[0][1].name
    register = counted(opened(changed(village, with_each({number: {"dusun": name} for number in range(80)}))))
    assert name.title() not in set(register.residents["hamlet"]) and noted(register)["hamlet-not-named"] == 80
    register = counted(opened(changed(village, with_each({0: {"dusun": "Tersendiri"}}))))
    assert "Tersendiri" not in set(register.residents["hamlet"])


def test_a_hamlet_whose_people_have_all_gone_is_not_there(village: tuple[Household, ...], opened: Open) -> None:
    gone = village[0].hamlet

    def leave(rows: list[Row]) -> list[Row]:
        return [row | {"status_dasar": 3} if row["dusun"] == gone else row for row in rows]

    register = counted(opened(changed(village, leave)))
    assert gone not in set(register.residents["hamlet"]) and register.report.refusal == ""


@pytest.mark.parametrize("text", ["", "a", "nama,nik\n", "nama,nik,sex,no_kk,agama,kk_level\n", "\x00" * 40])
def test_what_is_hardly_a_table_is_refused(text: str) -> None:
    cells = [line.split(",") for line in text.splitlines()]
    width = max((len(line) for line in cells), default=0)
    frame = pl.DataFrame({chr(65 + index): [line[index] for line in cells] for index in range(width)})
    table = Table(place=Place(), texts=frame, numbers=pl.DataFrame())
    document = Document(sha256="", size=0, format="csv", tables=(table,))
    assert counted(document).report.refusal
