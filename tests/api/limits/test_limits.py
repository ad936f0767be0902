"""Budgets by key and by address: told in headers, spent once, and no address stands anywhere in clear."""

import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from lumbung.api import limits
from lumbung.portal.accounts.models import Scope
from lumbung.portal.accounts.tokens import make
from tests.portal.shelves import Desk, actor

pytestmark = pytest.mark.django_db
ADDRESS = "203.0.113.77"
PATH = "/api/data/openapi.json"


@pytest.fixture(autouse=True)
def small(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Budgets of a few, and a minute that does not end during a test."""
    settings.API_BY_ADDRESS, settings.API_BY_KEY = 3, 5
    moment = time.time() // 60 * 60 + 30
    monkeypatch.setattr(limits.time, "time", lambda: moment)


def ask(address: str = ADDRESS, **headers: str) -> Any:
    return Client(REMOTE_ADDR=address).get(PATH, headers=headers)


def test_the_budget_of_an_address() -> None:
    answers = [ask() for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[0].headers["RateLimit-Policy"] == '"alamat";q=3;w=60'
    assert [answer.headers["RateLimit"] for answer in answers[:4]] == [f'"alamat";r={n};t=30' for n in (2, 1, 0, 0)]
    assert answers[3].headers["Retry-After"] == "30"
    assert answers[3].json()["code"] == "too-many-requests"
    assert answers[3].headers["Access-Control-Allow-Origin"] == "*"
    assert ask("203.0.113.78").status_code == 200
    assert Client(REMOTE_ADDR=ADDRESS).get("/").status_code == 200


def test_a_new_minute_begins_anew(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    assert [ask().status_code for _ in range(4)][-1] == 429
    later = limits.time.time() + 180
    monkeypatch.setattr(limits.time, "time", lambda: later)
    assert ask().status_code == 200
    with sqlite3.connect(home / "limits.db") as file:
        assert file.execute("SELECT count(*) FROM spent").fetchone() == (1,)


def test_a_household_is_one(settings: Any) -> None:
    settings.API_BY_ADDRESS = 1
    assert ask("2001:db8:1:2::1").status_code == 200
    assert ask("2001:db8:1:2:ffff::9").status_code == 429
    assert ask("2001:db8:1:3::1").status_code == 200


def test_a_key_has_its_own_budget_and_a_wrong_one_costs(desk: Desk, settings: Any) -> None:
    settings.API_BY_ADDRESS = 100
    text = make(desk.producer, purpose="uji", scope=Scope.READ, days=30, by=actor(desk.producer))
    for header in ({"Authorization": text}, {"Authorization": f"Bearer {text}"}, {"X-CKAN-API-Key": text}):
        answer = ask(**header)
        assert answer.headers["RateLimit-Policy"] == '"kunci";q=5;w=60'
    assert ask("198.51.100.1", Authorization=text).headers["RateLimit"] == '"kunci";r=1;t=30'
    assert ask().headers["RateLimit"] == '"alamat";r=99;t=30'
    assert ask(Authorization="lumbung_bukan-kunci").headers["RateLimit"] == '"alamat";r=78;t=30'


def test_nothing_in_clear_and_nobody_else_may_read_it(home: Path) -> None:
    ask()
    kept = home / "limits.db"
    assert kept.stat().st_mode & 0o077 == 0
    assert ADDRESS.encode() not in b"".join(path.read_bytes() for path in home.glob("limits.db*"))


def test_ckan_s_clients_are_told_in_their_shape() -> None:
    for _ in range(3):
        ask()
    said = Client(REMOTE_ADDR=ADDRESS).get("/api/3/action/status_show")
    assert (said.status_code, said.json()["success"]) == (429, False)
    assert said.json()["error"]["__type"] == "Rate Limit Error"


def test_what_cannot_be_counted_is_let_through(home: Path) -> None:
    (home / "limits.db").write_bytes(b"no database at all" * 1_000)
    assert [ask().status_code for _ in range(6)] == [200] * 6


def test_few_long_answers_at_a_time(desk: Desk, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.API_BY_ADDRESS = 1_000
    monkeypatch.setattr(limits, "AT_ONCE", 2)
    page = desk.publish().get_absolute_url()
    client, other = Client(REMOTE_ADDR=ADDRESS), Client(REMOTE_ADDR="203.0.113.78")
    open_ones = [iter(client.get(f"{page}.csv").streaming_content) for _ in range(2)]
    begun = [next(one) for one in open_ones]
    refused = client.get(f"{page}.csv")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "10")
    assert client.get("/data.json").json()["code"] == "busy"
    assert other.get(f"{page}.csv").status_code == 200
    assert begun[0].startswith(b"kecamatan")
    assert list(open_ones[0]) == []
    assert client.get(f"{page}.csv").status_code == 200
    assert list(open_ones[1]) == []
