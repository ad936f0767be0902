"""The viewing room: the right person, a second step, a reason, each row in the record, nothing to keep or to print."""

import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.internal.flows import login
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Refused, Unfit
from lumbung.portal.accounts.second_step import Vault
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.copies import viewing
from lumbung.portal.copies.models import Viewing
from lumbung.portal.intake.actions import shred
from lumbung.portal.intake.models import Submission
from tests.portal.copies.conftest import numbers
from tests.portal.shelves import Desk, actor, signed_in

pytestmark = pytest.mark.django_db


def reader(desk: Desk) -> Person:
    """Somebody with a second step."""
    secret = Vault().encrypt("GEZDGNBVGY3TQOJQ")
    Authenticator.objects.create(user=desk.stranger, type="totp", data={"secret": secret})
    return desk.stranger


def proven(person: Person, *, how: str = "mfa", ago: float = 0.0) -> Client:
    """Their browser, the second step taken a moment ago."""
    client = signed_in(person)
    session = client.session
    told = [{"method": how, "at": time.time() - ago, "reauthenticated": True}]
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = told
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.pk)
    session.save()
    return client


@pytest.fixture
def asked(desk: Desk, held: Submission) -> Viewing:
    return viewing.ask(
        held,
        viewer=reader(desk),
        columns=("nik", "hamlet"),
        legal_basis="Peraturan contoh pasal 3",
        purpose="Mencocokkan daftar.",
        closes_on=timezone.localdate() + timedelta(days=2),
        rows=60,
        person=desk.producer,
        by=actor(desk.producer),
    )


@pytest.fixture
def opened(desk: Desk, asked: Viewing) -> Viewing:
    viewing.decide(asked, person=desk.ppdp, by=actor(desk.ppdp), approve=True, because="Boleh.")
    asked.refresh_from_db()
    return asked


def test_a_page_is_read_and_every_row_is_in_the_record_without_a_value(desk: Desk, opened: Viewing) -> None:
    client, room = proven(desk.stranger), f"/meja/ruang-baca/{opened.pk}"
    assert client.get(f"{room}/1").headers["Location"] == f"{room}/masuk"
    assert client.post(f"{room}/masuk", {"because": "Mencocokkan."}).headers["Location"] == f"{room}/1"
    assert client.head(f"{room}/1").status_code == 403
    assert client.get(f"{room}/1", headers={"Sec-Purpose": "prefetch"}).status_code == 403
    answer = client.get(f"{room}/1")
    page = answer.content.decode()
    assert sum(number in page for number in numbers()) >= 20
    assert "no-store" in answer.headers["Cache-Control"] and desk.stranger.name in page
    assert "viewing-room" in page and "NOMOR KK" not in page
    line = Event.objects.get(kind=Kind.ROWS_SEEN)
    assert [one["row"] for one in line.details["rows"]] == list(range(1, 26))
    assert len({one["digest"] for one in line.details["rows"]}) == 25
    told = str([event.details for event in Event.objects.all()])
    assert not any(number in told for number in numbers())
    client.get(f"{room}/2")
    assert client.get(f"{room}/3").status_code == 403  # sixty rows were allowed
    opened.refresh_from_db()
    assert opened.rows_left == 10


def test_only_the_named_person_with_a_second_step_just_taken(desk: Desk, opened: Viewing) -> None:
    room = f"/meja/ruang-baca/{opened.pk}"
    for person in (desk.producer, desk.ppdp):
        assert proven(person).get(f"{room}/masuk").status_code == 403
        assert proven(person).get(f"{room}/1").status_code == 403
    for person in (desk.duty, desk.admin):
        assert proven(person).get(room).status_code == 404
    by_password, long_ago = proven(desk.stranger, how="password"), proven(desk.stranger, ago=1000)
    for client in (signed_in(desk.stranger), by_password, long_ago):
        for answer in (client.get(f"{room}/masuk"), client.post(f"{room}/masuk", {"because": "Mencocokkan."})):
            assert answer.headers["Location"].startswith("/meja/akun/pastikan/kode")
        assert client.get(f"{room}/1").headers["Location"] == f"{room}/masuk"
    Authenticator.objects.all().delete()
    assert proven(desk.stranger).get(f"{room}/masuk").status_code == 403
    assert not Event.objects.filter(kind=Kind.ROWS_SEEN).exists()


def test_nobody_decides_about_their_own(desk: Desk, held: Submission, asked: Viewing) -> None:
    with pytest.raises(Refused):
        viewing.decide(asked, person=desk.walidata, by=actor(desk.walidata), approve=True, because="Boleh.")
    own = Viewing.objects.create(
        submission=held, organisation=held.organisation, viewer=desk.ppdp, asked_by=desk.producer, rows_left=5,
        closes_on=timezone.localdate(),
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        viewing.decide(own, person=desk.ppdp, by=actor(desk.ppdp), approve=True, because="Boleh.")
    assert refused.value.code == "own-request"
    with pytest.raises(IntegrityError), transaction.atomic():
        Viewing.objects.filter(pk=own.pk).update(decided_by=desk.ppdp, state="open")
    with pytest.raises(IntegrityError), transaction.atomic():
        Viewing.objects.filter(pk=asked.pk).update(state="open")


@pytest.mark.parametrize(("days", "rows"), [(-1, 10), (8, 10), (1, 0), (1, 5001)])
def test_limits(desk: Desk, held: Submission, days: int, rows: int) -> None:
    told: dict[str, Any] = {"legal_basis": "Pasal 3", "purpose": "Cek.", "columns": (), "viewer": desk.stranger}
    day = timezone.localdate() + timedelta(days=days)
    with pytest.raises(Unfit):
        viewing.ask(held, closes_on=day, rows=rows, person=desk.producer, by=actor(desk.producer), **told)


def test_it_closes_by_its_day_by_hand_and_with_the_register(desk: Desk, opened: Viewing) -> None:
    assert viewing.close_over() == 0
    Viewing.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
    opened.refresh_from_db()
    with pytest.raises(Refused):
        viewing.page(opened, 1, person=desk.stranger, by=actor(desk.stranger))
    assert viewing.close_over() == 1
    Viewing.objects.update(closes_on=timezone.localdate(), state="open")
    shred(opened.submission, by=actor(desk.ppdp), because="Selesai.")
    opened.refresh_from_db()
    with pytest.raises(Refused):
        viewing.page(opened, 1, person=desk.stranger, by=actor(desk.stranger))
    assert viewing.close_over() == 1 and Event.objects.filter(kind=Kind.VIEWING_CLOSED).count() == 2
