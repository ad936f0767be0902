"""What cannot be read is told, in one shape, with the right status, and says nothing of what was asked."""

from typing import Any

import pytest
from django.test import Client

from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.publication import actions, scopes
from tests.api.data.shelf import BASE, DUMP, GROUPS, ROWS, TABLE, ask, code_of
from tests.portal.shelves import Desk, actor

pytestmark = pytest.mark.django_db
SECRET = "zamrud-rahasia"


@pytest.fixture
def table(desk: Desk) -> Dataset:
    """On the shelf."""
    return desk.publish(TABLE)


BAD: list[tuple[str, dict[str, Any], str]] = [
    (ROWS, {"filter": SECRET}, "bad-filter"),
    (ROWS, {"filter": f"{SECRET}:eq:1"}, "unknown-column"),
    (ROWS, {"filter": "tahun:like:2024"}, "bad-filter"),
    (ROWS, {"filter": "tahun:eq"}, "bad-filter"),
    (ROWS, {"filter": f"tahun:eq:{SECRET}"}, "bad-value"),
    (ROWS, {"filter": "tahun:eq:nan"}, "bad-value"),
    (ROWS, {"filter": "tahun:eq:1e999"}, "bad-value"),
    (ROWS, {"filter": "tahun:contains:20"}, "bad-value"),
    (ROWS, {"filter": "tahun:empty:mungkin"}, "bad-value"),
    (ROWS, {"filter": "tahun:in:2024"}, "bad-value"),
    (ROWS, {"filter": 'tahun:in:[{"a":1}]'}, "bad-value"),
    (ROWS, {"filter": "tahun:in:[]"}, "bad-value"),
    (ROWS, {"filter": "tahun:in:" + "[" * 3_900}, "bad-value"),
    (ROWS, {"filter": "tahun:in:[true]"}, "bad-value"),
    (ROWS, {"filter": ["tahun:eq:2024"] * 21}, "too-many"),
    (ROWS, {"filter": ["tahun:eq:2024"] * 10_000}, "too-many"),
    (ROWS, {"filter": "desa:eq:" + "a" * 4_000}, "too-many"),
    (ROWS, {"filter": "tahun; DROP TABLE catalogue_dataset:eq:1"}, "unknown-column"),
    (ROWS, {"sort": "1; DROP TABLE catalogue_dataset"}, "unknown-column"),
    (ROWS, {"sort": "--tahun"}, "unknown-column"),
    (ROWS, {"select": "kosong"}, "unknown-column"),
    (ROWS, {"sql": "select 1"}, "unknown-parameter"),
    (ROWS, {"limit": "0"}, "bad-number"),
    (ROWS, {"limit": "10001"}, "bad-number"),
    (ROWS, {"limit": "-1"}, "bad-number"),
    (ROWS, {"limit": "٣"}, "bad-number"),
    (ROWS, {"limit": ["1", "2"]}, "given-twice"),
    (ROWS, {"count": "ya"}, "bad-value"),
    (ROWS, {"q": "satu dua tiga empat lima enam tujuh delapan sembilan"}, "too-many"),
    (ROWS, {"cursor": "bukan"}, "bad-cursor"),
    (ROWS, {"cursor": "MS4wLjAwMDAwMDAwMDAwMDAwMDA"}, "bad-cursor"),  # of no question that there is
    (ROWS, {"format": "xlsx"}, "not-acceptable"),
    (ROWS, {"release": "x"}, "bad-number"),
    (GROUPS, {}, "unknown-column"),
    (GROUPS, {"by": "kosong"}, "unknown-column"),
    (GROUPS, {"by": "desa", "measure": "sum:desa"}, "bad-measure"),
    (GROUPS, {"by": "desa", "measure": "exec:desa"}, "bad-measure"),
    (GROUPS, {"by": "desa", "measure": "sum:kosong"}, "unknown-column"),
    (GROUPS, {"by": "desa", "sort": "tahun"}, "unknown-column"),
    (DUMP, {"sort": "tahun"}, "unknown-parameter"),
    (DUMP, {"limit": "5"}, "unknown-parameter"),
]


@pytest.mark.parametrize(("address", "query", "code"), BAD)
def test_what_cannot_be_read(table: Dataset, address: str, query: dict[str, Any], code: str) -> None:
    assert code_of(address, **query) == (400, code)
    said = ask(address, **query).content.decode()
    assert SECRET not in said
    assert "Traceback" not in said


def test_other_methods_and_forms(table: Dataset) -> None:
    answer = Client(enforce_csrf_checks=True).post(ROWS, b"{" * 1_000, content_type="application/json")
    assert (answer.status_code, answer.json()["code"], answer.headers["Allow"]) == (
        405,
        "method",
        "GET, HEAD, OPTIONS",
    )
    assert Client().delete(ROWS).status_code == 405
    answer = Client().get(ROWS, headers={"Accept": "image/png"})
    assert (answer.status_code, answer.json()["code"]) == (406, "not-acceptable")
    preflight = Client().options(ROWS, headers={"Origin": "https://contoh.test"})
    assert (preflight.status_code, preflight.headers["Access-Control-Allow-Origin"]) == (204, "*")


def test_unknown_and_waiting_answer_byte_by_byte_alike(desk: Desk) -> None:
    waiting = desk.send(TABLE, title="Yang menunggu")
    assert waiting.state
    for rest in ("", "/1/rows", "/1/groups", "/1/dump", "/9/rows"):
        here, there = (ask(f"/api/data/{slug}{rest}") for slug in ("yang-menunggu", "tidak-pernah-ada"))
        assert (here.status_code, there.status_code) == (404, 404)
        assert here.content == there.content
        assert _told(here) == _told(there)


def _told(answer: Any) -> dict[str, str]:
    """The headers, but for the budget, which every question lessens."""
    return {name: said for name, said in answer.headers.items() if name != "RateLimit"}


def test_no_such_table_or_release(table: Dataset) -> None:
    assert code_of(f"{BASE}/2/rows") == (404, "unknown")
    assert code_of(f"{BASE}/0/rows") == (404, "unknown")
    assert code_of(ROWS, release="7") == (404, "unknown")


def test_a_closed_one_is_gone_at_once(desk: Desk, table: Dataset) -> None:
    etag = ask(ROWS).headers["ETag"]
    actions.quarantine(table, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    for address in (BASE, ROWS, DUMP, f"{GROUPS}?by=desa"):
        answer = Client().get(address, headers={"If-None-Match": etag})
        assert (answer.status_code, answer.json()["code"]) == (410, "closed")
        assert (answer.headers["X-Robots-Tag"], answer.headers["Cache-Control"]) == ("noindex", "no-store")
        assert b"Sukatani" not in answer.content and table.title.encode() not in answer.content


def test_a_release_closed_alone(desk: Desk, table: Dataset) -> None:
    desk.publish(TABLE + b"Baru;Desa Baru;2025;1;1,5\n", dataset=table)
    following = ask(ROWS, limit=2).json()["next"]
    newest = table.releases.get(number=2)
    scopes.close_release(newest, person=desk.duty, by=actor(desk.duty), because="Salah unggah.")
    assert code_of(ROWS, release="2") == (410, "closed")
    assert Client().get(following).status_code == 410
    assert ask(ROWS).json()["release"] == 1
