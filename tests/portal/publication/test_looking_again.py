"""New rules look at what old rules let pass, and close what they would hold."""

import hashlib
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from lumbung import gate
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset, Distribution, Release
from lumbung.portal.catalogue.shelf import path_of
from lumbung.portal.catalogue.vocabulary import ClosingGround
from lumbung.portal.incidents.jobs import keep_incidents
from lumbung.portal.incidents.models import Incident
from lumbung.portal.intake.models import Submission
from lumbung.portal.publication import looking_again
from lumbung.portal.publication.looking_again import OTHER_BYTES, look_again
from lumbung.portal.publication.rescan import ask, progress
from lumbung.portal.publication.scopes import close_organisation, end_closing
from tests.gate.test_inspect import RESIDENTS
from tests.portal.shelves import TABLE, Desk, actor, signed_in

pytestmark = pytest.mark.django_db


def outdated(dataset: Dataset) -> Release:
    """The dataset's release as an earlier version of the rules passed it."""
    release: Release = dataset.releases.get()
    release.rules_version = "sebelumnya"
    release.save()
    return release


def replaced(release: Release, content: str, *, told: bool = True) -> None:
    """Other bytes on the shelf, as if the old rules had let them pass; untold, as if a hand had changed them."""
    file = Distribution.objects.get(release=release, format="csv")
    path_of(file).chmod(0o600)
    path_of(file).write_text(content)
    if told:
        file.sha256 = hashlib.sha256(content.encode()).hexdigest()
        file.save()


def status(dataset: Dataset) -> int:
    return Client().get(dataset.get_absolute_url()).status_code


def register() -> str:
    return "NIK\n" + "\n".join(RESIDENTS) + "\n"


def test_what_still_passes_stays_and_is_not_looked_at_twice(desk: Desk) -> None:
    dataset = desk.publish()
    release = outdated(dataset)
    assert look_again() == 0
    release.refresh_from_db()
    assert (release.rules_version, status(dataset)) == (gate.rules_version(), 200)
    assert Event.objects.filter(kind="looked-again").count() == 1
    assert look_again() == 0
    assert Event.objects.filter(kind="looked-again").count() == 1


def test_what_would_be_held_today_is_closed_and_its_neighbour_is_not(desk: Desk) -> None:
    dataset, neighbour = desk.publish(), desk.publish(TABLE.replace(b"2024", b"2023"))
    outdated(neighbour)
    replaced(outdated(dataset), register())
    assert look_again() == 1
    assert (status(dataset), status(neighbour)) == (410, 200)
    line = Event.objects.get(kind="quarantined")
    assert (line.actor, "aturan yang baru" in line.because) == ("system", True)
    assert Event.objects.filter(kind="looked-again", details__held_for=["nik"]).count() == 1


def test_once_a_month_without_new_rules(desk: Desk) -> None:
    dataset = desk.publish()
    replaced(dataset.releases.get(), register())
    assert (look_again(), status(dataset)) == (0, 200)
    Release.every.update(looked_at=timezone.now() - timedelta(days=31))
    assert (progress().due, progress().done) == (1, 0)
    assert (look_again(), status(dataset)) == (1, 410)
    assert (progress().due, progress().releases) == (0, 0)
    assert [line.subject for line in progress().findings] == [dataset.subject.key]


def test_a_finding_opens_an_incident_and_a_closed_organisation_is_looked_at_all_the_same(desk: Desk) -> None:
    dataset = desk.publish()
    replaced(outdated(dataset), register())
    told = {"person": desk.duty, "by": actor(desk.duty), "because": "Ada.", "ground": ClosingGround.LAW}
    closing = close_organisation(desk.village, **told)  # type: ignore[arg-type]
    assert look_again() == 1
    keep_incidents()
    assert Incident.objects.get().dataset == dataset
    end_closing(closing, person=desk.ppdp, by=actor(desk.ppdp), because="Aman.")
    assert status(dataset) == 410


def test_everything_may_be_asked_for_at_once(desk: Desk) -> None:
    dataset = desk.publish()
    with pytest.raises(Refused):
        ask(person=desk.producer, by=actor(desk.producer))
    assert signed_in(desk.producer).get("/meja/periksa-ulang/").status_code == 403
    assert signed_in(desk.duty).post("/meja/periksa-ulang/").status_code == 302
    assert "0 dari 1" in signed_in(desk.duty).get("/meja/periksa-ulang/").content.decode()
    out = StringIO()
    call_command("rescan", stdout=out)
    assert "1 dari 1 rilis diperiksa, 0 data ditutup" in out.getvalue()
    replaced(dataset.releases.get(), register())
    call_command("rescan", "--all", stdout=out)
    assert "1 data ditutup" in out.getvalue()


@pytest.mark.parametrize("broken", ["record", "close_by_itself"])
def test_cut_off_in_the_middle_of_a_look_it_is_still_due(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    dataset = desk.publish()
    replaced(outdated(dataset), register())

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(looking_again, broken, die)
    with pytest.raises(KeyboardInterrupt):
        look_again()
    monkeypatch.undo()
    assert progress().due == 1
    assert not Event.objects.filter(kind="looked-again").exists()
    assert (look_again(), status(dataset)) == (1, 410)


def test_what_the_ppdp_released_stays(desk: Desk) -> None:
    dataset = desk.publish()
    release = outdated(dataset)
    replaced(release, register())
    Submission.objects.filter(pk=release.submission).update(released_codes=["nik"])
    assert (look_again(), status(dataset)) == (0, 200)


def test_other_bytes_than_the_published_ones_are_closed(desk: Desk) -> None:
    dataset = desk.publish()
    release = outdated(dataset)
    replaced(release, "kecamatan;jumlah\nSukatani;1\n", told=False)
    assert (look_again(), status(dataset)) == (1, 410)
    assert Event.objects.filter(details__held_for=[OTHER_BYTES]).exists()


def test_a_round_takes_a_limited_number(desk: Desk) -> None:
    for dataset in (desk.publish(), desk.publish(TABLE.replace(b"2024", b"2023"))):
        outdated(dataset)
    look_again(most=1)
    assert Release.objects.filter(rules_version="sebelumnya").count() == 1
