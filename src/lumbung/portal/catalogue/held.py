"""Columns of published tables that were read a moment ago, so that the next question about them need not unpack them.

Whether a table may be seen is asked of the database with every question, before anybody comes here; this knows
nothing of it. A column is bound to the file that it came from (path, size, moment of writing), is let go a minute
after it was last asked for whether or not anybody asks again, and all of them take MOST_BYTES at most.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import polars as pl

MOST_BYTES = 128 * 2**20  # in each process
KEPT = 60.0  # seconds

Key = tuple[str, int, int]


class Held:
    """The columns, the one asked for last at the end."""

    def __init__(self) -> None:
        self._columns: OrderedDict[tuple[Key, str], tuple[pl.Series, float]] = OrderedDict()
        self._lock = threading.Lock()
        self._sweeping = False

    def given(self, key: Key, names: Sequence[str]) -> pl.DataFrame | None:
        """These columns of a table; None where one of them is not here."""
        with self._lock:
            found = [self._columns.get((key, name)) for name in names]
            if not names or any(one is None for one in found):
                return None
            columns = [one[0] for one in found if one]
            self._keep(key, columns)
        return pl.DataFrame(columns)

    def keep(self, key: Key, columns: Iterable[pl.Series]) -> None:
        """Keep them for a while; those that were asked for longest ago make room."""
        with self._lock:
            self._keep(key, columns)
            taken = sum(column.estimated_size() for column, _at in self._columns.values())
            while taken > MOST_BYTES:
                _name, (column, _at) = self._columns.popitem(last=False)
                taken -= column.estimated_size()
            if self._columns and not self._sweeping:
                self._sweep_later()

    def sweep(self) -> None:
        """Let go of what nobody asked for in KEPT seconds."""
        with self._lock:
            before = time.monotonic() - KEPT
            for name in [name for name, (_column, at) in self._columns.items() if at <= before]:
                del self._columns[name]
            self._sweeping = False
            if self._columns:
                self._sweep_later()

    def _keep(self, key: Key, columns: Iterable[pl.Series]) -> None:
        for column in columns:
            self._columns[key, column.name] = (column, time.monotonic())
            self._columns.move_to_end((key, column.name))

    def _sweep_later(self) -> None:
        self._sweeping = True
        timer = threading.Timer(KEPT / 2, self.sweep)
        timer.daemon = True
        timer.start()


@cache
def held() -> Held:
    """Those of this process."""
    return Held()


def key_of(path: Path) -> Key:
    """By which a file is known. Raise FileNotFoundError where it is gone."""
    about = path.stat()
    return str(path), about.st_mtime_ns, about.st_size
