"""Strangers who open connections and then say nothing keep nobody else waiting for long."""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain, repeat
from typing import Any

import pytest

from tests.cli.test_site import free_port

SERVE = """
import sys
from gunicorn.app.wsgiapp import run
from lumbung.config import pace, patience
patience.SILENCE, pace.GRACE = 1, 0.5
run()
"""
OPTIONS = ["--worker-class", "lumbung.config.patience.PatientWorker", "--threads", "2", "--no-control-socket"]


def answering(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """A WSGI application: a word, or more than any socket holds, after it has read what came."""
    environ["wsgi.input"].read()
    body = b"x" * 50_000_000 if environ["PATH_INFO"] == "/large" else b"ya"
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


@pytest.fixture
def port() -> Iterator[int]:
    """A server with two threads and little patience."""
    number = free_port()
    command = [sys.executable, "-c", SERVE, "tests.cli.test_patience:answering", "--bind", f"127.0.0.1:{number}"]
    with subprocess.Popen([*command, *OPTIONS], env={**os.environ}, stderr=subprocess.DEVNULL) as server:
        until = time.monotonic() + 20
        while time.monotonic() < until and _answer(number, patience=1) != 200:
            time.sleep(0.1)
        yield number
        server.terminate()


def _answer(port: int, *, patience: float, body: Iterator[bytes] | None = None, size: int = 0) -> int:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        said = {"Content-Length": str(size)} if body else {}
        client.request("POST" if body else "GET", "/", body=body, headers=said)
        return client.getresponse().status
    except OSError:
        return 0
    finally:
        client.close()


def test_silence_ends_a_connection(port: int) -> None:
    silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(6)]
    for one in silent:
        one.sendall(b"GET / HTTP/1.1\r\nHost: 127")
    assert _answer(port, patience=20) == 200
    for one in silent:
        one.close()


@contextmanager
def trickling(port: int, *, at_once: bytes = b"", letters: bytes = b"") -> Iterator[None]:
    """Twelve strangers who say something at once, then letter by letter, and then never come to an end."""
    strangers, ended = [socket.create_connection(("127.0.0.1", port)) for _ in range(12)], threading.Event()
    for one in strangers:
        one.sendall(at_once)

    def trickle() -> None:
        for letter in chain((letters[at : at + 1] for at in range(len(letters))), repeat(b"a")):
            for one in strangers:
                with suppress(OSError):
                    one.sendall(letter)
            if ended.wait(0.05):
                return

    thread = threading.Thread(target=trickle)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        for one in strangers:
            one.close()


def test_letters_now_and_then_keep_no_thread(port: int) -> None:
    with trickling(port, letters=b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Lambat: "):
        assert [_answer(port, patience=60) for _ in range(5)] == [200] * 5


def test_bodies_that_trickle_keep_no_thread(port: int) -> None:
    with trickling(port, at_once=b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n\r\n"):
        assert [_answer(port, patience=60) for _ in range(5)] == [200] * 5


def test_a_slow_body_arrives_whole(port: int) -> None:
    def slowly() -> Iterator[bytes]:
        for _ in range(30):
            time.sleep(0.1)
            yield b"a" * 5_000

    assert _answer(port, patience=60, body=slowly(), size=150_000) == 200


def test_who_takes_nothing_keeps_no_thread(port: int) -> None:
    greedy = [socket.create_connection(("127.0.0.1", port)) for _ in range(4)]
    for one in greedy:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        one.sendall(b"GET /large HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    assert [_answer(port, patience=60) for _ in range(3)] == [200] * 3
    for one in greedy:
        one.close()


def test_a_head_in_two_pieces_and_a_kept_connection(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as one:
        for _ in range(3):
            one.sendall(b"GET / HTTP/1.1\r\nHo")
            time.sleep(0.1)
            one.sendall(b"st: 127.0.0.1\r\n\r\n")
            answer = http.client.HTTPResponse(one)
            answer.begin()
            assert answer.status == 200
            assert answer.read()
