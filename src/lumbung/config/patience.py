"""Gunicorn's worker with threads, which waits for a visitor's next bytes, but not for ever.

Gunicorn reads a request and sends an answer without any limit of time; a stranger who opens a few connections and then
says nothing, or does not take what they asked for, would keep every thread waiting, and nobody could close a dataset.
"""

import socket
import struct
from typing import Any

from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]  # it carries no types

SILENCE = 20  # seconds between two pieces of a request, or of an answer


class PatientWorker(ThreadWorker):
    """Ends a connection on which nothing arrives, or nothing is taken, for SILENCE seconds. Not one that trickles."""

    def enqueue_req(self, conn: Any) -> None:
        """Let the kernel end a reading or a sending that takes too long, whatever Python thinks of the socket."""
        for way in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            conn.sock.setsockopt(socket.SOL_SOCKET, way, struct.pack("ll", SILENCE, 0))
        super().enqueue_req(conn)
