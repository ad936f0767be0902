"""An incident opens by itself, its clock runs from the first moment anybody could know, the record tells its story."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.audit.models import Event, Head
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.catalogue.vocabulary import ClosingGround
from lumbung.portal.incidents.actions import close, end_incident, open_incident, settle
from lumbung.portal.incidents.chronology import chronology, network_of
from lumbung.portal.incidents.exposure import span
from lumbung.portal.incidents.jobs import keep_incidents
from lumbung.portal.incidents.models import CLOCK, Incident
from lumbung.portal.publication.actions import quarantine, remove, restore, withdraw
from tests.portal.incidents.test_desk import reported
from tests.portal.shelves import Desk, actor, signed_in

pytestmark = pytest.mark.django_db


def shut(desk: Desk, dataset: Dataset) -> Incident:
    """Closed by the duty officer, and the incident the house opens."""
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Tampak NIK.")
    keep_incidents()
    return Incident.objects.get()


def line(kind: str) -> Event:
    return Event.objects.get(kind=kind)


def test_it_opens_once_with_the_clock_of_the_closing(desk: Desk, dataset: Dataset) -> None:
    incident = shut(desk, dataset)
    keep_incidents()
    assert Incident.objects.count() == 1
    closing = line("quarantined")
    assert (incident.aware, incident.closing, incident.aware_at) == (closing.sequence, closing.sequence, closing.at)
    assert incident.deadline - closing.at == CLOCK == timedelta(days=3)
    assert line("incident-opened").details == {
        "incident": incident.pk,
        "aware": closing.sequence,
        "closing": closing.sequence,
    }


def test_its_beginning_is_under_a_signed_head(desk: Desk, dataset: Dataset) -> None:
    incident = shut(desk, dataset)
    assert incident.sealed == Head.objects.first().size >= line("incident-opened").sequence


def test_the_clock_runs_from_the_report_that_nobody_had_answered(desk: Desk, dataset: Dataset) -> None:
    matter, _code = reported(dataset)
    close(matter, person=desk.duty, by=actor(desk.duty), because="Tampak NIK.")
    assert Incident.objects.get().aware == line("reported").sequence


def test_a_report_that_was_looked_at_and_left_open_is_not_the_beginning(desk: Desk, dataset: Dataset) -> None:
    matter, _code = reported(dataset)
    settle(matter, person=desk.duty, by=actor(desk.duty), answer="Itu kode barang.")
    assert shut(desk, dataset).aware == line("quarantined").sequence


def test_a_closing_for_other_reasons_is_no_incident(desk: Desk, dataset: Dataset) -> None:
    withdraw(dataset, person=desk.walidata, by=actor(desk.walidata), because="Usang.", ground=ClosingGround.OUTDATED)
    keep_incidents()
    assert open_incident(dataset) is None
    assert not Incident.objects.exists()


def test_closed_restored_and_closed_again_are_two(desk: Desk, dataset: Dataset) -> None:
    shut(desk, dataset)
    dataset.refresh_from_db()
    restore(dataset, person=desk.walidata, by=actor(desk.walidata), because="Ternyata kode barang.")
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Tampak NIK juga.")
    keep_incidents()
    assert Incident.objects.count() == 2


def test_the_story_is_told_from_the_record(desk: Desk, dataset: Dataset) -> None:
    file = dataset.releases.get().distributions.get(format="csv")
    for address in ("203.0.113.9", "203.0.113.44", "198.51.100.7"):
        answer = Client(REMOTE_ADDR=address).get(f"{dataset.get_absolute_url()}/unduh/{file.name}")
        b"".join(answer.streaming_content)
    shut(desk, dataset)
    story = chronology(dataset)
    assert [one.kind for one in story.uploads] == ["received"]
    assert story.uploads[0].actor == actor(desk.producer).id
    assert [(one.since.kind, one.until.kind if one.until else "") for one in story.exposures] == [
        ("published", "quarantined")
    ]
    assert (story.downloads, [(one.name, one.downloads) for one in story.networks]) == (
        3, [("203.0.113.0/24", 2), ("198.51.100.0/24", 1)],
    )  # fmt: skip
    numbers = [one.sequence for one in story.lines]
    assert numbers == sorted(numbers) and "downloaded" not in {one.kind for one in story.lines}
    assert span(story.exposures, now=timezone.now()) == 1


def test_the_story_outlives_the_data(desk: Desk, dataset: Dataset) -> None:
    shut(desk, dataset)
    dataset.refresh_from_db()
    before = len(chronology(dataset).lines)
    remove(dataset, person=desk.walidata, by=actor(desk.walidata), because="Dihapus.", title=dataset.title)
    story = chronology(dataset)
    assert len(story.lines) > before and story.uploads


def test_networks() -> None:
    assert [network_of(one) for one in ("203.0.113.9", "2001:db8:1:2::9", "", "entah")] == [
        "203.0.113.0/24", "2001:db8:1::/48", "", "",
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["duty", "ppdp", "walidata", "admin"])
def test_all_who_must_act_see_the_clock_and_the_story(desk: Desk, dataset: Dataset, who: str) -> None:
    incident = shut(desk, dataset)
    client = signed_in(getattr(desk, who))
    assert "Tersisa" in client.get("/meja/insiden/").content.decode()
    assert "Tersisa" in client.get("/meja/laporan/").content.decode()
    page = client.get(f"/meja/insiden/{incident.pk}").content.decode()
    assert "UTC" in page and "kunjungan halaman tidak dicatat" in page
    assert page.count(f"baris {incident.closing}") >= 1


def test_a_clock_that_has_run_out_says_so(desk: Desk, dataset: Dataset) -> None:
    incident = shut(desk, dataset)
    Incident.objects.update(aware_at=timezone.now() - timedelta(days=4))
    assert "sudah lewat" in signed_in(desk.ppdp).get(f"/meja/insiden/{incident.pk}").content.decode()


@pytest.mark.parametrize("who", ["producer", "stranger"])
def test_nobody_else_sees_it(desk: Desk, dataset: Dataset, who: str) -> None:
    incident = shut(desk, dataset)
    client = signed_in(getattr(desk, who))
    assert dataset.title not in client.get("/meja/insiden/").content.decode()
    assert client.get(f"/meja/insiden/{incident.pk}").status_code == 404
    assert client.post(f"/meja/insiden/{incident.pk}/selesai", {"because": "x"}).status_code == 404
    assert Client().get(f"/meja/insiden/{incident.pk}").headers["Location"].startswith("/masuk")


def test_it_is_ended_with_words_by_who_may(desk: Desk, dataset: Dataset) -> None:
    incident = shut(desk, dataset)
    with pytest.raises(Refused):
        end_incident(incident, person=desk.duty, by=actor(desk.duty), because="Sudah.")
    client = signed_in(desk.ppdp)
    assert client.post(f"/meja/insiden/{incident.pk}/selesai", {"because": ""}).status_code == 422
    for _ in range(2):
        client.post(f"/meja/insiden/{incident.pk}/selesai", {"because": "Warga diberi tahu."})
    incident.refresh_from_db()
    assert (incident.ended_by, line("incident-ended").because) == (desk.ppdp, "Warga diberi tahu.")
    keep_incidents()
    assert Incident.objects.count() == 1
    assert Client().get(dataset.get_absolute_url()).status_code == 410


def test_who_reads_rows_by_program_stands_in_the_record_once_an_hour(desk: Desk, dataset: Dataset) -> None:
    cache.clear()
    rows = f"/api/data/{dataset.slug}/1/rows"
    for address in ("203.0.113.9", "203.0.113.9", "198.51.100.7"):
        assert Client(REMOTE_ADDR=address).get(rows).status_code == 200
    Client().head(rows)
    Client().get(f"{dataset.get_absolute_url()}/pratinjau")
    lines = Event.objects.filter(kind="rows-read", subject=dataset.subject.key).order_by("sequence")
    assert list(lines.values_list("address", flat=True)) == ["203.0.113.9", "198.51.100.7"]
    story = chronology(dataset)
    assert (story.reads, story.downloads) == (2, 0) and "rows-read" not in {line.kind for line in story.lines}
