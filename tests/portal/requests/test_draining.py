"""The counter's queue is emptied: in order, each once, whatever happens in between; what is refused is kept."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from lumbung.counter.application import PREFIX
from lumbung.counter.store import State, Store
from lumbung.portal.requests import draining, receiving
from lumbung.portal.requests.models import Request
from tests.counter.http import served as running
from tests.portal.requests.conftest import Envelope, Served, envelope

pytestmark = pytest.mark.django_db


@pytest.fixture
def counter() -> Any:
    store = Store(draining.folder())
    yield store
    store.ledger.close()


def handed_in(counter: Store, one: Envelope) -> str:
    """As somebody at the counter: gives the number."""
    number = one.header.number
    counter.begin(one.header)
    counter.put(number, offset=0, content=one.body)
    counter.finish(number)
    return number


def requests() -> list[str]:
    return list(Request.objects.order_by("pk").values_list("number", flat=True))


def test_nothing_to_do() -> None:
    assert not draining.folder().exists()
    assert (draining.drain(), draining.offer_again()) == (0, 0)


def test_in_order_and_once(served: Served, counter: Store) -> None:
    numbers = [handed_in(counter, envelope(served)) for _ in range(5)]
    assert [draining.drain(most=2), draining.drain(), draining.drain()] == [2, 3, 0]
    assert requests() == numbers
    assert [counter.standing(number).state for number in numbers] == [State.DONE] * 5
    assert list(counter.bodies.iterdir()) == []
    kept = Request.objects.get(number=numbers[0])
    assert kept.received_at == counter.standing(numbers[0]).received_at
    assert kept.ticket == counter.standing(numbers[0]).ticket


def test_killed_after_taking_is_done_once(served: Served, counter: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    number = handed_in(counter, envelope(served))

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Store, "done", killed)
    with pytest.raises(KeyboardInterrupt):
        draining.drain()
    monkeypatch.undo()
    assert (requests(), counter.standing(number).state) == ([number], State.WAITING)
    assert draining.drain() == 1
    assert (requests(), counter.standing(number).state) == ([number], State.DONE)


@pytest.mark.parametrize("problem", [OperationalError("away"), OSError(28, "full"), sqlite3.OperationalError("away")])
def test_everything_stays_while_something_is_away(
    problem: Exception, served: Served, counter: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [handed_in(counter, envelope(served)) for _ in range(2)]

    def away(*_: Any, **__: Any) -> None:
        raise problem

    monkeypatch.setattr(receiving, "take", away)
    try:
        assert draining.drain() == 0
    except OperationalError:  # the housekeeper waits for it
        assert isinstance(problem, OperationalError)
    assert [one.number for one in counter.waiting()] == numbers
    monkeypatch.undo()
    assert draining.drain() == 2


def test_what_is_refused_stands_in_nobodys_way(served: Served, counter: Store, caplog: Any) -> None:
    refused = handed_in(counter, envelope(served, office="kantor-lain"))
    broken = handed_in(counter, envelope(served))
    (counter.bodies / broken).write_bytes(b"other")
    good = handed_in(counter, envelope(served))
    assert draining.drain() == 1
    assert requests() == [good]
    assert [counter.standing(one).state for one in (refused, broken)] == [State.ASIDE] * 2
    assert (counter.bodies / refused).exists()
    assert "unknown-office" in caplog.text and refused not in caplog.text
    served.office.organisation.slug = "kantor-lain"
    served.office.organisation.save()
    assert (draining.offer_again(), draining.drain()) == (2, 1)
    assert requests() == [good, refused]


def test_only_one_process_drains(served: Served, counter: Store) -> None:
    handed_in(counter, envelope(served))
    with draining._alone() as alone:
        assert alone
        assert draining.drain() == 0
    assert draining.drain() == 1


def test_the_portal_takes_envelopes_without_its_database(served: Served, django_db_blocker: Any) -> None:
    one, client = envelope(served), Client()
    words = one.header.as_json().encode()
    with django_db_blocker.block():
        assert client.post(PREFIX, words, content_type="application/json").json()["offset"] == 0
        head = {"HTTP_UPLOAD_OFFSET": "0"}
        put = client.put(PREFIX + one.header.number, one.body, content_type="application/octet-stream", **head)
        assert put.json()["offset"] == len(one.body)
        finished = client.post(f"{PREFIX}{one.header.number}/selesai", b"", content_type="text/plain")
    assert finished.json()["sentence"] == "Diterima, menunggu sambungan ke kantor."
    assert (finished.status_code, finished.cookies) == (200, {})
    assert draining.drain() == 1
    assert requests() == [one.header.number]


def test_the_status_page_knows_what_waits(served: Served, counter: Store) -> None:
    one, client = envelope(served), Client()
    ticket = counter.begin(one.header).ticket
    typed = {"ticket": ticket.lower(), "secret": one.secret}
    waits = "menunggu sambungan ke kantor"
    assert waits not in client.post("/layanan/status/", typed).content.decode()
    handed_in(counter, one)
    assert waits in client.post("/layanan/status/", typed).content.decode()
    assert waits not in client.post("/layanan/status/", typed | {"secret": "0" * 32}).content.decode()
    draining.drain()
    page = client.post("/layanan/status/", typed).content.decode()
    assert waits not in page and ticket in page


def test_a_counter_on_another_machine(
    served: Served, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = tmp_path / "away"
    away.mkdir()
    with running(away) as (port, _, _):
        far = Store(away / "counter")
        numbers = [handed_in(far, envelope(served)) for _ in range(2)]
        handed_in(far, envelope(served, office="kantor-lain"))
        monkeypatch.setenv("LUMBUNG_COUNTER_URL", f"http://127.0.0.1:{port}")
        assert draining.drain() == 0  # nobody gave us its token
        (home / draining.ELSEWHERE).write_text("t" * 40)
        assert draining.drain() == 0  # nor it ours
        (away / "counter" / "token").write_text("t" * 40)
        assert (draining.drain(), requests(), draining.offer_again()) == (2, numbers, 1)
        far.ledger.close()
    assert draining.drain() == 0  # the line is gone
