"""The counter over HTTP, as strangers use it: everything is answered by one plain sentence, and nothing is lost."""

import http.client
import json
import os
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from lumbung.counter import floods
from lumbung.counter.application import LARGEST_PIECE, PREFIX, Counter
from lumbung.counter.store import State, Store
from tests.counter.envelopes import CHANCE, words
from tests.counter.http import LONG, ask, raw, send, served


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def port(home: Path) -> Iterator[int]:
    with served(home) as (number, _, _):
        assert ask(number, "GET")[1]["open"] is True
        yield number


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    store = Store(home / "counter")
    yield store
    store.ledger.close()


def sealed(size: int = 5_000) -> tuple[dict[str, Any], bytes]:
    body = CHANCE.randbytes(size)
    return words(body), body


def head_of(number: str, lines: str) -> bytes:
    return f"PUT {PREFIX}{number} HTTP/1.1\r\nHost: x\r\nUpload-Offset: 0\r\n{lines}\r\n".encode()


def test_from_the_first_piece_to_the_status(port: int, store: Store) -> None:
    header, body = sealed(700_000)
    told = send(port, header, body)
    assert (told["received"], told["state"]) == (True, "waiting")
    asked = {"ticket": told["ticket"].lower(), "verifier": header["verifier"]}
    status, standing = ask(port, "POST", "keadaan", asked)
    assert (status, standing["sentence"]) == (200, "Diterima, menunggu sambungan ke kantor.")
    assert "number" not in standing
    with store.open_body(header["number"]) as there:
        assert there.read() == body
    store.done(header["number"])
    assert ask(port, "POST", "keadaan", asked)[1]["sentence"] == "Sudah diteruskan ke kantor."
    assert send(port, header, body)["state"] == "done"


def test_three_browsers_send_the_same(port: int, store: Store) -> None:
    header, body = sealed(900_000)
    with ThreadPoolExecutor(3) as browsers:
        told = [one.result() for one in [browsers.submit(send, port, header, body) for _ in range(3)]]
    assert {one["received_at"] for one in told} == {told[0]["received_at"]}
    assert [one.number for one in store.waiting()].count(header["number"]) == 1


def test_a_broken_line_goes_on(port: int) -> None:
    header, body = sealed(300_000)
    ask(port, "POST", "", header)
    with socket.create_connection(("127.0.0.1", port), timeout=LONG) as line:
        head = (
            f"PUT {PREFIX}{header['number']} HTTP/1.1\r\nHost: x\r\nUpload-Offset: 0\r\nContent-Length: 200000\r\n\r\n"
        )
        line.sendall(head.encode() + body[:123_456])
        line.shutdown(socket.SHUT_WR)
        assert b"200 OK" in line.recv(1_000)
    assert ask(port, "GET", header["number"])[1]["offset"] == 123_456
    assert send(port, header, body)["received"]


def test_a_status_without_the_secret_is_unknown(port: int) -> None:
    header, body = sealed()
    ticket = send(port, header, body)["ticket"]
    answers = [
        ask(port, "POST", "keadaan", asked)
        for asked in (
            {"ticket": ticket, "verifier": "0" * 64},
            {"ticket": "00000-00000-0", "verifier": header["verifier"]},
            {"ticket": ticket},
            {"ticket": [ticket], "verifier": {"a": 1}},
            b"null",
            b"\xff",
        )
    ]
    assert all(answer == answers[0] for answer in answers)
    assert answers[0][0] == 404


def test_two_hundred_megabytes_at_once(port: int) -> None:
    header, _ = sealed()
    ask(port, "POST", "", header)
    head = (
        f"PUT {PREFIX}{header['number']} HTTP/1.1\r\nHost: x\r\nUpload-Offset: 0\r\nContent-Length: 209715200\r\n\r\n"
    )
    heard = raw(port, head.encode() + b"x" * 100_000)
    assert b"413" in heard.split(b"\r\n")[0]
    assert json.loads(heard.split(b"\r\n\r\n")[1])["code"] == "too-much-at-once"
    assert ask(port, "GET", header["number"])[1]["offset"] == 0


def test_a_photograph_of_two_hundred_megabytes(port: int) -> None:
    header, _ = sealed()
    status, told = ask(port, "POST", "", header | {"size": 200 * 2**20})
    assert (status, told["code"]) == (413, "too-large")
    assert "Perkecil fotonya" in told["sentence"]


@pytest.mark.parametrize(
    "head",
    [
        {},
        {"Upload-Offset": "-1"},
        {"Upload-Offset": "1e3"},
        {"Upload-Offset": "٣"},
        {"Upload-Offset": "9" * 30},
        {"Upload-Offset": "0, 0"},
    ],
)
def test_offsets_that_lie(port: int, head: dict[str, str]) -> None:
    header, body = sealed()
    ask(port, "POST", "", header)
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=LONG)
    client.putrequest("PUT", PREFIX + header["number"])
    for name, said in {**head, "Content-Length": "10"}.items():
        client.putheader(name, said.encode())
    client.endheaders(body[:10])
    assert (client.getresponse().status, client.close()) == (400, None)
    assert ask(port, "GET", header["number"])[1]["offset"] == 0


