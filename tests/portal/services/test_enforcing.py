"""A closed service is closed on every address that belongs to it, at once, and on no other."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from lumbung.api.ckan.actions import ACTIONS, WRITES
from lumbung.portal.services.models import Own, Service
from lumbung.portal.services.states import ServiceState
from lumbung.portal.services.table import NEVER, Table
from tests.portal.publication import routes
from tests.portal.services.switched import switch
from tests.portal.shelves import Desk, signed_in

pytestmark = pytest.mark.django_db
ALIVE = ("/healthz", "/status", "/status.json", "/status.atom", "/masuk", "/kepala", "/penarikan.json", "/aturan")
INTAKE = "statistics-intake"


def table() -> Table:
    return Table(settings.SERVICE_ADDRESSES, settings.SERVICES_NEVER_SHUT)


def every_address() -> dict[str, str]:
    """Name and a path of every address of the URL table; parts of a path are filled with "x"."""
    found = {}
    for name, pattern in routes.table():
        plain = re.sub(r"\(\?:\[123\]/\??\)\??", "3/", pattern).replace("/?$", "").lstrip("^").rstrip("$")
        found[name] = "/" + re.sub(r"<[^>]+>|\(\?P<\w+>[^)]*\)", "x", plain)
    return found


# Which addresses each switch shuts; a new one is open data's, and must be named here to pass.
OF_OPEN_DATA = {name for name in routes.OF_A_DATASET | routes.OF_MANY if not name.startswith(("data:", "ckan:"))}
OF_ROWS = {"data:about", "data:rows", "data:groups", "data:dump", "data:explained", "data:openapi", "data:nothing",
           "ckan:action", "ckan:version", "ckan:dump"}  # fmt: skip


def test_every_address_belongs_to_a_service_or_is_never_shut() -> None:
    known, found = table(), every_address()
    public = {name: path for name, path in found.items() if name in routes.public()}
    shut = {name: known.code_of(path) for name, path in public.items()}
    assert {name for name, code in shut.items() if code == "open-data"} == OF_OPEN_DATA | {"ckan:download"}
    assert {name for name, code in shut.items() if code == "rows-api"} == OF_ROWS
    assert set(Own.values) == set(settings.SERVICE_ADDRESSES)
    for name, path in found.items():
        if name not in public:
            assert known.code_of(path) in (NEVER, INTAKE), (name, "no switch shuts a desk but that of intake")


def test_what_sends_through_ckan_is_intake() -> None:
    writing = {answer.__name__ for answer in WRITES}
    for name in ACTIONS:
        for path in (f"/api/3/action/{name}", f"/api/action/{name}", f"/api/1/action/{name}/"):
            sends = name in writing and not name.endswith(("delete", "purge"))
            assert table().code_of(path) == (INTAKE if sends else "rows-api"), path


def test_what_other_rooms_hand_in_is_intake() -> None:
    found = every_address()
    for name in ("requests:count", "emergencies:hand-in"):
        assert table().code_of(found[name]) == INTAKE, name


@pytest.mark.parametrize("code", list(Own.values))
def test_each_switch_shuts_its_own_and_no_other(desk: Desk, code: str) -> None:
    dataset = desk.publish()
    paths = [
        *routes.of_dataset(dataset)[:6],
        "/",
        "/api/3/action/package_list",
        "/layanan",
        "/layanan/kirim/x",
        *ALIVE,
    ]
    paths += ["/api/v1/x", "/darurat/panggilan", "/datastore/dump/x", "/tidak-ada"]
    kept = {path: Client().get(path) for path in paths}
    switch(code, desk.duty, reason="Kabel putus.")
    for path, before in kept.items():
        tag = before.headers.get("ETag", '"x"')
        answer = Client().get(path, headers={"If-None-Match": tag})
        if table().code_of(path) in {code, "rows-api" if code == "open-data" else code}:
            assert (answer.status_code, answer.headers["Cache-Control"]) == (503, "no-store"), path
            assert 60 <= int(answer.headers["Retry-After"]) <= 7200
            assert "Kabel putus." in answer.content.decode()
        else:
            assert answer.status_code in (before.status_code, 304), path
    switch(code, desk.duty, ServiceState.OPEN)
    assert {path: Client().get(path).status_code for path in paths} == {
        path: one.status_code for path, one in kept.items()
    }


def test_the_shapes_that_askers_know(desk: Desk) -> None:
    switch("open-data", desk.duty, reason="Kabel putus.", channel="Loket")
    ckan = Client().post("/api/3/action/package_search", "{}", content_type="application/json")
    said: dict[str, Any] = ckan.json()
    assert (ckan.status_code, said["success"], said["error"]["__type"]) == (503, False, "Service Unavailable")
    assert said["error"]["service"]["reason"] == "Kabel putus."
    rows = Client().get("/api/data/x/1/rows")
    assert rows.headers["Content-Type"] == "application/problem+json"
    assert (rows.json()["code"], rows.json()["service"]["channel"]) == ("service-closed", "Loket")
    assert rows.headers["Access-Control-Allow-Origin"] == "*"
    assert Client().options("/api/data/x/1/rows").status_code == 204
    page = Client().get("/", headers={"Accept": "text/html"}).content.decode()
    for words in ("Kabel putus.", "Loket", "Kabar berikutnya", "/status"):
        assert words in page
    assert Client().get("/", headers={"Accept": "application/json"}).json()["code"] == "service-closed"
    assert Client().head("/").status_code == 503


def test_news_that_are_late_are_told_so(desk: Desk) -> None:
    switch("open-data", desk.duty)
    Service.objects.update(next_at=timezone.now() - timedelta(hours=1))
    answer = Client().get("/")
    assert (answer.headers["Retry-After"], "belum ada" in answer.content.decode()) == ("600", True)


def test_a_disturbed_service_serves_and_says_so(desk: Desk) -> None:
    dataset = desk.publish()
    page = dataset.get_absolute_url()
    before = Client().get(page)
    assert "Kabel putus." not in before.content.decode()
    switch("open-data", desk.duty, ServiceState.DEGRADED, reason="Kabel putus.")
    for path in ("/", page):
        answer = Client().get(path, headers={"If-None-Match": before.headers.get("ETag", '"x"')})
        assert (answer.status_code, "Kabel putus." in answer.content.decode()) == (200, True)
        assert "ETag" not in answer.headers, "a page that was kept would bring the banner back, or keep it away"
    assert "Kabel putus." not in Client().get("/masuk").content.decode()
    switch("open-data", desk.duty, ServiceState.OPEN)
    assert "Kabel putus." not in Client().get(page).content.decode()


def test_officers_go_on_while_everything_is_closed(desk: Desk) -> None:
    for code in Own.values:
        switch(code, desk.duty, danger=True)
    duty = signed_in(desk.duty)
    for path in (*ALIVE, "/meja/status/", "/meja/tutup/", "/meja/laporan/"):
        assert duty.get(path, follow=True).status_code == 200, path
    assert signed_in(desk.producer).get("/meja/kiriman/").status_code == 200
    assert signed_in(desk.producer).get("/meja/kiriman/baru").status_code == 503
    assert duty.post("/meja/status/open-data/urungkan").status_code == 302
    assert Client().get("/").status_code == 200
