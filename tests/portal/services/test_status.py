"""The status page: real checks, what people told, what is closed; open while everything else is shut."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lumbung.portal.audit.actions import beat
from lumbung.portal.audit.heads import sign_head
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.states import Shut
from lumbung.portal.catalogue.vocabulary import ClosingGround
from lumbung.portal.intake.jobs import inspect_submission
from lumbung.portal.publication import scopes
from lumbung.portal.publication.actions import quarantine
from lumbung.portal.services import health
from lumbung.portal.services.models import Service
from lumbung.portal.services.states import ServiceState
from lumbung.portal.services.watching import note_late, suggestion
from tests.portal.services.switched import switch
from tests.portal.shelves import Desk, actor, signed_in

pytestmark = pytest.mark.django_db


def said() -> dict[str, Any]:
    answer: dict[str, Any] = Client().get("/status.json").json()
    return answer


def states() -> dict[str, str]:
    return {one["id"]: one["state"] for one in said()["services"]}


def suggested(code: str) -> ServiceState | None:
    row = Service.objects.filter(code=code).first()
    hint = suggestion(row, code, health.checks())
    return hint[0] if hint else None


def test_machines_suggest_and_people_decide(desk: Desk) -> None:
    assert suggested("statistics-intake") == ServiceState.DEGRADED
    assert states()["statistics-intake"] == "open"
    assert said()["checks"] == {
        "housekeeper": False, "workers": True, "record_signed": False, "storage": True, "room": True
    }  # fmt: skip
    page = signed_in(desk.duty).get("/meja/status/").content.decode()
    assert "Anda yang memutuskan" in page
    beat()
    sign_head()
    assert suggested("statistics-intake") is None
    assert set(said()["checks"].values()) == {True}
    switch("statistics-intake", desk.duty, ServiceState.DEGRADED)
    assert suggested("statistics-intake") is None, "it was told a moment ago"
    Service.objects.update(since=timezone.now() - timedelta(hours=1))
    assert suggested("statistics-intake") == ServiceState.OPEN
    switch("statistics-intake", desk.duty, ServiceState.CLOSED)
    assert suggested("statistics-intake") is None, "no machine opens what people closed"


def test_a_job_that_nobody_takes_up_and_a_disk_that_is_full(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    beat()
    job = inspect_submission.enqueue("x")
    job.db_result.enqueued_at = timezone.now() - timedelta(hours=1)
    job.db_result.save()
    assert suggested("statistics-intake") == ServiceState.DEGRADED
    assert not said()["checks"]["workers"]
    job.db_result.delete()
    monkeypatch.setattr(health, "LEAST_ROOM", 1 << 62)
    assert (suggested("statistics-intake"), suggested("open-data")) == (ServiceState.DEGRADED, None)


def test_a_storage_that_is_away(desk: Desk, settings: Any, tmp_path: Path) -> None:
    beat()
    settings.STORED = tmp_path / "away"
    assert (suggested("open-data"), suggested("rows-api")) == (ServiceState.DEGRADED, ServiceState.DEGRADED)


def test_what_people_tell_stands_in_all_three_shapes(desk: Desk) -> None:
    switch("statistics-intake", desk.duty, ServiceState.DEGRADED, channel="Loket Diskominfo")
    page = Client().get("/status").content.decode()
    for words in ("Sedang diperbaiki.", "Loket Diskominfo", "Kabar berikutnya", "Terganggu"):
        assert words in page
    line = next(one for one in said()["services"] if one["id"] == "statistics-intake")
    assert (line["state"], line["overdue"], line["reason"]) == ("degraded", False, "Sedang diperbaiki.")
    assert (line["decided_by"], "Diputuskan Dinas Kominfo." in page) == ("Dinas Kominfo", True)
    assert said()["history"][0]["service"] == "statistics-intake"
    feed = Client().get("/status.atom").content.decode()
    assert "Sedang diperbaiki." in feed
    assert desk.duty.name not in page + feed, "the office answers for it in public"


def test_promised_news_that_did_not_come(desk: Desk) -> None:
    switch("open-data", desk.duty, ServiceState.DEGRADED)
    assert note_late() == 0
    Service.objects.update(next_at=timezone.now() - timedelta(minutes=5))
    assert "belum ada" in Client().get("/status").content.decode()
    assert next(one for one in said()["services"] if one["id"] == "open-data")["overdue"]
    desk_page = signed_in(desk.duty).get("/meja/status/").content.decode()
    assert "Beri kabar sekarang" in desk_page
    assert '<span class="count">1</span>' in desk_page
    note_late()
    note_late()
    assert Event.objects.filter(kind="service-late").count() == 1
    switch("open-data", desk.duty, ServiceState.DEGRADED)
    assert "belum ada" not in Client().get("/status").content.decode()


def test_what_is_closed_is_told_by_number_and_never_by_title(desk: Desk) -> None:
    dataset = desk.publish(title="Judul yang membocorkan")
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    shut = {"person": desk.duty, "by": actor(desk.duty), "because": "Ada.", "ground": ClosingGround.PERSONAL_DATA}
    scopes.close_organisation(desk.neighbour, **shut)  # type: ignore[arg-type]
    closed = said()["closed"]
    assert (closed["datasets"], [one["name"] for one in closed["organisations"]]) == (1, [desk.neighbour.name])
    for path in ("/status", "/status.json", "/status.atom"):
        assert "membocorkan" not in Client().get(path).content.decode()


@pytest.mark.parametrize(
    ("how", "expected"),
    [(Shut.CLOSED, {"open-data": "closed"}), (Shut.READ_ONLY, {"open-data": "open"})],
)
def test_while_the_portal_is_shut(desk: Desk, how: Shut, expected: dict[str, str]) -> None:
    beat()
    shut = {"person": desk.duty, "by": actor(desk.duty), "because": "Diserang.", "ground": ClosingGround.LAW}
    scopes.close_portal(shut=how, **shut)  # type: ignore[arg-type]
    assert expected.items() <= states().items()
    assert states()["statistics-intake"] == "closed"
    assert (states()["document-requests"], Client().get("/layanan/").status_code) == ("open", 200)
    assert said()["closed"]["portal"]["shut"] == how.value
    assert Client().get("/").status_code == (503 if how == Shut.CLOSED else 200)
