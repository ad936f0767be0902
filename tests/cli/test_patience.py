"""Strangers who open connections and then say nothing keep nobody else waiting for long."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from tests.cli.test_site import free_port

SERVE = """
import sys
from gunicorn.app.wsgiapp import run
from lumbung.config import patience
patience.SILENCE = 1
run()
"""
OPTIONS = ["--worker-class", "lumbung.config.patience.PatientWorker", "--threads", "2", "--no-control-socket"]


@pytest.fixture
def port() -> Iterator[int]:
    """A server with two threads and little patience."""
    number = free_port()
    command = [sys.executable, "-c", SERVE, "wsgiref.simple_server:demo_app", "--bind", f"127.0.0.1:{number}"]
    with subprocess.Popen([*command, *OPTIONS], env={**os.environ}, stderr=subprocess.DEVNULL) as server:
        until = time.monotonic() + 20
        while time.monotonic() < until and _answer(number, patience=1) != 200:
            time.sleep(0.1)
        yield number
        server.terminate()


def _answer(port: int, *, patience: float) -> int:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        client.request("GET", "/")
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
