"""What facets count by: kept for a moment, never older than the newest release, and no word on who may see what."""

from typing import Any

import pytest

from lumbung.portal.catalogue import attributes
from lumbung.portal.catalogue.finding import Wish, spread
from tests.portal.catalogue.made import close, shelved

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted from memory, however few there are."""
    monkeypatch.setattr(attributes, "FEW", 0)


def themes(words: str) -> dict[str, int]:
    return {one.value: one.count for one in spread(Wish(words=words)).facets["tema"]}


def test_what_is_published_meanwhile_is_counted_at_once(regency: Any) -> None:
    first = shelved(regency.village, "Luas panen padi", theme="pertanian")
    assert themes("panen") == {"pertanian": 1}
    shelved(regency.neighbour, "Harga panen", theme="ekonomi")
    assert themes("panen") == {"pertanian": 1, "ekonomi": 1}
    close(first)
    assert themes("panen") == {"ekonomi": 1}
    assert themes("tidak-ada") == {}


def test_a_key_that_memory_does_not_know_makes_it_read_anew(regency: Any) -> None:
    first = shelved(regency.village, "Luas panen padi", theme="pertanian")
    attributes.counted([first.pk])
    second = shelved(regency.neighbour, "Harga panen", theme="ekonomi", released_at=first.released_at)
    assert attributes.counted([first.pk, second.pk])["theme"] == {"pertanian": 1, "ekonomi": 1}
    assert attributes.counted([first.pk, 10**9])["theme"] == {}


def test_it_counts_as_the_database_does(regency: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [shelved(regency.village, f"Tabel {year}", theme="sosial", year=year).pk for year in (2020, 2021, 2021)]
    keys.append(shelved(regency.agency, "Tabel lain", theme="kesehatan").pk)
    from_memory = attributes.counted(keys)
    monkeypatch.setattr(attributes, "FEW", 10)
    assert attributes.counted(keys) == from_memory
