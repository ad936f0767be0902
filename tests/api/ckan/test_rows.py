"""Rows: nothing asked for breaks it, forms are CKAN's, and a closing is felt at the same instant."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.test import Client

from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset, Release
from lumbung.portal.catalogue.shelf import ClosedWhileSending
from lumbung.portal.publication.actions import quarantine
from lumbung.portal.services.access_log import line_of
from tests.api.ckan.asking import call, captured, rows_of
from tests.portal.shelves import TABLE, Desk, actor

pytestmark = pytest.mark.django_db
FORMULA = TABLE + b"=1+1;2021;5\nA&B <c>;;1\n"


@pytest.fixture
def dataset(desk: Desk) -> Dataset:
    return desk.publish(FORMULA)


def names(number: str, **asked: Any) -> list[str]:
    return [row["kecamatan"] for row in call("datastore_search", {"resource_id": number, **asked})["records"]]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"filters": {f"kolom{number}": 1 for number in range(10_000)}}, "filters"),
        ({"filters": "x"}, "filters"),
        ({"filters": ["x"]}, "filters"),
        ({"filters": {"tahun": "dua ribu"}}, "query"),
        ({"filters": {"tahun": {"lt": 1, "nope": 2}}}, "filters"),
        ({"filters": {"tahun": list(range(5000))}}, "query"),
        ({"filters": {"1; DROP TABLE x": 1}}, "fields"),
        ({"fields": "nope"}, "fields"),
        ({"fields": {"a": 1}}, "fields"),
        ({"sort": "nope desc"}, "fields"),
        ({"sort": "kecamatan; DELETE"}, "fields"),
        ({"sort": ",".join(["tahun"] * 20)}, "sort"),
        ({"q": {"nope": "a"}}, "fields"),
        ({"q": ["a"]}, "q"),
        ({"q": "a " * 200}, "q"),
        ({"limit": "banyak"}, "limit"),
        ({"limit": -1}, "limit"),
        ({"offset": 1.5}, "offset"),
        ({"records_format": "xls"}, "records_format"),
    ],
)
def test_a_question_that_cannot_be(dataset: Dataset, asked: dict[str, Any], field: str) -> None:
    error = call("datastore_search", {"resource_id": rows_of(dataset), **asked}, status=409)
    assert error["__type"] == "Validation Error"
    assert field in error


def test_finds_and_sorts(dataset: Dataset) -> None:
    number = rows_of(dataset)
    assert names(number, filters={"kecamatan": "Sukatani"}) == ["Sukatani"]
    assert names(number, filters='{"tahun": "2024"}', sort="kecamatan desc") == ["Sukatani", "Mekarsari", "Ciwangi"]
    assert names(number, filters={"kecamatan": ["Sukatani", "Ciwangi"], "tahun": {"gte": 2024}}) == [
        "Sukatani",
        "Ciwangi",
    ]
    assert names(number, filters={"kecamatan": "' OR 1=1 --"}) == []
    assert names(number, q="suka") == names(number, q={"kecamatan": "suka:*"}) == ["Sukatani"]
    assert names(number, sort='"jumlah penduduk" desc nulls last, kecamatan', limit=1) == ["Ciwangi"]
    assert names(number, offset=10**15) == []
    told = call("datastore_search", {"resource_id": number, "limit": 99_999_999, "include_total": False})
    assert told["limit"] == 32_000
    assert "total" not in told
    different = call("datastore_search", {"resource_id": number, "distinct": True, "fields": "tahun", "sort": "tahun"})
    assert different["records"] == [{"tahun": 2021}, {"tahun": 2024}, {"tahun": None}]
    told = call("datastore_search", {"id": number, "fields": ["_id", "tahun"], "limit": 1})
    assert told["records"] == [{"_id": 1, "tahun": 2024}]
    assert [one["id"] for one in told["fields"]] == ["_id", "tahun"]
    lists = call("datastore_search", {"resource_id": number, "records_format": "lists", "limit": 1})["records"]
    assert lists == [[1, "Sukatani", 2024, 12450]]
    lines = call("datastore_search", {"resource_id": number, "records_format": "csv", "offset": 3, "limit": 1})
    assert lines["records"].startswith("4,'=1+1,2021")


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "action"), [("datastore_search", "datastore_search"), ("datastore_info", "datastore_info")]
)
def test_has_every_field_of_ckans_answer(shared: Path, dataset: Dataset, name: str, action: str) -> None:
    theirs, number = captured(shared, name)["result"], rows_of(dataset)
    asked = {"resource_id": number, "id": number, "fields": "kecamatan", "sort": "tahun desc", "limit": 2}
    ours = call(action, asked)
    assert set(theirs) - set(ours) == set()
    assert set(theirs["fields"][0]) == set(ours["fields"][0])
    if name == "datastore_search":
        assert ours["_links"]["next"].endswith("&offset=2")


def dump(number: str, **asked: str) -> bytes:
    answer = Client().get(f"/datastore/dump/{number}", asked)
    assert answer.status_code == 200, answer.content
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="{number}.')
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_dumps_in_every_form(dataset: Dataset) -> None:
    number = rows_of(dataset)
    lines = dump(number).decode().splitlines()
    assert lines[0] == "_id,kecamatan,tahun,jumlah penduduk"
    assert lines[4] == "4,'=1+1,2021,5"
    assert len(lines) == 6
    assert dump(number, format="tsv", bom="true").decode().startswith("\ufeff_id\tkecamatan")
    told = json.loads(dump(number, format="json", fields="_id,tahun", filters='{"tahun": 2024}', limit="2"))
    assert told == {
        "fields": [{"id": "_id", "type": "int"}, {"id": "tahun", "type": "int8"}],
        "records": [[1, 2024], [2, 2024]],
    }
    assert json.loads(dump(number, format="json", q="tidak-ada"))["records"] == []
    rows = ElementTree.fromstring(dump(number, format="xml"))
    assert [row.get("_id") for row in rows] == ["1", "2", "3", "4", "5"]
    assert rows[4][0].text == "A&B <c>"
    assert Client().get(f"/datastore/dump/{number}?format=exe").status_code == 409
    assert Client().get("/datastore/dump/tidak-ada").status_code == 404
    assert Event.objects.filter(kind=Kind.DOWNLOADED, subject=dataset.subject.key).count() == 5


def test_the_web_servers_own_account_names_the_dataset(dataset: Dataset) -> None:
    number = rows_of(dataset)
    file = next(one for one in call("package_show", {"id": dataset.slug})["resources"] if one["id"] == number)
    for path in (
        f"/datastore/dump/{number}",
        f"/api/3/action/datastore_search?resource_id={number}",
        urlsplit(file["url"]).path,
    ):
        answer: Any = Client().get(path)
        line = line_of(datetime.now(UTC), status="200", size=1, environ=answer.wsgi_request.META).split("\t")
        assert line[3].startswith("ckan:")
        assert line[4].startswith(f"/dataset/{dataset.slug}")
        assert line[5] != "-", "it leaves its line in the record"


def test_a_dump_ends_in_the_middle_when_it_is_closed(desk: Desk, dataset: Dataset) -> None:
    answer = Client().get(f"/datastore/dump/{rows_of(dataset)}")
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    with pytest.raises(ClosedWhileSending):
        b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_a_resource_keeps_its_id_from_release_to_release(desk: Desk, dataset: Dataset) -> None:
    number = rows_of(dataset)
    address = next(
        one["url"] for one in call("package_show", {"id": dataset.slug})["resources"] if one["id"] == number
    )
    desk.publish(TABLE + b"Sindang;2025;86421\n", dataset=dataset, period="2025")
    assert Release.objects.filter(dataset=dataset).count() == 2
    assert rows_of(dataset) == number
    assert "Sindang" in names(number)
    path = address.removeprefix("http://127.0.0.1:8000")
    assert b"86421" in b"".join(Client().get(path).streaming_content)  # type: ignore[attr-defined]


def test_a_large_answer_stands_in_the_record(desk: Desk) -> None:
    many = b"kecamatan;tahun;nilai\n" + b"".join(
        b"Desa %d;2024;%d\n" % (number % 7, number) for number in range(1_500)
    )
    number = rows_of(desk.publish(many, title="Banyak"))
    call("datastore_search", {"resource_id": number, "limit": 1_000})
    assert not Event.objects.filter(kind=Kind.DOWNLOADED).exists()
    call("datastore_search", {"resource_id": number, "limit": 32_000})
    assert Event.objects.get(kind=Kind.DOWNLOADED).details["rows"] == 1_500
