"""One request as the counter reads it (WSGI, PEP 3333): never more of it than was allowed, whatever its head says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

from lumbung.counter.refusals import Refusal

_BLOCK = 64 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Request:
    """A view of the environ. `proxied` where a proxy on this machine says whose request it is."""

    environ: Mapping[str, Any] = field(repr=False)
    proxied: bool = False

    @property
    def method(self) -> str:
        """GET and so on."""
        return str(self.environ.get("REQUEST_METHOD", ""))

    @property
    def path(self) -> str:
        """As PEP 3333 gives it: bytes as Latin-1."""
        return str(self.environ.get("PATH_INFO", ""))

    def address(self) -> str:
        """Whose request it is. X-Forwarded-For is believed only from a proxy on this machine, and only its last entry,
        which the proxy itself has added."""
        socket = str(self.environ.get("REMOTE_ADDR", ""))
        last = str(self.environ.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
        return last if self.proxied and last and _is_here(socket) else socket

    def number_in(self, name: str) -> int | None:
        """A whole number of at most twelve digits in a field of the head; None for anything else."""
        said = str(self.environ.get(name, "")).strip()
        return int(said) if said.isascii() and said.isdigit() and len(said) <= 12 else None

    def body(self, *, most: int) -> bytes:
        """What was sent; less than announced where the line broke. Raise Refusal without a length, or above `most`."""
        length = self.number_in("CONTENT_LENGTH")
        if length is None or "HTTP_TRANSFER_ENCODING" in self.environ:
            raise Refusal(411, "without-length", "Pengirim tidak menyebut panjang kirimannya, jadi belum kami terima.")
        if length > most:
            raise Refusal(413, "too-much-at-once", f"Sekali kirim paling banyak {most} bita; kirimlah sebagian.")
        return self._read(length)

    def _read(self, length: int) -> bytes:
        pieces, left = [], length
        while left:
            try:
                block = self.environ["wsgi.input"].read(min(_BLOCK, left))
            except OSError:  # the line broke, or went silent: what has come is kept
                break
            if not block:
                break
            pieces.append(block)
            left -= len(block)
        return b"".join(pieces)


def _is_here(socket: str) -> bool:
    try:
        return ip_address(socket).is_loopback
    except ValueError:
        return False
