"""Guarded roles take two admins where there is a second one; nobody gives a role to themself."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from lumbung.portal.accounts.models import Person, Proposal
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.accounts.queries import roles_of
from lumbung.portal.accounts.two_admins import ask_for_role, confirm
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from tests.portal.conftest import Regency
from tests.portal.shelves import actor, signed_in

MakePerson = Callable[..., Person]
GUARDED = ["walidata", "ppdp", "admin", "penelusur"]


@pytest.fixture
def first(regency: Regency, person: MakePerson) -> Person:
    return person("admin", regency.top)


@pytest.fixture
def second(regency: Regency, person: MakePerson) -> Person:
    return person("admin", regency.district)


def give(client: Client, someone: Person, regency: Regency, role: str) -> int:
    return client.post(f"/meja/orang/{someone.pk}", {"organisation": regency.village.pk, "role": role}).status_code


@pytest.mark.parametrize("role", ["produsen", "petugas_piket", *GUARDED])
def test_nobody_gives_a_role_to_themself(first: Person, second: Person, regency: Regency, role: str) -> None:
    assert give(signed_in(first), first, regency, role) == 403
    assert roles_of(first) == {"admin"}
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("role", ["produsen", "walidata", "ppdp"])
def test_an_admin_opens_no_files(first: Person, second: Person, regency: Regency, role: str) -> None:
    assert give(signed_in(first), second, regency, role) == 403
    assert roles_of(second) == {"admin"}


@pytest.mark.parametrize("held", ["produsen", "walidata", "ppdp"])
def test_who_opens_files_does_not_become_admin(held: str, first: Person, regency: Regency, person: MakePerson) -> None:
    assert give(signed_in(first), person(held, regency.village), regency, "admin") == 403


def test_a_duty_officer_may_be_admin(first: Person, regency: Regency, person: MakePerson) -> None:
    someone = person("petugas_piket", regency.village)
    assert give(signed_in(first), someone, regency, "admin") == 302
    assert roles_of(someone) == {"petugas_piket", "admin"}


@pytest.mark.parametrize("role", ["produsen", "petugas_piket"])
def test_others_need_one_admin(first: Person, second: Person, regency: Regency, person: MakePerson, role: str) -> None:
    someone = person("produsen", regency.neighbour)
    give(signed_in(first), someone, regency, role)
    assert someone.memberships.filter(organisation=regency.village, role=role).exists()


@pytest.mark.parametrize("role", GUARDED)
def test_guarded_roles_wait_for_the_second(
    role: str, first: Person, second: Person, regency: Regency, person: MakePerson
) -> None:
    someone = person("petugas_piket", regency.village)
    assert give(signed_in(first), someone, regency, role) == 302
    assert give(signed_in(first), someone, regency, role) == 302
    assert roles_of(someone) == {"petugas_piket"}
    proposal = Proposal.objects.get()
    address = f"/meja/orang/permintaan/{proposal.pk}"
    assert signed_in(first).post(address, {"answer": "confirm"}).status_code == 403
    assert signed_in(second).post(address, {"answer": "confirm"}).status_code == 302
    assert roles_of(someone) == {"petugas_piket", role}
    line = Event.objects.get(kind=Kind.ROLE_GIVEN)
    assert (line.actor, line.details["asked_by"]) == (f"person:{second.pk}", first.name)
    assert Event.objects.filter(kind=Kind.TWO_ADMINS_ASKED).count() == 1
    assert signed_in(second).post(address, {"answer": "confirm"}).status_code == 404


def test_is_declined_and_can_be_asked_again(
    first: Person, second: Person, regency: Regency, person: MakePerson
) -> None:
    someone = person("petugas_piket", regency.village)
    for _ in range(2):
        give(signed_in(first), someone, regency, "walidata")
        waiting = Proposal.objects.get(answer="waiting")
        signed_in(second).post(f"/meja/orang/permintaan/{waiting.pk}", {"answer": "decline"})
    assert roles_of(someone) == {"petugas_piket"}
    assert Event.objects.filter(kind=Kind.TWO_ADMINS_DECLINED).count() == 2


def test_alone_it_is_given_and_the_record_says_so(first: Person, regency: Regency, person: MakePerson) -> None:
    person("admin", regency.agency)  # looks after another part
    person("admin", regency.top, email="tidur@kab.test")
    Person.objects.filter(email="tidur@kab.test").update(is_active=False)
    someone = person("petugas_piket", regency.village)
    give(signed_in(first), someone, regency, "walidata")
    assert roles_of(someone) == {"petugas_piket", "walidata"}
    assert Event.objects.get(kind=Kind.ROLE_GIVEN).details["alone"] is True


def test_an_admin_who_never_came_in_is_no_second(first: Person, regency: Regency, person: MakePerson) -> None:
    other = person("admin", regency.top)
    other.set_unusable_password()
    other.save()
    someone = person("petugas_piket", regency.village)
    give(signed_in(first), someone, regency, "ppdp")
    assert roles_of(someone) == {"petugas_piket", "ppdp"}


@pytest.mark.parametrize("act", ["sandi", "keaktifan", "pengaman", "sesi", "undangan", "undangan/batalkan"])
def test_the_account_of_who_waits_for_a_role_above_is_not_the_villages(
    act: str, first: Person, regency: Regency, person: MakePerson
) -> None:
    """Else the village's admin would take the account, and wait until others confirm the role for the regency."""
    person("admin", regency.top)
    below, someone = person("admin", regency.village), person("petugas_piket", regency.village)
    signed_in(first).post(f"/meja/orang/{someone.pk}", {"organisation": regency.top.pk, "role": "walidata"})
    assert Proposal.objects.get().organisation == regency.top
    before = someone.password
    answer = signed_in(below).post(f"/meja/orang/{someone.pk}/{act}", {"because": "Coba.", "active": "0"})
    assert answer.status_code == 403
    someone.refresh_from_db()
    assert (someone.password, someone.is_active) == (before, True)


