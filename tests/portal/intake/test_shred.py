"""Shredding: the key goes first, then the bytes; nothing comes back, and the record stays."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from lumbung.portal.accounts.permissions import Conflicting
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.intake import actions, jobs, vault
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.seal import Tampered
from lumbung.portal.intake.states import State
from tests.portal.conftest import Regency
from tests.portal.intake.conftest import MakePerson, Receive, register


def put(submission: Submission, state: State, *, days: int = 0) -> None:
    since = timezone.now() - timedelta(days=days)
    Submission.objects.filter(pk=submission.pk).update(state=state, state_since=since)


@pytest.mark.django_db(transaction=True)
def test_works(inspected: Receive, client: Client, home: Path) -> None:
    submission = inspected(register())
    client.force_login(submission.submitted_by)
    place = home / "submissions" / submission.storage_key
    wrapped = bytes(submission.wrapped_key)
    assert place.exists()
    client.post(f"{submission.get_absolute_url()}/musnahkan")
    submission.refresh_from_db()
    assert (submission.state, bytes(submission.wrapped_key), bytes(submission.sealed_name)) == ("shredded", b"", b"")
    assert not place.exists()
    assert not any(reason["place"] for reason in submission.inspection["reasons"])
    assert Event.objects.filter(kind=Kind.SHREDDED).count() == 1
    with pytest.raises(Tampered), vault.open_plain(submission):
        pass
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        left = b"".join(path.read_bytes() for path in name.parent.glob(f"{name.name}*"))
        assert wrapped not in left, "an older page of the database still holds the key"


def test_nothing_the_second_time(inspected: Receive, actor: Actor) -> None:
    submission = inspected(register())
    actions.shred(submission, by=actor, because="")
    actions.shred(submission, by=actor, because="")
    assert Event.objects.filter(kind=Kind.SHREDDED).count() == 1


@pytest.mark.parametrize("state", [State.INSPECTING, State.PUBLISHED])
def test_wrong_state(state: State, inspected: Receive, actor: Actor) -> None:
    submission = inspected()
    put(submission, state)
    with pytest.raises(Conflicting):
        actions.shred(submission, by=actor, because="")
    submission.refresh_from_db()
    assert submission.storage_key


def test_removal_from_the_shelf_takes_the_bytes_along(inspected: Receive, actor: Actor) -> None:
    submission = inspected()
    put(submission, State.PUBLISHED)
    actions.shred(submission, by=actor, because="dihapus", published=True)
    submission.refresh_from_db()
    assert submission.state == State.SHREDDED


@pytest.mark.parametrize(
    ("state", "days", "goes"),
    [
        (State.HELD, 8, True),
        (State.REJECTED, 8, True),
        (State.HELD, 6, False),
        (State.REJECTED, 6, False),
        (State.IN_REVIEW, 80, False),
        (State.APPROVED, 80, False),
        (State.PUBLISHED, 80, False),
        (State.RECEIVED, 80, False),
    ],
)
def test_after_seven_days(state: State, days: int, goes: bool, inspected: Receive) -> None:
    submission = inspected(register())
    put(submission, state, days=days)
    assert jobs.shred_expired() == goes
    assert jobs.shred_expired() == 0
    submission.refresh_from_db()
    assert (submission.state == State.SHREDDED) is goes
    line = Event.objects.filter(kind=Kind.SHREDDED).first()
    assert (line is not None) is goes
    assert line is None or (line.actor == "system" and "Masa simpan" in line.because)


def test_the_sweep_takes_only_what_nobody_knows(receive: Receive, home: Path) -> None:
    import os

    kept = receive()
    orphan = vault.seal_bytes([b"yatim"], name="a")
    vault.keep(orphan)
    vault.seal_bytes([b"setengah"], name="b")
    fresh = vault.seal_bytes([b"baru"], name="c")
    old = (timezone.now() - timedelta(hours=3)).timestamp()
    files = [path for path in (home / "submissions").rglob("*") if path.is_file() and path != fresh.passing]
    for path in files:
        os.utime(path, (old, old))
    assert jobs.sweep() == 2
    assert fresh.passing.exists()
    with vault.open_plain(kept):
        pass


@pytest.mark.parametrize(("role", "may"), [("ppdp", True), ("walidata", False), ("admin", False)])
def test_who_else_may(
    role: str, may: bool, inspected: Receive, regency: Regency, person: MakePerson, client: Client
) -> None:
    submission = inspected(register())
    client.force_login(person(role, regency.top))
    assert client.post(f"{submission.get_absolute_url()}/musnahkan").status_code == (302 if may else 404)
