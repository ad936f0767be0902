"""The pages that the portal published last: its form and what that needs, as files, for when the portal is away."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from lumbung.counter.requests import Request

_KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}
STANDING = "/layanan/status/"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEAD = (
    ("Cache-Control", "no-cache"),
    ("Content-Security-Policy", _POLICY),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
)
_ABSENT = b"Halaman ini tidak ada di loket. Formulir permohonan ada di /layanan/.\n"


def answer(folder: Path, request: Request, start_response: Callable[..., Any]) -> Iterable[bytes]:
    """A file of the folder, or a sentence with 404. Nothing outside the folder, no other kind of file."""
    found = _found(folder, request.path) if request.method in ("GET", "HEAD") else None
    body = found.read_bytes() if found else _ABSENT
    kind = _KINDS[found.suffix] if found else "text/plain; charset=utf-8"
    given = told(body, "200 OK" if found else "404 Not Found", start_response, kind=kind)
    return [] if request.method == "HEAD" else given


def told(body: bytes, status: str, start_response: Callable[..., Any], *, kind: str = _KINDS[".html"]) -> list[bytes]:
    """A body with the head that every page here has."""
    start_response(status, [*_HEAD, ("Content-Type", kind), ("Content-Length", str(len(body)))])
    return [body]


def _found(folder: Path, path: str) -> Path | None:
    """`/layanan/` is `layanan/index.html`, and so is `/layanan`; of a status page there is one for all tickets."""
    path = STANDING if path.startswith(STANDING) else path
    try:
        asked = (folder / path.encode("latin-1").decode().lstrip("/")).resolve()
        asked = asked / "index.html" if asked.is_dir() else asked
        within = asked.is_relative_to(folder.resolve()) and asked.suffix in _KINDS and asked.is_file()
    except (ValueError, OSError):
        return None
    return asked if within else None
