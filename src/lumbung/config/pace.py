"""How slowly a request's body may come: a thread waits for it, and there are few threads.

Whoever sends a letter now and then is never silent, and would keep a thread for as long as they like. The time spent
waiting for a body is counted, not the time in which we work on it. After GRACE seconds of waiting a body must have
brought LEAST_RATE bytes for each further second; and while more than half of a worker's threads wait for such bodies,
the slowest of them is let go unless it brings ENOUGH bytes a second. A telephone on slow 3G brings three times that.
"""

import errno
import time
from collections.abc import Callable

GRACE = 60.0  # seconds of waiting that nobody is asked about
LEAST_RATE = 2_048  # bytes a second, over all that was waited beyond that
ENOUGH = 16_384  # bytes a second with which nobody is let go for others

Chunk = Callable[[int | None], bytes]


class TooSlow(ConnectionResetError):
    """The body comes too slowly; whoever reads it finds the connection gone."""


class Body:
    """One body on its way: `chunk` gives its next piece as gunicorn's own reader does, and counts."""

    def __init__(self, chunk: Chunk, among: "Bodies") -> None:
        self._chunk, self._among = chunk, among
        self.waited, self.came, self.given_up = 0.0, 0, False

    @property
    def rate(self) -> float:
        """Bytes for each second of waiting."""
        return self.came / max(self.waited, 1e-6)

    @property
    def too_slow(self) -> bool:
        """Whether it brings less than anybody may, over all the time that it was waited for."""
        return self.came < LEAST_RATE * (self.waited - GRACE)

    def chunk(self, size_hint: int | None = None) -> bytes:
        """The next piece. Raise TooSlow; OSError as the socket does."""
        began = time.monotonic()
        piece = self._chunk(size_hint)
        self.waited += time.monotonic() - began
        self.came += len(piece)
        if piece and self.waited > GRACE and (self.too_slow or self._among.lets_go(self)):
            self.given_up = True
        if self.given_up:
            raise TooSlow(errno.ECONNRESET, "")
        return piece


class Bodies:
    """All bodies that a worker's threads are reading, to know the slowest when threads run short."""

    def __init__(self, *, threads: int) -> None:
        self._threads = threads
        self._reading: set[Body] = set()

    def begin(self, chunk: Chunk) -> Body:
        """One more, read by this reader of pieces."""
        body = Body(chunk, self)
        self._reading.add(body)
        return body

    def end(self, body: Body) -> None:
        """It is read, or given up."""
        self._reading.discard(body)

    def lets_go(self, body: Body) -> bool:
        """Whether this is the one to be let go, so that threads are left for everybody else."""
        long_waited = [one for one in tuple(self._reading) if one.waited > GRACE]
        crowded = 2 * len(long_waited) > self._threads
        return crowded and body.rate < ENOUGH and body is min(long_waited, key=lambda one: one.rate)
