"""How much may be asked, by each key and each address: a budget for every minute, and few long answers at a time.

Headers after draft-ietf-httpapi-ratelimit-headers-10; 429 with Retry-After (RFC 6585) where the budget is spent. A key
that is valid has a budget of its own; one that is not costs its address more than a plain question, so that guessing
ends soon. Whoever takes a file and does not read on would hold a thread: long answers are counted on every address of
the site, and a part of the threads is left for everybody else.

Counted in a small file beside the database, for all processes of this machine. It holds no address and no key, but
keyed digests that change every day, and nothing older than two minutes. Where it cannot be written nobody is
kept out: this keeps the portal quick; who may see what is decided elsewhere.
"""

import hashlib
import hmac
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv6Address, ip_address
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from lumbung.api.data import problems
from lumbung.api.data.door import open_to_all
from lumbung.portal.accounts.tokens import token_of

WINDOW = 60  # seconds
FOR_MACHINES = ("/api/", "/datastore/", "/catalog.", "/data.json", "/darurat/", "/obrolan/kiriman/")
OF_CKAN = ("/api/3/", "/api/action/", "/api/1/", "/api/2/", "/datastore/")
HEAVY, GUESSED = 20, 20  # what a whole table or catalogue costs, and what a key costs that is none
KEY_HEADERS = ("Authorization", "X-CKAN-API-Key")
AT_ONCE, AT_ONCE_IN_ALL = 6, 32  # long answers of one address, and of all: two thirds of the threads
FORGOTTEN_AFTER = 60.0  # seconds without a piece being taken
TABLES = """
CREATE TABLE IF NOT EXISTS spent (who BLOB, minute INTEGER, used INTEGER, PRIMARY KEY (who, minute)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS running (ticket BLOB PRIMARY KEY, who BLOB, until REAL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Whose budget it is: `name` in the headers, `most` in a window, `who` a digest that tells nobody apart later."""

    name: str
    most: int
    who: bytes


class Limits:
    """Counts what machines ask, and every long answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer with what is left of the budget, or 429."""
        counted = request.path_info.startswith(FOR_MACHINES) and request.method != "OPTIONS"
        budget, cost = _budget(request) if counted else (None, 0)
        used = _spent(budget, cost) if budget else 0
        if budget and used > budget.most:
            response: HttpResponseBase = _refused(request, "too-many-requests", wait=_left_of_window())
        else:
            response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse) and request.method == "GET":
            response = _one_of_few(request, response)
        return _told(response, budget, used) if budget else response


def _budget(request: HttpRequest) -> tuple[Budget, int]:
    """Whose it is, and what this question costs."""
    heavy = request.path_info == "/data.json" or "/dump" in request.path_info
    cost, text = HEAVY if heavy else 1, _key(request)
    token = token_of(text) if text else None
    if token is not None:
        return Budget(name="kunci", most=settings.API_BY_KEY, who=_digest(f"key {token.pk}")), cost
    mine = Budget(name="alamat", most=settings.API_BY_ADDRESS, who=_of_address(request))
    return mine, cost + (GUESSED if text else 0)


def _key(request: HttpRequest) -> str:
    header = next((found for name in KEY_HEADERS if (found := request.headers.get(name, "").strip())), "")
    scheme, _space, rest = header.partition(" ")
    return rest.strip() if scheme.lower() == "bearer" else header


def _of_address(request: HttpRequest) -> bytes:
    """An IPv6 network of one household counts as one (RFC 6177)."""
    text = request.META.get("REMOTE_ADDR", "")
    with suppress(ValueError):
        address = ip_address(text)
        text = str(int(address) >> 64) if isinstance(address, IPv6Address) and not address.ipv4_mapped else text
    return _digest(f"address {text}")


