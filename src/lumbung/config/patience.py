"""Gunicorn's worker with threads, which waits for a visitor's next bytes, but not for ever.

Gunicorn reads a request without any limit of time; a stranger who opens a few connections and then says nothing would
keep every thread waiting, and nobody could close a dataset.
"""

import socket
import struct
from typing import Any

from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]  # it carries no types

SILENCE = 20  # seconds between two pieces of a request


class PatientWorker(ThreadWorker):
    """Ends a connection on which nothing arrives for SILENCE seconds. Does not end one that trickles."""

    def enqueue_req(self, conn: Any) -> None:
        """Let the kernel end a reading that takes too long, whatever Python thinks of the socket."""
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", SILENCE, 0))
        super().enqueue_req(conn)
