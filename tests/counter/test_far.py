"""A counter on another machine: its queue is for who has the token, and looks like the near one."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from lumbung.counter.far import Far, Unreachable
from lumbung.counter.store import Damaged, State, Store
from tests.counter.envelopes import CHANCE, words
from tests.counter.http import ask, raw, send, served

TOKEN = "t" * 40


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("far")


@pytest.fixture(scope="module")
def port(home: Path) -> Iterator[int]:
    with served(home) as (number, _, _):
        yield number


@pytest.fixture
def token(home: Path) -> Path:
    file = home / "counter" / "token"
    file.parent.mkdir(exist_ok=True)
    file.write_text(TOKEN + "\n")
    return file


def handed_in(port: int) -> tuple[dict[str, Any], bytes]:
    body = CHANCE.randbytes(70_000)
    header = words(body)
    send(port, header, body)
    return header, body


def test_the_queue_in_order(port: int, home: Path, token: Path) -> None:
    sent, store = [handed_in(port) for _ in range(3)], Store(home / "counter")
    far = Far(f"http://127.0.0.1:{port}", token=TOKEN)
    seen = []
    for header in far.waiting():
        with far.open_body(header.number) as body:
            seen.append((header.number, body.read()))
        assert far.received_at(header.number) is not None
        if len(seen) == 2:
            far.set_aside(header.number, why="unknown-office")
        else:
            far.done(header.number)
    assert seen == [(header["number"], body) for header, body in sent]
    assert store.standing(sent[1][0]["number"]).state is State.ASIDE
    assert (far.take_up_again(), next(far.waiting()).number) == (1, sent[1][0]["number"])
    (store.bodies / sent[1][0]["number"]).write_bytes(b"other")
    with pytest.raises(Damaged):
        far.open_body(sent[1][0]["number"])
    far.done(sent[1][0]["number"])
    assert list(far.waiting()) == []
    store.ledger.close()


@pytest.mark.parametrize(
    "head", ["", "Authorization: Bearer\r\n", "Authorization: Bearer \r\n", f"Authorization: {TOKEN}\r\n"]
)
def test_nobody_else_sees_it(port: int, token: Path, head: str) -> None:
    for method, rest in (("GET", ""), ("GET", "/" + "0" * 32), ("POST", "/lagi"), ("POST", "/" + "0" * 32 + "/sudah")):
        line = f"{method} /layanan/kirim/antrean{rest} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n{head}\r\n"
        assert raw(port, line.encode()).split()[1] == b"404"


@pytest.mark.parametrize("kept", ["", "kort", "é" * 40, None])
def test_without_a_good_token_there_is_no_such_address(port: int, token: Path, kept: str | None) -> None:
    token.write_text(kept) if kept is not None else token.unlink()
    assert ask(port, "GET", "antrean", Authorization=f"Bearer {(kept or '').encode().decode('latin-1')}")[0] == 404
    with pytest.raises(Unreachable):
        list(Far(f"http://127.0.0.1:{port}", token=kept or "x").waiting())


def test_nothing_goes_out_in_clear() -> None:
    for address in ("http://loket.contoh.test", "ftp://127.0.0.2", "loket.contoh.test", ""):
        with pytest.raises(Unreachable):
            Far(address, token=TOKEN)


@pytest.mark.parametrize(
    "said", [b"", b"{}", b"[]", b'{"header": 7}', b'{"header": "x", "received_at": "y"}', b"null"]
)
def test_who_is_no_counter(said: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    far = Far("https://loket.contoh.test", token=TOKEN)
    monkeypatch.setattr(far, "_asked", lambda *_: said)
    with pytest.raises(Unreachable):
        next(far.waiting())
    with pytest.raises(Unreachable):
        far.take_up_again()
    assert json.dumps(TOKEN) not in repr(far)


@pytest.mark.parametrize("moment", ["9999-12-31T23:00:00+00:00", "0001-01-01T00:00:00+00:00", "2026-11-20T10:00:00"])
def test_a_clock_of_another_age_stops_nobody(moment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    far, header = Far("https://loket.contoh.test", token=TOKEN), words(b"x")
    told = json.dumps({"header": json.dumps(header), "received_at": moment}).encode()
    monkeypatch.setattr(far, "_asked", lambda *_: told)
    assert next(far.waiting()).number == header["number"]
    assert far.received_at(header["number"]) is None


@contextmanager
def answering(said: bytes, *, then: float) -> Iterator[int]:
    """A counter that says so much, and then for so many seconds a letter now and then."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def answer() -> None:
            with suppress(OSError), door.accept()[0] as line:
                line.recv(65_536)
                line.sendall(said)
                until = time.monotonic() + then
                while time.monotonic() < until:
                    time.sleep(0.02)
                    line.sendall(b"x")

        thread = threading.Thread(target=answer)
        thread.start()
        yield door.getsockname()[1]
        thread.join()


@pytest.mark.parametrize(
    "begun", [b"", b"HTTP/1.1 200 OK\r\nX-A: ", b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n"]
)
def test_who_trickles_holds_nobody(begun: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lumbung.counter.far.WHOLE", 0.3)
    with answering(begun, then=20.0) as port, pytest.raises(Unreachable):
        Far(f"http://127.0.0.1:{port}", token=TOKEN).open_body("0" * 32)


def test_half_a_body_is_none() -> None:
    with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", then=0.0) as port, pytest.raises(Unreachable):
        Far(f"http://127.0.0.1:{port}", token=TOKEN).open_body("0" * 32)
