"""Outside services: on the board, asked for their health by consent, never an inside address, never sent elsewhere."""

from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lumbung.portal.accounts.permissions import Conflicting, Refused, Unfit
from lumbung.portal.audit.models import Event
from lumbung.portal.publication import calling
from lumbung.portal.services import queries, registering
from lumbung.portal.services.models import Service
from lumbung.portal.services.states import ServiceState
from lumbung.portal.services.watching import look_around, suggestion
from tests.portal.services.switched import switch
from tests.portal.shelves import Desk, actor, signed_in

pytestmark = pytest.mark.django_db
NEW = "/meja/status/layanan-baru"


class Neighbour(BaseHTTPRequestHandler):
    """Answers with the status it is told, and a way elsewhere that nobody may follow."""

    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.send_response(self.server.status)  # type: ignore[attr-defined]
        self.send_header("Location", f"{self.server.origin}/dalam")  # type: ignore[attr-defined]
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def neighbour(home: Path) -> Iterator[Any]:
    """A server on loopback, which the keeper of this machine has listed."""
    server: Any = HTTPServer(("127.0.0.1", 0), Neighbour)
    server.asked, server.status = [], 200
    server.origin = f"http://127.0.0.1:{server.server_port}"
    (home / "panggilan.toml").write_text(f'origins = ["{server.origin}"]\n')
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def add(desk: Desk, **more: Any) -> Service:
    told = {"name": "Antrean daring", "address": "https://antrean.example", **more}
    return registering.register(person=desk.walidata, by=actor(desk.walidata), **told)


def again() -> Service:
    """The service after the next look."""
    Service.objects.update(seen_at=timezone.now() - timedelta(hours=1))
    look_around()
    return Service.objects.get()


def test_an_outside_service_is_moved_like_any_other(desk: Desk) -> None:
    service = add(desk, channel="Loket kecamatan")
    switch(service.code, desk.duty, reason="Penyedianya mati.", danger=True)
    assert queries.state_of("antrean-daring") == ServiceState.CLOSED
    page = Client().get("/status").content.decode()
    for words in ("Antrean daring", "Penyedianya mati.", "Loket kecamatan", "https://antrean.example"):
        assert words in page
    assert Client().get("/").status_code == 200
    with pytest.raises(Conflicting):
        registering.retire(service.code, person=desk.admin, by=actor(desk.admin))


def test_registered_taken_off_and_registered_again(desk: Desk) -> None:
    service = add(desk)
    with pytest.raises(Conflicting):
        add(desk)
    with pytest.raises(Conflicting):
        add(desk, name="Open data")
    registering.retire(service.code, person=desk.walidata, by=actor(desk.walidata))
    with pytest.raises(Conflicting):
        switch(service.code, desk.duty)
    with pytest.raises(LookupError):
        queries.state_of(service.code)
    assert add(desk, address="https://baru.example").pk == service.pk
    with pytest.raises(Conflicting):
        registering.retire("open-data", person=desk.admin, by=actor(desk.admin))
    kinds = Event.objects.filter(kind__startswith="service-").order_by("sequence").values_list("kind", flat=True)
    assert list(kinds) == ["service-registered", "service-retired", "service-registered"]


@pytest.mark.parametrize("name", ["", "   ", "///", "Antrean 3308" + "1" * 8 + "9001"])
def test_names_that_are_none(desk: Desk, name: str) -> None:
    with pytest.raises(Unfit):
        add(desk, name=name)


def test_who_registers(desk: Desk) -> None:
    for person in (desk.duty, desk.ppdp, desk.producer, desk.stranger):
        with pytest.raises(Refused):
            registering.register(person=person, by=actor(person), name="A", address="https://a.example")
        if person in (desk.duty, desk.ppdp):
            assert "Daftarkan layanan lain" not in signed_in(person).get("/meja/status/").content.decode()
    client = signed_in(desk.admin)
    asked = {"name": "Antrean", "address": "https://antrean.example", "watched": "1"}
    assert client.post(NEW, {**asked, "address": "javascript:alert(1)"}).status_code == 422
    assert client.post(NEW, asked).status_code == 302
    assert client.post("/meja/status/antrean/pantau").status_code == 302
    assert Service.objects.get(code="antrean").look_at == ""
    assert client.post("/meja/status/antrean/lepas").status_code == 302
    assert "https://antrean.example" not in Client().get("/status").content.decode()


@pytest.mark.parametrize(
    "address",
    ["http://example.org", "https://user@example.org", "https://example.org:8443", "file:///etc/passwd", "https://[::1"],
)  # fmt: skip
def test_addresses_that_are_not_watched(desk: Desk, address: str) -> None:
    with pytest.raises(Unfit):
        add(desk, look_at=address)


@pytest.mark.parametrize(
    "number", ["127.0.0.1", "10.0.0.5", "169.254.169.254", "::1", "::ffff:10.0.0.5", "64:ff9b::7f00:1"]
)
def test_a_name_that_leads_inside_is_not_asked(desk: Desk, number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    add(desk, look_at="https://antrean.example/sehat")
    monkeypatch.setattr(calling.socket, "getaddrinfo", lambda *args, **more: [(0, 0, 0, "", (number, 443))])
    assert look_around() == 1
    assert Service.objects.get().seen == "address"


def test_what_is_seen_suggests_and_never_decides(desk: Desk, neighbour: Any) -> None:
    add(desk)
    assert look_around() == 0, "nobody asked to have it watched"
    Service.objects.update(look_at=f"{neighbour.origin}/sehat?x=1")
    assert look_around() == 1
    assert look_around() == 0, "it was asked a moment ago"
    for status, seen, bad in ((302, "well", 0), (503, "broken", 1), (404, "refused", 2), (500, "broken", 3)):
        neighbour.status = status
        row = again()
        assert (row.seen, row.bad, row.state) == (seen, bad, "open")
        hint = suggestion(row, row.code, {})
        assert (hint[0] if hint else None) == (ServiceState.DEGRADED if bad > 1 else None)
    assert neighbour.asked == ["/sehat?x=1"] * 5, "no redirection is followed"
    assert "menjawab, tetapi sedang rusak" in signed_in(desk.duty).get("/meja/status/").content.decode()
    switch(row.code, desk.duty, ServiceState.DEGRADED)
    neighbour.status = 200
    Service.objects.update(since=timezone.now() - timedelta(hours=1))
    hint = suggestion(again(), row.code, {})
    assert hint is not None
    assert hint[0] == ServiceState.OPEN
    neighbour.shutdown()
    neighbour.server_close()
    assert again().seen == "no-answer"
