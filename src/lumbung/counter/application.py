"""The counter's HTTP: an envelope begins, comes in pieces, is finished, is asked for. JSON, one plain sentence each.

Addresses under `/layanan/kirim/`, the same at the portal and at the counter's own port:

    POST /layanan/kirim/            the header -> where to go on: number, ticket, state, offset, size, piece
    GET  /layanan/kirim/<number>    the same, of an envelope that was begun
    PUT  /layanan/kirim/<number>    the next piece, its place in `Upload-Offset`
    POST /layanan/kirim/<number>/selesai    the acknowledgement: only now it is received
    POST /layanan/kirim/keadaan     {"ticket", "verifier"} -> how it stands, as long as the portal does not know it

At its own port it also shows the pages that the portal published (`pages`) and answers the form of the status page;
`antrean` is for a portal on another machine (`fetching`). No cookie, no account: who knows the number may go on, hence
every origin may ask (CORS).
"""

import json
import logging
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

from lumbung.counter import closing, fetching, floods, pages, standing, sweeping
from lumbung.counter.headers import LONGEST, read_header
from lumbung.counter.refusals import Refusal, of_the_disk, unknown
from lumbung.counter.requests import Request
from lumbung.counter.store import Standing, State, Store, is_number
from lumbung.counter.tickets import VERIFIER, read_ticket

log = logging.getLogger(__name__)

PREFIX = "/layanan/kirim/"
PIECE = 256 * 1024  # bytes: what the counter asks for, ten seconds on a bad line
LARGEST_PIECE = 1024 * 1024  # bytes that it takes at once
SENTENCES: Mapping[State, str] = {
    State.ARRIVING: "Belum sampai seluruhnya.",
    State.WAITING: "Diterima, menunggu sambungan ke kantor.",
    State.ASIDE: "Diterima. Petugas sedang mencari cara meneruskannya.",
    State.DONE: "Sudah diteruskan ke kantor.",
}
_HEAD = (
    ("Content-Type", "application/json; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Allow-Methods", "GET, POST, PUT"),
    ("Access-Control-Allow-Headers", "Content-Type, Upload-Offset"),
    ("Access-Control-Max-Age", "86400"),
)
Start = Callable[..., Any]
Answer = tuple[int, dict[str, Any] | bytes]


class Counter:
    """A WSGI application over one folder. Never raises, never tells of an envelope in a log line.

    `proxied` where a proxy on this machine stands before it. Opens the folder on the first request, and answers 503
    where it cannot.
    """

    def __init__(self, folder: Path, *, proxied: bool) -> None:
        self._folder = folder
        self._proxied = proxied
        self._store: Store | None = None

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        """Answer one request."""
        request = Request(environ, proxied=self._proxied)
        if request.method == "POST" and request.path == pages.STANDING:
            return self._standing(request, start_response)
        if not request.path.startswith(PREFIX):
            return pages.answer(self._folder / "pages", request, start_response)
        status, told = self._answered(lambda: self._routed(request, request.path.removeprefix(PREFIX)))
        body = told if isinstance(told, bytes) else json.dumps(told, ensure_ascii=False).encode()
        head = [*_HEAD, ("Content-Length", str(len(body)))]
        if status in (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.INSUFFICIENT_STORAGE):
            head.append(("Retry-After", "600"))
        start_response(f"{status} {HTTPStatus(status).phrase}", head)
        return [] if request.method == "HEAD" else [body]

    def _standing(self, request: Request, start_response: Start) -> Iterable[bytes]:
        """A page instead of JSON: somebody opened their link here while the portal is away."""
        status, told = self._answered(lambda: (200, _told(standing.asked_by_form(self._opened(), request))))
        sentence = told["sentence"] if isinstance(told, dict) else ""
        return pages.told(standing.page(sentence), f"{status} {HTTPStatus(status).phrase}", start_response)

    def _answered(self, act: Callable[[], Answer]) -> Answer:
        try:
            return act()
        except Refusal as refusal:
            return _refused(refusal)
        except (OSError, sqlite3.Error) as problem:
            log.warning("the counter's disk: %s", type(problem).__name__)
            return _refused(of_the_disk(problem))
        except Exception as problem:  # noqa: BLE001 - whatever it was, no traceback with its values goes to a log
            log.error("the counter: %s", type(problem).__name__)
            return _refused(Refusal(500, "broken", "Ada yang keliru di loket. Yang sudah sampai tetap tersimpan."))

    def _routed(self, request: Request, rest: str) -> Answer:
        match request.method, rest.split("/"):
            case "OPTIONS", _:
                return 200, {}
            case "GET" | "HEAD", [""]:
                return 200, {"open": True, "piece": PIECE, "largest_piece": LARGEST_PIECE}
            case "POST", [""]:
                return self._begun(request)
            case "POST", ["keadaan"]:
                return self._asked(request)
            case _, ["antrean", *queue]:
                fetching.check_may_fetch(self._folder, request)
                return 200, fetching.answered(self._opened(), request, queue)
            case "GET" | "HEAD", [number] if is_number(number):
                return 200, _told(self._opened().standing(number))
            case "PUT", [number] if is_number(number):
                return self._put(request, number)
            case "POST", [number, "selesai"] if is_number(number):
                return 200, _told(self._opened().finish(number))
        raise unknown()

    def _opened(self) -> Store:
        if self._store is None:
            self._store = Store(self._folder)
        return self._store

    def _begun(self, request: Request) -> Answer:
        header, store = read_header(request.body(most=LONGEST)), self._opened()
        if not store.knows(header.number):
            closing.check_open(self._folder)
            sweeping.sweep_in_time(store)
            _check_room(store)
            _check_places(store)
            floods.count(store, address=request.address(), size=header.size)
        return 200, _told(store.begin(header))

    def _put(self, request: Request, number: str) -> Answer:
        store, offset = self._opened(), request.number_in("HTTP_UPLOAD_OFFSET")
        now = store.standing(number)
        if offset is None:
            raise Refusal(400, "without-offset", "Bagian ini tidak menyebut tempatnya.", offset=now.offset)
        floods.check_room(store, least=floods.LEAST_TO_GO_ON)
        content = request.body(most=min(LARGEST_PIECE, now.size))
        return 200, _told(store.put(number, offset=offset, content=content))

    def _asked(self, request: Request) -> Answer:
        try:
            words = json.loads(request.body(most=LONGEST))
            ticket, verifier = read_ticket(str(words["ticket"])), str(words["verifier"])
        except (ValueError, TypeError, KeyError, RecursionError):
            raise unknown() from None
        if ticket is None or not VERIFIER.fullmatch(verifier):
            raise unknown()
        told = _told(self._opened().asked(ticket, verifier=verifier))
        del told["number"]
        return 200, told


def _check_room(store: Store) -> None:
    try:
        floods.check_room(store)
    except Refusal:
        sweeping.make_room(store)
        floods.check_room(store)


def _check_places(store: Store) -> None:
    try:
        floods.check_places(store)
    except Refusal:
        sweeping.make_places(store)
        floods.check_places(store)


def _told(now: Standing) -> dict[str, Any]:
    return {
        "number": now.number,
        "ticket": now.ticket,
        "state": now.state.value,
        "received": now.received_at is not None,
        "received_at": now.received_at.isoformat(timespec="seconds") if now.received_at else None,
        "offset": now.offset,
        "size": now.size,
        "piece": PIECE,
        "sentence": SENTENCES[now.state],
    }


def _refused(refusal: Refusal) -> Answer:
    return refusal.status, {"code": refusal.code, "sentence": refusal.sentence, **refusal.more}
