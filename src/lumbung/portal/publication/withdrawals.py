"""What harvesters have to take away again: everything that stood on the shelf and is closed now, as JSON and Atom.

Each entry names the address by which a harvester knows the thing, since when, the state and the code of the reason;
never a title or a value. CKAN and DCAT harvesters do not hear of deletions otherwise. Atom after RFC 4287.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from lumbung.portal.catalogue.models import Closing, Dataset, Distribution, Release
from lumbung.portal.catalogue.queries import visible, whole_portal
from lumbung.portal.catalogue.states import DatasetState, Shut

MOST = 1_000  # entries in one answer; `since` asks for what follows


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """One thing to take away: `address` is its path here. `files` are the paths of a release that was closed alone."""

    address: str
    scope: str
    state: str
    ground: str
    since: datetime
    files: tuple[str, ...] = ()


def withdrawals(*, since: datetime | None = None) -> list[Withdrawal]:
    """The newest first, none from before `since`: datasets, releases, and the datasets of closed organisations."""
    found = [*_datasets(since), *_releases(since), *_shut(since)]
    return sorted(found, key=lambda one: (one.since, one.address), reverse=True)[:MOST]


def _datasets(since: datetime | None) -> Iterator[Withdrawal]:
    closed = Dataset.objects.exclude(state=DatasetState.PUBLISHED).order_by("-state_since")
    closed = closed.filter(state_since__gte=since) if since else closed
    for slug, state, ground, moment in closed.values_list("slug", "state", "ground", "state_since")[:MOST]:
        yield Withdrawal(address=_page(slug), scope="dataset", state=state, ground=ground, since=moment)


def _releases(since: datetime | None) -> Iterator[Withdrawal]:
    closed = Release.every.exclude(closed_since=None).filter(dataset__in=visible().order_by())
    closed = closed.filter(closed_since__gte=since) if since else closed
    for one in closed.select_related("dataset").order_by("-closed_since")[:MOST]:
        if one.closed_since:
            yield Withdrawal(
                address=f"{_page(one.dataset.slug)}#rilis-{one.number}",
                scope="release",
                state="closed",
                ground=one.closed_ground,
                since=one.closed_since,
                files=tuple(files_of(Distribution.every.filter(release=one))),
            )


def _shut(since: datetime | None) -> Iterator[Withdrawal]:
    """The whole portal is one entry, not one for each dataset: it will be back."""
    closings = Closing.objects.filter(ended_at=None, shut=Shut.CLOSED)
    for closing in closings.filter(since__gte=since) if since else closings:
        told = {"state": "closed", "ground": closing.ground, "since": closing.since}
        if closing == whole_portal():
            yield Withdrawal(address="/", scope="portal", **told)  # type: ignore[arg-type]
            continue
        below = Dataset.objects.filter(organisation__path__startswith=closing.path, state=DatasetState.PUBLISHED)
        for slug in below.values_list("slug", flat=True)[:MOST]:
            yield Withdrawal(address=_page(slug), scope="organisation", **told)  # type: ignore[arg-type]


def files_of(files: QuerySet[Distribution]) -> Iterator[str]:
    """The addresses of files."""
    for slug, name in files.order_by("pk").values_list("release__dataset__slug", "name"):
        yield reverse("catalogue:download", args=[slug, name])


def _page(slug: str) -> str:
    return reverse("catalogue:dataset", args=[slug])
