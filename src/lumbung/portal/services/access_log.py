"""The web server's own account of what it answered: one line a request, one file a day, kept for ninety days.

Tab-separated: moment (UTC), status, method, name of the address, path, numbers of the lines that the request left in
the record (comma-separated, "-" for none), bytes. The path stands there for datasets alone, which are public; never
what is asked behind it, never a visitor's address, never a path that somebody made up.
"""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

KEPT = timedelta(days=90)
ROUTE, LINES = "lumbung.route", "lumbung.lines"  # keys of the environ (PEP 3333), where the site leaves word
ABOUT = "lumbung.about"  # the page of the dataset that an address without its name answered about
WITH_PATH = ("catalogue:", "ckan:download", "data:about", "data:rows", "data:groups", "data:dump")


def line_of(moment: datetime, *, status: str, size: int, environ: dict[str, Any]) -> str:
    """The line, without its end."""
    route = environ.get(ROUTE) or "-"
    path = environ.get("PATH_INFO", "") if route.startswith(WITH_PATH) and status != "404" else "-"
    path = environ.get(ABOUT) or path
    at, method = moment.isoformat(timespec="milliseconds"), environ.get("REQUEST_METHOD", "-")
    return "\t".join((at, status, method, route, _plain(path), environ.get(LINES) or "-", str(size)))


def write(line: str, *, day: date) -> None:
    """Add it to the file of its day."""
    folder().mkdir(mode=0o700, exist_ok=True, parents=True)
    descriptor = os.open(folder() / f"{day}.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, f"{line}\n".encode())
    finally:
        os.close(descriptor)


def forget() -> int:
    """Delete the files whose time is over; gives how many."""
    before = datetime.now(UTC).date() - KEPT
    old = [path for path in folder().glob("????-??-??.log") if path.stem < str(before)]
    for path in old:
        path.unlink()
    return len(old)


def folder() -> Path:
    """Where the files lie. The web server asks before any setting is read."""
    return Path(os.environ.get("LUMBUNG_HOME", "var")) / "access"


def _plain(path: str) -> str:
    """One word on one line, and short."""
    return "".join(sign if sign.isprintable() and not sign.isspace() else "?" for sign in path)[:300] or "-"
