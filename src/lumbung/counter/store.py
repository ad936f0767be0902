"""The counter's store: envelopes arrive in pieces, are acknowledged when the disk has them, and wait in order.

What is acknowledged is on the disk: body and folder are synced and the row is committed first (fsync(2)). A process
may be killed at any instant: a body without that row is only half an envelope, and the sender goes on with it.
"""

import fcntl
import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hmac import compare_digest
from pathlib import Path
from typing import BinaryIO

from lumbung.counter.headers import Header, header_of
from lumbung.counter.ledger import Ledger
from lumbung.counter.refusals import Refusal, elsewhere, unknown
from lumbung.counter.tickets import NUMBER, ticket_of

MOST_DAMAGED = 5  # times an envelope may turn out to be another than announced, until it is forgotten
_BLOCK = 1024 * 1024  # bytes read at a time


class State(StrEnum):
    """Where an envelope stands. `ASIDE`: the portal did not take it; its body stays until somebody has looked."""

    ARRIVING = "arriving"
    WAITING = "waiting"
    ASIDE = "aside"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far an envelope is. `offset` and `size` in bytes; `received_at` is the moment of its acknowledgement."""

    number: str
    ticket: str
    state: State
    offset: int
    size: int
    received_at: datetime | None


class Damaged(Exception):
    """A body that is no longer what was acknowledged: somebody or something changed the disk."""


class Store:
    """One folder, shared by every process that opens it. Raise Refusal for a no; OSError and sqlite3.Error where the
    disk does not do what it should, and then nothing was acknowledged."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bodies = folder / "bodies"
        self.ledger = Ledger(folder)
        if not self.bodies.is_dir():
            for made in (folder, self.bodies):
                made.mkdir(parents=True, mode=0o700, exist_ok=True)
                _sync_folder(made.parent)

    def begin(self, header: Header) -> Standing:
        """Make room for an envelope; the same again only tells how far it is, another with its number is refused."""
        said = header.as_json()
        values = (header.number, ticket_of(header.number), header.verifier, said, header.size, State.ARRIVING)
        try:
            with self.ledger.writing() as rows:
                rows.execute(
                    "INSERT INTO envelope (number, ticket, verifier, header, size, state, begun_at)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO NOTHING",
                    (*values, time.time()),
                )
        except sqlite3.IntegrityError:  # two numbers with one ticket: once in a million years of a regency
            raise _other_number() from None
        if self._row(header.number)["header"] != said:
            raise _other_number()
        return self.standing(header.number)

    def knows(self, number: str) -> bool:
        """Whether an envelope of this number was begun."""
        with self.ledger.reading() as rows:
            return rows.execute("SELECT 1 FROM envelope WHERE number = ?", (number,)).fetchone() is not None

    def needs_body(self, number: str) -> bool:
        """Whether an envelope of this number is arriving, waiting or set aside."""
        asked = "SELECT 1 FROM envelope WHERE number = ? AND state != 'done'"
        with self.ledger.reading() as rows:
            return rows.execute(asked, (number,)).fetchone() is not None

    def standing(self, number: str) -> Standing:
        """How far it is. Raise Refusal where nobody knows it."""
        return self._standing(self._row(number))

    def put(self, number: str, *, offset: int, content: bytes) -> Standing:
        """Add what comes next. The same piece may come twice; half a piece counts as far as it came.

        Nothing is acknowledged yet: a power cut may take it, and `finish` would see that.
        """
        self._row(number)
        with self._held(number) as body:
            standing = self.standing(number)
            if standing.state is not State.ARRIVING or offset != standing.offset:
                raise elsewhere(standing.offset)
            if offset + len(content) > standing.size:
                raise Refusal(413, "too-long", "Bagian ini lebih panjang daripada yang diumumkan.", offset=offset)
            _written(body, content, offset)
        return self.standing(number)

    def finish(self, number: str) -> Standing:
        """Acknowledge the whole: its digest is the announced one, and the disk has it. Does nothing the second time.

        Raise Refusal where a part is missing, or where it is another envelope than announced: then it begins anew.
        """
        self._row(number)
        with self._held(number) as body:
            row = self._row(number)
            standing = self._standing(row)
            if standing.state is not State.ARRIVING:
                return standing
            if standing.offset < standing.size:
                raise Refusal(409, "not-all-here", "Permohonan ini belum sampai seluruhnya.", offset=standing.offset)
            if _digest(body) != json.loads(row["header"])["sha256"]:
                raise self._began_anew(row, body)
            os.fsync(body)
            _sync_folder(self.bodies)
            self._acknowledged(number)
        return self.standing(number)

    def asked(self, ticket: str, *, verifier: str) -> Standing:
        """By the ticket and its secret's verifier. Raise the same Refusal whichever of the two does not fit."""
        with self.ledger.reading() as rows:
            row = rows.execute("SELECT * FROM envelope WHERE ticket = ?", (ticket,)).fetchone()
        if not compare_digest(row["verifier"] if row else "", verifier):
            raise unknown()
        return self._standing(row)

    def waiting(self) -> Iterator[Header]:
        """The headers of what was acknowledged and not handed over, in the order of acknowledgement."""
        turn = 0
        while row := self._next(turn):
            turn = row["turn"]
            yield header_of(row["header"])

    def received_at(self, number: str) -> datetime | None:
        """When it was acknowledged; None while it is arriving."""
        return self.standing(number).received_at

    def open_body(self, number: str) -> BinaryIO:
        """The sealed body at its beginning; the caller closes it. Raise Damaged where it is not what was received."""
        row = self._row(number)
        try:
            body = (self.bodies / number).open("rb")
        except FileNotFoundError:
            raise Damaged from None
        if _digest(body.fileno()) != json.loads(row["header"])["sha256"]:
            body.close()
            raise Damaged
        body.seek(0)
        return body

    def done(self, number: str) -> None:
        """The portal has it: forget the body, keep the ticket. Does nothing the second time."""
        self._moved(number, to=State.DONE)
        (self.bodies / number).unlink(missing_ok=True)

    def set_aside(self, number: str, *, why: str) -> None:
        """The portal does not take it, and says by a code why: it no longer stands in the way of others."""
        self._moved(number, to=State.ASIDE, why=why)

    def take_up_again(self) -> int:
        """Put everything that was set aside back into the queue, at its old place; gives how many."""
        with self.ledger.writing() as rows:
            return rows.execute("UPDATE envelope SET state = 'waiting', why = '' WHERE state = 'aside'").rowcount

    def give_up(self, *, before: float) -> int:
        """Destroy what was set aside and was received before a moment (seconds since 1970); gives how many."""
        late = "DELETE FROM envelope WHERE state = 'aside' AND received_at < ? RETURNING number"
        with self.ledger.writing() as rows:
            gone = rows.execute(late, (before,)).fetchall()
        for row in gone:
            (self.bodies / row["number"]).unlink(missing_ok=True)
        return len(gone)

    def _next(self, turn: int) -> sqlite3.Row | None:
        with self.ledger.reading() as rows:
            asked = "SELECT turn, header FROM envelope WHERE state = 'waiting' AND turn > ? ORDER BY turn LIMIT 1"
            row: sqlite3.Row | None = rows.execute(asked, (turn,)).fetchone()
            return row

    def _row(self, number: str) -> sqlite3.Row:
        with self.ledger.reading() as rows:
            row: sqlite3.Row | None = rows.execute("SELECT * FROM envelope WHERE number = ?", (number,)).fetchone()
        if row is None:
            raise unknown()
        return row

    def _standing(self, row: sqlite3.Row) -> Standing:
        state, moment = State(row["state"]), row["received_at"]
        return Standing(
            number=row["number"],
            ticket=row["ticket"],
            state=state,
            offset=_length(self.bodies / row["number"]) if state is State.ARRIVING else row["size"],
            size=row["size"],
            received_at=datetime.fromtimestamp(moment, UTC) if moment else None,
        )

    @contextmanager
    def _held(self, number: str) -> Iterator[int]:
        """The body, open, and nobody else's until this ends; also not another process's."""
        body = self._locked(number)
        try:
            yield body
        finally:
            os.close(body)

    def _locked(self, number: str) -> int:
        """Again where somebody forgot the envelope while we waited: then ours is no longer the file of that name."""
        while True:
            body = os.open(self.bodies / number, os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(body, fcntl.LOCK_EX)
            if _is_there(self.bodies / number, os.fstat(body)):
                return body
            os.close(body)

    def _acknowledged(self, number: str) -> None:
        with self.ledger.writing() as rows:
            moved = rows.execute(
                "UPDATE envelope SET state = 'waiting', received_at = ?,"
                " turn = (SELECT COALESCE(MAX(turn), 0) + 1 FROM envelope) WHERE number = ? AND state = 'arriving'",
                (time.time(), number),
            )
        if not moved.rowcount:
            raise unknown()

    def _began_anew(self, row: sqlite3.Row, body: int) -> Refusal:
        os.ftruncate(body, 0)
        with self.ledger.writing() as rows:
            rows.execute("UPDATE envelope SET damaged = damaged + 1 WHERE number = ?", (row["number"],))
        if row["damaged"] + 1 >= MOST_DAMAGED:
            self._forgotten(row["number"])
        return Refusal(422, "damaged", "Kiriman ini rusak di jalan. Kirim sekali lagi dari awal.", offset=0)

    def forget(self, number: str) -> None:
        """Row and body, where it was not acknowledged. Does nothing otherwise."""
        with self._held(number):
            self._forgotten(number)

    def _forgotten(self, number: str) -> None:
        with self.ledger.writing() as rows:
            rows.execute("DELETE FROM envelope WHERE number = ? AND state = 'arriving'", (number,))
            kept = "SELECT 1 FROM envelope WHERE number = ? AND state IN ('waiting', 'aside')"
            if rows.execute(kept, (number,)).fetchone() is None:
                (self.bodies / number).unlink(missing_ok=True)

    def _moved(self, number: str, *, to: State, why: str = "") -> None:
        with self.ledger.writing() as rows:
            rows.execute(
                "UPDATE envelope SET state = ?, why = ?, done_at = ?"
                " WHERE number = ? AND state IN ('waiting', 'aside')",
                (to, why, time.time(), number),
            )


def _written(body: int, content: bytes, offset: int) -> None:
    """All of it, or as much as there is room for; then OSError."""
    view = memoryview(content)
    while view:
        count = os.pwrite(body, view, offset)
        view, offset = view[count:], offset + count


def _digest(body: int) -> str:
    digest, offset = hashlib.sha256(), 0
    while block := os.pread(body, _BLOCK, offset):
        digest.update(block)
        offset += len(block)
    return digest.hexdigest()


def _length(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _is_there(path: Path, opened: os.stat_result) -> bool:
    try:
        return os.path.samestat(path.stat(), opened)
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _other_number() -> Refusal:
    return Refusal(409, "other-number", "Nomor kiriman ini sudah dipakai. Mulailah sekali lagi dari awal.")


def is_number(said: str) -> bool:
    """Whether it can be the number of an envelope; nothing else becomes the name of a file."""
    return NUMBER.fullmatch(said) is not None
