"""What everybody may ask: nasty questions first, then CKAN's shapes, then the sequences of its clients."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from lumbung.api.ckan import identifiers
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset, ReadCount
from lumbung.portal.publication.actions import quarantine
from tests.api.ckan.asking import call, captured, key_of, rows_of
from tests.portal.shelves import TABLE, Desk, actor, signed_in

pytestmark = pytest.mark.django_db
SEARCH = "/api/3/action/package_search"


@pytest.fixture
def shelf(desk: Desk) -> tuple[Dataset, Dataset]:
    """Two datasets: of population, and of harvests."""
    first = desk.publish()
    other = TABLE + b"Sindang;2023;7\n"
    return first, desk.publish(other, title="Panen zamrud", description="Zamrud.", theme="pertanian", period="2023")


def found(**asked: Any) -> list[str]:
    return [one["name"] for one in call("package_search", asked)["results"]]


NOT_JSON = [
    b"{",
    b"\xff",
    b'{"id":"\\u0000"}',
    b'{"id":"\\ud800"}',
    b"[" * 100_000,
    b'{"rows":1e400}',
    b"[]",
    b"1" * 9999,
]


@pytest.mark.parametrize("body", NOT_JSON, ids=range(len(NOT_JSON)))
def test_what_is_no_json_is_a_bare_sentence(db: None, body: bytes) -> None:
    answer = Client().post("/api/action/package_search", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json().startswith("Bad request - ")


@pytest.mark.parametrize(
    ("asked", "status", "field"),
    [
        ({"rows": "x"}, 409, "rows"),
        ({"start": -1}, 409, "start"),
        ({"rows": True}, 409, "rows"),
        ({"q": ["a"]}, 409, "q"),
        ({"fq_list": {"a": 1}}, 409, "fq_list"),
        ({"facet.field": {"a": 1}}, 409, "facet.field"),
        ({"facet.field": ["x"] * 51}, 400, "message"),
        ({"sort": "nope asc"}, 400, "message"),
        ({"sort": "name sideways"}, 400, "message"),
        ({"q": "nope:1"}, 400, "message"),
        ({"q": "(a"}, 400, "message"),
        ({"q": "te?t"}, 400, "message"),
        ({"q": "x " * 400}, 400, "message"),
        ({"q": "(" * 5000}, 400, "message"),
        ({"fq": "metadata_modified:[x TO y]"}, 400, "message"),
        ({"fq": "title:[a TO b]"}, 400, "message"),
        ({"fq": "metadata_modified:[0001-01-01T00:00:00+14:00 TO *]"}, 400, "message"),
        ({"fq": "metadata_modified:[NOW-900000YEARS TO *]"}, 400, "message"),
        ({"fq_list": ["groups:x"] * 500}, 400, "message"),
        ({"q": "a" * 20_000}, 400, "message"),
    ],
)
def test_a_search_that_cannot_be(db: None, asked: dict[str, Any], status: int, field: str) -> None:
    error = call("package_search", asked, status=status)
    assert error["__type"] == ("Search Query Error" if status == 400 else "Validation Error")
    assert field in error


def test_a_body_too_large_is_not_read(db: None) -> None:
    answer = Client().post("/api/action/package_search", b"{" + b" " * 3_000_000, content_type="application/json")
    assert answer.status_code == 413
    assert answer.json()["success"] is False


def test_ten_thousand_parameters_of_an_address(db: None) -> None:
    answer = Client().get(SEARCH + "?" + "&".join(f"a{number}=1" for number in range(10_000)))
    assert answer.status_code == 400
    assert isinstance(answer.json(), str)


def test_unknown_private_held_and_closed_are_the_same_nothing(desk: Desk, shelf: tuple[Dataset, Dataset]) -> None:
    shown, closed = shelf
    numbers = [rows_of(one) for one in shelf]
    desk.send(TABLE + b"Sari;2024;99\n", title="Belum ditinjau")
    quarantine(closed, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    nothing = call("package_show", {"id": "tidak-ada"}, status=404)
    for name in (closed.slug, identifiers.sealed(identifiers.Kind.DATASET, closed.pk), "belum-ditinjau", "%00", "a b"):
        assert call("package_show", {"id": name}, status=404) == nothing
        assert call("package_activity_list", {"id": name}, status=404) == nothing
    assert call("resource_show", {"id": numbers[1]}, status=404) == nothing
    for action in ("datastore_search", "datastore_info"):
        unknown = call(action, {"id": "0" * 8, "resource_id": "0" * 8}, status=404)["message"]
        hidden = call(action, {"id": numbers[1], "resource_id": numbers[1]}, status=404)["message"]
        assert hidden == unknown.replace("0" * 8, numbers[1])
    assert call("package_list") == [shown.slug]
    assert call("package_search", {"facet.field": '["tags","groups"]'})["search_facets"]["groups"]["items"] == [
        {"name": "kependudukan", "display_name": "Kependudukan", "count": 1}
    ]
    assert "pertanian" not in call("tag_list")
    assert call("group_show", {"id": "pertanian"})["package_count"] == 0
    assert call("organization_show", {"id": "desa"})["package_count"] == 1


def test_a_browsers_session_is_nobodys(desk: Desk, shelf: tuple[Dataset, Dataset]) -> None:
    browser = signed_in(desk.producer)
    assert browser.get("/api/3/action/organization_list_for_user").json()["result"] == []
    told = json.dumps({"name": "curi", "owner_org": "desa"})
    assert browser.post("/api/action/package_create", told, content_type="application/json").status_code == 403


def test_nobody_is_told_of_people(desk: Desk, shelf: tuple[Dataset, Dataset]) -> None:
    assert call("user_show", {"id": "1"}, status=403)["__type"] == "Authorization Error"
    assert call("user_list", status=403)
    key = key_of(desk.producer)
    me = call("user_show", {}, key=key)
    assert not {"email", "apikey", "email_hash"} & set(me)
    assert call("user_list", key=key) == [me["name"]]
    assert call("user_show", {"id": "admin"}, key=key, status=403)
    assert call("organization_show", {"id": "desa", "include_users": True})["users"] == []
    said = json.dumps(
        [call("package_show", {"id": shelf[0].slug}), call("package_activity_list", {"id": shelf[0].slug})]
    )
    assert desk.producer.name not in said
    assert desk.producer.email not in said


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, {"first", "second"}),
        ({"q": "*:*"}, {"first", "second"}),
        ({"q": "zamrud"}, {"second"}),
        ({"q": '"jumlah penduduk"'}, {"first", "second"}),  # the second has such a column
        ({"q": "title:zam*"}, {"second"}),
        ({"q": "zamrud OR jumlah"}, {"first", "second"}),
        ({"q": "-zamrud"}, {"first"}),
        ({"fq": "name:panen*"}, {"second"}),
        ({"fq": "tags:2023"}, {"second"}),
        ({"fq": "groups:(pertanian OR kesehatan)"}, {"second"}),
        ({"fq": "+res_format:csv -groups:pertanian"}, {"first"}),
        ({"fq": "res_format:PDF"}, set()),
        ({"fq": "license_id:cc-by AND organization:desa"}, {"first", "second"}),
        ({"fq": "organization:tetangga"}, set()),
        ({"fq": "organization:desa OR organization:tetangga metadata_modified:[2020-01-01T00:00:00.123456Z TO *]"},
         {"first", "second"}),
        ({"fq": "metadata_modified:[* TO 2020-01-01T00:00:00Z]"}, set()),
        ({"fq": "metadata_modified:[NOW-7DAYS TO NOW]"}, {"first", "second"}),
        ({"fq_list": ["groups:pertanian", "state:active"]}, {"second"}),
        ({"fq": "private:true"}, set()),
        ({"fq": "extras_period:2023"}, {"second"}),
        ({"fq": "extras_tidak:ada"}, set()),
        ({"q": "'; DROP TABLE catalogue_dataset; --"}, set()),
    ],
)  # fmt: skip
def test_the_part_of_lucene_that_clients_use(
    shelf: tuple[Dataset, Dataset], asked: dict[str, Any], names: set[str]
) -> None:
    called = dict(zip((one.slug for one in shelf), ("first", "second"), strict=True))
    assert {called[name] for name in found(**asked)} == names


def test_orders_pages_and_facets(shelf: tuple[Dataset, Dataset]) -> None:
    first, second = (one.slug for one in shelf)
    assert found(sort="name asc") == [first, second]
    assert found(sort="title_string desc") == [second, first]
    assert found(q="zamrud jumlah", sort="score desc, metadata_modified desc") == [second]
    pages = [call("package_search", {"sort": "id asc", "rows": 1, "start": start}) for start in range(3)]
    assert [len(page["results"]) for page in pages] == [1, 1, 0]
    assert {page["count"] for page in pages} == {2}
    told = call("package_search", {"facet.field": ["organization", "res_format", "nope"], "facet.limit": 1, "rows": 0})
    assert told["facets"]["organization"] == {"desa": 2}
    assert told["search_facets"]["organization"]["items"][0]["display_name"] == "Desa Mekarsari"
    assert len(told["facets"]["res_format"]) == 1
    assert told["facets"]["nope"] == {}
    assert call("package_search", {"facet": "false", "facet.field": '["tags"]'})["facets"] == {}


def test_get_post_forms_and_versions_are_one(shelf: tuple[Dataset, Dataset]) -> None:
    slug, client = shelf[0].slug, Client()
    told = [
        client.get(f"/api/3/action/package_show?id={slug}"),
        client.get(f"/api/action/package_show?id={slug}&use_default_schema=false"),
        client.get(f"/api/2/action/package_show/?id={slug}"),
        client.post("/api/3/action/package_show", {"id": slug}),
        client.post(f"/api/action/package_show?id={slug}", b"", content_type="application/json"),
        client.post("/api/3/action/package_show", f"id={slug}", content_type="application/x-www-form-urlencoded"),
        client.post("/api/3/action/package_show", json.dumps({"id": slug}),
                    content_type="application/x-www-form-urlencoded"),
    ]  # fmt: skip
    assert {answer.status_code for answer in told} == {200}
    assert len({answer.content for answer in told}) == 1
    assert {answer.headers["Access-Control-Allow-Origin"] for answer in told} == {"*"}
    assert client.options("/api/3/action/package_show").headers["Access-Control-Allow-Methods"] == "GET, POST, OPTIONS"
    assert client.get("/api/3").json() == {"version": 3}
    assert client.head(f"/api/3/action/package_show?id={slug}").status_code == 200


def keys_below(value: Any, path: str = "") -> set[str]:
    if isinstance(value, dict):
        return {f"{path}.{key}" for key in value} | {
            one for key in value for one in keys_below(value[key], f"{path}.{key}")
        }
    if isinstance(value, list) and value:
        return keys_below(value[0], f"{path}[]")
    return set()


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "action", "told"),
    [
        ("status_show", "status_show", {}),
        ("help_show", "help_show", {"name": "package_show"}),
        ("license_list", "license_list", {}),
        ("org_list", "organization_list", {}),
        ("org_list_all", "organization_list", {"all_fields": True}),
        ("org_show", "organization_show", {"id": "desa"}),
        ("package_show", "package_show", {"id": "panen-zamrud"}),
        ("package_create", "package_show", {"id": "panen-zamrud"}),
        ("current_list", "current_package_list_with_resources", {}),
        ("res_search", "resource_search", {"query": "name:zamrud"}),
        ("tag_list", "tag_list", {}),
    ],
)
def test_field_by_field_beside_ckans_own_answers(
    shared: Path, shelf: tuple[Dataset, Dataset], name: str, action: str, told: dict[str, Any]
) -> None:
    theirs, ours = captured(shared, name)["result"], call(action, told)
    assert type(ours) is type(theirs)
    people = {one for one in keys_below(theirs) if ".users[]" in one}
    assert keys_below(theirs) - people - keys_below(ours) == set()


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "action", "told", "status"),
    [
        ("unknown_action", "nope", {}, 400),
        ("site_read", "site_read", {}, 400),
        ("datastore_sql", "datastore_search_sql", {"sql": "SELECT 1"}, 400),
        ("package_show_404", "package_show", {"id": "zzz"}, 404),
        ("datastore_search_404", "datastore_search", {"resource_id": "zzz"}, 404),
        ("package_create_403", "package_create", {"name": "a"}, 403),
    ],
)
def test_the_same_refusals_as_ckan(
    db: None, shared: Path, name: str, action: str, told: dict[str, Any], status: int
) -> None:
    theirs = captured(shared, name)
    assert call(action, told, status=status) == (theirs if isinstance(theirs, str) else theirs["error"])


def test_the_calls_of_ckans_own_harvester(shelf: tuple[Dataset, Dataset]) -> None:
    client, seen, start = Client(), [], 0
    filters = "organization:desa OR organization:dinkes metadata_modified:[2026-01-01T00:00:00.000123Z TO *]"
    while True:
        asked = {"rows": 1, "start": start, "sort": "id asc", "fq": filters}
        page = client.get(SEARCH, asked).json()["result"]["results"]
        if not page:
            break
        seen += page
        start += 1
    assert len({one["id"] for one in seen}) == 2
    for one in seen:
        assert (one["state"], one["type"], one["organization"]["name"]) == ("active", "dataset", "desa")
        assert all(set(extra) == {"key", "value"} for extra in one["extras"])
        assert all(file["url"].startswith("http") for file in one["resources"])
        owner = client.get("/api/3/action/organization_show", {"id": one["owner_org"]}).json()["result"]
        assert owner["name"] == "desa"
        for group in one["groups"]:
            assert client.get("/api/3/action/group_show", {"id": group["name"]}).json()["result"]["id"] == group["id"]


def test_the_calls_of_the_qgis_plugin(shelf: tuple[Dataset, Dataset]) -> None:
    client = Client()
    groups = client.get("/api/3/action/group_list?all_fields=true").json()["result"]
    assert {"display_name", "name"} <= set(groups[0])
    asked = f"{SEARCH}?q=zamrud&fq=(groups:pertanian+OR+groups:kesehatan)&sort=name+asc&rows=10&start=0"
    [one] = client.get(asked).json()["result"]["results"]
    assert one["num_resources"] > 0
    file = next(file for file in one["resources"] if file["format"] == "CSV")
    path = urlsplit(file["url"]).path
    assert path.endswith(".csv")
    assert client.head(path).headers["Content-Length"] == str(file["size"])
    assert b"".join(client.get(path).streaming_content).count(b"\n") == 5  # type: ignore[attr-defined]


def test_every_row_that_is_read_is_counted(desk: Desk, shelf: tuple[Dataset, Dataset]) -> None:
    call("datastore_search", {"resource_id": rows_of(shelf[0])})
    assert ReadCount.objects.get(dataset=shelf[0]).times == 1
    assert Event.objects.get(kind=Kind.ROWS_READ).subject == shelf[0].subject.key
