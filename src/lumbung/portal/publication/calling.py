"""One HTTPS question to an address that a stranger may have chosen: short, and never into our own network.

The name is resolved once and the connection goes to that very number, so nobody can answer the question twice; every
number of the name must be a public one. No redirection is followed, and of the answer only the status is looked at.
What the machine's keeper lists in `panggilan.toml` of the data folder (`origins = ["https://10.0.0.5"]`) may be
private. The signature is HMAC-SHA-256 over "<timestamp>.<body>", hexadecimal, as GitHub's and Stripe's receivers know.
"""

import hashlib
import hmac
import http.client
import logging
import re
import socket
import ssl
import time
import tomllib
from ipaddress import IPv6Address, IPv6Network, ip_address
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

log = logging.getLogger(__name__)

TRANSLATED = IPv6Network("64:ff9b::/96")  # RFC 6052
PATIENCE = 10.0  # seconds for one step of the connection
WHOLE = 30.0  # seconds for an answer that comes letter by letter
FIRST_LINE = re.compile(rb"HTTP/1\.[01] (\d{3})\b")
LONGEST = 1024  # bytes of the first line of an answer


class NotCalled(Exception):
    """Nobody took it. `code` is address, refused or no-answer; no text of theirs."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check_address(address: str) -> None:
    """Raise NotCalled unless it is https to a public host without a user in it, or its origin is on the list."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise NotCalled("address") from None
    if _origin(address) in _listed():
        return
    if parts.scheme != "https" or not parts.hostname or parts.username or parts.password or port not in (None, 443):
        raise NotCalled("address")


def call(address: str, body: str, *, secret: bytes) -> None:
    """Post it. Raise NotCalled where it was not answered with a 2xx."""
    check_address(address)
    at = str(int(time.time()))
    signature = hmac.new(secret, f"{at}.{body}".encode(), hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Lumbung",
        "X-Lumbung-Timestamp": at,
        "X-Lumbung-Signature": f"sha256={signature}",
    }
    status = _asked("POST", address, body=body.encode(), headers=headers)
    if not 200 <= status < 300:
        raise NotCalled("refused")


def look(address: str) -> int:
    """The status of a GET, of whose answer nothing else is read. Raise NotCalled where there is none, or where the
    address may not be asked."""
    check_address(address)
    return _asked("GET", address, body=None, headers={"User-Agent": "Lumbung", "Connection": "close"})


def _asked(method: str, address: str, *, body: bytes | None, headers: dict[str, str]) -> int:
    parts = urlsplit(address)
    connection = _connection(address)
    try:
        path = parts.path or "/"
        target = iri_to_uri(f"{path}?{parts.query}" if parts.query else path)
        connection.request(method, target, body, headers)
        return _status(connection.sock)
    except (OSError, http.client.HTTPException, UnicodeError):
        raise NotCalled("no-answer") from None
    finally:
        connection.close()


def _status(answer: socket.socket) -> int:
    """The status of an answer, of which nothing else is read. Raise NotCalled for what is no answer, TimeoutError for
    one that takes longer than WHOLE, however steadily it trickles."""
    until, said = time.monotonic() + WHOLE, b""
    while b"\n" not in said and len(said) < LONGEST:
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        answer.settimeout(min(left, PATIENCE))
        piece = answer.recv(LONGEST)
        if not piece:
            break
        said += piece
    found = FIRST_LINE.match(said)
    if not found or b"\n" not in said:
        raise NotCalled("no-answer")
    return int(found.group(1))


class _ToThisNumber(http.client.HTTPSConnection):
    """Speaks with one number, and checks the certificate of the name."""

    def __init__(self, host: str, port: int, *, number: str) -> None:
        self._context_of_ours = ssl.create_default_context()
        super().__init__(host, port, timeout=PATIENCE, context=self._context_of_ours)
        self._number = number

    def connect(self) -> None:
        """Like the parent's, without asking for the name again."""
        plain = socket.create_connection((self._number, self.port), timeout=PATIENCE)
        self.sock = self._context_of_ours.wrap_socket(plain, server_hostname=self.host)


def _connection(address: str) -> http.client.HTTPConnection:
    parts = urlsplit(address)
    host, listed = parts.hostname or "", _origin(address) in _listed()
    if parts.scheme == "http":  # only what is listed comes here
        return http.client.HTTPConnection(host, parts.port or 80, timeout=PATIENCE)
    return _ToThisNumber(host, parts.port or 443, number=_number(host, public=not listed))


def _number(host: str, *, public: bool) -> str:
    """The first number of the name; raise NotCalled where any of them is not public though it has to be."""
    try:
        found = [str(one[4][0]) for one in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise NotCalled("no-answer") from None
    if not found or (public and not all(_is_public(number) for number in found)):
        raise NotCalled("address")
    return found[0]


def _is_public(number: str) -> bool:
    address = ip_address(number.partition("%")[0])
    if isinstance(address, IPv6Address) and (address.teredo or address in TRANSLATED):
        return False  # a public number that leads to another one
    inner = (address.ipv4_mapped or address.sixtofour) if isinstance(address, IPv6Address) else None
    return address.is_global and not address.is_multicast and (inner is None or inner.is_global)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _listed() -> tuple[str, ...]:
    """What the keeper listed; nothing where the file cannot be read: then only public addresses are called."""
    path = Path(settings.LUMBUNG_HOME) / "panggilan.toml"
    try:
        origins = tomllib.loads(path.read_text(encoding="utf-8")).get("origins") if path.exists() else ()
    except (OSError, ValueError) as problem:  # ValueError: not TOML, or not UTF-8
        log.warning("panggilan.toml cannot be read: %s", type(problem).__name__)
        return ()
    return tuple(one for one in origins if isinstance(one, str)) if isinstance(origins, list) else ()
