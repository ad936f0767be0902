"""The withdrawal feed: a harvester learns what to take away, by the address it knows, and nothing else."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from lumbung.portal.catalogue.models import Dataset, Distribution, Release
from lumbung.portal.catalogue.states import Shut
from lumbung.portal.catalogue.vocabulary import ClosingGround
from lumbung.portal.publication import scopes
from lumbung.portal.publication.actions import quarantine, remove, restore
from tests.portal.shelves import TABLE, Desk, actor

pytestmark = pytest.mark.django_db


def entries(**asked: str) -> list[dict[str, Any]]:
    answer = Client().get("/penarikan.json", asked)
    assert answer.headers["X-Robots-Tag"] == "noindex"
    found: list[dict[str, Any]] = answer.json()["entries"]
    return found


def close(desk: Desk, dataset: Dataset) -> None:
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")


def test_what_is_closed_is_listed_and_what_opens_again_is_not(desk: Desk) -> None:
    dataset = desk.publish(title="Judul yang membocorkan")
    assert entries() == []
    close(desk, dataset)
    (one,) = entries()
    assert one["id"] == f"http://testserver{dataset.get_absolute_url()}"
    assert (one["scope"], one["state"], one["reason"]) == ("dataset", "quarantined", "data-pribadi")
    atom = Client().get("/penarikan.atom").content.decode()
    assert f"{dataset.get_absolute_url()}" in atom
    assert 'term="data-pribadi"' in atom
    assert "Judul yang" not in atom
    dataset.refresh_from_db()
    restore(dataset, person=desk.ppdp, by=actor(desk.ppdp), because="Aman.")
    assert entries() == []
    close(desk, dataset)
    dataset.refresh_from_db()
    remove(dataset, person=desk.ppdp, by=actor(desk.ppdp), because="Hapus.", title=dataset.title)
    assert [one["state"] for one in entries()] == ["removed"]


def test_one_release_with_its_files_one_organisation_and_the_portal(desk: Desk) -> None:
    dataset = desk.publish()
    desk.publish(TABLE + b"Sindang;2024;77\n", dataset=dataset)
    release = Release.objects.get(dataset=dataset, number=2)
    names = set(Distribution.objects.filter(release=release).values_list("name", flat=True))
    told: dict[str, Any] = {"person": desk.duty, "by": actor(desk.duty), "because": "Ada laporan."}
    scopes.close_release(release, **told)
    (one,) = entries()
    assert one["scope"] == "release"
    assert {file.rsplit("/", 1)[1] for file in one["files"]} == names
    assert all(Client().get(file).status_code == 410 for file in one["files"])
    scopes.close_organisation(desk.village, ground=ClosingGround.LAW, **told)
    assert [(one["scope"], one["reason"]) for one in entries()] == [("organisation", "hukum")]
    scopes.close_portal(ground=ClosingGround.LAW, shut=Shut.CLOSED, **told)
    assert "portal" in {one["scope"] for one in entries()}


@pytest.mark.parametrize("nonsense", ["", "x", "2026-99-99T00:00", "'; DROP TABLE", "9" * 400])
def test_nonsense_asks_for_everything(desk: Desk, nonsense: str) -> None:
    close(desk, desk.publish())
    assert len(entries(since=nonsense)) == 1


def test_since(desk: Desk) -> None:
    dataset = desk.publish()
    close(desk, dataset)
    now = timezone.now()
    assert len(entries(since=(now - timedelta(minutes=1)).isoformat())) == 1
    assert entries(since=(now + timedelta(minutes=1)).isoformat()) == []
    assert len(Client().get(f"/penarikan.json?since={quote('2020-01-01T00:00')}").json()["entries"]) == 1
