"""The second step: required of guarded roles, taken once, counted, sealed, and lifted only with a reason."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, format_hotp_value, hotp_value
from cryptography.exceptions import InvalidTag
from django.test import Client

from lumbung.portal.accounts.models import Person, Proposal
from lumbung.portal.accounts.second_step import Vault
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from tests.portal.conftest import PASSWORD, Regency
from tests.portal.shelves import signed_in

MakePerson = Callable[..., Person]
DESKS = {"walidata": "/meja/tinjau/", "ppdp": "/meja/permintaan/", "admin": "/meja/orang/"}


def code_of(secret: str, *, steps: int = 0) -> str:
    """What the telephone shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def set_up(client: Client) -> str:
    """Put a telephone in place; the secret it holds."""
    assert client.get("/meja/akun/ponsel").status_code == 200
    secret = str(client.session[SECRET_SESSION_KEY])
    assert client.post("/meja/akun/ponsel", {"code": code_of(secret)}).headers["Location"] == "/meja/akun/cadangan"
    return secret


def with_password(someone: Person) -> Client:
    client = Client()
    client.post("/masuk", {"login": someone.email, "password": PASSWORD})
    return client


@pytest.fixture
def walidata(regency: Regency, person: MakePerson) -> Person:
    return person("walidata", regency.top, email="walidata@kab.test", invented=False)


@pytest.mark.parametrize("role", DESKS)
def test_guarded_roles_come_no_further_without(role: str, regency: Regency, person: MakePerson) -> None:
    client = with_password(person(role, regency.top, invented=False))
    for address in ("/meja/", DESKS[role], "/meja/jejak/", "/meja/data/"):
        assert client.get(address).headers["Location"] == "/meja/akun/"
        assert client.post(address).headers["Location"] == "/meja/akun/"
    for address in ("/", "/meja/akun/", "/meja/sandi", "/meja/akun/ponsel", "/meja/akun/kunci"):
        assert client.get(address).status_code == 200, address
    set_up(client)
    assert client.get(DESKS[role], follow=True).status_code in (200, 404)
    assert client.get("/meja/", follow=True).status_code == 200


@pytest.mark.parametrize("role", ["produsen", "petugas_piket"])
def test_others_may_do_without(role: str, regency: Regency, person: MakePerson) -> None:
    client = with_password(person(role, regency.top, invented=False))
    assert client.get("/meja/", follow=True).status_code == 200
    assert "boleh dipasang, boleh tidak" in client.get("/meja/akun/").content.decode()


def test_the_invented_may_do_without(regency: Regency, person: MakePerson) -> None:
    assert with_password(person("walidata", regency.top)).get("/meja/tinjau/").status_code == 200


def test_signs_in_with_password_and_code(walidata: Person) -> None:
    first = with_password(walidata)
    secret = set_up(first)
    second = Client()
    asked = second.post("/masuk?next=/meja/jejak/", {"login": walidata.email, "password": PASSWORD})
    assert asked.headers["Location"].startswith("/masuk/kode")
    assert second.get("/meja/").headers["Location"].startswith("/masuk")
    assert Event.objects.filter(kind=Kind.SIGNED_IN).count() == 1
    assert second.get("/masuk/kode").status_code == 200
    assert second.post("/masuk/kode", {"code": code_of(secret)}).headers["Location"] == "/meja/jejak/"
    assert second.get("/meja/tinjau/").status_code == 200
    assert Event.objects.filter(kind=Kind.SIGNED_IN).count() == 2


def test_no_code_twice_and_none_older(walidata: Person) -> None:
    secret = set_up(with_password(walidata))
    later = code_of(secret, steps=1)
    assert with_password(walidata).post("/masuk/kode", {"code": later}).status_code == 302
    for again in (later, code_of(secret)):
        page = with_password(walidata).post("/masuk/kode", {"code": again})
        assert page.status_code == 200
        assert "belum cocok" in page.content.decode() or "sudah dipakai" in page.content.decode()


def test_a_wrong_code_is_counted_and_then_refused(walidata: Person) -> None:
    secret = set_up(with_password(walidata))
    client = with_password(walidata)
    for _ in range(5):
        assert client.post("/masuk/kode", {"code": "000000x"}).status_code == 200
    page = client.post("/masuk/kode", {"code": code_of(secret, steps=1)})
    assert "berhenti menerimanya" in page.content.decode()
    assert client.get("/meja/").status_code == 302
    lines = Event.objects.filter(kind=Kind.SECOND_STEP_FAILED)
    assert {line.subject for line in lines} == {f"person:{walidata.pk}"}
    assert "000000x" not in str(list(lines.values()))


