"""Coarser before hidden further: no area hides more than its budget, and what is out already does not move."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from bench.villages import villages

from lumbung.aggregate import check_proof, package
from lumbung.aggregate.ladder import beyond, over_budget
from lumbung.aggregate.ledger import Ledger
from lumbung.aggregate.policy import Policy
from lumbung.aggregate.protect import protect
from lumbung.aggregate.release import Release, make
from tests.aggregate.conftest import PERIOD

VILLAGE = "99.01.01.2001"


def released(policy: Policy, *, size: int, seed: int, ledger: Ledger | None = None) -> Release:
    return make(villages(count=1, size=size, seed=seed), period=PERIOD, policy=policy, ledger=ledger or Ledger())


@pytest.mark.parametrize(("size", "seed"), [(110, 3), (150, 1), (200, 5), (300, 2), (450, 4), (700, 3)])
def test_no_small_village_hides_more_than_its_budget(size: int, seed: int, policy: Policy) -> None:
    release = released(policy, size=size, seed=seed)
    cells = len(release.cells)
    assert over_budget(release) == {}
    assert sum(map(len, beyond(release).values())) <= policy.secondary_share * cells


def test_the_budget_is_kept_by_coarser_tables_and_not_by_luck(policy: Policy) -> None:
    fine = released(replace(policy, secondary_share=1.0), size=150, seed=1)
    kept = released(policy, size=150, seed=1)
    assert over_budget(replace(fine, policy=policy))
    steps = {table.plan.name: table.step for table in fine.tables}
    assert any((table.step or 0) > (steps[table.plan.name] or 0) for table in kept.tables)


def test_without_any_budget_only_totals_are_left(policy: Policy, tmp_path: Path) -> None:
    release = released(replace(policy, secondary_share=0.0), size=150, seed=1)
    assert beyond(release) == {}
    assert "over-budget" in release.left_out.values() or all(
        release.printed(cell) is not None for cell in release.cells
    )
    package.publish(release, tmp_path / "paket")
    assert check_proof.problems(tmp_path / "paket") == []
    assert check_proof.published(tmp_path / "paket")[f"{VILLAGE}/penduduk/T/semua"] is not None


def test_what_is_out_for_the_day_does_not_move(policy: Policy, tmp_path: Path) -> None:
    """Printed under a wide budget, made again under a narrow one: the same numbers, not other ones beside them."""
    wide = released(replace(policy, secondary_share=1.0), size=150, seed=1)
    ledger = package.publish(wide, tmp_path / "satu")
    again = released(policy, size=150, seed=1, ledger=ledger)
    assert package.past(again).cells == ledger.releases[0].cells
    assert package.past(again).steps == ledger.releases[0].steps


def test_a_pattern_that_served_before_serves_again(policy: Policy) -> None:
    """The warm start changes what the work costs, not what has to be hidden."""
    release = released(policy, size=700, seed=3)
    asked = {"weights": policy.weights, "seconds": 30.0}
    goals = {goal.name for goal in release.goals}
    first = frozenset(row for key, row in release.system.row_of.items() if key in goals)
    first = frozenset(row for row in first if not release.system.rows[row].fixed)
    cold = protect(release.system, release.goals, hidden=first, **asked)  # type: ignore[arg-type]
    warm = protect(release.system, release.goals, hidden=first, start=cold, **asked)  # type: ignore[arg-type]
    everything = frozenset(number for number, row in enumerate(release.system.rows) if not row.fixed)
    wasteful = protect(release.system, release.goals, hidden=first, start=everything, **asked)  # type: ignore[arg-type]
    assert len(warm) <= len(cold)
    assert len(wasteful) < len(everything), "needless suppressions are printed again"


def test_specific_data_are_printed_for_districts_alone(
    policy: Policy, residents: pl.DataFrame, release: Release
) -> None:
    specific = [cell for cell in release.cells if cell.table in ("golongan_darah", "usia_sekolah")]
    assert {cell.area.level for cell in specific} == {"district"}
    assert {cell.k for cell in specific} == {policy.k_specific}
