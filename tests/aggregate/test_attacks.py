"""The ten attacks of the disclosure-control literature, each against a real package of small villages."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from lumbung.aggregate import attack, package
from lumbung.aggregate.attack import intervals, secrets
from lumbung.aggregate.eligible import Refused
from lumbung.aggregate.ledger import Ledger
from lumbung.aggregate.outlets import COLUMNS
from lumbung.aggregate.policy import Policy
from lumbung.aggregate.primary import is_small
from lumbung.aggregate.release import Release, make
from lumbung.aggregate.system import Terms
from lumbung.aggregate.witness import Question, prove
from tests.aggregate.conftest import PERIOD


def naive(release: Release) -> Release:
    """What most portals do: hide the small numbers, and nothing else."""
    small = {release.system.row_of[cell.key] for cell in release.cells if is_small(cell)}
    return replace(release, rows=frozenset(small))


def printed_sums(release: Release) -> list[tuple[Terms, int]]:
    return [(row.terms, row.value) for number, row in enumerate(release.system.rows) if number not in release.rows]


def test_a1_linear_bounds(release: Release, folder: Path) -> None:
    told = secrets(release)
    assert len(told.listed) > 100
    found = intervals(folder, told, early=False)
    for secret, (least, most) in zip(told.listed, found, strict=True):
        assert least <= secret.low + 1e-5 and most >= secret.high - 1e-5, secret.name


def test_a1_the_attack_works_on_naive_hiding(release: Release, tmp_path: Path) -> None:
    package.write(naive(release), tmp_path / "naive")
    assert len(attack.attack(tmp_path / "naive", secrets(release))) > 20


def test_a1_what_the_audit_finds_is_not_published(release: Release, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        package.publish(naive(release), tmp_path / "naive")
    assert refusal.value.code == "audit-failed" and not (tmp_path / "naive").exists()


def test_a2_whole_numbers(release: Release) -> None:
    """Two whole-numbered villages for every small hidden number: no rounding argument narrows it further."""
    claims = {claim.question.name: claim for claim in release.witnesses.claims}
    small = [cell for cell in release.cells if 0 < cell.value < cell.k]
    assert small
    assert all(claims[cell.key].protected for cell in small)


def test_a3_hamlets_against_their_village(release: Release, folder: Path) -> None:
    told = secrets(release)
    hamlets = [secret for secret in told.listed if "dusun" in secret.name]
    assert hamlets and not attack.attack(folder, replace(told, listed=tuple(hamlets)))


def test_a3_one_revealed_hamlet_is_noticed(residents: pl.DataFrame, policy: Policy, tmp_path: Path) -> None:
    fine = replace(policy, secondary_share=1.0)  # hamlets as fine as they come
    release = make(residents, period=PERIOD, policy=fine, ledger=Ledger())
    cell = next(cell for cell in release.cells if cell.table == "dusun" and 0 < cell.value < 5)
    copy = tmp_path / "copy"
    package.write(release, copy)
    path = copy / "tabel-dusun.csv"
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    for line in lines:
        if (line[0], line[2], line[4], line[5]) == (cell.area.code, cell.area.hamlet, cell.sex, cell.category):
            line[6] = str(cell.value)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    assert cell.key in attack.attack(copy, secrets(release))


def test_a4_a_newcomer_between_two_releases(
    residents: pl.DataFrame, release: Release, policy: Policy, folder: Path, tmp_path: Path
) -> None:
    ledger = package.from_json(package.as_json(Ledger(releases=(package.past(release),))))
    newcomer = pl.concat([residents, residents.tail(1)])
    village = residents["village"][-1]
    second = make(newcomer, period=date(2027, 1, 31), policy=policy, ledger=ledger)
    assert second.left_out[village] == "small-change"
    assert all(village not in cell.key for cell in (*second.population, *second.cells))


def test_a5_the_same_sum_has_one_mark_in_all_tables(release: Release) -> None:
    marks: dict[tuple[int, ...], set[bool]] = {}
    for cell in release.cells:
        marks.setdefault(tuple(sorted(cell.atoms)), set()).add(release.printed(cell) is None)
    assert all(len(found) == 1 for found in marks.values())


def test_a6_somebody_who_knows_himself(release: Release) -> None:
    """Who is alone in a cell learns nothing certain about any other small cell of his village's tables."""
    alone = [cell for cell in release.cells if cell.value == 1 and cell.area.level == "village"][:12]
    assert alone
    for mine in alone:
        others = [cell for cell in release.cells if (cell.area, cell.table) == (mine.area, mine.table)]
        small = [cell for cell in others if 0 < cell.value < cell.k and not set(cell.atoms) & set(mine.atoms)]
        questions = [Question(name=cell.key, atoms=cell.atoms, low=0, high=cell.k) for cell in small]
        known = [*printed_sums(release), (tuple((index, 1) for index in mine.atoms), 1)]
        found = prove(len(release.system.pieces), known, questions, seconds=20)
        assert all(claim.least < claim.most for claim in found.claims), mine.key


