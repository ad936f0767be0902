"""The chronology of a dataset (T5), from the record alone: nothing is typed, every line has its number, and what the
record cannot know is said as unknown. That of an organisation or of the portal is in `places`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.incidents.exposure import SHUTS, UNSHUTS, Exposure, exposures

SENT = (Kind.RECEIVED, Kind.CORRECTED)
TAKEN = (Kind.DOWNLOADED, Kind.ROWS_READ)
MOST_NETWORKS = 50  # lines on the page; the rest are counted
Taken = tuple[int, int, int]  # how many, the numbers of the first and of the last line
PREFIX = {4: 24, 6: 48}  # what one household or office commonly has


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
    """What the record says. `lines` holds every line but those of TAKEN, oldest first; `reads` counts in how many
    hours somebody's program read rows, whose pages are not told apart. Of many datasets only the newest uploads are
    listed, and `uploads_in_all` counts them."""

    lines: tuple[Event, ...]
    uploads: tuple[Event, ...]
    uploads_in_all: int
    exposures: tuple[Exposure, ...]
    downloads: int
    networks: tuple[Network, ...]
    networks_in_all: int
    reads: int


def chronology(dataset: Dataset, *, releases: Sequence[int] = ()) -> Chronology:
    """The story of a dataset from the arrival of its files until now. Reads the record, changes nothing.

    Where `releases` names some, uploads, exposures and downloads are those of these releases alone.
    """
    lines = tuple(lines_about(dataset).exclude(kind__in=TAKEN))
    became = {line.subject for line in lines if not releases or _is_file_of(line, releases)}
    uploads = tuple(line for line in lines if line.kind in SENT and line.subject in became)
    moves, above = [line for line in lines if _moves(line, dataset)], {dataset.subject.key: frozenset(_above(dataset))}
    return Chronology(
        lines=lines,
        uploads=uploads,
        uploads_in_all=len(uploads),
        exposures=tuple(exposures(moves, above=above, releases=releases)),
        **taken_from(_downloads(dataset, releases)),
        reads=Event.objects.filter(subject=dataset.subject.key, kind=Kind.ROWS_READ).count(),
    )


def taken_from(downloads: QuerySet[Event]) -> dict[str, Any]:
    """How many downloads, and from which networks, those with the most first: as a chronology names it."""
    networks = _networks(downloads)
    return {
        "downloads": sum(number for number, _first, _last in networks.values()),
        "networks": tuple(_shown(dict(list(networks.items())[:MOST_NETWORKS]))),
        "networks_in_all": len(networks),
    }


def lines_about(dataset: Dataset) -> QuerySet[Event]:
    """The lines about the dataset, about every file that became a release of it, and about the closing of what lies
    above it since it was first published. A removed dataset has no releases any more, so the record is asked which
    files these were: publishing writes the file's line and the dataset's, one right after the other."""
    published = Event.objects.filter(subject=dataset.subject.key, kind=Kind.PUBLISHED).order_by("sequence")
    before = [number - 1 for number in published.values_list("sequence", flat=True)]
    became = Event.objects.filter(sequence__in=before, kind=Kind.PUBLISHED, details__dataset=dataset.slug)
    subjects = [dataset.subject.key, *became.values_list("subject", flat=True)]
    above = Q(subject__in=_above(dataset), kind__in=(*SHUTS, *UNSHUTS), sequence__gt=min(before, default=0))
    return Event.objects.filter(Q(subject__in=subjects) | above).order_by("sequence")


def paths_to(organisation: Organisation) -> list[str]:
    """The places in the tree of an organisation and of all above it."""
    step = Organisation.steplen
    return [organisation.path[:end] for end in range(step, len(organisation.path) + 1, step)]


def _above(dataset: Dataset) -> list[str]:
    """The portal and every organisation from the dataset's own upwards, as the record names them."""
    slugs = Organisation.objects.filter(path__in=paths_to(dataset.organisation)).values_list("slug", flat=True)
    return ["portal:all", *(f"organisation:{slug}" for slug in slugs)]


def _moves(line: Event, dataset: Dataset) -> bool:
    return line.subject == dataset.subject.key or line.kind in (*SHUTS, *UNSHUTS)


def _is_file_of(line: Event, releases: Sequence[int]) -> bool:
    return line.kind == Kind.PUBLISHED and line.details.get("release") in releases


def _downloads(dataset: Dataset, releases: Sequence[int]) -> QuerySet[Event]:
    """A file's public name begins with the dataset's and the release's number, also when its row is gone."""
    taken = Event.objects.filter(subject=dataset.subject.key, kind=Kind.DOWNLOADED)
    named = Q()
    for number in releases:
        name = f"{dataset.slug}-r{number}"
        named |= Q(details__file__startswith=f"{name}.") | Q(details__file__startswith=f"{name}-")
    return taken.filter(named)


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
