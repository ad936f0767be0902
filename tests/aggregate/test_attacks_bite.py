"""Every attack can fail: what the protector hid beyond the small numbers is printed again, and the audit goes red."""

import csv
from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from lumbung.aggregate import attack, check_proof, package, sid, sums
from lumbung.aggregate.attack import secrets
from lumbung.aggregate.ledger import Ledger
from lumbung.aggregate.policy import Policy
from lumbung.aggregate.release import Release, make
from lumbung.aggregate.tables import Cell


def beyond(release: Release) -> list[Cell]:
    """Cells that are hidden for the sake of others: none of them is itself what must stay open."""
    goals = {goal.name for goal in release.goals}
    return [cell for cell in release.cells if release.printed(cell) is None and cell.key not in goals]


def printing(release: Release, cell: Cell) -> Release:
    """The same release with one hidden number printed."""
    return replace(release, rows=release.rows - {release.system.row_of[cell.key]})


@pytest.mark.parametrize("level", ["village", "district", "regency"])
def test_one_hidden_number_less_and_the_audit_is_red(level: str, release: Release, tmp_path: Path) -> None:
    """At every level: a village against its hamlets, a district against its villages."""
    hidden = [cell for cell in beyond(release) if cell.area.level == level]
    for number, cell in enumerate(hidden[:: max(1, len(hidden) // 6)]):
        folder = tmp_path / str(number)
        package.write(printing(release, cell), folder)
        assert attack.attack(folder, secrets(release)), cell.key
        assert check_proof.problems(folder), cell.key
    assert hidden or level != "village"


def test_the_rows_that_are_hidden_are_all_needed(release: Release, tmp_path: Path) -> None:
    """The clean-up leaves nothing hidden in vain, or the attack would not notice it printed."""
    hidden = beyond(release)
    red = 0
    for number, cell in enumerate(hidden[:12]):
        package.write(printing(release, cell), tmp_path / str(number))
        red += bool(attack.attack(tmp_path / str(number), secrets(release)))
    assert red == len(hidden[:12]) > 0


def test_a_district_in_which_one_village_is_filled_in_gives_it_away(
    release: Release, folder: Path, tmp_path: Path
) -> None:
    """Sums of a district against villages: what one more village prints takes the mark off another one's number."""
    copy = tmp_path / "copy"
    package.write(release, copy)
    places: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for one in release.cells:
        places[one.table, one.sex, one.category].add(one.area.code)
    everywhere = max(map(len, places.values()))
    cell = next(
        one
        for one in release.cells
        if one.area.level == "village"
        and 0 < one.value < one.k
        and len(places[one.table, one.sex, one.category]) == everywhere
    )
    path = copy / f"tabel-{cell.table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    mine = [one for one in release.cells if one.table == cell.table and one.area.code != cell.area.code]
    others = {(one.area.code, one.area.hamlet, one.sex, one.category): one for one in mine}
    for line in lines[1:]:
        one = others.get((line[0], line[2], line[4], line[5]))
        if one is not None:
            line[6], line[8] = str(one.value), ""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    assert attack.attack(copy, secrets(release))
    assert not attack.attack(folder, secrets(release))


def test_sums_of_printed_numbers_never_show_what_a_village_hides(release: Release, policy: Policy) -> None:
    """The portal's own sums: a number hidden in any village is hidden above it, in every way of adding."""
    villages = sorted({cell.area.code for cell in release.population if cell.area.level == "village"})
    printed = [
        {
            f"{cell.table}/{cell.sex}/{cell.category}": release.printed(cell)
            for cell in (*release.population, *release.cells)
            if cell.area.code == village and cell.area.level == "village"
        }
        for village in villages
    ]
    tables = sums.tables(printed, code=villages[0][:8], level="kecamatan", period=release.period, policy=policy)
    for name, rows in tables.items():
        for row in rows[1:]:
            key = f"{name}/{row[4]}/{row[5]}"
            if any(numbers.get(key, 0) is None for numbers in printed):
                assert row[6] is None, key


def test_a_chart_or_a_percentage_of_a_hidden_number_is_not_there(folder: Path) -> None:
    """Shares in the SID's shape are of printed numbers: none stands beside a hidden count."""
    numbers = check_proof.published(folder)
    villages = {name.split("/")[0] for name in numbers if len(name.split("/")[0]) == 13}
    for village in villages:
        for topic in sid.shapes(numbers, village=village):
            for row in topic["baris"]:  # type: ignore[attr-defined]
                for number, share in sid.SEXES.values():
                    assert (row[number] is None) == (row[share] is None)


def test_without_the_memory_a_newcomer_would_be_seen(
    residents: pl.DataFrame, release: Release, policy: Policy
) -> None:
    """A4 bites: made as if nothing had been printed before, the second release tells what the one more person is."""
    newcomer = pl.concat([residents, residents.tail(1)])
    careless = make(newcomer, period=date(2027, 1, 31), policy=policy, ledger=Ledger())
    before = {cell.key: release.printed(cell) for cell in release.cells}
    told = [
        cell.key
        for cell in careless.cells
        if before.get(cell.key) is not None and careless.printed(cell) == (before[cell.key] or 0) + 1
    ]
    assert {key.split("/")[1] for key in told} >= {"umur", "pekerjaan"}
