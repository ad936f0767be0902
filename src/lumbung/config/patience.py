"""Gunicorn's worker with threads, which waits for a visitor's next bytes, but not for ever, nor with a thread.

Gunicorn reads a request and sends an answer without any limit of time; strangers who open connections and then say
nothing, or a letter now and then, or do not take what they asked for, would keep every thread waiting, and nobody
could close a dataset. Here a connection gets a thread only when the head of its request is whole: until then the
kernel wakes us when more has come (SO_RCVLOWAT, see socket(7)), and after SILENCE seconds it is ended. How slowly a
body may come says `pace`.
"""

import socket
import struct
import time
from typing import Any

from gunicorn import util  # type: ignore[import-untyped]  # it carries no types
from gunicorn.workers import gthread  # type: ignore[import-untyped]

from lumbung.config.pace import Bodies

SILENCE = 20  # seconds between two pieces of a request, or of an answer; and for the whole head of a request
HEAD_ENDS = (b"\r\n\r\n", b"\n\n")
LONGEST_HEAD = 65_536  # bytes; what is longer gunicorn reads and refuses by its own limits


class PatientWorker(gthread.ThreadWorker):
    """Ends a connection on which nothing arrives, or nothing is taken, for SILENCE seconds, or whose head is not whole
    by then; and one whose body trickles."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = Bodies(threads=self.cfg.threads)

    def enqueue_req(self, conn: Any) -> None:
        """Let the kernel end a reading or a sending that takes too long, whatever Python thinks of the socket."""
        for way in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            conn.sock.setsockopt(socket.SOL_SOCKET, way, struct.pack("ll", SILENCE, 0))
        super().enqueue_req(conn)

    def handle(self, conn: Any) -> Any:
        """Answer a request whose head is whole; put every other connection back to wait without a thread."""
        if not (conn.initialized and conn.parser.unreader.buf.getvalue()):  # else gunicorn has read ahead already
            conn.until = getattr(conn, "until", None) or time.monotonic() + SILENCE
            here = _here(conn.sock)
            if here is not None and not _whole(here) and time.monotonic() < conn.until:
                conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, len(here) + 1)
                return gthread._DEFER
            if here is not None and not _whole(here):
                return _ended(conn)
        conn.until = None
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1)
        answered = super().handle(conn)
        return answered if answered is not False else _ended(conn)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answer, with an eye on how slowly the body comes; a connection whose body was given up is no use."""
        reader = req.unreader
        body = self.bodies.begin(reader.chunk)
        reader.chunk = body.chunk
        try:
            return super().handle_request(req, conn) and not body.given_up
        finally:
            self.bodies.end(body)
            del reader.chunk

    def finish_request(self, conn: Any, fs: Any) -> None:
        """Who waits for the rest of their head waits as long as we have patience, not as gunicorn has."""
        super().finish_request(conn, fs)
        if getattr(conn, "until", None) is not None:
            conn.timeout = conn.until


class Ended:
    """In the place of a socket that is closed already: gunicorn's main loop closes it once more."""

    def setblocking(self, _flag: bool) -> None:
        """Nothing."""

    def shutdown(self, _how: int) -> None:
        """As a closed socket answers. Raise OSError."""
        raise OSError

    def close(self) -> None:
        """Nothing."""


def _here(sock: socket.socket) -> bytes | None:
    """What has arrived and was not read yet; None where the other side has gone, which gunicorn deals with."""
    try:
        return sock.recv(LONGEST_HEAD, socket.MSG_PEEK | socket.MSG_DONTWAIT) or None
    except BlockingIOError:
        return b""
    except OSError:
        return None


def _whole(head: bytes) -> bool:
    return len(head) >= LONGEST_HEAD or any(end in head for end in HEAD_ENDS)


def _ended(conn: Any) -> bool:
    """Close it in this thread: it may take two seconds, and gunicorn's main loop has no time for that."""
    util.close_graceful(conn.sock)
    conn.sock = Ended()
    return False
