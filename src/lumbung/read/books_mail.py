"""The book of a mail message: its headers, and the body of every part, found without the mail reader.

RFC 2046, 5.1: parts are parted by lines of two hyphens and the boundary that the Content-Type names. By means of its
own and cruder than the reader's: no encoding is undone, a body is known by its letters without blanks and line ends.
"""

import hashlib
import re
from collections.abc import Iterator

from lumbung.read.opened import Opened
from lumbung.read.present import Present

HEADERS = "kepala surat"
EMPTY_LINE = re.compile(rb"(?:\A|\r\n|\n|\r(?!\n))(?:\r\n|\n|\r)")
FOLD = re.compile(rb"\r?\n[ \t]+")
TYPE = re.compile(rb"^content-type[ \t]*:[ \t]*([\w.+-]+/[\w.+-]+)([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
BOUNDARY = re.compile(rb"""boundary[ \t]*=[ \t]*(?:"([^"]+)"|([^\s;"]+))""", re.IGNORECASE)
DEEPEST = 100


def mail_parts(opened: Opened) -> Iterator[Present]:
    """The headers as one part, and every body that is not blank."""
    bodies = list(_bodies(bytes(opened.data[:]), DEEPEST))
    yield Present(name=f"({HEADERS})", key=HEADERS, size=opened.size - sum(map(len, bodies)))
    for number, body in enumerate(bodies, start=1):
        if body.strip():
            yield Present(name=f"(isi {number})", key=key_of_body(body), size=len(body))


def key_of_body(body: bytes) -> str:
    """A body as it travels, by its digest without blanks and line ends."""
    return hashlib.sha256(b"".join(body.split())).hexdigest()


def _bodies(message: bytes, depth: int) -> Iterator[bytes]:
    """The bodies of a message or a part of one, in order; what stands before and behind parts is no body."""
    end = EMPTY_LINE.search(message)
    if end is None or depth == 0:
        return
    head, body = FOLD.sub(b" ", message[: end.start()]), message[end.end() :]
    kind = TYPE.search(head)
    name = kind[1].lower() if kind else b"text/plain"
    boundary = BOUNDARY.search(kind[2]) if kind and name.startswith(b"multipart/") else None
    parts = _parted(body, boundary[1] or boundary[2]) if boundary else []
    if parts or (name.startswith(b"message/") and name != b"message/delivery-status"):
        for part in parts or [body]:
            yield from _bodies(part, depth - 1)
    elif name != b"message/delivery-status":
        yield body


def _parted(body: bytes, boundary: bytes) -> list[bytes]:
    """The parts between the lines of a boundary, up to the closing one; none where no such line stands."""
    mark = re.compile(rb"^--" + re.escape(boundary.rstrip()) + rb"(--)?[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)
    parts: list[bytes] = []
    start: int | None = None
    for found in mark.finditer(body):
        if start is not None:
            parts.append(body[start : found.start()])
        start = found.end()
        if found[1]:
            return parts
    return parts if start is None else [*parts, body[start:]]