def test_a_recovery_code_is_good_once(walidata: Person) -> None:
    client = with_password(walidata)
    set_up(client)
    codes = client.get("/meja/akun/cadangan").context["unused_codes"]
    assert len(codes) == 10
    assert codes[0] not in client.get("/meja/akun/cadangan").content.decode(), "shown once"
    assert with_password(walidata).post("/masuk/kode", {"code": codes[0]}).status_code == 302
    assert with_password(walidata).post("/masuk/kode", {"code": codes[0]}).status_code == 200


def test_secrets_are_sealed(walidata: Person, settings: Any, home: Any) -> None:
    secret = set_up(with_password(walidata))
    stored = str(list(Authenticator.objects.values()))
    assert secret not in stored
    assert secret not in str(list(Event.objects.values()))
    sealed = Authenticator.objects.get(type="totp").data["secret"]
    assert Vault().decrypt(sealed) == secret
    settings.LUMBUNG_KEY_FILE = home / "other.json"
    from lumbung.portal.audit import keys

    keys.ensure(settings.LUMBUNG_KEY_FILE, home=home / "nothing")
    with pytest.raises(InvalidTag):
        Vault().decrypt(sealed)


def test_the_last_one_is_not_dropped_by_a_guarded_role(walidata: Person) -> None:
    client = with_password(walidata)
    set_up(client)
    page = client.post("/meja/akun/ponsel/lepas")
    assert "memerlukan pengaman kedua" in page.content.decode()
    assert Authenticator.objects.filter(type="totp").exists()


def test_changing_it_asks_for_it_again(walidata: Person) -> None:
    secret = set_up(with_password(walidata))
    client = with_password(walidata)
    client.post("/masuk/kode", {"code": code_of(secret)})
    for address in ("ponsel/lepas", "kunci", "cadangan/baru", "cadangan"):
        asked = client.get(f"/meja/akun/{address}")
        assert asked.headers["Location"].startswith("/meja/akun/pastikan/kode")
    assert client.get(asked.headers["Location"]).status_code == 200
    assert client.post(asked.headers["Location"], {"code": code_of(secret, steps=1)}).status_code == 302
    assert client.get("/meja/akun/cadangan/baru").status_code == 200


def test_a_producer_drops_theirs(regency: Regency, person: MakePerson) -> None:
    client = with_password(person("produsen", regency.village, invented=False))
    secret = set_up(client)
    client.post("/meja/akun/pastikan/kode?next=/meja/akun/", {"code": code_of(secret, steps=1)})
    assert client.post("/meja/akun/ponsel/lepas").status_code == 302
    assert not Authenticator.objects.exists()
    assert [line.kind for line in Event.objects.filter(kind__startswith="second-step").order_by("sequence")] == [
        Kind.SECOND_STEP_SET,
        Kind.SECOND_STEP_REMOVED,
    ]


def test_an_admin_lifts_it_with_a_reason(walidata: Person, regency: Regency, person: MakePerson) -> None:
    theirs = with_password(walidata)
    set_up(theirs)
    admin = signed_in(person("admin", regency.top))
    address = f"/meja/orang/{walidata.pk}/pengaman"
    assert admin.get(f"/meja/orang/{walidata.pk}").status_code == 200
    assert admin.post(address, {"because": ""}).status_code == 302
    assert Authenticator.objects.exists()
    admin.post(address, {"because": "Ponselnya hilang, datang sendiri."})
    assert not Authenticator.objects.exists()
    line = Event.objects.get(kind=Kind.SECOND_STEP_RESET)
    assert (line.because, line.details["alone"]) == ("Ponselnya hilang, datang sendiri.", True)
    assert theirs.get("/meja/tinjau/").headers["Location"].startswith("/masuk"), "their sessions end"
    assert with_password(walidata).get("/meja/tinjau/").headers["Location"] == "/meja/akun/"


def test_lifting_takes_two_admins(walidata: Person, regency: Regency, person: MakePerson) -> None:
    set_up(with_password(walidata))
    first, second = person("admin", regency.top), person("admin", regency.top)
    signed_in(first).post(f"/meja/orang/{walidata.pk}/pengaman", {"because": "Ponselnya hilang."})
    assert Authenticator.objects.exists()
    proposal = Proposal.objects.get()
    for admin, answer in ((first, 403), (second, 302)):
        address = f"/meja/orang/permintaan/{proposal.pk}"
        assert signed_in(admin).post(address, {"answer": "confirm"}).status_code == answer
    assert not Authenticator.objects.exists()


def test_nobody_lifts_their_own(regency: Regency, person: MakePerson) -> None:
    admin = person("admin", regency.top)
    assert signed_in(admin).post(f"/meja/orang/{admin.pk}/pengaman", {"because": "Coba."}).status_code == 403


def test_the_picture_is_no_script_and_no_stranger(walidata: Person) -> None:
    page = with_password(walidata).get("/meja/akun/ponsel").content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    assert "otpauth://" not in page
