"""New rules look at what old rules let pass, and close what they would hold."""

import hashlib

import pytest
from django.test import Client

from lumbung import gate
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset, Distribution, Release
from lumbung.portal.catalogue.shelf import path_of
from lumbung.portal.intake.models import Submission
from lumbung.portal.publication.looking_again import OTHER_BYTES, look_again
from tests.gate.test_inspect import RESIDENTS
from tests.portal.shelves import TABLE, Desk

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
