"""The web server's account beside the record: is every download and sign-in in both, was anything open while closed.

So "there is nothing suspicious in log and traffic" becomes a figure. A request names the lines that it left by their
numbers; both directions are asked, and every difference is named. What this cannot see: somebody who can write to the
log and to the record alike, or who reads the files from the disk without any request.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import SYSTEM, Subject
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset

DOWNLOADS = ("catalogue:download", "catalogue:newest", "catalogue:narrowed", "data:dump", "ckan:download", "ckan:dump")
OF_A_DATASET = re.compile(r"/(?:dataset|api/data)/([-\w]+)")
OF_A_RELEASE = re.compile(r"/unduh/.*-r(\d{1,9})[.-][^/]*$")  # the public name of a file
CLOSING = (Kind.QUARANTINED, Kind.WITHDRAWN, Kind.REMOVED)
OPENING = (Kind.PUBLISHED, Kind.RESTORED)
SHUTTING = (Kind.ORGANISATION_CLOSED, Kind.PORTAL_CLOSED)
UNSHUTTING = (Kind.ORGANISATION_OPENED, Kind.PORTAL_OPENED, Kind.PORTAL_READ_ONLY)
GRACE = timedelta(seconds=2)  # an answer that had begun when the closing came
MOST_NAMED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One line of the access log."""

    at: datetime
    status: int
    method: str
    route: str
    path: str
    lines: tuple[int, ...]

    @property
    def slug(self) -> str:
        """The dataset that was asked for; "" for anything else."""
        found = OF_A_DATASET.match(self.path)
        return found.group(1) if found else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """What came out. `without_line`: answers that left no line; `without_request`: lines that no request left;
    `while_closed`: answers about a dataset while it was closed; `unreadable`: lines of the log that are none. Each
    difference is a moment, a kind and an address or number, never a person."""

    requests: int
    downloads: int
    sign_ins: int
    without_line: list[str]
    without_request: list[str]
    while_closed: list[str]
    unreadable: int

    @property
    def differences(self) -> int:
        """Nought is what is hoped for."""
        return len(self.without_line) + len(self.without_request) + len(self.while_closed) + self.unreadable


def reconcile(day: date, *, folder: Path) -> Reconciled:
    """Compare one day (UTC) of the log in `folder` with the record, and write the result into the record."""
    begin = datetime.combine(day, time.min, tzinfo=UTC)
    end = begin + timedelta(days=1)
    read = [parsed for parsed in map(_request, _lines(folder, day)) if parsed]
    of_day = [one for one in read if begin <= one.at < end]
    written = {one.sequence: one for one in Event.objects.filter(sequence__in={n for one in read for n in one.lines})}
    ours = Event.objects.filter(at__gte=begin, at__lt=end, kind__in=(Kind.DOWNLOADED, Kind.SIGNED_IN))
    said = Reconciled(
        requests=len(of_day),
        downloads=sum(_is_download(one) for one in of_day),
        sign_ins=sum(line.kind == Kind.SIGNED_IN for line in ours),
        without_line=[_named(one) for one in of_day if _is_download(one) and not _left(one, written)],
        without_request=[_told(line) for line in ours if line.sequence not in written],
        while_closed=[_named(one) for one in of_day if _was_closed(one)],
        unreadable=sum(_request(line) is None for line in _raw(folder / f"{day}.log")),
    )
    _recorded(day, said)
    return said


def _is_download(one: Request) -> bool:
    return one.route in DOWNLOADS and one.method == "GET" and one.status in (200, 206)


def _left(one: Request, written: dict[int, Event]) -> bool:
    """Whether the request left the line of a download of this very dataset."""
    lines = [written[number] for number in one.lines if number in written]
    return any(line.kind == Kind.DOWNLOADED and line.subject == f"dataset:{one.slug}" for line in lines)


def _was_closed(one: Request) -> bool:
    """Whether the record says that the file's release, the dataset, its organisation, one above it or the portal stood
    closed when the request was answered well."""
    if not one.slug or one.status not in (200, 206, 304):
        return False
    name = f"dataset:{one.slug}"
    last = _last(name, (*CLOSING, *OPENING), one)
    shut = (_last(subject, (*SHUTTING, *UNSHUTTING), one) for subject in _above(one.slug))
    release = (
        _last(name, (Kind.RELEASE_CLOSED, Kind.RELEASE_OPENED), one, details__release=int(number))
        for number in OF_A_RELEASE.findall(one.path)
    )
    return last is None or any(_had_closed(line, one) for line in (last, *shut, *release))


def _last(subject: str, kinds: Iterable[Kind], one: Request, **those: int) -> Event | None:
    lines = Event.objects.filter(subject=subject, kind__in=tuple(kinds), at__lte=one.at, **those)
    return lines.order_by("-sequence").first()


def _had_closed(line: Event | None, one: Request) -> bool:
    return line is not None and line.kind in (*CLOSING, *SHUTTING, Kind.RELEASE_CLOSED) and line.at < one.at - GRACE


def _above(slug: str) -> Iterator[str]:
    """The portal and the organisations from the dataset's own upwards, as the record names them."""
    yield "portal:all"
    path = Dataset.objects.filter(slug=slug).values_list("organisation__path", flat=True).first() or ""
    step = Organisation.steplen
    paths = [path[:end] for end in range(step, len(path) + 1, step)]
    for name in Organisation.objects.filter(path__in=paths).values_list("slug", flat=True):
        yield f"organisation:{name}"


def _named(one: Request) -> str:
    return f"{one.at.isoformat()} {one.status} {one.route} {one.path}"


def _told(line: Event) -> str:
    return f"{line.at.isoformat()} {line.kind} {line.sequence}"


def _recorded(day: date, said: Reconciled) -> None:
    record_now(
        Kind.RECONCILED,
        by=SYSTEM,
        subject=Subject(kind="record", id="all"),
        day=str(day),
        requests=said.requests,
        downloads=said.downloads,
        sign_ins=said.sign_ins,
        without_line=len(said.without_line),
        without_request=len(said.without_request),
        while_closed=len(said.while_closed),
        unreadable=said.unreadable,
    )


def _lines(folder: Path, day: date) -> Iterable[str]:
    """Those of the day, and of the days beside it: a download over midnight stands where it ended."""
    for beside in (day - timedelta(days=1), day, day + timedelta(days=1)):
        yield from _raw(folder / f"{beside}.log")


def _raw(path: Path) -> Iterator[str]:
    if path.exists():
        with path.open(encoding="utf-8", errors="replace") as file:
            yield from file


def _request(line: str) -> Request | None:
    """The line as it was meant; None where it is cut short or no line of ours."""
    parts = line.rstrip("\n").split("\t")
    try:
        at, status, method, route, path, lines, _size = parts
        numbers = tuple(int(one) for one in lines.split(",")) if lines != "-" else ()
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            return None
        return Request(at=moment, status=int(status), method=method, route=route, path=path, lines=numbers)
    except ValueError:
        return None
