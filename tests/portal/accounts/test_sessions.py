"""Where an account is open, how it is closed there, and what becomes of accounts that nobody uses."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from lumbung.portal.accounts.jobs import CLOSED_AFTER, SHOWN_AFTER, close_dormant
from lumbung.portal.accounts.models import Person
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from tests.portal.conftest import PASSWORD, Regency
from tests.portal.shelves import signed_in

MakePerson = Callable[..., Person]


def come_in(someone: Person, device: str) -> Client:
    client = Client(headers={"user-agent": device})
    assert client.post("/masuk", {"login": someone.email, "password": PASSWORD}).status_code == 302
    return client


def test_shows_every_place_and_ends_the_others(regency: Regency, person: MakePerson) -> None:
    someone = person("produsen", regency.village)
    here, there = come_in(someone, "Ponsel"), come_in(someone, "Warnet")
    page = here.get("/meja/akun/")
    assert "Warnet" in page.content.decode()
    other = next(one for one in page.context["sessions"] if one.user_agent == "Warnet")
    assert here.post(f"/meja/akun/sesi/{other.pk}/akhiri").status_code == 302
    assert there.get("/meja/").status_code == 302
    assert here.get("/meja/").status_code == 200
    assert Event.objects.get(kind=Kind.SESSION_ENDED).details == {"sessions": 1}


def test_ends_all_but_this_one(regency: Regency, person: MakePerson) -> None:
    someone = person("produsen", regency.village)
    here, *elsewhere = (come_in(someone, f"Gawai {number}") for number in range(3))
    here.post("/meja/akun/sesi/0/akhiri")
    assert [client.get("/meja/").status_code for client in elsewhere] == [302, 302]
    assert here.get("/meja/").status_code == 200


def test_nobody_ends_a_strangers(regency: Regency, person: MakePerson) -> None:
    victim = person("produsen", regency.village)
    theirs = come_in(victim, "Ponsel")
    number = theirs.get("/meja/akun/").context["sessions"][0].pk
    come_in(person("produsen", regency.neighbour), "Lain").post(f"/meja/akun/sesi/{number}/akhiri")
    assert theirs.get("/meja/").status_code == 200
    assert not Event.objects.filter(kind=Kind.SESSION_ENDED).exists()


def test_an_admin_ends_all_of_them(regency: Regency, person: MakePerson) -> None:
    someone = person("produsen", regency.village)
    theirs = come_in(someone, "Ponsel")
    signed_in(person("admin", regency.district)).post(f"/meja/orang/{someone.pk}/sesi")
    assert theirs.get("/meja/").status_code == 302


def asleep(someone: Person, days: int) -> None:
    moment = timezone.now() - timedelta(days=days)
    Person.objects.filter(pk=someone.pk).update(last_login=moment, active_since=moment)


def test_sleepers_are_shown_and_later_closed(regency: Regency, person: MakePerson) -> None:
    admin = person("admin", regency.top)
    shown, closed = (person("produsen", regency.village, invented=False) for _ in range(2))
    asleep(shown, SHOWN_AFTER.days + 1)
    asleep(closed, CLOSED_AFTER.days + 1)
    assert "lama tidak masuk" in signed_in(admin).get("/meja/orang/").content.decode()
    assert close_dormant() == 1
    assert close_dormant() == 0
    assert set(Person.objects.filter(is_active=False)) == {closed}
    line = Event.objects.get(kind=Kind.PERSON_DEACTIVATED)
    assert (line.actor, line.subject) == ("system", f"person:{closed.pk}")


def test_who_is_let_in_again_is_not_closed_at_once(regency: Regency, person: MakePerson) -> None:
    someone = person("produsen", regency.village, invented=False)
    asleep(someone, 400)
    close_dormant()
    admin = signed_in(person("admin", regency.top))
    admin.post(f"/meja/orang/{someone.pk}/keaktifan", {"active": "1", "because": "kembali bertugas"})
    assert close_dormant() == 0


def test_the_last_admin_is_not_closed(regency: Regency, person: MakePerson) -> None:
    first, second = (person("admin", regency.top, invented=False) for _ in range(2))
    asleep(first, 400)
    asleep(second, 400)
    assert close_dormant() == 1
    assert Person.objects.filter(is_active=True).count() == 1


def test_the_invented_do_not_sleep(regency: Regency, person: MakePerson) -> None:
    asleep(person("produsen", regency.village), 400)
    assert close_dormant() == 0
