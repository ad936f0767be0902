"""Rows for programs: typed, filtered, sorted, page by page, in five forms."""

import io
import json

import polars as pl
import pyarrow as pa
import pytest
from django.core.cache import cache
from django.test import Client

from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue import usage
from lumbung.portal.catalogue.models import Dataset, ReadKind
from tests.api.data.shelf import BASE, DUMP, GROUPS, ROWS, TABLE, ask, cells
from tests.portal.shelves import Desk

pytestmark = pytest.mark.django_db
ALL = ["Mekarsari", "Ciwangi", "Sindang", "Sari", "=1+1"]


@pytest.fixture
def table(desk: Desk) -> Dataset:
    """On the shelf."""
    return desk.publish(TABLE)


def whole(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_description(table: Dataset) -> None:
    said = ask(BASE).json()
    (one,) = said["tables"]
    assert [column["type"] for column in one["columns"]] == ["string", "string", "integer", "integer", "number"]
    assert (one["rows"], said["release"], said["licence"]) == (5, 1, "CC-BY-4.0")
    assert one["links"]["rows"].endswith(ROWS)
    assert {file["format"] for file in said["files"]} == {"csv", "xlsx", "json", "parquet"}


def test_a_page(table: Dataset) -> None:
    answer = ask(ROWS, limit=2)
    said = answer.json()
    assert said["rows"][0] == {
        "kecamatan": "Sukatani", "desa": "Mekarsari", "tahun": 2023, "jumlah penduduk": 12450, "kepadatan": 1.5,
    }  # fmt: skip
    assert (said["found"], said["columns"][4]) == (5, {"name": "kepadatan", "type": "number"})
    assert f'<{said["next"]}>; rel="next"' in answer.headers["Link"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "no-cache" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("sort", [[], ["tahun"], ["-kecamatan", "tahun"]])
@pytest.mark.parametrize("limit", [1, 2, 5, 10])
def test_pages_follow_one_another_and_miss_nothing(table: Dataset, sort: list[str], limit: int) -> None:
    address, walked = f"{ROWS}?limit={limit}" + "".join(f"&sort={one}" for one in sort), []
    at_once = cells(ROWS, "desa", sort=sort)
    while address:
        said = Client().get(address).json()
        walked += [row["desa"] for row in said["rows"]]
        address = said["next"]
    assert walked == at_once
    assert sorted(walked) == sorted(ALL)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (["tahun:eq:2024"], ["Ciwangi", "Sindang", "=1+1"]),
        (["tahun:ne:2024"], ["Mekarsari", "Sari"]),
        (["tahun:lt:2023"], ["Sari"]),
        (["tahun:le:2023"], ["Mekarsari", "Sari"]),
        (["kepadatan:gt:2.25"], ["Sari", "=1+1"]),
        (["kepadatan:ge:2.25"], ["Ciwangi", "Sari", "=1+1"]),
        (["tahun:in:[2022, 2023]"], ["Mekarsari", "Sari"]),
        (['kecamatan:in:["Sindang"]'], ["=1+1"]),
        (["kecamatan:contains:CIWANGI"], ["Sindang", "Sari"]),
        (["desa:starts:S"], ["Sindang", "Sari"]),
        (["jumlah penduduk:empty:true"], ["Sari"]),
        (["jumlah penduduk:empty:false", "tahun:eq:2024"], ["Ciwangi", "Sindang", "=1+1"]),
        (["desa:eq:' OR 1=1 --"], []),
        (["desa:contains:.*"], []),
    ],
)
def test_filters(table: Dataset, filters: list[str], expected: list[str]) -> None:
    assert cells(ROWS, "desa", filter=filters) == expected
    assert cells(ROWS, "desa", filter=filters, limit=1) == expected[:1]
    said = ask(ROWS, filter=filters, count="true").json()
    assert said["found"] == len(expected)
    assert ask(ROWS, filter=filters).json()["found"] is None


