"""What a catalogue tells of each open dataset, read in few questions for many datasets at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Min

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.catalogue.models import Dataset, Distribution, PlacePage, Release
from lumbung.portal.catalogue.queries import visible

AT_ONCE = 500  # datasets


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An open dataset: its newest open release with its files, its first release, where it lies and who answers.

    `kode` is the nearest kode wilayah upwards from its organisation, `email` the nearest office's address; "" where
    there is none.
    """

    dataset: Dataset
    release: Release
    files: list[Distribution]
    issued: datetime
    kode: str
    email: str


def page_of_shown(*, first: int, most: int) -> list[Shown]:
    """At most `most` datasets, newest first, from the one at `first`."""
    return list(_read(visible()[first : first + most]))


def all_shown() -> Iterator[Shown]:
    """Every open dataset in the order of its key, asked for piece by piece: one closed meanwhile is no longer among
    them."""
    last = 0
    while piece := list(visible().filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield from _read(piece)
        last = piece[-1].pk


def one_shown(dataset: Dataset) -> Shown | None:
    """One dataset; None where it has no open release."""
    return next(_read([dataset]), None)


def _read(datasets: Iterable[Dataset]) -> Iterator[Shown]:
    listed = list(datasets)
    releases = Release.objects.filter(dataset__in=listed).order_by("dataset", "-number")
    newest = {key: next(found) for key, found in groupby(releases, lambda one: one.dataset_id)}
    files = Distribution.objects.filter(release__in=[one.pk for one in newest.values()])
    by_release = {key: list(found) for key, found in groupby(files.order_by("release", "position", "pk"), _release_of)}
    firsts = dict(releases.order_by().values_list("dataset").annotate(first=Min("published_at")))
    places, emails = _places({dataset.organisation for dataset in listed})
    for dataset in listed:
        if release := newest.get(dataset.pk):
            above = _above(dataset.organisation)
            yield Shown(
                dataset=dataset,
                release=release,
                files=by_release.get(release.pk, []),
                issued=firsts[dataset.pk],
                kode=next((places[path] for path in above if places.get(path)), ""),
                email=next((emails[path] for path in above if emails.get(path)), ""),
            )


def _release_of(file: Distribution) -> int:
    return file.release_id


def _above(organisation: Organisation) -> list[str]:
    """The paths of an organisation and of those above it, its own first."""
    step = Organisation.steplen
    return [organisation.path[:end] for end in range(len(organisation.path), 0, -step)]


def _places(organisations: set[Organisation]) -> tuple[dict[str, str], dict[str, str]]:
    paths = {path for one in organisations for path in _above(one)}
    told = Organisation.objects.filter(path__in=paths).order_by()
    pages = PlacePage.objects.filter(organisation__path__in=paths).exclude(email="")
    return dict(told.values_list("path", "kode")), dict(pages.values_list("organisation__path", "email"))
