"""Keys for programs: shown once, kept as a digest, theirs alone, gone with the account."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lumbung.portal.accounts import actions, tokens
from lumbung.portal.accounts.models import ApiToken, Person, Scope
from lumbung.portal.accounts.permissions import Conflicting
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from tests.portal.conftest import PASSWORD, Regency
from tests.portal.shelves import signed_in

MakePerson = Callable[..., Person]
PAGE = "/meja/kunci-api"
ASKED = {"purpose": "kiriman bulanan", "scope": "write", "days": "90"}


def made(someone: Person, actor: Actor, **other: object) -> str:
    asked = {"purpose": "uji", "scope": Scope.READ, "days": 30, **other}
    return tokens.make(someone, by=actor, **asked)  # type: ignore[arg-type]


def come_in(someone: Person) -> Client:
    client = Client()
    assert client.post("/masuk", {"login": someone.email, "password": PASSWORD}).status_code == 302
    proof = client.post("/meja/akun/pastikan/sandi?next=/meja/", {"password": PASSWORD})
    assert proof.status_code == 302
    return client


def test_is_shown_once_and_kept_as_a_digest(regency: Regency, person: MakePerson) -> None:
    someone = person("produsen", regency.village)
    browser = come_in(someone)
    page = browser.post(PAGE, ASKED)
    text = page.context["text"]
    assert page.status_code == 200
    assert text in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert text not in browser.get(PAGE).content.decode()
    kept = ApiToken.objects.get()
    assert text not in str(vars(kept))
    assert (kept.scope, kept.purpose) == ("write", "kiriman bulanan")
    found = tokens.token_of(text)
    assert found is not None
    assert found.person == someone
    line = Event.objects.get(kind=Kind.TOKEN_MADE)
    assert text not in str(line.details)
    assert line.details["scope"] == "write"


def test_who_came_in_long_ago_proves_it_again(regency: Regency, person: MakePerson) -> None:
    someone = person("produsen", regency.village)
    answer = signed_in(someone).post(PAGE, ASKED)
    assert answer.status_code == 302
    assert "/meja/akun/pastikan" in answer.headers["Location"]
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("wrong", [{"purpose": ""}, {"scope": "admin"}, {"days": "36500"}, {"days": "x"}])
def test_refuses_a_form_that_asks_for_something_else(
    regency: Regency, person: MakePerson, wrong: dict[str, str]
) -> None:
    assert come_in(person("produsen", regency.village)).post(PAGE, {**ASKED, **wrong}).status_code == 422
    assert not ApiToken.objects.exists()


def test_nothing_but_the_text_opens_it(regency: Regency, person: MakePerson, actor: Actor) -> None:
    text = made(person("produsen", regency.village), actor)
    kept = ApiToken.objects.get()
    for other in ("", text[:-1], text + "x", kept.digest, f" {text}", text.upper(), "\ud800", "\0"):
        assert tokens.token_of(other) is None, other


def test_expired_and_revoked_open_nothing(regency: Regency, person: MakePerson, actor: Actor) -> None:
    someone = person("produsen", regency.village)
    old, new = made(someone, actor), made(someone, actor)
    ApiToken.objects.filter(pk=ApiToken.objects.last().pk).update(expires_at=timezone.now())  # type: ignore[union-attr]
    assert tokens.token_of(old) is None
    number = ApiToken.objects.get(expires_at__gt=timezone.now()).pk
    stranger = signed_in(person("produsen", regency.neighbour))
    assert stranger.post(f"{PAGE}/{number}/cabut").status_code == 302
    assert tokens.token_of(new) is not None
    signed_in(someone).post(f"{PAGE}/{number}/cabut")
    assert tokens.token_of(new) is None
    assert Event.objects.filter(kind=Kind.TOKEN_REVOKED).count() == 1


def test_keys_end_with_the_account_the_password_and_the_second_step(
    regency: Regency, person: MakePerson, actor: Actor
) -> None:
    someone = person("produsen", regency.village)
    text = made(someone, actor)
    actions.set_active(someone, active=False, by=actor, because="Pindah tugas.")
    actions.set_active(someone, active=True, by=actor, because="Kembali.")
    assert tokens.token_of(text) is None
    text = made(someone, actor)
    actions.reset_password(someone, by=actor, because="Lupa.")
    assert tokens.token_of(text) is None
    guarded = person("walidata", regency.top, invented=False)
    text = made(guarded, actor)
    assert tokens.token_of(text) is None, "the second step is missing"


def test_use_is_noted_now_and_then(regency: Regency, person: MakePerson, actor: Actor) -> None:
    text = made(person("produsen", regency.village), actor)
    assert ApiToken.objects.get().used_at is None
    tokens.token_of(text)
    first = ApiToken.objects.get().used_at
    tokens.token_of(text)
    assert ApiToken.objects.get().used_at == first
    ApiToken.objects.update(used_at=timezone.now() - timedelta(days=1))
    tokens.token_of(text)
    assert ApiToken.objects.get().used_at >= first  # type: ignore[operator]


def test_nobody_hoards_them(regency: Regency, person: MakePerson, actor: Actor) -> None:
    someone = person("produsen", regency.village)
    for _each in range(tokens.MOST_VALID):
        made(someone, actor)
    with pytest.raises(Conflicting):
        made(someone, actor)
    assert come_in(someone).post(PAGE, ASKED).status_code == 409
