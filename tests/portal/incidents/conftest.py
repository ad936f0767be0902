"""The desk, and a dataset somebody can report."""

from typing import Any

import pytest

from lumbung.portal.catalogue.models import Dataset
from tests.portal.shelves import Desk, desk

__all__ = ["desk"]


@pytest.fixture
def dataset(desk: Desk) -> Dataset:
    """On the shelf."""
    return desk.publish()


@pytest.fixture
def told() -> dict[str, Any]:
    """A report as the form posts it."""
    return {
        "seen": "nik",
        "table": "tabel pertama",
        "column": "B",
        "row": "12",
        "words": "Tampak di tengah.",
        "website": "",
    }
