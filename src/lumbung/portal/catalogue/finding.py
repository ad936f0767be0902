"""Finding on the shelf: what fits a wish, in which order, and how it spreads over the facets.

One look at the database gives the keys that fit; facets are counted over them in memory (`attributes`), for counting
in the database would search the index once more for every facet. Only `queries.visible` datasets are ever counted.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from django.db.models import Q, QuerySet, TextChoices

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.catalogue.attributes import NAMES, counted
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.catalogue.prepared import sql_of
from lumbung.portal.catalogue.queries import visible
from lumbung.portal.catalogue.search import matching, ranked, ranked_among
from lumbung.portal.catalogue.usage import downloads_of_all
from lumbung.portal.catalogue.vocabulary import Frequency, Licence, Theme

MOST_FACETS = 12
MOST_BRANCHES = 24
STEP = Organisation.steplen
REGENCY, DISTRICT, VILLAGE = len("99.01"), len("99.01.01"), len("99.01.01.2001")
NEWEST, TITLE, USED = "terbaru", "judul", "dipakai"
ORDERS = {NEWEST: ("-released_at", "-pk"), TITLE: ("title", "pk"), USED: ("-released_at", "-pk")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody looks for; an empty field is no wish. `organisation` is a slug and includes all below it.

    `region` is the kode wilayah of a regency, district or village and includes all within; `order` is one of ORDERS,
    else the best first where words were asked for.
    """

    words: str = ""
    organisation: str = ""
    region: str = ""
    theme: str = ""
    year: str = ""
    format: str = ""
    licence: str = ""
    frequency: str = ""
    order: str = ""

    def narrows(self) -> list[str]:
        """The names of the fields that leave something out."""
        return [field.name for field in fields(self) if getattr(self, field.name) and field.name != "order"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One value that narrows a search, its word, how many datasets it leaves; `depth` from 0 in a tree."""

    value: str
    label: str
    count: int
    address: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The keys of what was found, in order, the facets that narrow it further, and how many organisations gave it."""

    keys: list[int]
    facets: dict[str, list[Facet]]
    organisations: int


def found(wish: Wish) -> QuerySet[Dataset]:
    """The visible datasets that fit. A wish that cannot be met (an unknown theme) finds nothing."""
    datasets = _narrowed(wish)
    return datasets.filter(pk__in=matching(wish.words)) if wish.words else datasets


def _narrowed(wish: Wish) -> QuerySet[Dataset]:
    """The visible datasets that fit in all but the words."""
    datasets = visible()
    if wish.organisation:
        path = _path_of(wish.organisation)
        datasets = datasets.filter(organisation__path__startswith=path) if path else datasets.none()
    if wish.region:
        datasets = datasets.filter(_within(wish.region))
    if wish.year:
        datasets = datasets.filter(year=wish.year) if _is_year(wish.year) else datasets.none()
    if wish.format:
        datasets = datasets.filter(formats__contains=f" {wish.format} ")
    same = {name: getattr(wish, name) for name in ("theme", "licence", "frequency") if getattr(wish, name)}
    return datasets.filter(**same)


def spread(wish: Wish) -> Spread:
    """What was `found` for the wish in the order wished for, and how it spreads over the facets."""
    keys = _in_wished_order(wish)
    counts = counted(keys)
    return Spread(keys=keys, facets=_facets(counts, wish), organisations=len(counts["organisation__path"]))


def _in_wished_order(wish: Wish) -> list[int]:
    if wish.words and wish.order not in ORDERS:
        only_words = wish.narrows() == ["words"]
        return ranked_among(*sql_of(_all), words=wish.words) if only_words else ranked(_narrowed(wish), wish.words)
    ordered = found(wish).order_by(*ORDERS.get(wish.order, ORDERS[NEWEST]))
    return _most_used_first(ordered) if wish.order == USED else list(ordered.values_list("pk", flat=True))


def _all() -> QuerySet[Any, Any]:
    return visible().order_by().values("pk")


def _most_used_first(datasets: QuerySet[Dataset]) -> list[int]:
    """By downloads; those that were taken equally often stay in their order."""
    counts = downloads_of_all()
    pairs = datasets.values_list("pk", "slug")
    return [key for key, slug in sorted(pairs, key=lambda pair: -counts.get(f"dataset:{pair[1]}", 0))]


def without(wish: Wish) -> list[tuple[str, int]]:
    """For a wish that finds nothing: each field whose loss would find something, and how much."""
    looser = ((name, found(replace(wish, **{name: ""})).order_by().count()) for name in wish.narrows())
    return [(name, count) for name, count in looser if count] if len(wish.narrows()) > 1 else []


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) == 4


