"""The switches: who moves them, in which order, what undoes them, and who signs before a danger is over."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lumbung.portal.accounts.permissions import Conflicting, Refused, Unfit
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.models import Event
from lumbung.portal.services import checklist, permissions, queries
from lumbung.portal.services.actions import FARTHEST, undo
from lumbung.portal.services.models import Move, Own, Service
from lumbung.portal.services.permissions import MAY, Act
from lumbung.portal.services.states import MOVES, ServiceState, check_move
from tests.portal.services.switched import switch
from tests.portal.shelves import Desk, actor, signed_in, somebody

pytestmark = pytest.mark.django_db
OPEN, DEGRADED, CLOSED = ServiceState
DESK = "/meja/status/"


def stands(code: str = "open-data") -> ServiceState:
    return queries.state_of(code)


def sign(person: Any, code: str = "open-data", points: set[str] | None = None) -> None:
    checklist.sign(code, person=person, by=actor(person), points=set(checklist.POINTS) if points is None else points)


def test_the_table_of_moves() -> None:
    assert set(MOVES) == set(ServiceState)
    for here in ServiceState:
        for there in ServiceState:
            if there in MOVES[here]:
                check_move(here, there)
            else:
                with pytest.raises(Conflicting):
                    check_move(here, there)


def test_nothing_was_moved_yet_and_what_is_on_no_board(desk: Desk) -> None:
    assert {stands(code) for code in Own.values} == {OPEN}
    with pytest.raises(LookupError):
        stands("antrean")
    with pytest.raises(Service.DoesNotExist):
        switch("antrean", desk.duty)
    assert queries.not_open() == {}


@pytest.mark.parametrize("act", list(Act))
def test_roles_count_only_for_a_whole_regency(desk: Desk, act: Act, regency: Any) -> None:
    for role in Role:
        for where, counts in ((regency.top, True), (regency.village, False)):
            person = somebody(role, where)
            if counts and role in MAY[act]:
                permissions.check(act, person)
                continue
            with pytest.raises(Refused):
                permissions.check(act, person)


def test_one_move_and_its_line_in_the_record(desk: Desk) -> None:
    made = switch("open-data", desk.duty, DEGRADED, channel="Loket Diskominfo")
    event = Event.objects.get(kind="service-moved")
    assert (event.details["before"], event.details["state"], event.because) == ("open", "degraded", made.reason)
    assert (event.actor, event.subject) == (f"person:{desk.duty.pk}", "service:open-data")
    found = queries.standing_of("open-data")
    assert (found.state, found.channel, found.since) == (DEGRADED, "Loket Diskominfo", made.at)
    switch("open-data", desk.walidata, DEGRADED, reason="Masih dikerjakan.")
    again = queries.standing_of("open-data")
    assert (again.reason, again.since) == ("Masih dikerjakan.", made.at), "more was said; it stands so since then"


@pytest.mark.parametrize(
    "told",
    [
        {"reason": " "},
        {"reason": "NIK 3308" + "1" * 8 + "9001 bocor"},
        {"channel": "Kirim ke 3308" + "1" * 8 + "9001"},
        {"reason": "a" * 501},
        {"channel": "b" * 201},
        {"next_at": None},
        {"next_at": timezone.now() - timedelta(minutes=1)},
        {"next_at": timezone.now() + FARTHEST + timedelta(days=1)},
    ],
)
def test_words_that_cannot_be_shown(desk: Desk, told: dict[str, Any]) -> None:
    with pytest.raises(Unfit):
        switch("open-data", desk.duty, **told)
    assert (stands(), Event.objects.filter(kind="service-moved").count()) == (OPEN, 0)


def test_a_touch_twice_is_one(desk: Desk) -> None:
    made = [switch("open-data", desk.duty, danger=True, seen=0) for _ in range(2)]
    assert made[0] == made[1]
    assert Event.objects.filter(kind="service-moved").count() == 1


def test_signs_that_no_feed_can_hold(desk: Desk) -> None:
    switch("open-data", desk.duty, DEGRADED, reason="Kabel\x01 \u202eputus\ufffe <b>&amp;", channel="Loket\x0b satu")
    found = queries.standing_of("open-data")
    assert (found.reason, found.channel) == ("Kabel putus <b>&amp;", "Loket satu")
    assert Client().get("/status.atom").status_code == 200
    assert "&lt;b&gt;&amp;amp;" in Client().get("/").content.decode()


def test_a_page_that_is_out_of_date(desk: Desk) -> None:
    first = switch("open-data", desk.duty, DEGRADED, seen=0)
    with pytest.raises(Conflicting):
        switch("open-data", desk.walidata, OPEN, seen=0)
    closing = switch("open-data", desk.walidata, CLOSED, seen=0)
    assert closing.pk > first.pk, "a closing never waits"
    with pytest.raises(Conflicting):
        switch("open-data", desk.ppdp, CLOSED, seen=0)
    assert switch("open-data", desk.ppdp, OPEN, seen=closing.pk).state == OPEN


def test_undo_is_for_a_slip_of_ones_own(desk: Desk) -> None:
    switch("open-data", desk.duty, DEGRADED, reason="Lambat.", channel="Loket")
    switch("open-data", desk.duty, danger=True)
    with pytest.raises(Refused):
        undo("open-data", person=desk.walidata, by=actor(desk.walidata))
    undone = undo("open-data", person=desk.duty, by=actor(desk.duty))
    found = queries.standing_of("open-data")
    assert (found.state, found.reason, found.channel, found.danger) == (DEGRADED, "Lambat.", "Loket", False)
    assert undone.undoes is not None
    with pytest.raises(Refused):
        undo("open-data", person=desk.duty, by=actor(desk.duty))
    last = switch("open-data", desk.duty, CLOSED)
    Move.objects.filter(pk=last.pk).update(at=timezone.now() - timedelta(minutes=11))
    with pytest.raises(Refused):
        undo("open-data", person=desk.duty, by=actor(desk.duty))
    with pytest.raises(Refused):
        undo("rows-api", person=desk.duty, by=actor(desk.duty))
    assert Event.objects.filter(kind="service-undone").count() == 1


def test_a_danger_is_over_when_two_people_have_signed(desk: Desk) -> None:
    switch("open-data", desk.duty, danger=True)
    switch("open-data", desk.duty, reason="Masih diperiksa.")
    assert queries.standing_of("open-data").danger, "more words end no danger"
    for state in (OPEN, DEGRADED):
        with pytest.raises(Refused):
            switch("open-data", desk.walidata, state)
    for person in (desk.duty, desk.producer, desk.stranger):
        with pytest.raises(Refused):
            sign(person)
    with pytest.raises(Unfit):
        sign(desk.walidata, points={"passwords", "finding", "log"})
    sign(desk.walidata)
    with pytest.raises(Conflicting):
        sign(desk.walidata)
    with pytest.raises(Refused):
        switch("open-data", desk.walidata, OPEN)
    sign(desk.ppdp)
    with pytest.raises(Refused):
        switch("open-data", desk.duty, OPEN)
    switch("open-data", desk.walidata, OPEN)
    assert (stands(), Event.objects.filter(kind="service-signed").count()) == (OPEN, 2)
    with pytest.raises(Conflicting):
        sign(desk.admin)


def test_old_signatures_open_nothing(desk: Desk) -> None:
    for _ in range(2):
        switch("open-data", desk.duty, danger=True)
        with pytest.raises(Refused):
            switch("open-data", desk.walidata, OPEN)
        sign(desk.walidata)
        sign(desk.ppdp)
        switch("open-data", desk.walidata, OPEN)
    old = Service.objects.get().moves.filter(danger=True).latest("pk").pk
    undo("open-data", person=desk.walidata, by=actor(desk.walidata))
    assert queries.standing_of("open-data").danger
    with pytest.raises(Conflicting):
        checklist.sign("open-data", person=desk.admin, by=actor(desk.admin), points=set(checklist.POINTS), seen=old)
    with pytest.raises(Refused):
        switch("open-data", desk.walidata, OPEN)


def test_a_part_stands_no_better_than_the_whole(desk: Desk) -> None:
    switch("rows-api", desk.duty, DEGRADED)
    assert (stands("rows-api"), stands("open-data")) == (DEGRADED, OPEN)
    switch("open-data", desk.duty, CLOSED, reason="Semua ditutup.")
    found = queries.standing_of("rows-api")
    assert (found.state, found.through, found.reason) == (CLOSED, "open-data", "Semua ditutup.")
    assert set(queries.not_open()) == {"open-data", "rows-api"}
    switch("open-data", desk.duty, OPEN)
    assert stands("rows-api") == DEGRADED


def test_the_desk_takes_one_touch(desk: Desk) -> None:
    client, where = signed_in(desk.duty), f"{DESK}document-requests/gerakkan"
    page = client.get(DESK).content.decode()
    assert "Tutup sekarang" in page
    assert client.post(where, {"state": "closed", "seen": "0"}).status_code == 302
    found = queries.standing_of("document-requests")
    assert (found.state, found.danger, found.is_late) == (CLOSED, True, False)
    assert found.reason in Client().get("/status").content.decode()
    assert "Masih menunggu 2 tanda tangan" in client.get(DESK).content.decode()
    told = {"points": list(checklist.POINTS), "words": "Beres."}
    for person in (desk.walidata, desk.ppdp):
        assert signed_in(person).post(f"{DESK}document-requests/tanda-tangan", told).status_code == 302
    last = Move.objects.latest("pk").pk
    assert signed_in(desk.ppdp).post(where, {"state": "open", "seen": str(last)}).status_code == 302
    assert signed_in(desk.ppdp).post(f"{DESK}document-requests/urungkan").status_code == 302
    assert stands("document-requests") == CLOSED


def test_wrong_hands_and_wrong_forms_at_the_desk(desk: Desk) -> None:
    for person in (desk.producer, desk.stranger):
        client = signed_in(person)
        assert client.get(DESK).status_code == 403
        for what in ("gerakkan", "urungkan", "tanda-tangan", "pantau", "lepas"):
            asked = {"state": "closed", "points": list(checklist.POINTS)}
            assert client.post(f"{DESK}open-data/{what}", asked).status_code == 403, what
        assert client.post(f"{DESK}layanan-baru", {"name": "A", "address": "https://a.example"}).status_code == 403
    client = signed_in(desk.duty)
    for asked, status in (({"state": "zzz"}, 422), ({}, 422), ({"state": "closed", "next_at": "kemarin"}, 422)):
        assert client.post(f"{DESK}open-data/gerakkan", asked).status_code == status
    for what in ("gerakkan", "urungkan", "tanda-tangan"):
        assert client.post(f"{DESK}tidak-ada/{what}", {"state": "closed"}).status_code in (403, 404)
        assert client.get(f"{DESK}open-data/{what}").status_code == 405
    assert client.post(f"{DESK}open-data/tanda-tangan", {"points": ["x"]}).status_code == 403
    assert signed_in(desk.ppdp).post(f"{DESK}open-data/tanda-tangan", {"points": ["x"]}).status_code == 422
    assert stands() == OPEN
