"""The chronology of an incident (T5), from the record alone: nothing is typed, every line has its number, and what the
record cannot know is said as unknown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address, ip_network

from django.db.models import Count, Max, Min, QuerySet

from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset

OPENS = (Kind.PUBLISHED, Kind.RESTORED)
CLOSES = (Kind.QUARANTINED, Kind.WITHDRAWN, Kind.REMOVED)
SENT = (Kind.RECEIVED, Kind.CORRECTED)
MOST_NETWORKS = 50  # lines on the page; the rest are counted
Taken = tuple[int, int, int]  # how many, the numbers of the first and of the last line
PREFIX = {4: 24, 6: 48}  # what one household or office commonly has


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """A time in which anybody could take it: the line that opened it and the one that closed it, None where it is
    open still."""

    since: Event
    until: Event | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Downloads from one network ("203.0.113.0/24"), or from addresses that the record no longer holds (""):
    how many, the first and the last line."""

    name: str
    downloads: int
    first: Event
    last: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Chronology:
    """What the record says of one dataset. `lines` holds every line but the downloads, oldest first."""

    lines: tuple[Event, ...]
    uploads: tuple[Event, ...]
    exposures: tuple[Exposure, ...]
    downloads: int
    networks: tuple[Network, ...]
    networks_in_all: int


def chronology(dataset: Dataset) -> Chronology:
    """The story of a dataset from the arrival of its files until now. Reads the record, changes nothing."""
    lines = tuple(lines_about(dataset).exclude(kind=Kind.DOWNLOADED))
    networks = _networks(Event.objects.filter(subject=dataset.subject.key, kind=Kind.DOWNLOADED))
    listed = dict(list(networks.items())[:MOST_NETWORKS])
    return Chronology(
        lines=lines,
        uploads=tuple(line for line in lines if line.kind in SENT),
        exposures=tuple(_exposures([line for line in lines if line.subject == dataset.subject.key])),
        downloads=sum(number for number, _first, _last in networks.values()),
        networks=tuple(_shown(listed)),
        networks_in_all=len(networks),
    )


def lines_about(dataset: Dataset) -> QuerySet[Event]:
    """The lines about the dataset and about every file that became a release of it. A removed dataset has no releases
    any more, so the record is asked which files these were: publishing writes the file's line and the dataset's, one
    right after the other."""
    published = Event.objects.filter(subject=dataset.subject.key, kind=Kind.PUBLISHED)
    before = [number - 1 for number in published.values_list("sequence", flat=True)]
    became = Event.objects.filter(sequence__in=before, kind=Kind.PUBLISHED, details__dataset=dataset.slug)
    subjects = [dataset.subject.key, *became.values_list("subject", flat=True)]
    return Event.objects.filter(subject__in=subjects).order_by("sequence")


def _exposures(lines: Sequence[Event]) -> Iterable[Exposure]:
    since: Event | None = None
    for line in lines:
        if since is None and line.kind in OPENS:
            since = line
        elif since is not None and line.kind in CLOSES:
            yield Exposure(since=since, until=line)
            since = None
    if since is not None:
        yield Exposure(since=since, until=None)


def _networks(taken: QuerySet[Event]) -> dict[str, Taken]:
    """Those with the most downloads first. The database counts by address, so that a million lines stay there."""
    found: dict[str, Taken] = {}
    each = taken.order_by().values_list("address").annotate(Count("sequence"), Min("sequence"), Max("sequence"))
    for address, number, first, last in each.iterator():
        name = network_of(address)
        known = found.get(name, (0, first, last))
        found[name] = (known[0] + number, min(known[1], first), max(known[2], last))
    return dict(sorted(found.items(), key=lambda one: (-one[1][0], one[1][1])))


def _shown(listed: dict[str, Taken]) -> Iterable[Network]:
    ends = Event.objects.in_bulk([end for _number, *both in listed.values() for end in both])
    for name, (number, first, last) in listed.items():
        yield Network(name=name, downloads=number, first=ends[first], last=ends[last])


def network_of(address: str) -> str:
    """The network an address belongs to; "" where there is none."""
    try:
        return str(ip_network(f"{address}/{PREFIX[ip_address(address).version]}", strict=False))
    except ValueError:
        return ""


def span(exposures: Iterable[Exposure], *, now: datetime) -> int:
    """Whole hours of exposure in all, begun hours counted."""
    seconds = sum(((one.until.at if one.until else now) - one.since.at).total_seconds() for one in exposures)
    return int(-(-seconds // 3600))
