"""How often a dataset was taken: told to everybody, an order of the catalogue, and nobody told apart."""

from datetime import timedelta
from typing import Any, Never

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import SYSTEM
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.catalogue import usage
from lumbung.portal.catalogue.finding import USED, Wish, spread
from lumbung.portal.catalogue.models import Closing, Dataset, ReadCount
from tests.portal.catalogue.made import close, shelved, table

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


def read(dataset: Dataset, *, head: bool = False) -> int:
    ask = Client().head if head else Client().get
    return ask(f"{dataset.get_absolute_url()}/pratinjau").status_code


def test_reads_are_counted_by_day_and_as_a_bare_number(regency: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = table(regency.village, "Letak", [{"nama": "Kantor", "lintang": -7.5, "bujur": 110.2}])
    clock = timezone.localdate
    with monkeypatch.context() as earlier:
        earlier.setattr(timezone, "localdate", lambda: clock() - usage.LOOKED_BACK)
        assert read(dataset) == 200
    assert usage.reads_of(dataset) == 0
    assert [read(dataset), read(dataset), read(dataset, head=True)] == [200, 200, 200]
    assert Client().get(f"{dataset.get_absolute_url()}/peta.json").status_code == 200
    assert usage.reads_of(dataset) == 3
    assert ReadCount.objects.count() == 3
    assert {field.name for field in ReadCount._meta.fields} == {"id", "dataset", "day", "kind", "times"}
    page = Client().get(dataset.get_absolute_url()).content.decode()
    assert "Tabel dan petanya dibaca 3 kali" in page
    assert usage.reads_of(dataset) == 3  # the page itself counts as nothing


def test_nothing_is_written_while_the_portal_may_only_be_read(regency: Any, person: Any) -> None:
    dataset = table(regency.village, "Panen", [{"nama": "Padi", "ton": 3}])
    shut = {"shut": "read-only", "ground": "keliru", "because": "Uji.", "since": timezone.now()}
    Closing.objects.create(path="", by=person("admin", regency.top), **shut)
    assert read(dataset) == 200
    assert not ReadCount.objects.exists()


def test_a_counter_that_fails_breaks_no_page(regency: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_asked: object) -> Never:
        raise DatabaseError

    dataset = table(regency.village, "Panen", [{"nama": "Padi", "ton": 3}])
    monkeypatch.setattr(usage, "_more", refuse)
    assert read(dataset) == 200
    close(dataset)
    assert read(dataset) == 410
    assert not ReadCount.objects.exists()