def test_strangers_do_not_answer(first: Person, second: Person, regency: Regency, person: MakePerson) -> None:
    give(signed_in(first), person("petugas_piket", regency.village), regency, "walidata")
    number = Proposal.objects.get().pk
    for stranger in (person("admin", regency.agency), person("walidata", regency.top)):
        answer = signed_in(stranger).post(f"/meja/orang/permintaan/{number}", {"answer": "confirm"})
        assert answer.status_code == 404


def test_an_invited_walidata_waits_too(first: Person, second: Person, regency: Regency) -> None:
    new = {"name": "Baru", "email": "baru@kab.test", "organisation": regency.village.pk, "role": "walidata"}
    admin = signed_in(first)
    assert admin.post("/meja/orang/undang", new).status_code == 200
    someone = Person.objects.get(email="baru@kab.test")
    assert roles_of(someone) == set()
    assert admin.get(f"/meja/orang/{someone.pk}").status_code == 200
    page = signed_in(second).get("/meja/orang/").content.decode()
    assert "ingin memberi Baru peran Walidata di Desa Mekarsari" in page


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_counts(regency: Regency, person: MakePerson) -> None:
    asking, *others = (person("admin", regency.top) for _ in range(3))
    someone, together = person("petugas_piket", regency.village), Barrier(2)
    from lumbung.portal.accounts.roles import Role

    ask_for_role(someone, role=Role.PPDP, organisation=regency.village, admin=asking, by=actor(asking))
    proposal = Proposal.objects.get()

    def answer(admin: Person) -> bool:
        together.wait()
        try:
            confirm(proposal, admin=admin, by=actor(admin))
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(answer, others)) == [False, True]
    assert Event.objects.filter(kind=Kind.ROLE_GIVEN).count() == 1
