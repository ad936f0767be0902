"""Earlier releases: what they printed cannot be used against anybody."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from bench.villages import villages

from lumbung.aggregate import package
from lumbung.aggregate.eligible import Refused
from lumbung.aggregate.ledger import Ledger, Past, months
from lumbung.aggregate.policy import Policy
from lumbung.aggregate.release import Release, make
from tests.aggregate.conftest import PERIOD

LATER = date(2026, 12, 31)


@pytest.fixture(scope="module")
def ledger(release: Release) -> Ledger:
    return Ledger(releases=(package.past(release),))


@pytest.mark.parametrize(
    ("earlier", "later", "whole"),
    [
        (date(2026, 6, 30), date(2026, 12, 31), 6),
        (date(2026, 6, 30), date(2026, 12, 29), 5),
        (date(2026, 6, 30), date(2026, 6, 1), 0),
        (date(2026, 6, 30), date(2025, 6, 30), -12),
    ],
)
def test_months(earlier: date, later: date, whole: int) -> None:
    assert months(earlier, later) == whole


def test_memory_survives_a_file(ledger: Ledger) -> None:
    assert package.from_json(package.as_json(ledger)) == ledger


@pytest.mark.parametrize("listed", [[{}], [{"period": "x", "policy": "", "cells": {}, "steps": {}}], [{"cells": 3}]])
def test_nonsense_is_no_memory(listed: list[dict[str, object]]) -> None:
    with pytest.raises((KeyError, ValueError)):
        package.from_json(listed)


def test_the_same_register_again(residents: pl.DataFrame, release: Release, ledger: Ledger, policy: Policy) -> None:
    """Nothing that was hidden appears, nothing that was printed changes."""
    again = make(residents, period=LATER, policy=policy, ledger=ledger)
    before = {cell.key: release.printed(cell) for cell in release.cells}
    for cell in again.cells:
        if cell.key in before and before[cell.key] is None:
            assert again.printed(cell) is None, cell.key
        if again.printed(cell) is not None and before.get(cell.key) is not None:
            assert again.printed(cell) == before[cell.key]


def test_half_a_year_of_births_deaths_and_moves(policy: Policy, tmp_path: Path) -> None:
    """No number printed twice differs by 1 to k-1; the audit agrees that the hidden ones stay open."""
    first = villages(count=1, size=900, seed=21)
    ledger = package.publish(make(first, period=PERIOD, policy=policy, ledger=Ledger()), tmp_path / "one")
    random = np.random.default_rng(4)
    stay = first.filter(pl.Series(random.random(first.height) > 0.05))
    arrivals = villages(count=1, size=120, seed=22).with_columns(pl.col("household") + 100_000)
    older = pl.when(pl.Series(random.random(stay.height) < 0.5)).then(pl.col("age") + 1).otherwise(pl.col("age"))
    second = pl.concat([stay.with_columns(older.cast(pl.Int16)), arrivals])
    release = make(second, period=LATER, policy=policy, ledger=ledger)
    after = package.publish(release, tmp_path / "two")
    compared = 0
    for key, value in after.releases[1].cells.items():
        before = ledger.releases[0].cells.get(key)
        if value is not None and before is not None:
            compared += 1
            assert not 0 < abs(value - before) < 5, key
    assert compared > 20


def test_a_village_alone_then_in_its_district(policy: Policy, tmp_path: Path) -> None:
    """For the same day: what the village has printed stays as it is, and its district cannot undo what it hid."""
    district = villages(count=3, size=700, seed=8)
    alone = district.filter(pl.col("village") == "99.01.01.2001")
    ledger = package.publish(make(alone, period=PERIOD, policy=policy, ledger=Ledger()), tmp_path / "village")
    ledger = package.publish(make(district, period=PERIOD, policy=policy, ledger=ledger), tmp_path / "district")
    first, second = ledger.releases
    for key, value in first.cells.items():
        assert second.cells.get(key) == value, key


def test_another_number_for_the_same_day_is_refused(residents: pl.DataFrame, ledger: Ledger, policy: Policy) -> None:
    village = residents["village"][0]
    fewer = residents.filter((pl.col("village") == village) & (pl.int_range(pl.len()) > 20))
    with pytest.raises(Refused) as refusal:
        make(fewer, period=PERIOD, policy=policy, ledger=ledger)
    assert refusal.value.code == "already-published" and refusal.value.areas == (village,)


def test_a_table_is_never_finer_again() -> None:
    past = Past(period=PERIOD, policy="", cells={}, steps={"99/umur": 2})
    assert Ledger(releases=(past,)).step("99", "umur") == 2


def test_releases_under_another_policy_are_not_compared(residents: pl.DataFrame, policy: Policy) -> None:
    ledger = Ledger(releases=(Past(period=PERIOD, policy="other", cells={}, steps={}),))
    with pytest.raises(Refused) as refusal:
        make(residents, period=LATER, policy=policy, ledger=ledger)
    assert refusal.value.code == "other-policy"
