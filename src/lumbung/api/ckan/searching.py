"""`package_search` over the visible datasets: the tree of a query as a question to the database, orders, and facets.

Solr's fields that CKAN's clients ask for are led to what the catalogue keeps; any other is not understood. Bare words
are looked up as the catalogue's own search does, so they find their relatives.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone

from lumbung.api.ckan import lucene
from lumbung.api.ckan.failures import BadQuery
from lumbung.api.ckan.identifiers import Kind, opened
from lumbung.api.ckan.licences import OLD_NAMES, title_of
from lumbung.api.ckan.lucene import Node, Term
from lumbung.api.ckan.organisations import organisation_named, theme_named
from lumbung.api.ckan.packages import EXTRAS
from lumbung.portal.accounts.models import Organisation
from lumbung.portal.catalogue.attributes import counted
from lumbung.portal.catalogue.models import Dataset, Release
from lumbung.portal.catalogue.queries import visible
from lumbung.portal.catalogue.search import matching, ranked
from lumbung.portal.catalogue.vocabulary import Licence, Theme

NOTHING = Q(pk__in=[])
ORDERS = {
    "metadata_modified": "changed",
    "metadata_created": "begun",
    "name": "slug",
    "title_string": "title",
    "title": "title",
    "id": "pk",
}
RELATIVE = re.compile(r"^NOW(?:/[A-Z]+)?(?:([+-]\d{1,6})(MINUTE|HOUR|DAY|MONTH|YEAR)S?(?:/[A-Z]+)?)?$")
LENGTHS = {"MINUTE": 1, "HOUR": 60, "DAY": 1440, "MONTH": 43_800, "YEAR": 525_600}  # minutes
FACETS = ("organization", "groups", "tags", "res_format", "license_id")


def found(query: str, filters: Sequence[str]) -> tuple[QuerySet[Dataset], str]:
    """The visible datasets that fit all of these, and the bare words to rank them by. Raise BadQuery."""
    try:
        trees = [lucene.parse(text) for text in (query, *filters)]
    except lucene.NotUnderstood as problem:
        raise BadQuery(str(problem)) from None
    datasets = visible().annotate(changed=Greatest("released_at", "state_since"))
    begun = Release.objects.filter(dataset=OuterRef("pk")).order_by().values("dataset")
    datasets = datasets.annotate(begun=Subquery(begun.annotate(first=Min("published_at")).values("first")))
    for tree in trees:
        datasets = datasets.filter(_asked(tree))
    return datasets, " ".join(_words(trees[0]))


def in_order(datasets: QuerySet[Dataset], *, sort: str, words: str) -> list[int]:
    """Their keys in the order asked for: "score desc, name asc". Raise BadQuery for an unknown one."""
    ordered, by_score = _ordered(datasets, sort=sort, words=words)
    keys = list(ordered)
    if not by_score:
        return keys
    best = ranked(datasets, words)
    first = set(best)
    return best + [key for key in keys if key not in first]


def page(datasets: QuerySet[Dataset], *, sort: str, words: str, start: int, rows: int) -> tuple[int, list[int]]:
    """How many there are, and the keys of one page in the order asked for; others are read only for the score."""
    ordered, by_score = _ordered(datasets, sort=sort, words=words)
    if by_score:
        keys = in_order(datasets, sort=sort, words=words)
        return len(keys), keys[start : start + rows]
    return datasets.order_by().count(), list(ordered[start : start + rows])


def _ordered(datasets: QuerySet[Dataset], *, sort: str, words: str) -> tuple[QuerySet[Dataset, int], bool]:
    """Their keys, and whether the score goes before this order."""
    orders = [_order(part) for part in sort.split(",") if part.strip()]
    named = [order for order in orders if order] or [F("changed").desc()]
    by_score = bool(words and orders and orders[0] is None)
    return datasets.order_by(*named, "pk").values_list("pk", flat=True), by_score


def spread(keys: Sequence[int], wanted: Sequence[str], *, most: int, least: int) -> dict[str, list[dict[str, Any]]]:
    """For each facet its values: name, display_name, count; the fullest first. Unknown facets are empty."""
    counts = counted(keys)
    made = {name: _facet(name, counts) for name in wanted}
    few = {name: [(v, c) for v, c in one.most_common() if c >= max(least, 1)] for name, one in made.items()}
    cut = {name: pairs[:most] if most >= 0 else pairs for name, pairs in few.items()}
    return {name: _displayed(name, pairs) for name, pairs in cut.items()}


def _facet(name: str, counts: dict[str, Counter[Any]]) -> Counter[str]:
    if name == "organization":
        paths = counts["organisation__path"]
        slugs = dict(Organisation.objects.filter(path__in=list(paths)).values_list("path", "slug"))
        return Counter({slugs[path]: count for path, count in paths.items() if path in slugs})
    if name == "groups":
        return _filled(counts["theme"])
    if name == "license_id":
        return _filled(counts["licence"])
    if name == "res_format":
        return _apart(counts["formats"])
    return _filled(counts["theme"]) + _filled(counts["year"]) if name == "tags" else Counter()


def _filled(counter: Counter[Any]) -> Counter[str]:
    return Counter({str(value): count for value, count in counter.items() if value})


def _apart(counter: Counter[str]) -> Counter[str]:
    each: Counter[str] = Counter()
    for formats, count in counter.items():
        each.update(dict.fromkeys(formats.upper().split(), count))
    return each


def _displayed(name: str, pairs: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    labels: Callable[[str], str] = str
    if name == "organization":
        named = dict(Organisation.objects.filter(slug__in=[v for v, _c in pairs]).values_list("slug", "name"))
        labels = named.__getitem__
    elif name == "groups":
        labels = _theme_label
    elif name == "license_id":
        labels = _licence_label
    return [{"name": value, "display_name": labels(value), "count": count} for value, count in pairs]


def _theme_label(value: str) -> str:
    return str(Theme(value).label)


def _licence_label(value: str) -> str:
    return title_of(Licence(value))


def _asked(tree: Node) -> Q:
    match tree:
        case lucene.Everything():
            return Q()
        case lucene.Not(part):
            return ~_asked(part) if not isinstance(part, lucene.Everything) else NOTHING
        case lucene.All(parts):
            return _all(parts)
        case lucene.Any(parts):
            return _any(parts)
        case lucene.Range():
            return _between(tree)
        case lucene.Term():
            return _fits(tree)
    raise BadQuery("syntax")


def _all(parts: Sequence[Node]) -> Q:
    made = Q()
    for part in parts:
        made &= _asked(part)
    return made


def _any(parts: Sequence[Node]) -> Q:
    if any(isinstance(part, lucene.Everything) for part in parts):
        return Q()
    made = NOTHING
    for part in parts:
        made |= _asked(part)
    return made


def _fits(term: Term) -> Q:
    if term.field.startswith("extras_"):
        return _extra(term.field.removeprefix("extras_"), term)
    if term.starts and not term.text:
        return Q()
    if term.field not in _FIELDS:
        raise BadQuery("an unknown field")
    return _FIELDS[term.field](term)


def _bare(term: Term) -> Q:
    return Q(pk__in=matching(term.text)) if any(sign.isalnum() for sign in term.text) else Q()


def _text_in(column: str) -> Callable[[Term], Q]:
    def fits(term: Term) -> Q:
        return Q(**{f"{column}__icontains": term.text})

    return fits


def _name(term: Term) -> Q:
    return Q(slug__startswith=term.text) if term.starts else Q(slug=term.text)


def _id(term: Term) -> Q:
    number = opened(Kind.DATASET, term.text)
    return NOTHING if number is None else Q(pk=number)


def _organisation(term: Term) -> Q:
    if term.starts:
        return Q(organisation__slug__startswith=term.text)
    organisation = organisation_named(term.text)
    return Q(organisation=organisation) if organisation else NOTHING


def _group(term: Term) -> Q:
    if term.starts:
        return Q(theme__startswith=term.text)
    theme = theme_named(term.text)
    return Q(theme=theme) if theme else NOTHING


def _tag(term: Term) -> Q:
    end = "startswith" if term.starts else "iexact"
    year = Q(year=term.text) if re.fullmatch(r"[0-9]{4}", term.text) else NOTHING
    return Q(**{f"theme__{end}": term.text}) | Q(**{f"village__{end}": term.text}) | year


def _format(term: Term) -> Q:
    return Q(formats__icontains=f" {term.text}" if term.starts else f" {term.text} ")


def _licence(term: Term) -> Q:
    return Q(licence__iexact=OLD_NAMES.get(term.text.lower(), term.text))


def _one_of(*values: str) -> Callable[[Term], Q]:
    def fits(term: Term) -> Q:
        return Q() if term.text.lower() in values else NOTHING

    return fits


def _extra(name: str, term: Term) -> Q:
    if name not in EXTRAS:
        return NOTHING
    if term.starts:
        return Q(**{f"{name}__istartswith": term.text}) & ~Q(**{name: ""})
    return Q(**{f"{name}__iexact": term.text})


def _exactly(column: str) -> Callable[[Term], Q]:
    def fits(term: Term) -> Q:
        return Q(**{column: _when(term.text)})

    return fits


def _between(asked: lucene.Range) -> Q:
    columns = {"metadata_modified": "changed", "metadata_created": "begun"}
    if asked.field not in columns:
        raise BadQuery("a range of something that is no moment")
    column, made = columns[asked.field], Q()
    if asked.begin != "*":
        made &= Q(**{f"{column}__{'gt' if 'from' in asked.without else 'gte'}": _when(asked.begin)})
    if asked.end != "*":
        made &= Q(**{f"{column}__{'lt' if 'to' in asked.without else 'lte'}": _when(asked.end)})
    return made


def _when(text: str) -> datetime:
    """A moment as Solr writes it, or as Python does; NOW, and NOW-7DAYS."""
    if relative := RELATIVE.match(text):
        minutes = int(relative[1] or 0) * LENGTHS.get(relative[2] or "", 0)
        if abs(minutes) > 100 * LENGTHS["YEAR"]:
            raise BadQuery("a moment too far away")
        return timezone.now() + timedelta(minutes=minutes)
    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):  # OverflowError: before the first year, or after the last
        raise BadQuery("a moment that is none") from None


def _order(part: str) -> Any:
    """An order for the database; None for the score."""
    name, _space, direction = part.strip().partition(" ")
    if direction.strip().lower() not in ("", "asc", "desc"):
        raise BadQuery("an order that is none")
    if name == "score":
        return None
    if name not in ORDERS:
        raise BadQuery("an unknown field to sort by")
    column = F(ORDERS[name])
    return column.desc() if direction.strip().lower() == "desc" else column.asc()


def _words(tree: Node) -> list[str]:
    """The bare words that are wanted."""
    if isinstance(tree, Term):
        return [tree.text] if not tree.field else []
    if isinstance(tree, lucene.All | lucene.Any):
        return [word for part in tree.parts for word in _words(part)]
    return []


_FIELDS: dict[str, Callable[[Term], Q]] = {
    "": _bare,
    "text": _bare,
    "name": _name,
    "id": _id,
    "title": _text_in("title"),
    "title_string": _text_in("title"),
    "notes": _text_in("description"),
    "tags": _tag,
    "groups": _group,
    "organization": _organisation,
    "owner_org": _organisation,
    "res_format": _format,
    "license_id": _licence,
    "metadata_modified": _exactly("changed"),
    "metadata_created": _exactly("begun"),
    "state": _one_of("active"),
    "private": _one_of("false"),
    "capacity": _one_of("public"),
    "type": _one_of("dataset"),
    "dataset_type": _one_of("dataset"),
    "entity_type": _one_of("package"),
}
