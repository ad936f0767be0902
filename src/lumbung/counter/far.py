"""A counter on another machine, as the portal sees it: the part of `Store` that draining needs, over HTTP."""

import http.client
import io
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from lumbung.counter.headers import LARGEST, Header, read_header
from lumbung.counter.refusals import Refusal
from lumbung.counter.store import Damaged

PATIENCE = 60.0  # seconds without an answer
WHOLE = 600.0  # seconds for an answer that comes letter by letter: the housekeeper has other work
LONGEST_WAY = timedelta(days=366)  # nothing waits so long; clocks differ by an hour at most
QUEUE = "/layanan/kirim/antrean"


class Unreachable(OSError):
    """It does not answer, or not as a counter does. What waits there goes on waiting."""


class Far:
    """At an address, by a token that goes nowhere but there. Only https, but for this machine itself."""

    def __init__(self, address: str, *, token: str) -> None:
        at = urlsplit(address)
        if at.scheme != "https" and at.hostname not in ("127.0.0.1", "::1"):
            raise Unreachable("only https")
        self._kind = http.client.HTTPSConnection if at.scheme == "https" else http.client.HTTPConnection
        self._host, self._port, self._token = at.hostname or "", at.port, token
        self._moment: datetime | None = None

    def waiting(self) -> Iterator[Header]:
        """As `Store.waiting`, as long as each is crossed off or set aside before the next is asked for."""
        while header := self._next():
            yield header

    def received_at(self, _number: str) -> datetime | None:
        """When the last one that was given was acknowledged; None where its clock is wrong."""
        return self._moment

    def open_body(self, number: str) -> BinaryIO:
        """The sealed body. Raise Damaged where that counter no longer has what it acknowledged."""
        return io.BytesIO(self._asked("GET", f"/{number}"))

    def done(self, number: str) -> None:
        """The portal has it."""
        self._asked("POST", f"/{number}/sudah")

    def set_aside(self, number: str, *, why: str) -> None:
        """The portal does not take it."""
        self._asked("POST", f"/{number}/sisih", {"why": why})

    def take_up_again(self) -> int:
        """Everything that was set aside waits again."""
        try:
            return int(json.loads(self._asked("POST", "/lagi"))["again"])
        except (ValueError, TypeError, KeyError):
            raise Unreachable("not a counter") from None

    def _next(self) -> Header | None:
        try:
            told = json.loads(self._asked("GET", ""))
            if told["header"] is None:
                return None
            self._moment = _sound(datetime.fromisoformat(told["received_at"]))
            return read_header(told["header"].encode())
        except (Refusal, ValueError, TypeError, KeyError, AttributeError):
            raise Unreachable("not a counter") from None

    def _asked(self, method: str, rest: str, words: Any = None) -> bytes:
        line = self._kind(self._host, self._port, timeout=PATIENCE)
        try:
            body = json.dumps(words).encode() if words is not None else b""
            line.connect()
            with _ended_in_time(line.sock):
                line.request(method, QUEUE + rest, body, {"Authorization": f"Bearer {self._token}"})
                answer = line.getresponse()
                said = answer.read(LARGEST + 1)
        except (OSError, http.client.HTTPException, ValueError) as problem:  # ValueError: ended while it was read
            raise Unreachable(type(problem).__name__) from None
        finally:
            line.close()
        if answer.length != 0 and not answer.chunked:  # the counter says how long its answers are
            raise Unreachable("half an answer")
        if answer.status == 410:
            raise Damaged
        if answer.status != 200:
            raise Unreachable(f"answered {answer.status}")
        return said


@contextmanager
def _ended_in_time(line: socket.socket) -> Iterator[None]:
    """Whoever reads from it finds it ended after WHOLE seconds, however steadily it trickles."""

    def end() -> None:
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(WHOLE, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _sound(moment: datetime) -> datetime | None:
    """The moment; None where nothing can have been acknowledged then, whatever that machine's clock says."""
    now = datetime.now(UTC)
    told = moment.tzinfo is not None and now - LONGEST_WAY < moment < now + timedelta(hours=1)
    return moment if told else None
