"""Releases of invented villages, made once for all tests that only look."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from bench.villages import villages

from lumbung.aggregate import package
from lumbung.aggregate.ledger import Ledger
from lumbung.aggregate.policy import Policy, load
from lumbung.aggregate.release import Release, make

PERIOD = date(2026, 6, 30)


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load()


@pytest.fixture(scope="session")
def residents() -> pl.DataFrame:
    """Three villages of some hundred people, several of whom are alone in what they are."""
    return villages(count=3, size=700, seed=8)


@pytest.fixture(scope="session")
def release(residents: pl.DataFrame, policy: Policy) -> Release:
    return make(residents, period=PERIOD, policy=policy, ledger=Ledger())


@pytest.fixture(scope="session")
def folder(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published package of `release`. Tests that change it copy it first."""
    path = tmp_path_factory.mktemp("package") / "paket"
    package.publish(release, path)
    return path
