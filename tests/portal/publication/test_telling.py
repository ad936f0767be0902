"""Calls to harvesters: out of the record, signed, without a value, tried again, and never into our own network."""

import contextlib
import hashlib
import hmac
import json
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.utils import timezone

from lumbung.portal.accounts.permissions import Refused, Unfit
from lumbung.portal.audit.models import Event
from lumbung.portal.publication import calling, telling
from lumbung.portal.publication.actions import quarantine
from lumbung.portal.publication.calling import NotCalled, call, check_address
from lumbung.portal.publication.models import Call, Webhook
from tests.portal.shelves import Desk, actor, signed_in

pytestmark = pytest.mark.django_db


class Harvester(BaseHTTPRequestHandler):
    """Keeps what it is told, and answers with the next of `answers`."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.told.append(({**self.headers, "target": self.path}, body))  # type: ignore[attr-defined]
        answers = self.server.answers  # type: ignore[attr-defined]
        self.send_response(answers.pop(0) if answers else 204)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def harvester(home: Path) -> Iterator[Any]:
    """A server on loopback, which the keeper of this machine has listed."""
    server: Any = HTTPServer(("127.0.0.1", 0), Harvester)
    server.told, server.answers = [], []
    server.origin = f"http://127.0.0.1:{server.server_port}"
    (home / "panggilan.toml").write_text(f'origins = ["{server.origin}"]\n')
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def add(desk: Desk, address: str) -> tuple[Webhook, str]:
    return telling.add(address, person=desk.admin, by=actor(desk.admin))


def run_calls() -> None:
    telling.tell()
    for one in Call.objects.exclude(next_at=None):
        telling.deliver.call(one.pk)


def close(desk: Desk, **words: str) -> Any:
    dataset = desk.publish(**words)
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Ada laporan tentang warga.")
    return dataset


def test_a_closing_is_told_once_signed_and_without_words(desk: Desk, harvester: Any) -> None:
    _webhook, secret = add(desk, f"{harvester.origin}/lumbung?x=1")
    dataset = close(desk, title="Judul yang membocorkan")
    run_calls()
    run_calls()
    ((headers, body),) = harvester.told
    said = json.loads(body)
    assert (said["event"], said["reason"]) == ("quarantined", "data-pribadi")
    assert said["address"].endswith(dataset.get_absolute_url())
    assert "Judul yang" not in body.decode()
    assert "laporan" not in body.decode()
    signed = f"{headers['X-Lumbung-Timestamp']}.{body.decode()}".encode()
    expected = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    assert headers["X-Lumbung-Signature"] == f"sha256={expected}"
    assert Call.objects.get().outcome == "taken"
    assert secret not in str(list(Event.objects.values()))


def test_what_is_not_taken_is_tried_again_later_and_given_up_at_last(desk: Desk, harvester: Any) -> None:
    add(desk, harvester.origin)
    close(desk)
    harvester.answers[:] = [302, 500]
    run_calls()
    one = Call.objects.get()
    assert (one.outcome, one.attempts) == ("refused", 1)
    assert one.next_at is not None
    assert one.next_at > timezone.now()
    Call.objects.update(next_at=timezone.now(), attempts=telling.LAST - 1)
    run_calls()
    one.refresh_from_db()
    assert (one.outcome, one.next_at) == ("refused", None)
    assert len(harvester.told) == 2  # the redirection was not followed


def test_nobody_there(desk: Desk, home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        origin = f"http://127.0.0.1:{taken.getsockname()[1]}"
        (home / "panggilan.toml").write_text(f'origins = ["{origin}"]\n')
        add(desk, origin)
        close(desk)
        run_calls()
    assert Call.objects.get().outcome == "no-answer"


@pytest.mark.parametrize(
    "address",
    [
        "http://pemanen.contoh.go.id/",  # not https
        "https://user:pass@pemanen.contoh.go.id/",
        "https://pemanen.contoh.go.id:22/",
        "https://pemanen.contoh.go.id:99999/",
        "ftp://pemanen.contoh.go.id/",
        "file:///etc/passwd",
        "https:///x",
        "https://[::1",
    ],
)
def test_addresses_that_are_refused_at_once(desk: Desk, address: str) -> None:
    with pytest.raises(Unfit):
        add(desk, address)
    with pytest.raises(NotCalled):
        check_address(address)


@pytest.mark.parametrize(
    "number",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1", "fe80::1",
     "fd00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "2001:0:1:1::1"],
)  # fmt: skip
def test_a_name_of_our_own_network_is_not_called(monkeypatch: pytest.MonkeyPatch, number: str, home: Path) -> None:
    public = (socket.AF_INET, socket.SOCK_STREAM, 0, "", ("8.8.8.8", 443))
    inner = (socket.AF_INET, socket.SOCK_STREAM, 0, "", (number, 443))
    for found in ([inner], [public, inner]):
        monkeypatch.setattr(calling.socket, "getaddrinfo", lambda *_, found=found, **__: found)
        with pytest.raises(NotCalled, match="address"):
            call("https://jahat.contoh.go.id/", "{}", secret=b"x")


def test_who_registers_and_what_ends(desk: Desk, harvester: Any) -> None:
    for who in (desk.producer, desk.duty, desk.stranger):
        with pytest.raises(Refused):
            telling.add(harvester.origin, person=who, by=actor(who))
        assert signed_in(who).get("/meja/pemberitahuan/").status_code == 403
    page = signed_in(desk.admin).post("/meja/pemberitahuan/", {"address": "https://pemanen.contoh.go.id/x"})
    assert page.status_code == 200
    assert "tampil sekali" in page.content.decode()
    webhook = Webhook.objects.get()
    assert "tampil sekali" not in signed_in(desk.admin).get("/meja/pemberitahuan/").content.decode()
    close(desk)
    telling.tell()
    for _ in range(2):
        telling.end(webhook, person=desk.admin, by=actor(desk.admin))
    assert not Call.objects.exclude(next_at=None).exists()
    webhook.refresh_from_db()
    assert bytes(webhook.secret) == b""
    assert Event.objects.filter(kind="webhook-ended").count() == 1


def test_what_was_closed_before_is_not_told(desk: Desk, harvester: Any) -> None:
    close(desk)
    add(desk, harvester.origin)
    run_calls()
    assert harvester.told == []


def test_an_address_with_letters_of_any_script_is_called(harvester: Any) -> None:
    call(f"{harvester.origin}/désa/ꦢꦺꦱ?q=é", "{}", secret=b"x")
    ((headers, _body),) = harvester.told
    assert headers["target"] == "/d%C3%A9sa/%EA%A6%A2%EA%A6%BA%EA%A6%B1?q=%C3%A9"


@pytest.mark.parametrize("said", [b"H", b"x" * 100_000, b"HTTP/1.1 ", b"", b"SSH-2.0-x\r\n", b"HTTP/1.1 2\r\n"])
def test_whatever_answers_is_not_waited_for_longer_than_we_say(
    home: Path, monkeypatch: pytest.MonkeyPatch, said: bytes
) -> None:
    monkeypatch.setattr(calling, "WHOLE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server:
        origin = f"http://127.0.0.1:{server.getsockname()[1]}"
        (home / "panggilan.toml").write_text(f'origins = ["{origin}"]\n')
        thread = Thread(target=_say_and_wait, args=(server, said))
        thread.start()
        with pytest.raises(NotCalled, match="no-answer"):
            call(origin, "{}", secret=b"x")
        thread.join()


def _say_and_wait(server: socket.socket, said: bytes) -> None:
    """Answers with some bytes, and then with nothing until the other side goes away."""
    answering, _who = server.accept()
    with answering, contextlib.suppress(OSError):
        answering.sendall(said)
        while answering.recv(4096):
            pass


@pytest.mark.parametrize("text", ['origins = ["http://127.0.0.1', "origins = 'http://127.0.0.1:1'", "origins = 3"])
def test_a_list_with_a_mistake_lists_nothing(home: Path, text: str) -> None:
    (home / "panggilan.toml").write_text(text)
    with pytest.raises(NotCalled, match="address"):
        check_address("http://127.0.0.1:1")
    check_address("https://pemanen.contoh.go.id/")
