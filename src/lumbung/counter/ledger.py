"""The counter's own small database: one row for each envelope, in SQLite beside the bodies.

Every commit is on the disk before it returns (WAL, synchronous FULL: sqlite.org/pragma.html), and what is deleted is
overwritten. A connection belongs to the thread that asked for it.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 20.0  # seconds a writer waits for another
_TABLES = """
CREATE TABLE IF NOT EXISTS envelope (
    number TEXT PRIMARY KEY, ticket TEXT NOT NULL UNIQUE, verifier TEXT NOT NULL, header TEXT NOT NULL,
    size INTEGER NOT NULL, state TEXT NOT NULL, turn INTEGER UNIQUE, damaged INTEGER NOT NULL DEFAULT 0,
    why TEXT NOT NULL DEFAULT '', begun_at REAL NOT NULL, received_at REAL, done_at REAL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_state ON envelope (state, turn);
CREATE TABLE IF NOT EXISTS asked (
    mark TEXT, hour INTEGER, envelopes INTEGER NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (mark, hour)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS salt (day INTEGER PRIMARY KEY, key BLOB NOT NULL);
"""


class Ledger:
    """Connections to `counter.db` in a folder that is there. Opens the file on first use."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "counter.db"
        self._here = threading.local()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """For questions; every statement sees what was committed when it began."""
        yield self._connection()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, alone from its first statement on; on the disk when this ends without an exception."""
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """This thread's connection, where there is one; the next question opens another."""
        if (connection := getattr(self._here, "connection", None)) is not None:
            connection.close()
            self._here.connection = None

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._here, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._file, timeout=PATIENCE, isolation_level=None)
            connection.row_factory = sqlite3.Row
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
                connection.execute(f"PRAGMA {pragma}")
            connection.executescript(_TABLES)
            self._here.connection = connection
        return connection
