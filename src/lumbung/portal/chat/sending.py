"""One call to a gateway that the keeper listed. No redirection is followed; of the answer only the status is read."""

import http.client
from collections.abc import Mapping
from urllib.parse import urlsplit

from lumbung.portal.chat.gateways import NotSent
from lumbung.portal.chat.secret_file import origins

PATIENCE = 5.0  # seconds for one step of the connection
LOCAL = ("127.0.0.1", "localhost", "::1")


def send(method: str, address: str, *, body: bytes = b"", headers: Mapping[str, str]) -> None:
    """Raise NotSent unless the origin is listed and it answers with a 2xx."""
    parts = urlsplit(address)
    if f"{parts.scheme}://{parts.netloc}" not in origins() or not parts.hostname:
        raise NotSent("address")
    connection = _connection(parts.scheme, parts.hostname, parts.port)
    try:
        connection.request(method, parts.path or "/", body or None, {**headers, "User-Agent": "Lumbung"})
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException, ValueError):  # ValueError: a letter that no header may have
        raise NotSent("no-answer") from None
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise NotSent("refused")


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=PATIENCE)
    if scheme == "http" and host in LOCAL:  # a gateway on this very machine
        return http.client.HTTPConnection(host, port, timeout=PATIENCE)
    raise NotSent("address")
