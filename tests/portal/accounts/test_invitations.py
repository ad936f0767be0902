"""An invitation opens once, for one person, for seven days; nobody but the invited person ever knows a password."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from lumbung.portal.accounts.invitations import accept
from lumbung.portal.accounts.models import Invitation, Person
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from tests.portal.conftest import PASSWORD, Regency
from tests.portal.shelves import signed_in

MakePerson = Callable[..., Person]
CHOSEN = {"password1": "gabah-kering-panen-7", "password2": "gabah-kering-panen-7"}


@pytest.fixture
def admin(regency: Regency, person: MakePerson) -> Client:
    return signed_in(person("admin", regency.district))


def invited(admin: Client, regency: Regency, role: str = "produsen") -> tuple[Person, str]:
    """The person, and the path of their link."""
    new = {"name": "Sekdes", "email": "sekdes@desa.test", "organisation": regency.village.pk, "role": role}
    page = admin.post("/meja/orang/undang", new)
    assert page.headers["Cache-Control"].startswith("max-age=0")
    return Person.objects.get(email="sekdes@desa.test"), path_in(page.content.decode())


def path_in(page: str) -> str:
    found = re.search(r"http://[^/]+(/undangan/[\w-]+)", page)
    assert found
    return found[1]


def test_the_invited_person_chooses_a_password_and_is_in(admin: Client, regency: Regency) -> None:
    person, link = invited(admin, regency)
    visitor = Client()
    assert visitor.get(link).headers["Location"] == "/undangan"
    page = visitor.get("/undangan").content.decode()
    assert "Produsen data, Desa Mekarsari" in page
    assert visitor.post("/undangan", CHOSEN).headers["Location"] == "/meja/"
    assert visitor.get("/meja/").status_code == 200
    person.refresh_from_db()
    assert person.check_password(CHOSEN["password1"])
    assert not person.must_change_password
    line = Event.objects.get(kind=Kind.INVITATION_ACCEPTED)
    assert (line.actor, line.address) == (f"person:{person.pk}", "127.0.0.1")


def test_neither_the_record_nor_the_database_holds_the_token(admin: Client, regency: Regency) -> None:
    _, link = invited(admin, regency)
    token = link.rsplit("/", 1)[1]
    assert token not in str(list(Event.objects.values()))
    assert token not in str(list(Invitation.objects.values()))


def test_is_good_once(admin: Client, regency: Regency) -> None:
    _, link = invited(admin, regency)
    first, second = Client(), Client()
    first.get(link)
    second.get(link)
    assert first.post("/undangan", CHOSEN).status_code == 302
    assert second.post("/undangan", CHOSEN).status_code == 410
    assert Client().get(link).status_code == 410


def test_ends_after_seven_days(admin: Client, regency: Regency) -> None:
    _, link = invited(admin, regency)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(link).status_code == 410


def test_another_link_replaces_the_first(admin: Client, regency: Regency) -> None:
    person, first = invited(admin, regency)
    second = path_in(admin.post(f"/meja/orang/{person.pk}/undangan").content.decode())
    assert Client().get(first).status_code == 410
    assert Client().get(second).status_code == 302


def test_is_revoked(admin: Client, regency: Regency) -> None:
    person, link = invited(admin, regency)
    assert admin.post(f"/meja/orang/{person.pk}/undangan/batalkan").status_code == 302
    assert Client().get(link).status_code == 410
    assert Event.objects.filter(kind=Kind.INVITATION_REVOKED).count() == 1


def test_not_for_a_closed_account(admin: Client, regency: Regency) -> None:
    _, link = invited(admin, regency)
    Person.objects.filter(email="sekdes@desa.test").update(is_active=False)
    assert Client().get(link).status_code == 410


def test_an_old_link_is_no_second_key_once_there_is_a_password(admin: Client, regency: Regency) -> None:
    person, link = invited(admin, regency)
    opened = Client()
    opened.get(link)
    assert admin.post(f"/meja/orang/{person.pk}/sandi", {"because": "Tautannya hilang."}).status_code == 200
    assert Client().get(link).status_code == 410
    assert opened.post("/undangan", CHOSEN).status_code == 410
    person.refresh_from_db()
    assert person.must_change_password
    assert not person.check_password(CHOSEN["password1"])


def test_no_new_link_for_who_has_a_password(admin: Client, regency: Regency, person: MakePerson) -> None:
    someone = person("produsen", regency.village)
    assert admin.post(f"/meja/orang/{someone.pk}/undangan").status_code == 409


def test_no_link_for_strangers(admin: Client, regency: Regency, person: MakePerson) -> None:
    stranger = person("produsen", regency.agency)
    for act in ("undangan", "undangan/batalkan", "pengaman", "sesi"):
        assert admin.post(f"/meja/orang/{stranger.pk}/{act}", {"because": "Coba."}).status_code == 404


@pytest.mark.parametrize("link", ["/undangan", "/undangan/bukan-tautan", "/undangan/" + "x" * 300])
def test_what_is_no_invitation(link: str, db: None, client: Client) -> None:
    assert client.get(link).status_code == 410


@pytest.mark.parametrize(
    "chosen",
    [
        {"password1": "pendek", "password2": "pendek"},
        {"password1": "password123", "password2": "password123"},
        {"password1": "gabah-kering-panen-7", "password2": "gabah-kering-panen-8"},
        {},
    ],
)
def test_a_weak_password_leaves_the_link_open(chosen: dict[str, str], admin: Client, regency: Regency) -> None:
    _, link = invited(admin, regency)
    visitor = Client()
    visitor.get(link)
    assert visitor.post("/undangan", chosen).status_code == 200
    assert visitor.post("/undangan", CHOSEN).status_code == 302


def test_the_admin_cannot_take_it_up_while_signed_in(admin: Client, regency: Regency) -> None:
    _, link = invited(admin, regency)
    assert admin.get(link).status_code == 302
    assert admin.get("/undangan").status_code == 403


def test_cannot_sign_in_before(admin: Client, regency: Regency, client: Client) -> None:
    invited(admin, regency)
    assert client.post("/masuk", {"login": "sekdes@desa.test", "password": PASSWORD}).status_code == 200


def test_a_walidata_is_led_to_the_second_step(admin: Client, regency: Regency) -> None:
    _, link = invited(admin, regency, role="walidata")
    visitor = Client()
    visitor.get(link)
    assert visitor.post("/undangan", CHOSEN).headers["Location"] == "/meja/akun/"
    assert visitor.get("/meja/tinjau/").headers["Location"] == "/meja/akun/"


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_let_in(regency: Regency, person: MakePerson) -> None:
    _, link = invited(signed_in(person("admin", regency.district)), regency)
    token, together = link.rsplit("/", 1)[1], Barrier(2)

    def take(password: str) -> bool:
        together.wait()
        try:
            accept(token, password=password, address="127.0.0.1", device="")
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(take, ["padi-satu-dua-tiga", "padi-empat-lima-enam"]))
    assert sorted(taken) == [False, True]
    assert Event.objects.filter(kind=Kind.INVITATION_ACCEPTED).count() == 1
