"""Opening again: by those who keep the shelf, after the gate has looked once more."""

import pytest
from django.test import Client

from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.catalogue.search import ranked
from lumbung.portal.catalogue.shelf import path_of
from lumbung.portal.publication.actions import quarantine, restore
from tests.portal.shelves import Desk, actor, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(desk: Desk) -> Dataset:
    dataset = desk.publish()
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    dataset.refresh_from_db()
    return dataset


def refused(dataset: Dataset, person: object) -> str:
    with pytest.raises(Refused) as caught:
        restore(dataset, person=person, by=actor(person), because="Keliru.")  # type: ignore[arg-type]
    return caught.value.code


@pytest.mark.parametrize("who", ["walidata", "ppdp"])
def test_works_and_leaves_a_line(desk: Desk, closed: Dataset, who: str) -> None:
    client = signed_in(getattr(desk, who))
    page = client.get(f"/meja/data/{closed.slug}").content.decode()
    assert f"/meja/data/{closed.slug}/buka" in page
    client.post(f"/meja/data/{closed.slug}/buka", {"because": "Laporan itu keliru."})
    assert Client().get(closed.get_absolute_url()).status_code == 200
    assert ranked(Dataset.objects.all(), "penduduk") == [closed.pk]
    assert Event.objects.get(kind="restored").because == "Laporan itu keliru."


@pytest.mark.parametrize("who", ["duty", "admin", "producer", "stranger"])
def test_refuses_everybody_else(desk: Desk, closed: Dataset, who: str) -> None:
    assert refused(closed, getattr(desk, who)) == "may-not-keep"
    assert Client().get(closed.get_absolute_url()).status_code == 410


def test_refuses_what_is_open(desk: Desk) -> None:
    assert refused(desk.publish(), desk.walidata) == "wrong-dataset-state"


def test_refuses_files_that_are_not_what_was_published(desk: Desk, closed: Dataset) -> None:
    path = path_of(closed.releases.get().distributions.get(format="csv"))
    path.write_bytes(path.read_bytes().replace(b"12450", b"12451"))
    assert refused(closed, desk.walidata) == "not-the-inspected-file"
    assert Client().get(closed.get_absolute_url()).status_code == 410


def test_refuses_files_that_today_s_rules_would_hold(desk: Desk, closed: Dataset) -> None:
    file = closed.releases.get().distributions.get(format="csv")
    rows = b"".join(b"Orang %d,990101%02d07909%03d\r\n" % (n, n % 28 + 1, n) for n in range(1, 60))
    path_of(file).write_bytes(b"nama,nik\r\n" + rows)
    closed.releases.get().distributions.filter(pk=file.pk).update(sha256=_digest(path_of(file).read_bytes()))
    assert refused(closed, desk.walidata) == "rebuilt-is-worse"
    assert Client().get(closed.get_absolute_url()).status_code == 410


def _digest(content: bytes) -> str:
    from hashlib import sha256

    return sha256(content).hexdigest()