@pytest.mark.parametrize(
    ("head", "statuses"),
    [
        ("Transfer-Encoding: chunked\r\n", {411}),
        ("", {411}),
        ("Content-Length: 3\r\nContent-Length: 5\r\n", {400}),
        ("Content-Length: -3\r\n", {400}),
        ("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", {400, 411}),
        ("Content-Length: 99999999999999999999\r\n", {400, 411, 413}),
    ],
)
def test_lengths_that_lie(port: int, head: str, statuses: set[int]) -> None:
    header, _ = sealed()
    ask(port, "POST", "", header)
    heard = raw(port, head_of(header["number"], head) + b"3\r\nabc\r\n0\r\n\r\n")
    assert int(heard.split()[1]) in statuses, heard
    assert ask(port, "GET", header["number"])[1]["offset"] == 0


@pytest.mark.parametrize(
    ("method", "rest"),
    [
        *(("DELETE", "0" * 32), ("PATCH", "0" * 32), ("TRACE", ""), ("PUT", ""), ("GET", "keadaan")),
        *(("GET", "0" * 32), ("GET", "0" * 31), ("GET", "../counter.db"), ("GET", "%2e%2e/counter.db")),
        *(("POST", "0" * 32 + "/selesai"), ("POST", "0" * 32 + "/selesai/"), ("GET", "0" * 32 + "%00")),
        ("GET", "%ff" * 100),
    ],
)
def test_addresses_that_are_none(port: int, method: str, rest: str) -> None:
    status, told = ask(port, method, rest, b"")
    assert (status, told["code"]) == (404, "unknown")


def test_any_page_may_send(port: int) -> None:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=LONG)
    client.request(
        "OPTIONS", PREFIX + "0" * 32, headers={"Origin": "https://x", "Access-Control-Request-Method": "PUT"}
    )
    answer = client.getresponse()
    answer.read()
    client.close()
    assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (200, "*")
    assert "PUT" in answer.headers["Access-Control-Allow-Methods"]
    assert "Set-Cookie" not in answer.headers


def test_kept_connections(port: int) -> None:
    header, body = sealed(3_000)
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=LONG)
    client.request("POST", PREFIX, json.dumps(header))
    assert json.loads(client.getresponse().read())["offset"] == 0
    for at in range(0, 3_000, 1_000):
        client.request("PUT", PREFIX + header["number"], body[at : at + 1_000], {"Upload-Offset": str(at)})
        assert json.loads(client.getresponse().read())["offset"] == at + 1_000
    client.request("POST", f"{PREFIX}{header['number']}/selesai", b"")
    assert json.loads(client.getresponse().read())["received"]
    client.close()


def test_published_pages_and_nothing_else(port: int, home: Path) -> None:
    pages = home / "counter" / "pages"
    (pages / "layanan").mkdir(parents=True)
    (pages / "layanan" / "index.html").write_text("<title>Formulir</title>")
    (pages / "layanan" / "secret.db").write_text("x")
    (pages / "link.html").symlink_to(home / "counter" / "counter.db")
    asked = {
        "/layanan/": 200,
        "/layanan": 200,
        "/layanan/index.html": 200,
        "/layanan/secret.db": 404,
        "/link.html": 404,
    }
    asked |= dict.fromkeys(("/", "/../counter.db", "/%2e%2e/counter.db", "//etc/passwd", "/\0", "/%ff"), 404)
    for path, status in asked.items():
        heard = raw(
            port, f"GET {path.replace(chr(0), '%00')} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
        )
        assert (path, heard.split()[1]) == (path, str(status).encode())
        assert b"default-src 'none'" in heard


def asked_in_process(counter: Counter, body: dict[str, Any], **environ: str) -> dict[str, Any]:
    from io import BytesIO

    said = json.dumps(body).encode()
    given = {"REQUEST_METHOD": "POST", "PATH_INFO": PREFIX, "CONTENT_LENGTH": str(len(said)), **environ}
    told = b"".join(counter({**given, "wsgi.input": BytesIO(said)}, lambda *_: None))
    return dict(json.loads(told))


def test_floods_are_bounded_by_address_without_keeping_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floods, "ENVELOPES", 3)
    counter = Counter(tmp_path / "counter", proxied=False)
    first = sealed()[0]
    codes = [asked_in_process(counter, one, REMOTE_ADDR="203.0.113.9").get("code") for one in [first, *_many(4)]]
    assert codes == [None, None, None, "too-many", "too-many"]
    assert asked_in_process(counter, first, REMOTE_ADDR="203.0.113.9")["offset"] == 0  # what was begun goes on
    forged = {"REMOTE_ADDR": "203.0.113.9", "HTTP_X_FORWARDED_FOR": "198.51.100.7"}
    assert asked_in_process(counter, sealed()[0], **forged)["code"] == "too-many"
    assert asked_in_process(counter, sealed()[0], REMOTE_ADDR="198.51.100.7")["offset"] == 0
    six = [f"2001:db8:1:2::{number:x}" for number in range(1, 6)]
    assert [asked_in_process(counter, sealed()[0], REMOTE_ADDR=one).get("code") for one in six][3:] == ["too-many"] * 2
    kept = b"".join(path.read_bytes() for path in (tmp_path / "counter").glob("counter.db*"))
    assert not any(word in kept for word in (b"203.0.113.9", bytes([203, 0, 113, 9]), b"2001:db8"))


