"""The producer's desk: what is due, how often it was used, and the checklist of open data."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.catalogue.vocabulary import Frequency
from lumbung.portal.intake.checklist import checklist
from lumbung.portal.intake.upkeep import due_at, upkeep
from tests.portal.conftest import Regency
from tests.portal.intake.conftest import MakePerson, Receive, register


def dataset(slug: str, organisation: Organisation, *, frequency: str, days: int, **more: str) -> Dataset:
    released = timezone.now() - timedelta(days=days)
    about = {"title": slug.title(), "classification": "terbuka", "legal_basis": "UU 14/2008", "frequency": frequency}
    moments = {"released_at": released, "state_since": released}
    return Dataset.objects.create(slug=slug, organisation=organisation, **{**about, **moments, **more})


def test_what_is_due(producer: Person, regency: Regency, client: Client) -> None:
    dataset("lama", regency.village, frequency="bulanan", days=40)
    dataset("segera", regency.village, frequency="bulanan", days=25)
    dataset("baru", regency.village, frequency="tahunan", days=40)
    dataset("sekali", regency.village, frequency="sekali", days=4000)
    dataset("tetangga", regency.neighbour, frequency="bulanan", days=400)
    dataset("ditarik", regency.village, frequency="bulanan", days=400, state="withdrawn", ground="data-pribadi")
    found = upkeep(producer)
    assert [(one.dataset.slug, one.late) for one in found.due] == [("lama", True), ("segera", False)]
    assert {one.dataset.slug for one in found.public} == {"lama", "segera", "baru", "sekali"}
    client.force_login(producer)
    page = client.get("/meja/").content.decode()
    assert "Sudah waktunya diperbarui" in page
    assert "/meja/kiriman/baru?data=lama" in page
    assert "Tetangga" not in page


def test_how_often_it_was_used(producer: Person, regency: Regency, actor: Actor, client: Client) -> None:
    one = dataset("penduduk", regency.village, frequency="tahunan", days=1)
    for _ in range(3):
        record_now(Kind.DOWNLOADED, by=actor, subject=one.subject)
    record_now(Kind.QUARANTINED, by=actor, subject=one.subject)
    kept = upkeep(producer).public[0]
    assert (kept.downloads, kept.days) == (3, 1)
    client.force_login(producer)
    page = client.get("/meja/").content.decode()
    assert actor.name not in page.split("<main")[1]


def test_what_waits_and_what_is_held(producer: Person, receive: Receive, inspected: Receive) -> None:
    receive(b"a;b\n1;2\n")
    inspected(register())
    assert (upkeep(producer).waiting, upkeep(producer).held) == (1, 1)


@pytest.mark.parametrize("frequency", ["", *Frequency.values])
def test_every_frequency(frequency: str, regency: Regency) -> None:
    due = due_at(dataset("x", regency.village, frequency=frequency, days=0))
    assert (due is None) is (frequency in ("", "sekali", "insidental"))


def test_who_looks_on_has_no_desk_of_a_producer(regency: Regency, person: MakePerson, client: Client) -> None:
    client.force_login(person("walidata", regency.top))
    assert "Sudah waktunya" not in client.get("/meja/kiriman/").content.decode()


def test_the_checklist(inspected: Receive, producer: Person, client: Client) -> None:
    bare = inspected()
    assert [point.holds for point in checklist(bare)] == [False, True, False, False, False]
    assert "satuan" in str(checklist(bare)[-1].note)
    about = {"description": "d", "theme": "kependudukan", "period": "2024", "source": "s", "unit": "u"}
    law = {"licence": "CC-BY-4.0", "frequency": "tahunan", "classification": "terbuka", "legal_basis": "UU"}
    full = inspected(b"a;b\n1;2\n3;4\n", **about, **law)
    assert all(point.holds for point in checklist(full))
    client.force_login(producer)
    assert "Sudah siap menjadi data terbuka?" in client.get(bare.get_absolute_url()).content.decode()
