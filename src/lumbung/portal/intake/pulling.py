"""Fetching aggregate statistics from API-Database-Gabungan or OpenKab, which serve them beside persons.

Source: `GET /api/v1/statistik/{penduduk|keluarga}?filter[id]=&filter[tahun]=&filter[desa]=` with a bearer token, items
in JSON:API (`attributes`: nama, jumlah, laki_laki, perempuan). The same token opens `/penduduk` and more, so nothing
but the paths listed here is ever asked for, no redirection is followed, and no field but those named here is read.
"""

import http.client
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from lumbung.portal.intake.masking import holds_long_number

PATHS = frozenset({"/api/v1/statistik/penduduk", "/api/v1/statistik/keluarga"})
# What is asked for: OpenSID's number of a statistic, its path, its name. None about health, aid or disability.
TOPICS = (
    ("13", "/api/v1/statistik/penduduk", "rentang-umur"),
    ("4", "/api/v1/statistik/penduduk", "jenis-kelamin"),
    ("0", "/api/v1/statistik/penduduk", "pendidikan-dalam-kk"),
    ("1", "/api/v1/statistik/penduduk", "pekerjaan"),
    ("2", "/api/v1/statistik/penduduk", "status-perkawinan"),
    ("3", "/api/v1/statistik/penduduk", "agama"),
)
COUNTS = ("jumlah", "laki_laki", "perempuan")
LARGEST = 2 * 1024 * 1024  # bytes of one answer
PATIENCE = 10.0  # seconds for one answer
MOST_ITEMS = 500
LONGEST_NAME = 120
LARGEST_COUNT = 10_000_000


class NotPulled(Exception):
    """Nothing was fetched. `code` is kebab-case: address, path, no-answer, refused, too-large, too-slow, shape; or
    nothing of it may be handed in: protected, small."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A server of aggregate statistics: scheme and host alone, and a token. Plain http only to this machine itself."""

    address: str
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of one statistic."""

    topic: str
    name: str
    counts: tuple[int | None, ...]


def pull(source: Source, *, village: str, year: int) -> list[Item]:
    """Every line of every topic about a village. Raise NotPulled at the first answer that is not as it should be."""
    items: list[Item] = []
    for number, path, topic in TOPICS:
        wish = {"filter[id]": number, "filter[tahun]": str(year), "filter[desa]": village}
        items += _items(_get(source, path, wish), topic)
    return items


def _get(source: Source, path: str, wish: dict[str, str]) -> Any:
    if path not in PATHS:
        raise NotPulled("path")
    until = time.monotonic() + PATIENCE
    connection = _connection(source)
    try:
        headers = {"Accept": "application/json", "Authorization": f"Bearer {source.token}"}
        connection.request("GET", f"{path}?{urlencode(wish)}", headers=headers)
        answer = connection.getresponse()
        if answer.status != http.client.OK:  # a redirection, too: nobody leads us elsewhere
            raise NotPulled("refused")
        return json.loads(b"".join(_pieces(answer, until)))
    except (OSError, http.client.HTTPException):
        raise NotPulled("no-answer") from None
    except (ValueError, RecursionError):
        raise NotPulled("shape") from None
    finally:
        connection.close()


def _connection(source: Source) -> http.client.HTTPConnection:
    parts = urlsplit(source.address)
    local = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.username:
        raise NotPulled("address")
    if parts.scheme == "https":
        return http.client.HTTPSConnection(parts.hostname, parts.port, timeout=PATIENCE)
    if parts.scheme == "http" and local:
        return http.client.HTTPConnection(parts.hostname, parts.port, timeout=PATIENCE)
    raise NotPulled("address")


def _pieces(answer: http.client.HTTPResponse, until: float) -> Iterator[bytes]:
    size = 0
    while piece := answer.read1(64 * 1024):
        size += len(piece)
        if size > LARGEST:
            raise NotPulled("too-large")
        if time.monotonic() > until:
            raise NotPulled("too-slow")
        yield piece


def _items(said: Any, topic: str) -> Iterator[Item]:
    listed = said.get("data") if isinstance(said, dict) else None
    if not isinstance(listed, list) or len(listed) > MOST_ITEMS:
        raise NotPulled("shape")
    for one in listed:
        facts = one.get("attributes", one) if isinstance(one, dict) else None
        if not isinstance(facts, dict):
            raise NotPulled("shape")
        yield Item(topic=topic, name=_name(facts.get("nama")), counts=tuple(_count(facts.get(key)) for key in COUNTS))


def _name(value: object) -> str:
    """A category's name: short, and no number of anybody."""
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_NAME or holds_long_number(value):
        raise NotPulled("shape")
    return " ".join(value.split())


def _count(value: object) -> int | None:
    """How many; nothing where the server says nothing. Anything else than a plain count is no aggregate."""
    if value is None or value == "":
        return None
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 9:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST_COUNT:
        raise NotPulled("shape")
    return value
