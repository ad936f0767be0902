"""What may be read about places: villages, what they print, what was published about them. All begin at `visible`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from lumbung.portal.accounts.models import Organisation, OrganisationKind
from lumbung.portal.catalogue.models import Dataset, Distribution, PlacePage, Printed, Release
from lumbung.portal.catalogue.printed import Numbers, unpacked
from lumbung.portal.catalogue.queries import visible

STEP = Organisation.steplen
LEADING = ("release__dataset", "leading")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The leading numbers of one village's newest open statistics, and where they stand."""

    village: str
    slug: str
    period: str
    leading: Mapping[str, Any]


def villages_below(place: Organisation) -> QuerySet[Organisation]:
    """The villages of a district or a regency, by kode."""
    return Organisation.objects.filter(kind=OrganisationKind.VILLAGE, path__startswith=place.path).order_by("kode")


def districts_below(place: Organisation) -> QuerySet[Organisation]:
    """The districts of a regency, by kode."""
    return Organisation.objects.filter(kind=OrganisationKind.DISTRICT, path__startswith=place.path).order_by("kode")


def above(place: Organisation) -> list[Organisation]:
    """Everything the place stands in, the widest first."""
    paths = [place.path[:end] for end in range(STEP, len(place.path), STEP)]
    return list(Organisation.objects.filter(path__in=paths).order_by("path"))


def shown_of(villages: Iterable[str]) -> dict[str, Shown]:
    """The leading numbers of each of these villages (kode wilayah) that has open statistics. Two queries."""
    newest = newest_of(villages)
    kept = dict(_newest_printed([key for key, _slug, _period in newest.values()]).values_list(*LEADING))
    return {
        village: Shown(village=village, slug=slug, period=period, leading=kept[key])
        for village, (key, slug, period) in newest.items()
        if key in kept
    }


def newest_of(villages: Iterable[str]) -> dict[str, tuple[int, str, str]]:
    """The newest open statistics of each of these villages: key, slug, period. One query, without any number."""
    open_ones = visible().filter(village__in=list(villages)).order_by()  # sorted here: its index then finds them
    listed = open_ones.values_list("released_at", "pk", "village", "slug", "period")
    return {village: (key, slug, period) for _when, key, village, slug, period in sorted(listed)}


def newest_releases(datasets: list[int]) -> list[int]:
    """The keys of the newest releases of these datasets, in order. One query."""
    return sorted(_newest_printed(datasets).values_list("release", flat=True))


def delivered() -> set[str]:
    """The kode wilayah of every village with open statistics."""
    return set(visible().exclude(village="").order_by().values_list("village", flat=True).distinct())


def all_numbers_of(dataset: Dataset) -> Numbers | None:
    """Every number of the newest release of an open dataset of statistics; nothing where none were kept."""
    kept = _newest_printed([dataset.pk]).first()
    return unpacked(kept) if kept else None


def datasets_about(place: Organisation) -> list[Dataset]:
    """The open datasets that the place gave or that are of it, the newest first. Two queries, each by its index."""
    given = visible().filter(organisation=place)
    of_it = visible().filter(village=place.kode) if place.kode else visible().none()
    found = {dataset.pk: dataset for dataset in (*given, *of_it)}
    return sorted(found.values(), key=lambda dataset: (dataset.released_at, dataset.pk), reverse=True)


def tables_of_shape(shape: str, *, place: Organisation) -> QuerySet[Distribution]:
    """Parquet files of open datasets that can be read as `shape`, of the place itself first, then of those above."""
    paths = [place.path[:end] for end in range(len(place.path), 0, -STEP)]
    newest = Release.objects.filter(dataset=OuterRef("release__dataset")).order_by("-number").values("pk")[:1]
    return (
        Distribution.objects.filter(shape=shape, format="parquet", release__dataset__in=visible().order_by())
        .filter(release__dataset__organisation__path__in=paths, release=Subquery(newest))
        .select_related("release__dataset__organisation")
        .order_by("-release__dataset__organisation__depth", "-release__dataset__released_at")
    )


def pinned_of(place: Organisation) -> QuerySet[Dataset]:
    """What the place wants to be seen first; only what is open."""
    return visible().filter(pins__organisation=place).order_by("pins__pk")


def points_below(place: Organisation) -> list[tuple[str, str, float, float]]:
    """Kode, name, latitude and longitude (degrees, WGS 84) of each village below that told where its office is."""
    pages = PlacePage.objects.filter(organisation__path__startswith=place.path, latitude__isnull=False)
    columns = ("organisation__kode", "organisation__name", "latitude", "longitude")
    rows = pages.filter(longitude__isnull=False).values_list(*columns)
    return [(kode, name, float(latitude), float(longitude)) for kode, name, latitude, longitude in rows]


def offices(kodes: Iterable[str]) -> dict[str, list[float]]:
    """Longitude and latitude (degrees, WGS 84) of the office of each of these villages that told where it is."""
    wanted = set(kodes)
    pages = PlacePage.objects.filter(latitude__isnull=False, longitude__isnull=False).exclude(organisation__kode="")
    rows = pages.values_list("organisation__kode", "longitude", "latitude")
    return {
        kode: [float(longitude), float(latitude)]
        for kode, longitude, latitude in rows
        if kode in wanted and longitude is not None and latitude is not None
    }


def _newest_printed(datasets: list[int]) -> QuerySet[Printed]:
    """Of these datasets, which the caller found among the open ones."""
    newest = Release.objects.filter(dataset=OuterRef("release__dataset")).order_by("-number").values("pk")[:1]
    return Printed.objects.filter(release__dataset__in=datasets, release=Subquery(newest))
