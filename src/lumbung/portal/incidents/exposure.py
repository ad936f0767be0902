"""Since when and until when anybody could take a dataset, some releases of it, or anything of many, from the lines of
the record alone.

What closed it makes no difference: its own closing, that of the releases, of an organisation above it, of the portal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event

OPENS = (Kind.PUBLISHED, Kind.RESTORED)
CLOSES = (Kind.QUARANTINED, Kind.WITHDRAWN, Kind.REMOVED)
SHUTS = (Kind.ORGANISATION_CLOSED, Kind.PORTAL_CLOSED)
UNSHUTS = (Kind.ORGANISATION_OPENED, Kind.PORTAL_OPENED, Kind.PORTAL_READ_ONLY)  # what can be read is open


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """A time in which anybody could take it: the line that opened it and the one that closed it, None where it is
    open still."""

    since: Event
    until: Event | None


def exposures(
    lines: Iterable[Event], *, above: Mapping[str, frozenset[str]], releases: Iterable[int] = ()
) -> Iterable[Exposure]:
    """The times in which any of the datasets was open, oldest first. `above` has, by a dataset as the record names it,
    whatever lies above it; `lines`, in order, are those about either. `releases` are the numbers of those that are
    asked for, where only one dataset is asked of; the whole dataset where there is none."""
    door, since = _Door(above=above, asked=frozenset(releases)), None
    for line in lines:
        door.moved(line)
        if since is None and door.is_open:
            since = line
        elif since is not None and not door.is_open:
            yield Exposure(since=since, until=line)
            since = None
    if since is not None:
        yield Exposure(since=since, until=None)


def span(times: Iterable[Exposure], *, now: datetime) -> int:
    """Whole hours of exposure in all, begun hours counted."""
    seconds = sum(((one.until.at if one.until else now) - one.since.at).total_seconds() for one in times)
    return int(-(-seconds // 3600))


@dataclass(slots=True)
class _Door:
    """How everything stands after a line."""

    above: Mapping[str, frozenset[str]]
    asked: frozenset[int]
    stand: set[str] = field(default_factory=set)
    shut: set[str] = field(default_factory=set)
    releases: set[int] = field(default_factory=set)

    @property
    def is_open(self) -> bool:
        if self.asked and not self.asked & self.releases:
            return False
        return any(self.shut.isdisjoint(self.above.get(dataset, ())) for dataset in self.stand)

    def moved(self, line: Event) -> None:
        number = line.details.get("release", 0)
        if line.kind in OPENS:
            self.stand.add(line.subject)
        elif line.kind in CLOSES:
            self.stand.discard(line.subject)
        elif line.kind in SHUTS:
            self.shut.add(line.subject)
        elif line.kind in UNSHUTS:
            self.shut.discard(line.subject)
        if line.kind in (Kind.PUBLISHED, Kind.RELEASE_OPENED):
            self.releases.add(number)
        elif line.kind == Kind.RELEASE_CLOSED:
            self.releases.discard(number)
