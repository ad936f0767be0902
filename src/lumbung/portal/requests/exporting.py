"""What the counter is given while the portal is up: the public's pages as files, and whether new requests are taken.

The pages are asked of the site itself, as a stranger would see them, with the styles, scripts and letters that they
name. So the counter shows the form when the portal is away (docs/counter.md).
"""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.urls import reverse

from lumbung.counter import closing
from lumbung.portal.requests.draining import folder
from lumbung.portal.requests.listing import offered_by
from lumbung.portal.requests.queries import offices
from lumbung.portal.services.models import Own
from lumbung.portal.services.queries import standing_of
from lumbung.portal.services.states import ServiceState

_NAMED = re.compile(r"""(?:href|src)=["']([^"'#?]+)["']|url\(["']?([^"')#?]+)""")
_STATIC_KINDS = (".css", ".js", ".svg", ".woff2", ".png", ".webmanifest")


def tell_counter() -> None:
    """Shut the counter for new envelopes where people closed the service, open it where they opened it again."""
    standing = standing_of(Own.DOCUMENT_REQUESTS)
    if standing.state == ServiceState.CLOSED:
        closing.close(folder(), sentence=" ".join(filter(None, (standing.reason, standing.channel))))
    elif folder().is_dir():
        closing.reopen(folder())


def export() -> int:
    """Write the pages that the public sees now; gives how many. Nothing changes where the site shows none of them (a
    closed portal); a page that it alone no longer shows goes. A page is never half there."""
    paths = list(_paths())
    pages = {path: page for path in paths if (page := _seen(path))}
    if paths and not pages:
        return 0
    files = {f"{path.strip('/')}/index.html": page for path, page in pages.items()}
    files |= dict(_with_what_they_name(b"\n".join(pages.values()).decode()))
    place = folder() / "pages"
    for name, content in files.items():
        _written(place / name, content)
    for stale in [path for path in place.rglob("*") if path.is_file() and str(path.relative_to(place)) not in files]:
        stale.unlink()
    return len(pages)


def _paths() -> Iterator[str]:
    found = list(offices())
    if found:
        yield reverse("requests:services")
        yield reverse("requests:standing")
    for office in found:
        for service in offered_by(office):
            yield reverse("requests:form", args=[office.organisation.slug, service])


def _seen(path: str) -> bytes:
    """The page as the site answers a stranger; nothing where it does not answer 200."""
    address = urlsplit(settings.LUMBUNG_URL)
    status: list[str] = []

    def start(said: str, _head: Any, _problem: Any = None, /) -> Callable[[bytes], object]:
        status.append(said)
        return lambda _content: None

    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": address.hostname or "127.0.0.1",
        "SERVER_PORT": str(address.port or (443 if settings.ENCRYPTED else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": address.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
    }
    answer = WSGIHandler()(environ, start)
    try:
        return b"".join(answer) if status[0].startswith("200") else b""
    finally:
        answer.close()


def _with_what_they_name(text: str) -> Iterator[tuple[str, bytes]]:
    """Every static file that the pages name, and those that these name in turn; name and content."""
    waiting, known = _static_names(text, settings.STATIC_URL), set[str]()
    while waiting:
        name = waiting.pop()
        file = Path(settings.STATIC_ROOT) / name.lstrip("/")  # what begins with "/" would be any file of the machine
        if name in known or not file.is_file() or file.suffix not in _STATIC_KINDS:
            continue
        known.add(name)
        content = file.read_bytes()
        yield f"{settings.STATIC_URL.strip('/')}/{name}", content
        if file.suffix == ".css":
            waiting |= {str(Path(name).parent / other) for other in _static_names(content.decode(), "")}


def _static_names(text: str, beginning: str) -> set[str]:
    named = {first or second for first, second in _NAMED.findall(text)}
    return {one.removeprefix(beginning) for one in named if one.startswith(beginning) and ".." not in one}


def _written(file: Path, content: bytes) -> None:
    if file.is_file() and file.read_bytes() == content:
        return
    file.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
    passing = file.with_name(f"{file.name}.part")
    passing.write_bytes(content)
    passing.replace(file)
