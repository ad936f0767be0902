"""Villages as they come: tiny, of one religion, with an empty hamlet, with holes in the register."""

from pathlib import Path

import polars as pl
import pytest
from bench.villages import villages

from lumbung.aggregate import check_proof, package
from lumbung.aggregate.eligible import Refused
from lumbung.aggregate.ledger import Ledger
from lumbung.aggregate.monograph import FIELDS, part_a
from lumbung.aggregate.policy import Policy
from lumbung.aggregate.release import Release, make
from tests.aggregate.conftest import PERIOD

VILLAGE = "99.01.01.2001"


def publish(residents: pl.DataFrame, policy: Policy, folder: Path) -> Release:
    release = make(residents, period=PERIOD, policy=policy, ledger=Ledger())
    package.publish(release, folder)
    assert check_proof.problems(folder) == []
    return release


def test_a_village_of_forty_is_left_to_its_district(policy: Policy) -> None:
    with pytest.raises(Refused) as refusal:
        make(villages(count=1, size=40, seed=3), period=PERIOD, policy=policy, ledger=Ledger())
    assert refusal.value.code == "nothing-left" and refusal.value.areas == (VILLAGE,)


def test_nobody_at_all(residents: pl.DataFrame, policy: Policy) -> None:
    with pytest.raises(Refused, match="nothing-left"):
        make(residents.clear(), period=PERIOD, policy=policy, ledger=Ledger())


def test_a_village_of_one_religion_prints_no_religion(policy: Policy, tmp_path: Path) -> None:
    pious = villages(count=1, size=600, seed=4).with_columns(pl.lit(1, pl.Int16).alias("religion"))
    release = publish(pious, policy, tmp_path / "paket")
    assert release.left_out[f"{VILLAGE}/agama"] == "too-fine"
    assert not (tmp_path / "paket" / "tabel-agama.csv").exists()


def test_holes_in_the_register(policy: Policy, tmp_path: Path) -> None:
    whole = villages(count=1, size=700, seed=6)
    fifth = pl.int_range(pl.len()) % 5 == 0
    names = ("education", "occupation", "religion", "marital", "blood", "relation", "citizenship")
    holes = whole.with_columns([pl.when(fifth).then(None).otherwise(pl.col(name)).alias(name) for name in names])
    release = publish(holes, policy, tmp_path / "paket")
    shown = {cell.category for cell in release.cells if cell.table == "pekerjaan"}
    assert "tidak_diketahui" in shown


def test_a_register_without_hamlets(policy: Policy, tmp_path: Path) -> None:
    plain = villages(count=1, size=600, seed=7).with_columns(pl.lit("").alias("hamlet"))
    publish(plain, policy, tmp_path / "paket")
    assert not (tmp_path / "paket" / "tabel-dusun.csv").exists()


def test_one_person_in_a_hamlet(policy: Policy, tmp_path: Path) -> None:
    lonely = villages(count=1, size=600, seed=7).with_columns(
        pl.when(pl.int_range(pl.len()) == 0).then(pl.lit("Sendiri")).otherwise(pl.col("hamlet")).alias("hamlet")
    )
    release = publish(lonely, policy, tmp_path / "paket")
    assert all(release.printed(cell) is None for cell in release.cells if cell.area.hamlet == "Sendiri")


def test_a_full_village_stays_within_its_budget(policy: Policy, tmp_path: Path) -> None:
    release = publish(villages(count=1, size=5000, seed=1), policy, tmp_path / "paket")
    goals = {goal.name for goal in release.goals}
    second = [cell for cell in release.cells if release.printed(cell) is None and cell.key not in goals]
    assert len(second) <= 0.1 * len(release.cells)


def test_overlapping_bands_do_not_give_a_year_away(release: Release) -> None:
    """No single year of age follows from what is printed: the claims about pieces of one year all have a width."""
    years = [
        claim for claim in release.witnesses.claims if claim.question.name.endswith(("|15-15", "|16-16", "|19-19"))
    ]
    assert len(years) == 3 * 2 * len({cell.area.code for cell in release.population if cell.area.level == "village"})
    assert all(claim.most > claim.least for claim in years)


def test_monograph_says_what_the_tables_say(release: Release) -> None:
    village = release.population[0].area.code
    printed = {cell.key: release.printed(cell) for cell in (*release.population, *release.cells)}
    fields = part_a(printed, village, k=release.policy.k)
    assert len(fields) == 16
    for name, key in FIELDS.items():
        assert fields[name] == printed.get(f"{village}/{key}")


def test_no_table_prints_a_small_number(release: Release) -> None:
    for cell in release.cells:
        value = release.printed(cell)
        assert value is None or value == 0 or value >= cell.k
