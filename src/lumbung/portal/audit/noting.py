"""Which lines of the record one request left: gathered while it is answered, for the web server's own log.

The number of a line is all that the two have in common; so each can be checked against the other, line by line.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_LINES: ContextVar[list[int] | None] = ContextVar("lines", default=None)


@contextmanager
def noting() -> Iterator[list[int]]:
    """Gives the list that fills with the numbers of the lines written inside the block, by this thread."""
    lines: list[int] = []
    before = _LINES.set(lines)
    try:
        yield lines
    finally:
        _LINES.reset(before)


def note(sequence: int) -> None:
    """A line was written. Where its transaction is undone later, the number stays: the answer then is no success."""
    if (lines := _LINES.get()) is not None:
        lines.append(sequence)