def test_a_wide_table_gives_fewer_rows_at_a_time(table: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lumbung.api.data.views.MOST_CELLS", 10)
    said = ask(ROWS, limit=5).json()
    assert (len(said["rows"]), bool(said["next"])) == (2, True)
    assert len(ask(ROWS, limit=5, select="desa").json()["rows"]) == 5


def test_words_order_and_choice(table: Dataset) -> None:
    assert cells(ROWS, "desa", q="ciwangi 2024") == ["Ciwangi", "Sindang"]
    assert cells(ROWS, "desa", sort="kecamatan") == ["Sindang", "Sari", "=1+1", "Mekarsari", "Ciwangi"]
    assert cells(ROWS, "desa", sort="-jumlah penduduk")[-1] == "Sari"
    (row, *_) = ask(ROWS, select=["tahun", "desa"]).json()["rows"]
    assert list(row) == ["tahun", "desa"]


def test_groups(table: Dataset) -> None:
    asked = {"by": "tahun", "measure": ["count", "sum:jumlah penduduk", "mean:kepadatan"], "sort": "-count"}
    first, *_ = ask(GROUPS, **asked).json()["rows"]
    assert first == {"tahun": 2024, "count": 3, "sum:jumlah penduduk": 31824, "mean:kepadatan": 4.5}
    assert cells(GROUPS, "tahun", by="tahun") == [2022, 2023, 2024]
    said = ask(GROUPS, by="tahun", limit=2).json()
    assert [row["tahun"] for row in Client().get(said["next"]).json()["rows"]] == [2024]
    assert cells(GROUPS, "distinct:kecamatan", by="tahun", measure="distinct:kecamatan") == [1, 1, 3]


def test_forms_of_a_page(table: Dataset) -> None:
    lines = ask(ROWS, format="ndjson").content.decode().splitlines()
    assert [json.loads(line)["desa"] for line in lines] == ALL
    csv = Client().get(ROWS, headers={"Accept": "text/html;q=0.1, text/csv"})
    assert csv.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "'=1+1" in csv.content.decode()
    parquet = pl.read_parquet(ask(ROWS, format="parquet").content)
    assert (parquet["desa"].to_list(), parquet.schema["kepadatan"]) == (ALL, pl.Float64)
    with pa.ipc.open_stream(ask(ROWS, format="arrow").content) as stream:
        assert stream.read_all().column("desa").to_pylist() == ALL


def test_a_dump_in_every_form_through_many_pieces(table: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lumbung.portal.catalogue.picking.CHUNK_ROWS", 2)
    asked = {"filter": "tahun:ge:2023", "select": "desa"}
    expected = ["Mekarsari", "Ciwangi", "Sindang", "=1+1"]
    assert [row["desa"] for row in json.loads(whole(ask(DUMP, format="json", **asked)))] == expected
    assert pl.read_parquet(io.BytesIO(whole(ask(DUMP, format="parquet", **asked))))["desa"].to_list() == expected
    assert pl.read_ipc_stream(whole(ask(DUMP, format="arrow", **asked)))["desa"].to_list() == expected
    assert pl.read_ndjson(whole(ask(DUMP, format="ndjson", **asked)))["desa"].to_list() == expected
    assert whole(ask(DUMP, **asked)) == b"desa\r\nMekarsari\r\nCiwangi\r\nSindang\r\n'=1+1\r\n"
    for form in ("json", "ndjson", "csv", "parquet", "arrow"):
        assert whole(ask(DUMP, format=form, filter="tahun:eq:1900")) is not None


def test_unchanged_is_told_without_reading(table: Dataset) -> None:
    etag = ask(ROWS, limit=2).headers["ETag"]
    assert Client().get(f"{ROWS}?limit=2", headers={"If-None-Match": etag}).status_code == 304
    assert Client().get(f"{ROWS}?limit=3", headers={"If-None-Match": etag}).status_code == 200


def test_a_walk_stays_in_the_release_in_which_it_began(desk: Desk, table: Dataset) -> None:
    following = ask(ROWS, limit=2).json()["next"]
    desk.publish(b"kecamatan;desa;tahun\nLain;Lain;2025\nLain;Lain Lagi;2025\n", dataset=table)
    assert Client().get(following).json()["rows"][0]["desa"] == "Sindang"
    assert cells(ROWS, "desa") == ["Lain", "Lain Lagi"]
    assert cells(ROWS, "desa", release="1") == ALL


def test_pages_are_counted_and_dumps_are_recorded(table: Dataset) -> None:
    ask(ROWS)
    assert usage.reads_of(table) == 1
    ask(GROUPS, by="desa")
    ask(ROWS, limit=1)
    cache.delete(f"reads-{table.pk}-{ReadKind.TABLE}-told")  # as some seconds later
    ask(ROWS, limit=2)
    assert usage.reads_of(table) == 4
    whole(ask(DUMP, filter="tahun:eq:2024"))
    line = Event.objects.get(kind=Kind.DOWNLOADED)
    assert (line.subject, line.details["narrowed"]) == (table.subject.key, True)
    assert "2024" not in json.dumps(line.details)
    Client().head(DUMP)
    assert usage.downloads_of(table) == 1


def test_the_page_that_explains(table: Dataset) -> None:
    page = Client().get("/api/data/").content.decode()
    assert "/api/data/jumlah-penduduk-menurut-kecamatan/1/rows" in page
    assert Client().get("/api/data/openapi.json").json()["openapi"] == "3.1.0"