def _many(count: int) -> list[dict[str, Any]]:
    return [sealed()[0] for _ in range(count)]


def test_behind_a_proxy_the_visitor_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floods, "ENVELOPES", 1)
    counter = Counter(tmp_path / "counter", proxied=True)
    seen = {"REMOTE_ADDR": "127.0.0.1"}
    for address in ("198.51.100.1", "198.51.100.2"):
        said = {**seen, "HTTP_X_FORWARDED_FOR": f"10.0.0.1, {address}"}
        assert asked_in_process(counter, sealed()[0], **said)["offset"] == 0
        assert asked_in_process(counter, sealed()[0], **said)["code"] == "too-many"
    forged = {"REMOTE_ADDR": "198.51.100.3", "HTTP_X_FORWARDED_FOR": "198.51.100.4"}
    assert asked_in_process(counter, sealed()[0], **forged)["offset"] == 0
    assert asked_in_process(counter, sealed()[0], **forged)["code"] == "too-many"


def test_too_many_bytes_announced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floods, "BYTES", 12_000)
    counter = Counter(tmp_path / "counter", proxied=False)
    codes = [asked_in_process(counter, one, REMOTE_ADDR="203.0.113.9").get("code") for one in _many(3)]
    assert codes == [None, None, "too-many"]


def test_who_begins_thousands_keeps_nobody_out_for_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floods, "OPEN", 3)
    counter, store, begun = Counter(tmp_path / "counter", proxied=False), Store(tmp_path / "counter"), _many(3)
    for one in begun:
        asked_in_process(counter, one, REMOTE_ADDR="203.0.113.9")
        store.put(one["number"], offset=0, content=b"x")
    assert asked_in_process(counter, sealed()[0], REMOTE_ADDR="198.51.100.7")["code"] == "too-many"
    silent = time.time() - 400  # seconds
    for one in begun[:2]:
        os.utime(store.bodies / one["number"], (silent, silent))
    with store.ledger.writing() as rows:
        rows.execute("UPDATE envelope SET begun_at = ?", (silent,))
    os.utime(store.folder / "swept", (silent, silent))
    assert asked_in_process(counter, sealed()[0], REMOTE_ADDR="198.51.100.7")["offset"] == 0
    assert [store.knows(one["number"]) for one in begun] == [False, False, True]  # one goes on, and is left alone
    store.ledger.close()


def test_a_full_disk_says_so_and_makes_room_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counter, swept = Counter(tmp_path / "counter", proxied=False), []
    monkeypatch.setattr("lumbung.counter.sweeping.make_room", swept.append)
    monkeypatch.setattr(floods, "LEAST_FREE", 2**60)
    monkeypatch.setattr(floods.check_room, "__kwdefaults__", {"least": 2**60})
    assert asked_in_process(counter, sealed()[0], REMOTE_ADDR="203.0.113.9")["code"] == "full"
    assert len(swept) == 1


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "counter").write_text("not a folder")
    counter = Counter(tmp_path / "counter", proxied=False)
    assert asked_in_process(counter, sealed()[0], REMOTE_ADDR="203.0.113.9")["code"] == "not-now"


def test_a_bug_is_told_without_its_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("3308209901019001")

    monkeypatch.setattr(floods, "count", broken)
    counter = Counter(tmp_path / "counter", proxied=False)
    told = asked_in_process(counter, sealed()[0], REMOTE_ADDR="203.0.113.9")
    assert told["code"] == "broken"
    assert "3308" not in caplog.text + json.dumps(told)


def test_no_log_names_an_envelope(tmp_path: Path) -> None:
    with served(tmp_path) as (port, _, said):
        header, body = sealed()
        send(port, header, body)
        raw(port, b"GET /%zz HTTP/9.9\r\nX: 3308209901019001\r\n\r\n")
        raw(port, f"GET {PREFIX}{header['number']} HTTP/1.1\r\nHost: x\r\nA b: {header['number']}\r\n\r\n".encode())
    heard = said.read_text()
    assert header["number"] not in heard
    assert "3308" not in heard
    assert Store(tmp_path / "counter").standing(header["number"]).state is State.WAITING


def test_the_largest_piece_is_taken(port: int) -> None:
    header, body = sealed(LARGEST_PIECE + 5)
    assert send(port, header, body, piece=LARGEST_PIECE)["received"]
