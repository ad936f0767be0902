"""Coming in and going out: by e-mail and password alone, counted, and each leaving a line."""

from collections.abc import Callable

import pytest
from axes.models import AccessAttempt
from django.test import Client

from lumbung.portal.accounts.models import Person
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from tests.portal.conftest import PASSWORD, Regency

MakePerson = Callable[..., Person]


def sign_in(client: Client, email: str, password: str) -> int:
    return client.post("/masuk", {"login": email, "password": password}).status_code


@pytest.fixture
def operator(regency: Regency, person: MakePerson) -> Person:
    return person("produsen", regency.village, email="operator@desa.test")


def test_works(operator: Person, client: Client) -> None:
    answer = client.post("/masuk", {"login": "Operator@desa.test", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/meja/")
    line = Event.objects.get(kind=Kind.SIGNED_IN)
    assert (line.actor, line.organisation, line.address) == (f"person:{operator.pk}", "desa", "127.0.0.1")


def test_a_mistyped_password_is_answered_kindly(operator: Person, client: Client) -> None:
    page = client.post("/masuk", {"login": "operator@desa.test", "password": "salah"}).content.decode()
    assert "Surel atau kata sandinya belum cocok." in page


def test_wrong_password_is_recorded_without_what_was_typed(operator: Person, client: Client) -> None:
    assert sign_in(client, "operator@desa.test", "salah-sekali-2019") == 200
    assert sign_in(client, "kata-sandi-di-kotak-surel@x.test", "salah") == 200
    lines = Event.objects.filter(kind=Kind.SIGN_IN_FAILED).order_by("sequence")
    assert [line.subject for line in lines] == [f"person:{operator.pk}", "person:unknown"]
    assert not [line for line in lines.values() if "kotak" in str(line)]


def test_inactive_people_stay_outside(operator: Person, client: Client) -> None:
    Person.objects.update(is_active=False)
    sign_in(client, "operator@desa.test", PASSWORD)
    assert client.get("/meja/").status_code == 302
    assert not Event.objects.filter(kind=Kind.SIGNED_IN).exists()


def test_a_session_ends_with_the_account(operator: Person, client: Client) -> None:
    sign_in(client, "operator@desa.test", PASSWORD)
    assert client.get("/meja/").status_code == 200
    Person.objects.update(is_active=False)
    assert client.get("/meja/").status_code == 302


def test_locks_after_five_failures_in_kind_words(operator: Person, client: Client) -> None:
    spellings = ["operator@desa.test", "OPERATOR@desa.test", " operator@desa.test", "Operator@Desa.Test"]
    answers = [sign_in(client, spellings[turn % 4], "salah") for turn in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    page = client.post("/masuk", {"login": "operator@desa.test", "password": PASSWORD})
    assert page.status_code == 429
    assert "Istirahat sebentar" in page.content.decode()
    assert Event.objects.filter(kind=Kind.SIGN_IN_LOCKED, subject=f"person:{operator.pk}").exists()


def test_others_are_not_locked_out(operator: Person, regency: Regency, person: MakePerson, client: Client) -> None:
    person("produsen", regency.neighbour, email="tetangga@desa.test")
    for _ in range(5):
        sign_in(client, "operator@desa.test", "salah")
    assert sign_in(client, "tetangga@desa.test", PASSWORD) == 302


def test_success_clears_the_count(operator: Person, client: Client) -> None:
    for _ in range(4):
        sign_in(client, "operator@desa.test", "salah")
    assert sign_in(client, "operator@desa.test", PASSWORD) == 302
    assert not AccessAttempt.objects.exists()


def test_signing_out_is_asked_and_recorded(operator: Person, client: Client) -> None:
    client.force_login(operator)
    assert client.get("/keluar").status_code == 200
    assert client.post("/keluar").status_code == 302
    assert client.get("/meja/").status_code == 302
    assert Event.objects.filter(kind=Kind.SIGNED_OUT, actor=f"person:{operator.pk}").count() == 1


def test_the_password_can_be_changed(operator: Person, client: Client) -> None:
    client.force_login(operator)
    new = "gabah-kering-panen-7"
    answer = client.post("/meja/sandi", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer.status_code == 302
    operator.refresh_from_db()
    assert operator.check_password(new)
    assert Event.objects.filter(kind=Kind.PASSWORD_CHANGED).count() == 1


def test_nobody_signs_up(db: None, client: Client) -> None:
    assert client.get("/masuk").status_code == 200
    assert client.get("/daftar").status_code == 404


def test_passwords_are_argon2(operator: Person) -> None:
    assert operator.password.startswith("argon2$argon2id$")


def test_leads_back_to_where_one_wanted_to_go(operator: Person, client: Client) -> None:
    answer = client.post("/masuk?next=/meja/kiriman/baru", {"login": operator.email, "password": PASSWORD})
    assert answer.headers["Location"] == "/meja/kiriman/baru"


def test_but_not_to_another_site(operator: Person, client: Client) -> None:
    answer = client.post("/masuk?next=https://jahat.test/", {"login": operator.email, "password": PASSWORD})
    assert answer.headers["Location"] == "/meja/"