def test_a7_nobody_and_everybody(release: Release) -> None:
    """No printed number of a sensitive attribute says that nobody, or that everybody, has it."""
    everybody = {(cell.area.key, cell.sex): cell.value for cell in release.population}
    faiths = [cell for cell in release.cells if cell.table == "agama" and release.printed(cell) is not None]
    for cell in faiths:
        assert cell.value >= cell.k and everybody[cell.area.key, cell.sex] - cell.value >= cell.k


def test_a8_no_percentages(folder: Path) -> None:
    """One decimal of a percentage brings a small count back; therefore none is written anywhere."""
    assert round(0.125 * 8) == 1
    for path in folder.glob("tabel-*.csv"):
        header, *lines = path.read_text(encoding="utf-8").splitlines()
        assert header == ",".join(COLUMNS)
        assert all("%" not in line for line in lines)
        assert all(line.split(",")[6].isdigit() or line.split(",")[6] == "" for line in lines)


def test_a9_no_file_knows_a_hidden_number(release: Release, folder: Path, tmp_path: Path) -> None:
    """The same package comes out if every hidden number and every piece is replaced by nonsense."""
    tables = tuple(
        replace(
            table,
            cells=tuple(
                cell if release.printed(cell) is not None else replace(cell, value=987654321) for cell in table.cells
            ),
        )
        for table in release.tables
    )
    rows = [
        replace(row, value=987654321) if number in release.rows else row
        for number, row in enumerate(release.system.rows)
    ]
    atoms = replace(release.atoms, counts=[987654321] * len(release.atoms.counts))
    blind = replace(release, tables=tables, atoms=atoms, goals=(), system=replace(release.system, rows=rows))
    package.write(blind, tmp_path / "blind")
    assert sorted(path.name for path in folder.iterdir()) == sorted(p.name for p in (tmp_path / "blind").iterdir())
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / "blind" / path.name).read_bytes()


def test_a9_the_proof_does_not_tell_which_are_small(release: Release) -> None:
    """Every hidden number and every piece is asked about alike."""
    asked = {claim.question.name for claim in release.witnesses.claims}
    hidden = {cell.key for cell in release.cells if release.printed(cell) is None}
    pieces = {"|".join(piece) for piece in release.system.pieces if piece.base != "kelebihan"}
    assert asked == hidden | pieces


def test_a10_asking_again(
    residents: pl.DataFrame, release: Release, policy: Policy, folder: Path, tmp_path: Path
) -> None:
    """Order of rows does not matter, and a second answer is the first one."""
    shuffled = residents.sample(fraction=1.0, shuffle=True, seed=9)
    again = make(shuffled, period=PERIOD, policy=policy, ledger=Ledger())
    package.write(again, tmp_path / "again")
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes(), path.name
    ledger = Ledger(releases=(package.past(release),))
    with pytest.raises(Refused) as refusal:
        make(residents, period=date(2026, 9, 30), policy=policy, ledger=ledger)
    assert refusal.value.code == "too-soon"
