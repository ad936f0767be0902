"""What may be read from the shelf. `visible` is the only place that decides what is public."""

from dataclasses import dataclass, replace

from django.db.models import Count, QuerySet, Sum

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.catalogue.models import Dataset, Distribution
from lumbung.portal.catalogue.search import matching, nearest, search
from lumbung.portal.catalogue.states import DatasetState
from lumbung.portal.catalogue.vocabulary import Theme

MOST_FACETS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody looks for; an empty field is no wish. `organisation` is a slug and includes all below it."""

    words: str = ""
    organisation: str = ""
    theme: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One value that narrows a search, its word, and how many datasets it leaves."""

    value: str
    label: str
    count: int
    address: str = ""


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
    return datasets


def suggestion(wish: Wish) -> str:
    """Words like those asked for that do find something; "" where none are. Asks nothing but visible titles."""
    words = nearest(wish.words, visible().values_list("title", flat=True))
    return words if words and found(replace(wish, words=words)).exists() else ""


def in_order(wish: Wish, datasets: QuerySet[Dataset]) -> list[int] | QuerySet[Dataset, int]:
    """The keys of what was `found` for the wish: best first where words were asked for, else newest first."""
    keys = datasets.values_list("pk", flat=True)
    if not wish.words:
        return keys
    fitting = set(keys.order_by())
    return [key for key in search(wish.words) if key in fitting]


def facets(datasets: QuerySet[Dataset]) -> dict[str, list[Facet]]:
    """How the datasets spread over theme, organisation and year; the fullest first, years newest first."""
    plain = datasets.order_by()
    themes = plain.values_list("theme").annotate(n=Count("pk")).order_by("-n")
    organisations = plain.values_list("organisation__slug", "organisation__name").annotate(n=Count("pk"))
    years = plain.exclude(year=None).values_list("year").annotate(n=Count("pk")).order_by("-year")
    return {
        "tema": [Facet(value=value, label=str(Theme(value).label), count=n) for value, n in themes if value],
        "organisasi": [
            Facet(value=slug, label=name, count=n)
            for slug, name, n in organisations.order_by("-n", "organisation__name")[:MOST_FACETS]
        ],
        "tahun": [Facet(value=str(year), label=str(year), count=n) for year, n in years[:MOST_FACETS]],
    }


def figures() -> dict[str, int]:
    """What the front page counts: datasets, organisations that gave them, rows in their latest tables."""
    datasets = visible().order_by()
    rows = Distribution.objects.filter(release__dataset__in=datasets, format="csv").aggregate(rows=Sum("rows"))["rows"]
    organisations = datasets.values("organisation").distinct().count()
    return {"datasets": datasets.count(), "organisations": organisations, "rows": rows or 0}
