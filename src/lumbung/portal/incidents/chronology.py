"""The chronology of an incident (T5), from the record alone: nothing is typed, every line has its number, and what the
record cannot know is said as unknown.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address, ip_network

from django.db.models import QuerySet

from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset

OPENS = (Kind.PUBLISHED, Kind.RESTORED)
CLOSES = (Kind.QUARANTINED, Kind.WITHDRAWN, Kind.REMOVED)
SENT = (Kind.RECEIVED, Kind.CORRECTED)
MOST_NETWORKS = 50  # lines on the page; the rest are counted
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
    lines = tuple(_lines(dataset).exclude(kind=Kind.DOWNLOADED))
    taken = Event.objects.filter(subject=dataset.subject.key, kind=Kind.DOWNLOADED).order_by("sequence")
    networks = _networks(taken.iterator())
    return Chronology(
        lines=lines,
        uploads=tuple(line for line in lines if line.kind in SENT),
        exposures=tuple(_exposures([line for line in lines if line.subject == dataset.subject.key])),
        downloads=sum(one.downloads for one in networks),
        networks=tuple(networks[:MOST_NETWORKS]),
        networks_in_all=len(networks),
    )


def _lines(dataset: Dataset) -> QuerySet[Event]:
    """The lines about the dataset and about every file that became a release of it. A removed dataset has no releases
    any more, so the record is asked which files these were."""
    organisation = dataset.organisation.slug
    became = Event.objects.filter(organisation=organisation, kind=Kind.PUBLISHED, details__dataset=dataset.slug)
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


def _networks(taken: Iterable[Event]) -> list[Network]:
    """Those with the most downloads first."""
    found: dict[str, list[Event]] = defaultdict(list)
    count: dict[str, int] = defaultdict(int)
    for line in taken:
        name = network_of(line.address)
        count[name] += 1
        found[name] = [found[name][0] if found[name] else line, line]
    networks = [Network(name=name, downloads=count[name], first=ends[0], last=ends[1]) for name, ends in found.items()]
    return sorted(networks, key=lambda one: (-one.downloads, one.first.sequence))


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
