"""One release that was closed because of personal data: an incident of its own, about that release and no other."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset, Release
from lumbung.portal.catalogue.states import Shut
from lumbung.portal.catalogue.vocabulary import ClosingGround
from lumbung.portal.incidents.actions import end_incident, open_incident
from lumbung.portal.incidents.chronology import chronology
from lumbung.portal.incidents.exposure import span
from lumbung.portal.incidents.jobs import gather_incident, keep_incidents
from lumbung.portal.incidents.models import Incident
from lumbung.portal.publication import scopes
from lumbung.portal.publication.actions import quarantine, remove
from tests.portal.incidents.test_gathering import RESIDENTS, register
from tests.portal.publication.test_looking_again import replaced
from tests.portal.shelves import TABLE, Desk, actor, signed_in

pytestmark = pytest.mark.django_db
PERSONAL = ClosingGround.PERSONAL_DATA


@pytest.fixture
def dataset(desk: Desk) -> Dataset:
    """Three releases, the second a register."""
    dataset = desk.publish()
    desk.publish(TABLE + b"Sindang;2024;77\n", dataset=dataset)
    desk.publish(TABLE + b"Sindang;2024;78\n", dataset=dataset)
    replaced(release(dataset, 2), register())
    return dataset


def release(dataset: Dataset, number: int) -> Release:
    return Release.every.get(dataset=dataset, number=number)


def close(desk: Desk, dataset: Dataset, number: int, ground: ClosingGround = PERSONAL) -> None:
    told = {"person": desk.duty, "by": actor(desk.duty), "because": "Tampak NIK.", "ground": ground}
    scopes.close_release(release(dataset, number), **told)
    keep_incidents()


def reopen(desk: Desk, dataset: Dataset, number: int) -> None:
    told = {"person": desk.walidata, "by": actor(desk.walidata), "because": "Ternyata kode barang."}
    scopes.reopen_release(release(dataset, number), **told)


def take(dataset: Dataset, number: int) -> None:
    file = release(dataset, number).distributions.get(format="csv")
    b"".join(Client().get(f"{dataset.get_absolute_url()}/unduh/{file.name}").streaming_content)


def counted(incident: Incident) -> dict[str, Any]:
    gather_incident.call(incident.pk)
    return incident.dossiers.first().facts


def test_it_is_told_of_that_release_alone(desk: Desk, dataset: Dataset) -> None:
    take(dataset, 2)
    take(dataset, 3)
    close(desk, dataset, 2)
    keep_incidents()
    incident = Incident.objects.get()
    closing = Event.objects.get(kind="release-closed")
    assert (incident.closing, incident.aware, incident.aware_at) == (closing.sequence, closing.sequence, closing.at)
    facts = counted(incident)
    assert (facts["releases"], facts["people"]["people"], facts["taken"]["downloads"]) == ([2], len(RESIDENTS), 1)
    assert [one["until"]["line"] for one in facts["exposures"]] == [closing.sequence]
    opened = Event.objects.filter(kind="published", subject=dataset.subject.key, details__release=2).get()
    assert facts["exposures"][0]["since"]["line"] == opened.sequence
    assert len(facts["uploads"]) == 1 and len(chronology(dataset).uploads) == 3
    assert Client().get(dataset.get_absolute_url()).status_code == 200


def test_its_page_and_its_letters_name_the_release(desk: Desk, dataset: Dataset) -> None:
    close(desk, dataset, 2)
    incident, client = Incident.objects.get(), signed_in(desk.ppdp)
    assert "<dt>Rilis</dt><dd>2." in client.get(f"/meja/insiden/{incident.pk}").content.decode()
    client.post(f"/meja/insiden/{incident.pk}/surat/t5-kronologi/susun")
    assert f"{dataset.title}, rilis 2”" in incident.letters.get().text


def test_another_reason_is_no_incident(desk: Desk, dataset: Dataset) -> None:
    close(desk, dataset, 2, ClosingGround.OUTDATED)
    assert open_incident(dataset) is None and not Incident.objects.exists()


def test_the_next_release_joins_and_is_counted(desk: Desk, dataset: Dataset) -> None:
    close(desk, dataset, 3)
    incident = Incident.objects.get()
    assert counted(incident)["people"]["people"] == 0
    close(desk, dataset, 2)
    assert incident.dossiers.first().facts["people"]["why_not"] == "not-counted"
    facts = counted(incident)
    assert (facts["releases"], facts["people"]["people"]) == ([2, 3], len(RESIDENTS))
    assert Incident.objects.count() == 1


def test_the_whole_dataset_joins_it(desk: Desk, dataset: Dataset) -> None:
    close(desk, dataset, 2)
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Semuanya.", ground=PERSONAL)
    keep_incidents()
    facts = counted(Incident.objects.get())
    assert (facts["releases"], facts["exposures"][0]["until"]["kind"]) == ([], "quarantined")


def test_opened_again_is_shown_and_what_follows_is_another(desk: Desk, dataset: Dataset) -> None:
    close(desk, dataset, 3)
    reopen(desk, dataset, 3)
    keep_incidents()
    story = chronology(dataset, releases=[3])
    assert [one.until and one.until.kind for one in story.exposures] == ["release-closed", None]
    assert span(story.exposures, now=timezone.now()) == 1
    assert "release-opened" in [one["kind"] for one in counted(Incident.objects.get())["done"]]
    close(desk, dataset, 3)
    assert Incident.objects.count() == 2


def test_after_the_end_of_an_incident_comes_another_with_its_own_clock(desk: Desk, dataset: Dataset) -> None:
    close(desk, dataset, 3)
    first = Incident.objects.get()
    end_incident(first, person=desk.ppdp, by=actor(desk.ppdp), because="Warga diberi tahu.")
    keep_incidents()
    assert Incident.objects.count() == 1
    close(desk, dataset, 2)
    second = Incident.objects.exclude(pk=first.pk).get()
    assert (second.aware, counted(second)["releases"]) == (second.closing, [2])


def test_the_story_outlives_the_release(desk: Desk, dataset: Dataset) -> None:
    take(dataset, 2)
    close(desk, dataset, 2)
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Salah.", ground=ClosingGround.WRONG)
    told = {"person": desk.walidata, "by": actor(desk.walidata), "because": "Dihapus."}
    remove(Dataset.objects.get(pk=dataset.pk), title=dataset.title, **told)
    facts = counted(Incident.objects.get())
    assert (facts["releases"], facts["taken"]["downloads"], facts["people"]["why_not"]) == ([2], 1, "no-files")


def test_what_lies_above_ends_the_exposure_too(desk: Desk, dataset: Dataset) -> None:
    told = {"person": desk.duty, "by": actor(desk.duty), "because": "Diserang.", "ground": ClosingGround.LAW}
    closing = scopes.close_organisation(Organisation.objects.get(slug="kecamatan"), **told)
    scopes.end_closing(closing, person=desk.ppdp, by=actor(desk.ppdp), because="Aman.")
    scopes.close_organisation(desk.neighbour, **told)
    scopes.close_portal(shut=Shut.CLOSED, **told)
    scopes.close_portal(shut=Shut.READ_ONLY, **told)
    said = [(one.since.kind, one.until.kind if one.until else "") for one in chronology(dataset).exposures]
    assert said == [
        ("published", "organisation-closed"), ("organisation-opened", "portal-closed"), ("portal-read-only", ""),
    ]  # fmt: skip
