"""A counter as `lumbung counter` starts it, and a browser's part in it."""

import http.client
import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from lumbung.cli import counter
from lumbung.counter.application import PREFIX

LONG = 60.0  # seconds: a busy machine


@contextmanager
def served(home: Path, **environment: str) -> Iterator[tuple[int, "subprocess.Popen[bytes]", Path]]:
    """Port, process, and the file of what it said."""
    door = counter.opened(0)
    said = home / "said.txt"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LUMBUNG_")}
    kept |= {"LUMBUNG_HOME": str(home), **environment}
    with said.open("ab") as file:
        process = subprocess.Popen(
            counter.process(door).command, env=kept, pass_fds=[door.fileno()], stdout=file, stderr=file
        )
    try:
        yield door.getsockname()[1], process, said
    finally:
        process.terminate()
        process.wait(timeout=LONG)
        door.close()


def ask(
    port: int, method: str, rest: str = "", body: Any = None, *, source: str = "127.0.0.1", **head: str
) -> tuple[int, dict[str, Any]]:
    """One request under the counter's addresses, by a connection of its own, from an address of this machine."""
    sent = json.dumps(body).encode() if isinstance(body, dict) else body
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=LONG, source_address=(source, 0))
    try:
        client.request(method, PREFIX + rest, sent, {name.replace("_", "-"): said for name, said in head.items()})
        answer = client.getresponse()
        told = answer.read()
        assert answer.headers["Content-Type"] == "application/json; charset=utf-8", told
        return answer.status, json.loads(told) if told else {}
    finally:
        client.close()


def send(
    port: int, words: dict[str, Any], body: bytes, *, piece: int = 100_000, source: str = "127.0.0.1"
) -> dict[str, Any]:
    """A whole envelope, as a browser sends it: it goes on where the counter stands. Gives the acknowledgement."""
    end = time.monotonic() + LONG
    while True:
        try:
            _, told = ask(port, "POST", "", words, source=source)
            while not told["received"] and told["offset"] < len(body):
                at = told["offset"]
                _, told = ask(port, "PUT", words["number"], body[at : at + piece], Upload_Offset=str(at))
            status, told = ask(port, "POST", f"{words['number']}/selesai", b"")
            assert status == 200, told
            return told
        except (OSError, http.client.HTTPException, KeyError, ValueError):
            assert time.monotonic() < end, "it did not arrive"
            time.sleep(0.05)


def raw(port: int, said: bytes) -> bytes:
    """What the counter answers to these very bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=LONG) as line:
        line.sendall(said)
        line.shutdown(socket.SHUT_WR)
        heard = b""
        with suppress(ConnectionResetError):  # what was not read of us ends the line, after the answer
            while more := line.recv(65_536):
                heard += more
        return heard
