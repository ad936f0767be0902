"""How much one address may bring in an hour, and how much of the disk the counter leaves free.

An address is never kept: it is counted under a keyed digest (HMAC-SHA-256) whose key is made anew each day and
forgotten with it. Many people share one address of a mobile network, so the bounds are wide; they stop a machine, not
a village.
"""

import hmac
import os
import shutil
import time
from hashlib import sha256
from ipaddress import IPv6Address, ip_address

from lumbung.counter.ledger import Ledger
from lumbung.counter.refusals import Refusal, full
from lumbung.counter.store import Store

ENVELOPES = 600  # in an hour, begun from one address
BYTES = 4 * 1024**3  # in an hour, announced from one address
OPEN = 20_000  # not finished, in all
LEAST_FREE = 1024**3  # bytes; below this nothing new begins, so that the portal beside us can go on writing
LEAST_TO_GO_ON = LEAST_FREE // 2  # bytes; down to this what was begun may be finished
_HOUR, _DAY = 3_600, 86_400


def check_room(store: Store, *, least: int = LEAST_FREE) -> None:
    """Raise Refusal (507) where the disk has less than this free, in bytes."""
    if shutil.disk_usage(store.folder).free < least:
        raise full()


def check_places(store: Store) -> None:
    """Raise Refusal (429) where as many as may be are unfinished."""
    with store.ledger.reading() as rows:
        if rows.execute("SELECT count(*) FROM envelope WHERE state = 'arriving'").fetchone()[0] >= OPEN:
            raise _too_many()


def count(store: Store, *, address: str, size: int) -> None:
    """Count one new envelope of so many bytes. Raise Refusal (429) above the bounds; it is not counted then."""
    hour = int(time.time()) // _HOUR
    mark = _mark(store.ledger, address)
    with store.ledger.writing() as rows:
        rows.execute("DELETE FROM asked WHERE hour < ?", (hour,))
        rows.execute("INSERT INTO asked VALUES (?, ?, 0, 0) ON CONFLICT DO NOTHING", (mark, hour))
        rows.execute("UPDATE asked SET envelopes = envelopes + 1, bytes = bytes + ? WHERE mark = ?", (size, mark))
        now = rows.execute("SELECT envelopes, bytes FROM asked WHERE mark = ?", (mark,)).fetchone()
        if now["envelopes"] > ENVELOPES or now["bytes"] > BYTES:
            raise _too_many()


def _mark(ledger: Ledger, address: str) -> str:
    day = int(time.time()) // _DAY
    with ledger.reading() as rows:
        known = rows.execute("SELECT key FROM salt WHERE day = ?", (day,)).fetchone()
    if known is None:
        with ledger.writing() as rows:
            rows.execute("DELETE FROM salt WHERE day < ?", (day,))
            rows.execute("INSERT INTO salt VALUES (?, ?) ON CONFLICT DO NOTHING", (day, os.urandom(32)))
            known = rows.execute("SELECT key FROM salt WHERE day = ?", (day,)).fetchone()
    return hmac.new(known["key"], _neighbourhood(address), sha256).hexdigest()[:16]


def _neighbourhood(address: str) -> bytes:
    """An IPv4 address, or the first 64 bits of an IPv6 one: a household has as many of those as it wants."""
    try:
        read = ip_address(address)
    except ValueError:
        return b""
    return read.packed[:8] if isinstance(read, IPv6Address) and not read.ipv4_mapped else read.packed[-4:]


def _too_many() -> Refusal:
    return Refusal(
        429,
        "too-many",
        "Terlalu banyak permohonan baru dari jaringan ini. Tunggu satu jam lalu coba lagi; yang sudah mulai terkirim "
        "tetap dapat diteruskan.",
    )
