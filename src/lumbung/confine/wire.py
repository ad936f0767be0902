"""How parent and child speak: JSON behind a length of four bytes, and at most one open file beside it.

Never pickle: whoever unpickles runs what the other side wrote, and the child has just read a stranger's file.
"""

import json
import os
import socket
from collections.abc import Callable
from typing import Any, BinaryIO

LARGEST = 32 * 1024 * 1024  # an answer is a verdict with its reasons; even a thousand reasons stay far below


class Broken(Exception):
    """The other side has gone, or does not keep to the form."""


def send(channel: socket.socket, message: dict[str, Any], *, file: BinaryIO | None = None) -> None:
    """Send one message, with `file`'s descriptor beside its first byte. Raise Broken where nobody is there."""
    body = json.dumps(message, allow_nan=False).encode()
    length = len(body).to_bytes(4, "big")
    try:
        socket.send_fds(channel, [length], [file.fileno()] if file else [])
        channel.sendall(body)
    except OSError as gone:
        raise Broken from gone


def receive_request(channel: socket.socket) -> tuple[dict[str, Any], BinaryIO | None] | None:
    """The next request and its file, waiting as long as it takes; None when the parent has closed."""
    try:
        length, descriptors, _, _ = socket.recv_fds(channel, 4, 1)
    except OSError:
        return None
    if len(length) < 4:
        return None
    body = _exactly(int.from_bytes(length, "big"), lambda wanted: channel.recv(wanted))
    return json.loads(body), os.fdopen(descriptors[0], "rb") if descriptors else None


def receive_answer(read: Callable[[int], bytes]) -> dict[str, Any]:
    """One message from a child that is not trusted: bounded in size, JSON, an object. Raise Broken otherwise."""
    length = int.from_bytes(_exactly(4, read), "big")
    if length > LARGEST:
        raise Broken
    try:
        message = json.loads(_exactly(length, read))
    except (ValueError, RecursionError) as malformed:
        raise Broken from malformed
    if not isinstance(message, dict):
        raise Broken
    return message


def _exactly(wanted: int, read: Callable[[int], bytes]) -> bytes:
    """`wanted` bytes, however they arrive in pieces."""
    pieces = bytearray()
    while len(pieces) < wanted:
        piece = read(wanted - len(pieces))
        if not piece:
            raise Broken
        pieces += piece
    return bytes(pieces)
