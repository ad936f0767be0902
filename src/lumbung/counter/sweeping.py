"""What the counter forgets by itself: envelopes that nobody finishes, bodies without a row, tickets of long ago.

Never what was acknowledged and waits. What the portal has refused for a month goes too: nobody's papers lie for ever.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from lumbung.counter.store import Store, is_number

HALF_SENT = 24 * 3_600  # seconds since the last piece
NEVER_SENT = 900  # seconds since the beginning, without a byte
SET_ASIDE = 30 * 24 * 3_600  # seconds since the acknowledgement of what the portal does not take
HANDED_OVER = 90 * 24 * 3_600  # seconds that a ticket is known after the portal took the envelope
BETWEEN = 600  # seconds between two sweeps
MOST = 1_000  # in one sweep: somebody waits behind it
_HURRIED = 3_600  # seconds since the last piece, where the disk is full
_CROWDED = 300  # seconds since the last piece, or since the beginning, where too many are unfinished
_BETWEEN_CROWDED = 10  # seconds between two sweeps then


def sweep(store: Store, *, half_sent: float = HALF_SENT) -> int:
    """Forget what nobody goes on with; gives how many envelopes and stray bodies."""
    now = time.time()
    due = [number for number, begun in _open_ones(store) if _is_due(store.bodies / number, begun, now, half_sent)]
    strays = [path for path in store.bodies.iterdir() if _is_stray(store, path, now)]
    for number in (*due[:MOST], *(path.name for path in strays[:MOST])):
        store.forget(number)
    with store.ledger.writing() as rows:
        rows.execute("DELETE FROM envelope WHERE state = 'done' AND done_at < ?", (now - HANDED_OVER,))
    return len(due[:MOST]) + len(strays[:MOST]) + store.give_up(before=now - SET_ASIDE)


def sweep_in_time(store: Store, *, between: float = BETWEEN, half_sent: float = HALF_SENT) -> None:
    """Where the last one was long ago; one process at a time, the others go on."""
    swept = store.folder / "swept"
    descriptor = os.open(swept, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if time.time() - os.fstat(descriptor).st_mtime > between or not os.read(descriptor, 1):
            os.pwrite(descriptor, b"1", 0)
            sweep(store, half_sent=half_sent)
    except BlockingIOError:
        return
    finally:
        os.close(descriptor)


def make_room(store: Store) -> None:
    """Before the disk is called full: what has been silent for an hour goes first."""
    sweep(store, half_sent=_HURRIED)


def make_places(store: Store) -> None:
    """Before it is said that too many are unfinished: who begins thousands and leaves them keeps nobody out for a day.
    A browser whose envelope is gone begins it anew when asked again."""
    sweep_in_time(store, between=_BETWEEN_CROWDED, half_sent=_CROWDED)


def _open_ones(store: Store) -> Iterator[tuple[str, float]]:
    with store.ledger.reading() as rows:
        for row in rows.execute("SELECT number, begun_at FROM envelope WHERE state = 'arriving'").fetchall():
            yield row["number"], row["begun_at"]


def _is_due(body: Path, begun: float, now: float, half_sent: float) -> bool:
    never_sent = min(NEVER_SENT, half_sent)
    try:
        here = body.stat()
    except FileNotFoundError:
        return now - begun > never_sent
    return now - max(here.st_mtime, begun) > (half_sent if here.st_size else never_sent)


def _is_stray(store: Store, path: Path, now: float) -> bool:
    """A body whose row is gone, or says that the portal has it; not one of this very moment."""
    try:
        old = now - path.stat().st_mtime > NEVER_SENT
    except FileNotFoundError:
        return False
    return old and is_number(path.name) and not store.needs_body(path.name)
