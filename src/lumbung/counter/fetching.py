"""The queue of a counter on another machine, for the one portal that knows its token.

Without the file `token` in the counter's folder there is no such address. The portal asks; the counter asks nobody.
"""

import json
from hmac import compare_digest
from pathlib import Path
from typing import Any

from lumbung.counter.headers import LONGEST
from lumbung.counter.refusals import Refusal, unknown
from lumbung.counter.requests import Request
from lumbung.counter.store import Damaged, Store, is_number

LEAST_TOKEN = 32  # letters; shorter ones are taken for none


def check_may_fetch(folder: Path, request: Request) -> None:
    """Raise the Refusal of an unknown address unless the request carries the token (RFC 6750)."""
    try:
        token = (folder / "token").read_text(encoding="ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        raise unknown() from None
    said = str(request.environ.get("HTTP_AUTHORIZATION", "")).encode()
    if len(token) < LEAST_TOKEN or not compare_digest(said, f"Bearer {token}".encode()):
        raise unknown()


def answered(store: Store, request: Request, rest: list[str]) -> dict[str, Any] | bytes:
    """The next envelope's header, a body, or what becomes of it. Raise Refusal, 410 for a body that was damaged."""
    match request.method, rest:
        case "GET", []:
            return _next(store)
        case "GET", [number] if is_number(number):
            return _body(store, number)
        case "POST", ["lagi"]:
            return {"again": store.take_up_again()}
        case "POST", [number, "sudah"] if is_number(number):
            store.done(number)
            return {}
        case "POST", [number, "sisih"] if is_number(number):
            store.set_aside(number, why=_why(request))
            return {}
    raise unknown()


def _next(store: Store) -> dict[str, Any]:
    header = next(store.waiting(), None)
    if header is None:
        return {"header": None}
    moment = store.standing(header.number).received_at
    return {"header": header.as_json(), "received_at": moment.isoformat() if moment else None}


def _body(store: Store, number: str) -> bytes:
    try:
        with store.open_body(number) as body:
            return body.read()
    except Damaged:
        raise Refusal(410, "damaged", "Isi kiriman ini tidak lagi seperti ketika diterima.") from None


def _why(request: Request) -> str:
    try:
        return str(json.loads(request.body(most=LONGEST))["why"])[:60]
    except (ValueError, TypeError, KeyError):
        raise Refusal(400, "without-reason", "Sebabnya tidak disebut.") from None