def _path_of(slug: str) -> str:
    return Organisation.objects.filter(slug=slug).values_list("path", flat=True).first() or ""


def _within(kode: str) -> Q:
    """Data of the organisations that stand at or below the place; statistics by the village they are of."""
    path = Organisation.objects.filter(kode=kode).values_list("path", flat=True).first()
    below = Q(organisation__path__startswith=path) if path else Q(pk__in=[])
    return below | Q(village=kode) | Q(village__startswith=f"{kode}.")


def _facets(counts: Mapping[str, Counter[Any]], wish: Wish) -> dict[str, list[Facet]]:
    """Trees of organisations and of regions; the rest with the fullest first, years newest first."""
    themes, paths, kodes, years, licences, frequencies, formats = (counts[name] for name in NAMES)
    newest = sorted((year for year in years if year), reverse=True)[:MOST_FACETS]
    return {
        "tema": _labelled(themes, Theme),
        "organisasi": _branches(paths, _path_of(wish.organisation) if wish.organisation else ""),
        "wilayah": _regions(kodes, wish.region),
        "tahun": [Facet(value=str(year), label=str(year), count=years[year]) for year in newest],
        "format": _formats(formats),
        "lisensi": _labelled(licences, Licence),
        "kekerapan": _labelled(frequencies, Frequency),
    }


def _labelled(counts: Counter[str], words: type[TextChoices]) -> list[Facet]:
    return [
        Facet(value=value, label=str(words(value).label), count=count)
        for value, count in counts.most_common()
        if value
    ]


def _formats(counts: Counter[str]) -> list[Facet]:
    """Each dataset counts in every format it has."""
    each: Counter[str] = Counter()
    for formats, count in counts.items():
        each.update(dict.fromkeys(formats.split(), count))
    return [Facet(value=one, label=one.upper(), count=count) for one, count in each.most_common()]


def _branches(paths: Counter[str], chosen: str) -> list[Facet]:
    """The way from the top to the chosen organisation, and what is right below it, each with all below it counted."""
    top = chosen or _common(paths)
    shown: Counter[str] = Counter()
    for path, count in paths.items():
        for above in _way(path, at_most=len(top) + STEP):
            shown[above] += count
    named = {
        path: (slug, name)
        for path, slug, name in Organisation.objects.filter(path__in=list(shown)).values_list("path", "slug", "name")
    }
    return [
        Facet(value=named[path][0], label=named[path][1], count=shown[path], depth=len(path) // STEP - 1)
        for path in _in_order(shown, top)
        if path in named
    ]


def _in_order(shown: Counter[str], top: str) -> list[str]:
    """The way down first, then the branches with the fullest first, and not too many of them."""
    way = [path for path in sorted(shown, key=len) if len(path) <= len(top)]
    return way + [path for path, _count in shown.most_common() if len(path) > len(top)][:MOST_BRANCHES]


def _way(path: str, *, at_most: int) -> Iterable[str]:
    return (path[:end] for end in range(STEP, min(len(path), at_most) + 1, STEP))


def _common(paths: Iterable[str]) -> str:
    """The organisation under which all of them stand."""
    ordered = sorted(paths)
    if not ordered:
        return ""
    first, last = ordered[0], ordered[-1]
    same = [end for end in range(STEP, min(len(first), len(last)) + 1, STEP) if first[:end] == last[:end]]
    return first[: max(same, default=0)]


def _regions(kodes: Counter[str], chosen: str) -> list[Facet]:
    """Districts, or the villages of the chosen district, by the place of the organisation that gave the data."""
    length = VILLAGE if len(chosen) >= DISTRICT else DISTRICT
    counts: Counter[str] = Counter()
    for kode, count in kodes.items():
        if len(kode) >= length:
            counts[kode[:length]] += count
    most = counts.most_common(MOST_BRANCHES)
    names = dict(Organisation.objects.filter(kode__in=[kode for kode, _ in most]).values_list("kode", "name"))
    return [Facet(value=kode, label=names[kode], count=count) for kode, count in most if kode in names]
