"""A training house as the fixtures make it: a marked home, a desk of people, and the shelf locked where SQLite is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from lumbung import gate
from lumbung.portal.training import house
from lumbung.portal.training.actions import SHELF, lock_the_shelf
from tests.portal.shelves import desk

__all__ = ["desk"]


@pytest.fixture(scope="session", autouse=True)
def _warm() -> None:
    """Start the confined children once, so that no test waits for them."""
    gate.warm()


@pytest.fixture
def training(home: Path, settings: Any) -> Path:
    """This portal is a training house now; its home is marked."""
    settings.TRAINING = True
    (home / house.MARK).write_text(f'{{"begun": "{house.today().isoformat()}"}}', encoding="utf-8")
    return home


@pytest.fixture
def locked_shelf(db: None, training: Path) -> Iterator[None]:
    """The database's own refusal; a training house always has SQLite."""
    if connection.vendor != "sqlite":
        pytest.skip("a training house never stands on PostgreSQL")
    lock_the_shelf()
    yield
    with connection.cursor() as cursor:
        for table in SHELF:
            cursor.execute(f"DROP TRIGGER training_{table}")
