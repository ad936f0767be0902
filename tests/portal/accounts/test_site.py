"""The site around the rooms: headers, plain pages for every "no", the language, the pulse."""

from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory

from lumbung.config.middleware import Refusals
from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Conflicting, Gone, OutOfRoom, Refused, TooLarge, Unfit
from tests.portal.conftest import Regency


def test_pulse(db: None, client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


def test_strict_headers(db: None, client: Client) -> None:
    headers = client.get("/masuk").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_pages_of_people_are_not_kept(regency: Regency, person: Callable[..., Person], client: Client) -> None:
    client.force_login(person("produsen", regency.village))
    assert "no-store" in client.get("/meja/").headers["Cache-Control"]


def test_nothing_inline(db: None, client: Client) -> None:
    page = client.get("/masuk").content.decode()
    assert "style=" not in page
    assert "onclick" not in page
    assert "<style" not in page


def test_unknown_address(db: None, client: Client) -> None:
    answer = client.get("/tidak/ada")
    assert answer.status_code == 404
    assert "tidak ada" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/obrolan", "/obrolan/"),
        ("/layanan", "/layanan/"),
        ("/layanan/status?a=%26&b=/", "/layanan/status/?a=%26&b=/"),
        ("/masuk/", "/masuk"),
        ("/dataset/sesuatu/", "/dataset/sesuatu"),
    ],
)
def test_a_slash_too_many_or_too_few_is_put_right(typed: str, meant: str, db: None, client: Client) -> None:
    answer = client.get(typed)
    assert (answer.status_code, answer.headers["Location"]) == (301, meant)
    assert client.post(typed).status_code == 404


@pytest.mark.parametrize("typed", ["/%2F/example.org", "/tidak/ada/", "/dataset/tidak-ada", "/masuk//"])
def test_no_other_address_leads_anywhere(typed: str, db: None, client: Client) -> None:
    assert client.get(typed).status_code == 404


@pytest.mark.parametrize(
    ("kind", "status"),
    [(Refused, 403), (Conflicting, 409), (Gone, 410), (TooLarge, 413), (Unfit, 422), (OutOfRoom, 507)],
)
def test_refusals_become_pages(kind: type[Refused], status: int, rf: RequestFactory) -> None:
    answer = Refusals(lambda request: None).process_exception(rf.get("/"), kind("kode", "Belum bisa.", "Coba nanti."))
    assert answer is not None
    assert answer.status_code == status
    assert "Belum bisa." in answer.content.decode()
    assert "Coba nanti." in answer.content.decode()


def test_a_bug_is_shown_without_detail(
    regency: Regency, person: Callable[..., Person], client: Client, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(person("produsen", regency.village))
    client.raise_request_exception = False
    monkeypatch.setattr("lumbung.portal.intake.views.PER_PAGE", 0)  # a division by nought in the real view
    answer = client.get("/meja/")
    assert answer.status_code == 500
    assert "Maaf" in answer.content.decode()
    assert "ZeroDivision" not in answer.content.decode()


def test_the_language_is_chosen(db: None, client: Client) -> None:
    assert '<html lang="id"' in client.get("/masuk").content.decode()
    client.post("/bahasa", {"language": "en", "next": "/masuk"})
    assert '<html lang="en"' in client.get("/masuk").content.decode()


def test_a_form_needs_its_token(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/masuk", {"login": "a@b.test", "password": "x"})
    assert answer.status_code == 403
    assert "kedaluwarsa" in answer.content.decode()
