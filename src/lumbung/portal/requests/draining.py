"""The counter's queue is emptied into this room: in the order of acknowledgement, each envelope once.

An envelope is taken first and crossed off then. Whoever is killed in between finds it in the queue again, and `take`
does nothing the second time. What the room refuses is set aside with its code, never thrown away, and offered again.
"""

import fcntl
import logging
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError

from lumbung.counter.far import Far
from lumbung.counter.headers import Header
from lumbung.counter.refusals import Refusal
from lumbung.counter.store import Damaged, State, Store
from lumbung.counter.tickets import NUMBER, read_ticket, verifier_of
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.requests import receiving

log = logging.getLogger(__name__)

ELSEWHERE = "far-counter.token"  # in the home: how we may fetch from a counter on another machine
MOST = 200  # in one round: the housekeeper has other work


def folder() -> Path:
    """Where the counter on this machine keeps its envelopes."""
    return Path(settings.LUMBUNG_HOME) / "counter"


def drain(*, most: int = MOST) -> int:
    """Take what waits at every counter, at most so many of each; gives how many were crossed off. Does nothing while
    another process does, and goes past a counter whose disk or line fails.

    Raise django.db.OperationalError where the portal's database does not answer: everything stays in the queue.
    """
    return sum(_at_each(lambda queue: sum(_taken(queue, header) for header in islice(queue.waiting(), most))))


def offer_again() -> int:
    """Put what was set aside back into the queue, for an office or a key may be known by now; gives how many."""
    return sum(_at_each(lambda queue: queue.take_up_again()))


def _at_each(act: Callable[[Store | Far], int]) -> Iterator[int]:
    for queue in (_near, _far):
        try:
            with queue() as found:
                yield act(found) if found else 0
        except (OSError, sqlite3.Error) as problem:
            log.warning("draining stopped: %s", type(problem).__name__)


@contextmanager
def _near() -> Iterator[Store | None]:
    """The counter on this machine, unless there is none or another process is at it."""
    if not folder().is_dir():
        yield None
        return
    store = Store(folder())
    with _alone() as alone, closing(store.ledger):
        yield store if alone else None


@contextmanager
def _far() -> Iterator[Far | None]:
    """The counter on another machine, where its address and token are known here."""
    token, address = Path(settings.LUMBUNG_HOME) / ELSEWHERE, os.environ.get("LUMBUNG_COUNTER_URL", "")
    if not address or not token.is_file():
        yield None
        return
    with _alone() as alone:
        yield Far(address, token=token.read_text(encoding="ascii").strip()) if alone else None


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


def _taken(store: Store | Far, header: Header) -> bool:
    try:
        with store.open_body(header.number) as body:
            receiving.take(header, body, at=store.received_at(header.number))
    except Refused as refused:
        return _set_aside(store, header, refused.code)
    except Damaged:
        return _set_aside(store, header, "damaged")
    except IntegrityError:  # a ticket that another request has already
        return _set_aside(store, header, "other-ticket")
    store.done(header.number)
    return True


def _set_aside(store: Store | Far, header: Header, why: str) -> bool:
    store.set_aside(header.number, why=why)
    log.warning("an envelope was set aside: %s", why)
    return False


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether nobody else empties the queue; held until this ends, also where we are killed."""
    descriptor = os.open(Path(settings.LUMBUNG_HOME) / "draining", os.O_RDWR | os.O_CREAT, 0o600)
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
