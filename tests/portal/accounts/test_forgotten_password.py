"""Somebody forgot their password: an admin gives a passing one, which opens nothing but the page of the new one."""

from collections.abc import Callable

import pytest
from axes.models import AccessAttempt
from django.test import Client

from lumbung.portal.accounts.models import Membership, Person
from lumbung.portal.accounts.queries import MOST_FAILURES
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import Actor, Subject
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from tests.portal.conftest import PASSWORD, Regency

MakePerson = Callable[..., Person]
NEW = "gabah-kering-panen-7"


@pytest.fixture
def admin(regency: Regency, person: MakePerson) -> Client:
    client = Client()
    client.force_login(person("admin", regency.district))
    return client


@pytest.fixture
def operator(regency: Regency, person: MakePerson) -> Person:
    return person("produsen", regency.village, email="operator@desa.test")


def passing_password(admin: Client, operator: Person) -> str:
    page = admin.post(f"/meja/orang/{operator.pk}/sandi", {"because": "Lupa, datang sendiri ke kantor."})
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "private, no-store"
    return str(page.context["password"])


def come_in(client: Client, password: str) -> int:
    return client.post("/masuk", {"login": "operator@desa.test", "password": password}).status_code


def test_is_recorded_without_the_password(admin: Client, operator: Person) -> None:
    password = passing_password(admin, operator)
    line = Event.objects.get(kind=Kind.PASSWORD_RESET)
    assert (line.subject, line.because) == (f"person:{operator.pk}", "Lupa, datang sendiri ke kantor.")
    assert password not in str(list(Event.objects.values()))


def test_needs_a_reason(admin: Client, operator: Person) -> None:
    assert admin.post(f"/meja/orang/{operator.pk}/sandi", {"because": ""}).status_code == 302
    assert not Event.objects.filter(kind=Kind.PASSWORD_RESET).exists()


def test_ends_the_old_password_the_old_sessions_and_the_lock(admin: Client, operator: Person, client: Client) -> None:
    assert come_in(client, PASSWORD) == 302
    other = Client()
    assert [come_in(other, "salah") for _ in range(5)][-1] == 429
    password = passing_password(admin, operator)
    assert client.get("/meja/").headers["Location"].startswith("/masuk")
    assert not AccessAttempt.objects.exists()
    assert come_in(other, PASSWORD) == 200
    assert come_in(other, password) == 302


def test_opens_nothing_until_it_is_changed(admin: Client, operator: Person, client: Client) -> None:
    password = passing_password(admin, operator)
    come_in(client, password)
    for address in ("/meja/", "/meja/kiriman/baru", "/meja/orang/"):
        assert client.get(address).headers["Location"] == "/meja/sandi"
        assert client.post(address).headers["Location"] == "/meja/sandi"
    assert client.get("/").status_code == client.get("/meja/sandi").status_code == 200
    same = {"oldpassword": password, "password1": password, "password2": password}
    assert client.post("/meja/sandi", same).status_code == 200
    assert client.get("/meja/").status_code == 302
    assert client.post("/meja/sandi", {**same, "password1": NEW, "password2": NEW}).status_code == 302
    assert client.get("/meja/").status_code == 200


@pytest.mark.parametrize("act", ["sandi", "keaktifan"])
def test_not_for_somebody_with_a_role_elsewhere_too(
    act: str, admin: Client, operator: Person, regency: Regency
) -> None:
    Membership.objects.create(person=operator, organisation=regency.top, role=Role.WALIDATA)
    answer = admin.post(f"/meja/orang/{operator.pk}/{act}", {"because": "Coba.", "active": "0"})
    assert answer.status_code == 403
    operator.refresh_from_db()
    assert operator.is_active
    assert operator.check_password(PASSWORD)


def test_not_for_strangers(admin: Client, regency: Regency, person: MakePerson) -> None:
    stranger = person("produsen", regency.agency)
    assert admin.post(f"/meja/orang/{stranger.pk}/sandi", {"because": "Coba."}).status_code == 404


def failures(actor: Actor, count: int) -> None:
    for number in range(count):
        record_now(Kind.SIGN_IN_FAILED, by=actor, subject=Subject(kind="person", id=str(number)))


def test_one_address_may_not_try_every_account(operator: Person, actor: Actor, client: Client) -> None:
    failures(actor, MOST_FAILURES)
    assert come_in(client, PASSWORD) == 429
    assert Event.objects.filter(kind=Kind.SIGN_IN_LOCKED, address=actor.address).exists()
    elsewhere = client.post("/masuk", {"login": operator.email, "password": PASSWORD}, REMOTE_ADDR="10.1.1.1")
    assert elsewhere.status_code == 302


def test_an_office_that_mistypes_now_and_then_comes_in(operator: Person, actor: Actor, client: Client) -> None:
    failures(actor, MOST_FAILURES - 1)
    assert come_in(client, PASSWORD) == 302
