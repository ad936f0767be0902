"""How often a dataset was taken: told to everybody, an order of the catalogue, and nobody told apart."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import SYSTEM
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.catalogue import usage
from lumbung.portal.catalogue.finding import USED, Wish, spread
from lumbung.portal.catalogue.models import Dataset
from tests.portal.catalogue.made import close, shelved

pytestmark = pytest.mark.django_db


def taken(dataset: Dataset, times: int) -> None:
    for _ in range(times):
        record(Kind.DOWNLOADED, by=SYSTEM, subject=dataset.subject, file="x.csv", digest="")


def test_the_page_says_how_often_without_saying_who(regency: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = shelved(regency.village, "Luas panen padi")
    clock = timezone.now
    with monkeypatch.context() as earlier:
        earlier.setattr(timezone, "now", lambda: clock() - usage.LOOKED_BACK - timedelta(days=1))
        taken(dataset, 4)
    assert usage.downloads_of(dataset) == 0
    taken(dataset, 2)
    record(Kind.PUBLISHED, by=SYSTEM, subject=dataset.subject)
    page = Client().get(dataset.get_absolute_url()).content.decode()
    assert "2 unduhan dalam 30 hari terakhir" in page


def test_the_most_used_come_first_and_closed_ones_not_at_all(regency: Any) -> None:
    little, much, never, closed = (
        shelved(regency.village, f"Panen {name}") for name in ("sedikit", "banyak", "tak", "tutup")
    )
    for dataset, times in ((little, 1), (much, 3), (closed, 9)):
        taken(dataset, times)
    close(closed)
    assert spread(Wish(order=USED)).keys == [much.pk, little.pk, never.pk]
    assert spread(Wish(words="panen", order=USED)).keys == [much.pk, little.pk, never.pk]
    page = Client().get("/?urut=dipakai").content.decode()
    assert page.index("Panen banyak") < page.index("Panen sedikit") < page.index("Panen tak")
    assert 'aria-current="true">Paling sering diunduh' in page
