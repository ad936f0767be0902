"""What may be read from the shelf. `visible` is the only place that decides what is public."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet, Sum, TextChoices

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.catalogue.models import Dataset, Distribution
from lumbung.portal.catalogue.search import matching, nearest, search
from lumbung.portal.catalogue.states import DatasetState
from lumbung.portal.catalogue.vocabulary import Frequency, Licence, Theme

MOST_FACETS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody looks for; an empty field is no wish. `organisation` is a slug and includes all below it."""

    words: str = ""
    organisation: str = ""
    theme: str = ""
    year: str = ""
    licence: str = ""
    frequency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One value that narrows a search, its word, and how many datasets it leaves."""

    value: str
    label: str
    count: int
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The keys of what was found, in order, and the facets that narrow it further."""

    keys: list[int]
    facets: dict[str, list[Facet]]


def visible() -> QuerySet[Dataset]:
    """The datasets that the public may see, newest first. Nothing else decides this."""
    return Dataset.objects.filter(state=DatasetState.PUBLISHED).select_related("organisation")


def statistics_of(village: str) -> QuerySet[Dataset]:
    """The open datasets of statistics that Lumbung made of a village (a kode wilayah), the newest first."""
    return visible().filter(village=village)


def closed_statistics_of(village: str) -> Dataset | None:
    """The statistics of a village that were open last and are closed now: for the stone on its page."""
    return Dataset.objects.filter(village=village).exclude(state=DatasetState.PUBLISHED).first()


def found(wish: Wish) -> QuerySet[Dataset]:
    """The visible datasets that fit, newest first. A wish that cannot be met (an unknown theme) finds nothing."""
    datasets = visible()
    if wish.words:
        datasets = datasets.filter(pk__in=matching(wish.words))
    if wish.organisation:
        paths = Organisation.objects.filter(slug=wish.organisation).values_list("path", flat=True)
        datasets = datasets.filter(organisation__path__startswith=paths[0]) if paths else datasets.none()
    if wish.theme:
        datasets = datasets.filter(theme=wish.theme)
    if wish.year:
        datasets = datasets.filter(year=wish.year) if wish.year.isdecimal() else datasets.none()
    if wish.licence:
        datasets = datasets.filter(licence=wish.licence)
    if wish.frequency:
        datasets = datasets.filter(frequency=wish.frequency)
    return datasets


def suggestion(wish: Wish) -> str:
    """Words like those asked for that do find something; "" where none are. Asks nothing but visible titles."""
    words = nearest(wish.words, visible().values_list("title", flat=True))
    return words if words and found(replace(wish, words=words)).exists() else ""


def spread(wish: Wish) -> Spread:
    """What was `found` for the wish, best first where words were asked for, else newest first, and how it spreads.

    One look at the database for all: counting in it would search the index once more for every facet.
    """
    columns = ("pk", "theme", "organisation_id", "year", "licence", "frequency")
    datasets = found(wish)
    rows = list((datasets.order_by() if wish.words else datasets).values_list(*columns))
    keys = [row[0] for row in rows]
    if wish.words:
        fitting = set(keys)
        keys = [key for key in search(wish.words) if key in fitting]
    return Spread(keys=keys, facets=_facets(rows))


def _facets(rows: Sequence[tuple[Any, ...]]) -> dict[str, list[Facet]]:
    """Over theme, organisation, year, licence and frequency; the fullest first, years newest first."""
    themes, organisations, years, licences, frequencies = (Counter(row[at] for row in rows) for at in range(1, 6))
    most = organisations.most_common(MOST_FACETS)
    named = Organisation.objects.in_bulk([key for key, _ in most])
    newest = sorted((year for year in years if year), reverse=True)[:MOST_FACETS]
    return {
        "tema": _labelled(themes, Theme),
        "organisasi": [
            Facet(value=named[key].slug, label=named[key].name, count=count)
            for key, count in sorted(most, key=lambda one: (-one[1], named[one[0]].name))
        ],
        "tahun": [Facet(value=str(year), label=str(year), count=years[year]) for year in newest],
        "lisensi": _labelled(licences, Licence),
        "kekerapan": _labelled(frequencies, Frequency),
    }


def _labelled(counts: Counter[str], words: type[TextChoices]) -> list[Facet]:
    return [
        Facet(value=value, label=str(words(value).label), count=count)
        for value, count in counts.most_common()
        if value
    ]


def figures() -> dict[str, int]:
    """What the front page counts: datasets, organisations that gave them, rows in their latest tables."""
    datasets = visible().order_by()
    rows = Distribution.objects.filter(release__dataset__in=datasets, format="csv").aggregate(rows=Sum("rows"))["rows"]
    organisations = datasets.values("organisation").distinct().count()
    return {"datasets": datasets.count(), "organisations": organisations, "rows": rows or 0}
