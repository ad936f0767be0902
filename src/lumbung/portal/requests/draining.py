"""The counter's queue is emptied into this room: in the order of acknowledgement, each envelope once.

An envelope is taken first and crossed off then. Whoever is killed in between finds it in the queue again, and `take`
does nothing the second time. What the room refuses is set aside with its code, never thrown away, and offered again.
"""

import fcntl
import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError

from lumbung.counter.headers import Header
from lumbung.counter.refusals import Refusal
from lumbung.counter.store import Damaged, State, Store
from lumbung.counter.tickets import NUMBER, read_ticket, verifier_of
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.requests import receiving

log = logging.getLogger(__name__)

MOST = 200  # in one round: the housekeeper has other work


def folder() -> Path:
    """Where the counter on this machine keeps its envelopes."""
    return Path(settings.LUMBUNG_HOME) / "counter"


def drain(*, most: int = MOST) -> int:
    """Take what waits, at most so many; gives how many were crossed off. Does nothing while another process does, and
    where the counter's own disk fails.

    Raise django.db.OperationalError where the portal's database does not answer: everything stays in the queue.
    """
    if not folder().is_dir():
        return 0
    try:
        with _alone() as alone:
            return _drained(most) if alone else 0
    except (OSError, sqlite3.Error) as problem:
        log.warning("draining stopped: %s", type(problem).__name__)
        return 0


def offer_again() -> int:
    """Put what was set aside back into the queue, for an office or a key may be known by now; gives how many."""
    if not folder().is_dir():
        return 0
    store = Store(folder())
    with closing(store.ledger):
        return store.take_up_again()


def waits(ticket: str, secret: str) -> bool:
    """Whether the counter has acknowledged this request and the portal has not taken it; False also where its disk
    does not answer, and for another's secret."""
    typed = read_ticket(ticket)
    if typed is None or not NUMBER.fullmatch(secret) or not folder().is_dir():
        return False
    try:
        store = Store(folder())
        with closing(store.ledger):
            return store.asked(typed, verifier=verifier_of(secret)).state in (State.WAITING, State.ASIDE)
    except (Refusal, OSError, sqlite3.Error):
        return False


def _drained(most: int) -> int:
    store = Store(folder())
    with closing(store.ledger):
        return sum(_taken(store, header) for header in islice(store.waiting(), most))


def _taken(store: Store, header: Header) -> bool:
    try:
        with store.open_body(header.number) as body:
            receiving.take(header, body, at=store.standing(header.number).received_at)
    except Refused as refused:
        return _set_aside(store, header, refused.code)
    except Damaged:
        return _set_aside(store, header, "damaged")
    except IntegrityError:  # a ticket that another request has already
        return _set_aside(store, header, "other-ticket")
    store.done(header.number)
    return True


def _set_aside(store: Store, header: Header, why: str) -> bool:
    store.set_aside(header.number, why=why)
    log.warning("an envelope was set aside: %s", why)
    return False


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether nobody else empties the queue; held until this ends, also where we are killed."""
    descriptor = os.open(folder() / "draining", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _locked(descriptor)
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
