"""The status page: real checks, what people told, what is closed; open while everything else is shut."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lumbung.portal.accounts.permissions import Refused, Unfit
from lumbung.portal.audit.actions import beat
from lumbung.portal.audit.heads import sign_head
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.states import Shut
from lumbung.portal.catalogue.vocabulary import ClosingGround
from lumbung.portal.intake.jobs import inspect_submission
from lumbung.portal.publication import scopes
from lumbung.portal.publication.actions import quarantine
from lumbung.portal.services import health
from lumbung.portal.services.actions import end, tell
from lumbung.portal.services.models import Notice, Service, Standing
from tests.portal.shelves import Desk, actor, signed_in

pytestmark = pytest.mark.django_db


def said() -> dict[str, Any]:
    answer: dict[str, Any] = Client().get("/status.json").json()
    return answer


def states() -> dict[str, str]:
    return {one["id"]: one["state"] for one in said()["services"]}


def told(desk: Desk, **more: Any) -> Notice:
    kept = {"person": desk.duty, "by": actor(desk.duty), "standing": Standing.DISTURBED, "words": "Sedang diperbaiki."}
    return tell(Service.UPLOADS, **{**kept, **more})


def test_all_is_well_where_the_house_is_kept_and_not_where_nobody_watches(desk: Desk) -> None:
    assert states()["unggahan"] == "terganggu"
    assert said()["checks"] == {
        "housekeeper": False, "workers": True, "record_signed": False, "storage": True, "room": True
    }  # fmt: skip
    beat()
    sign_head()
    assert set(states().values()) == {"jalan"}
    assert set(said()["checks"].values()) == {True}


def test_a_job_that_nobody_takes_up_and_a_disk_that_is_full(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    beat()
    job = inspect_submission.enqueue("x")
    job.db_result.enqueued_at = timezone.now() - timedelta(hours=1)
    job.db_result.save()
    assert states()["unggahan"] == "terganggu"
    assert not said()["checks"]["workers"]
    job.db_result.delete()
    monkeypatch.setattr(health, "LEAST_ROOM", 1 << 62)
    assert (states()["unggahan"], states()["katalog"]) == ("terganggu", "jalan")


def test_a_storage_that_is_away(desk: Desk, settings: Any, tmp_path: Path) -> None:
    beat()
    settings.STORED = tmp_path / "away"
    assert (states()["unduhan"], states()["unggahan"]) == ("terganggu", "terganggu")


def test_people_tell_and_take_back(desk: Desk) -> None:
    beat()
    later = timezone.now() + timedelta(hours=2)
    notice = told(desk, channel="Loket Diskominfo", next_at=later)
    page = Client().get("/status").content.decode()
    for words in ("Sedang diperbaiki.", "Loket Diskominfo", "Kabar berikutnya"):
        assert words in page
    assert states()["unggahan"] == "terganggu"
    assert "Sedang diperbaiki." in Client().get("/status.atom").content.decode()
    told(desk, standing=Standing.CLOSED, words="Tutup sampai besok.")
    assert (states()["unggahan"], Notice.objects.filter(ended_at=None).count()) == ("ditutup", 1)
    last = Notice.objects.get(ended_at=None)
    for one in (last, last, notice):
        end(one, person=desk.duty, by=actor(desk.duty))
    assert states()["unggahan"] == "jalan"
    assert Event.objects.filter(kind="status-told").count() == 3


def test_who_speaks_and_with_which_words(desk: Desk) -> None:
    for who in (desk.producer, desk.stranger):
        with pytest.raises(Refused):
            told(desk, person=who)
        assert signed_in(who).get("/meja/status/").status_code == 403
    with pytest.raises(Unfit):
        told(desk, words="NIK 3308" + "1" * 8 + "9001 bocor")
    form = {"service": "katalog", "standing": "terganggu", "words": "Pencarian lambat.", "next_at": "2026-12-01T10:00"}
    assert signed_in(desk.duty).post("/meja/status/", form).status_code == 302
    assert signed_in(desk.duty).post("/meja/status/", {**form, "words": ""}).status_code == 422
    assert "Pencarian lambat." in Client().get("/status").content.decode()


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
    [(Shut.CLOSED, {"katalog": "ditutup", "laporan": "jalan"}), (Shut.READ_ONLY, {"katalog": "jalan"})],
)
def test_while_the_portal_is_shut(desk: Desk, how: Shut, expected: dict[str, str]) -> None:
    beat()
    shut = {"person": desk.duty, "by": actor(desk.duty), "because": "Diserang.", "ground": ClosingGround.LAW}
    scopes.close_portal(shut=how, **shut)  # type: ignore[arg-type]
    assert expected.items() <= states().items()
    assert states()["unggahan"] == "ditutup"
    assert said()["closed"]["portal"]["shut"] == how.value
    assert Client().get("/").status_code == (503 if how == Shut.CLOSED else 200)