def _digest(who: str) -> bytes:
    day = int(time.time() // 86_400)
    return hmac.digest(settings.SECRET_KEY.encode(), f"limits {day} {who}".encode(), hashlib.sha256)[:16]


def _spent(budget: Budget, cost: int) -> int:
    """What is used of the budget in this minute, this question included; 0 where nothing can be counted."""
    minute = int(time.time() // WINDOW)
    with suppress(sqlite3.Error, OSError):
        file = _kept_open()
        sql = "INSERT INTO spent VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET used = used + excluded.used RETURNING used"
        ((used,),) = file.execute(sql, (budget.who, minute, cost)).fetchall()
        if used == cost:  # the first of a minute sweeps
            file.execute("DELETE FROM spent WHERE minute < ?", (minute - 1,))
        return int(used)
    return 0


@cache
def _of_threads() -> threading.local:
    return threading.local()


def _kept_open() -> sqlite3.Connection:
    """Each thread keeps its own: opening the file costs more than counting in it."""
    mine, path = _of_threads(), _path()
    if getattr(mine, "path", None) != path or not path.exists():
        with suppress(AttributeError):
            mine.file.close()
        mine.file, mine.path = _opened(), path
    file: sqlite3.Connection = mine.file
    return file


def _path() -> Path:
    return Path(settings.LUMBUNG_HOME) / "limits.db"


def _opened() -> sqlite3.Connection:
    path = _path()
    new = not path.exists()
    if new:
        path.touch(mode=0o600)
    file = sqlite3.connect(path, timeout=0.5, isolation_level=None)
    try:
        for quicker in ("synchronous=OFF", "journal_mode=MEMORY"):  # counts of a minute: a power cut may take them
            file.execute(f"PRAGMA {quicker}")
        file.executescript(TABLES if new else "")
    except sqlite3.Error:
        file.close()
        raise
    return file


def _one_of_few(request: HttpRequest, response: StreamingHttpResponse) -> HttpResponseBase:
    """The same answer, counted while it is on its way; 429 where too many are."""
    who = _of_address(request)
    if _too_many(who):
        return _refused(request, "busy", wait=10)
    response.streaming_content = _counted(iter(response.streaming_content), who)  # type: ignore[arg-type]
    return response


def _too_many(who: bytes) -> bool:
    with suppress(sqlite3.Error, OSError), closing(_opened()) as file:
        file.execute("DELETE FROM running WHERE until < ?", (time.time(),))
        sql = "SELECT count(*), coalesce(sum(who = ?), 0) FROM running"
        ((of_all, of_one),) = file.execute(sql, (who,)).fetchall()
        return bool(of_one >= AT_ONCE or of_all >= AT_ONCE_IN_ALL)
    return False


def _counted(pieces: Iterator[bytes], who: bytes) -> Iterator[bytes]:
    """Counted from the first piece that is taken; each further one says that somebody still reads."""
    ticket, noted = secrets.token_bytes(16), time.time()
    with suppress(sqlite3.Error, OSError), closing(_opened()) as file:
        file.execute("INSERT INTO running VALUES (?, ?, ?)", (ticket, who, noted + FORGOTTEN_AFTER))
    try:
        for piece in pieces:
            if time.time() - noted > FORGOTTEN_AFTER / 4:
                noted = time.time()
                _note(ticket, until=noted + FORGOTTEN_AFTER)
            yield piece
    finally:
        _note(ticket, until=0.0)


def _note(ticket: bytes, *, until: float) -> None:
    with suppress(sqlite3.Error, OSError), closing(_opened()) as file:
        file.execute("UPDATE running SET until = ? WHERE ticket = ?", (until, ticket))


def _left_of_window() -> int:
    return WINDOW - int(time.time() % WINDOW)


def _refused(request: HttpRequest, code: str, *, wait: int) -> HttpResponse:
    """429 in the shape that the asker knows."""
    if request.path_info.startswith(OF_CKAN):
        error = {"__type": "Rate Limit Error", "message": str(problems.TITLES[code])}
        response: HttpResponse = JsonResponse({"success": False, "error": error}, status=429)
        response["Cache-Control"] = "no-store"
    elif request.path_info.startswith(FOR_MACHINES):
        response = problems.response(code, status=429)
    else:
        plain = _("Terlalu banyak unduhan berjalan bersamaan. Tunggu sebentar, lalu lanjutkan.")
        response = HttpResponse(f"{plain}\n", status=429, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = str(wait)
    open_to_all(response)
    return response


def _told(response: HttpResponseBase, budget: Budget, used: int) -> HttpResponseBase:
    response["RateLimit-Policy"] = f'"{budget.name}";q={budget.most};w={WINDOW}'
    response["RateLimit"] = f'"{budget.name}";r={max(0, budget.most - used)};t={_left_of_window()}'
    return response
