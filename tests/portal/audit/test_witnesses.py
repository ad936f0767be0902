"""Heads go out to a real time-stamp authority (openssl ts) and a real mail server, both on this machine."""

import contextlib
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from lumbung.portal.audit import actions, heads, jobs, models, witnesses
from lumbung.portal.audit.actors import SYSTEM, Subject
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event, Head

FILE = Subject(kind="submission", id="0b7e")
CONFIGURATION = """
[tsa]
default_tsa = ours
[ours]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
"""
pytestmark = pytest.mark.django_db


def openssl(*words: str | Path) -> subprocess.CompletedProcess[str]:
    program = shutil.which("openssl")
    assert program, "openssl is one of the packages that the tests install"
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("tsa")
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(CONFIGURATION.format(folder=folder))
    made = openssl(
        *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=TSA"),
        *("-addext", "extendedKeyUsage=critical,timeStamping", "-keyout", folder / "tsa.key"),
        *("-out", folder / "tsa.pem"),
    )
    assert made.returncode == 0, made.stderr

    class Stamp(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            (folder / "query").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path == "/other":  # an authority that answers, but about something else
                openssl("ts", "-query", "-data", folder / "tsa.cnf", "-sha256", "-out", folder / "query")
            openssl(
                *("ts", "-reply", "-config", folder / "tsa.cnf"),
                *("-queryfile", folder / "query", "-out", folder / "reply"),
            )
            self.send_response(200)
            self.end_headers()
            self.wfile.write((folder / "reply").read_bytes() if self.path != "/nonsense" else b"\x30\x00")

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    with HTTPServer(("127.0.0.1", 0), Stamp) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", folder
        server.shutdown()


class Letters:
    def __init__(self) -> None:
        self.kept: list[bytes] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.kept.append(envelope.content)
        return "250 OK"


@pytest.fixture
def post() -> Iterator[tuple[int, Letters]]:
    letters = Letters()
    server = Controller(letters, hostname="127.0.0.1", server_hostname="ours")
    with socket.create_server(("127.0.0.1", 0)) as door:  # only asked for a number that is free
        server.port = door.getsockname()[1]
    server.start()
    yield server.port, letters
    server.stop()


def named(home: Path, *, tsa: str = "", port: int = 0) -> None:
    text = f'[[tsa]]\nname = "otoritas"\nurl = "{tsa}"\n' if tsa else ""
    if port:
        text += f'[surel]\nserver = "127.0.0.1"\nport = {port}\nfrom = "a@contoh.id"\nto = ["b@contoh.id"]\n'
    (home / "saksi.toml").write_text(text)


def test_both_receive_what_the_verifier_wants(
    home: Path, authority: tuple[str, Path], post: tuple[int, Letters], tmp_path: Path
) -> None:
    named(home, tsa=authority[0], port=post[0])
    actions.record_now(Kind.RECEIVED, by=SYSTEM, subject=FILE)
    head = jobs.seal()
    assert head
    assert [(one.witness, one.received) for one in head.testimonies.all()] == [("otoritas", True), ("surel", True)]
    letter = post[1].kept[0].decode().replace("=\r\n", "").replace("=3D", "=")
    kept = next(line for line in letter.splitlines() if line.startswith("{"))
    (tmp_path / "kept.jsonl").write_text(kept + "\n")
    actions.export(tmp_path / "export", personal=False)
    words = [sys.executable, "-I", tmp_path / "export" / "verify.py", tmp_path / "export", tmp_path / "kept.jsonl"]
    ended = subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False)
    assert (ended.returncode, "saksi luar" in ended.stdout) == (0, False), ended.stdout + ended.stderr


@pytest.mark.parametrize("changed", [False, True])
def test_openssl_confirms_the_receipt_for_this_head_alone(
    changed: bool, home: Path, authority: tuple[str, Path], tmp_path: Path
) -> None:
    named(home, tsa=authority[0])
    actions.record_now(Kind.RECEIVED, by=SYSTEM, subject=FILE)
    assert jobs.seal()
    testimony = models.Testimony.objects.get()
    (tmp_path / "receipt").write_bytes(bytes(testimony.receipt))
    (tmp_path / "statement").write_text(testimony.head.statement + (" " if changed else ""))
    ended = openssl(
        *("ts", "-verify", "-data", tmp_path / "statement", "-in", tmp_path / "receipt"),
        *("-CAfile", authority[1] / "tsa.pem"),
    )
    assert (ended.returncode == 0) is not changed, ended.stderr


@pytest.mark.parametrize("path", ["/other", "/nonsense"])
def test_an_answer_about_something_else_is_no_testimony(path: str, home: Path, authority: tuple[str, Path]) -> None:
    named(home, tsa=authority[0] + path)
    actions.record_now(Kind.RECEIVED, by=SYSTEM, subject=FILE)
    assert jobs.seal()
    testimony = models.Testimony.objects.get()
    assert (testimony.received, bytes(testimony.receipt)) == (False, b"")


def test_a_witness_that_is_down_holds_nothing_up(home: Path, post: tuple[int, Letters]) -> None:
    named(home, tsa="http://127.0.0.1:9", port=post[0])
    actions.record_now(Kind.RECEIVED, by=SYSTEM, subject=FILE)
    assert jobs.seal()
    assert list(models.Testimony.objects.values_list("received", flat=True)) == [False, True]


def answering(*pieces: bytes, until: threading.Event | None = None) -> socket.socket:
    """A witness that says this to whoever comes; with `until`, the last piece again and again until then."""
    door = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with contextlib.suppress(OSError):  # the door is shut, or the caller has gone
            caller, _ = door.accept()
            caller.recv(65536)
            for piece in pieces:
                caller.sendall(piece)
            while until and not until.wait(0.02):
                caller.sendall(pieces[-1])
            caller.close()

    threading.Thread(target=serve, daemon=True).start()
    return door


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"not http at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 300 + b"\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n",
    ],
)
def test_a_witness_that_talks_nonsense_keeps_no_other_from_seeing(
    answer: bytes, home: Path, post: tuple[int, Letters]
) -> None:
    with answering(answer) as door:
        named(home, tsa=f"http://127.0.0.1:{door.getsockname()[1]}", port=post[0])
        actions.record_now(Kind.RECEIVED, by=SYSTEM, subject=FILE)
        assert jobs.seal()
    assert list(models.Testimony.objects.values_list("received", flat=True)) == [False, True]


def test_a_witness_that_trickles_is_left_behind(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(witnesses, "PATIENCE", 1)
    until = threading.Event()
    with answering(b"HTTP/1.1 200 OK\r\n\r\n", b"0", until=until) as door:
        named(home, tsa=f"http://127.0.0.1:{door.getsockname()[1]}")
        actions.record_now(Kind.RECEIVED, by=SYSTEM, subject=FILE)
        assert jobs.seal()
        until.set()
    assert list(models.Testimony.objects.values_list("received", flat=True)) == [False]


def test_nobody_is_named() -> None:
    actions.record_now(Kind.RECEIVED, by=SYSTEM, subject=FILE)
    assert jobs.seal()
    assert not models.Testimony.objects.exists()


def test_due_once_and_not_again() -> None:
    for _ in range(3):
        jobs.keep_record()
    assert Event.objects.filter(kind=Kind.HEARTBEAT).count() == 1
    assert Head.objects.count() == 1
    assert jobs.seal() is None
    assert heads.as_line(Head.objects.get()).startswith('{"statement":')
