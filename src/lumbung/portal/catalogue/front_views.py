"""The front page: finding, with everything asked for in the address; the same page in parts for who is typing.

A browser without JavaScript sends the form and gets the whole page; htmx asks for the results alone.
"""

from dataclasses import replace
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.catalogue import filling, finding, queries, stories
from lumbung.portal.catalogue.door import fresh
from lumbung.portal.catalogue.finding import Facet, Spread, Wish
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.catalogue.spelling import corrected
from lumbung.portal.catalogue.vocabulary import Theme

PER_PAGE = 20
LONGEST_QUESTION = 200
NAMES = {
    "q": "words",
    "organisasi": "organisation",
    "wilayah": "region",
    "tema": "theme",
    "tahun": "year",
    "format": "format",
    "lisensi": "licence",
    "kekerapan": "frequency",
    "urut": "order",
}
"""How each field of a wish is called in an address."""
TITLES: dict[str, str | Promise] = {
    "q": _("Kata"),
    "tema": _("Tema"),
    "organisasi": _("Organisasi"),
    "wilayah": _("Wilayah"),
    "tahun": _("Tahun"),
    "format": _("Format"),
    "lisensi": _("Lisensi"),
    "kekerapan": _("Kekerapan"),
}
ORDERS: tuple[tuple[str, str | Promise], ...] = (
    ("", _("Paling cocok")),
    (finding.NEWEST, _("Terbaru")),
    (finding.USED, _("Paling sering diunduh")),
    (finding.TITLE, _("Judul A–Z")),
)


@require_safe
def front(request: HttpRequest) -> HttpResponseBase:
    """The front page of the portal: search, live pictures, what is new."""
    wish = wish_of(request)
    narrowed = bool(wish.narrows())
    spread, meant = _spread(wish)
    page: Page[int] = Paginator(spread.keys, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "wish": wish,
        "narrowed": narrowed,
        "meant": meant,
        "page": page,
        "datasets": _datasets(page),
        "facets": _facets(request, spread.facets),
        "chips": _chips(request, spread),
        "orders": _orders(request, wish),
        "looser": [] if spread.keys else _looser(request, wish),
        "asked": [(name, request.GET[name]) for name in NAMES if name != "q" and request.GET.get(name)],
        **_shut(wish),
    }
    if not narrowed:
        context |= {
            "figures": {
                "datasets": len(spread.keys),
                "organisations": spread.organisations,
                "rows": queries.rows_of_all(),
            },
            "stories": stories.of_the_regency(),
            "filling": filling.under_way(),
        }
    part = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]  # django-htmx's own
    answer = render(request, "catalogue/results.html" if part else "catalogue/front.html", context)
    patch_vary_headers(answer, ["HX-Request"])
    return fresh(request, answer)


def _shut(wish: Wish) -> dict[str, object]:
    """That the organisation somebody asks for is closed, and by what: otherwise it looks as though it had nothing."""
    asked = Organisation.objects.filter(slug=wish.organisation).first() if wish.organisation else None
    return {"shut": queries.closing_over(asked), "shut_name": asked.name} if asked else {}


def wish_of(request: HttpRequest) -> Wish:
    """What the address asks for."""
    asked = {
        field: request.GET.get(name, "")[:LONGEST_QUESTION].replace("\0", "").strip() for name, field in NAMES.items()
    }
    return Wish(**asked)


def _spread(wish: Wish) -> tuple[Spread, str]:
    """What was found, or else what is found for the same words without their slips, and those words."""
    spread = finding.spread(wish)
    meant = corrected(wish.words) if wish.words and not spread.keys else ""
    if not meant:
        return spread, ""
    instead = finding.spread(replace(wish, words=meant))
    return (instead, meant) if instead.keys else (spread, "")


def _datasets(page: Page[int]) -> list[tuple[Dataset, str]]:
    """The page's datasets, each with the word for its theme."""
    by_key = queries.shown(page.object_list)
    words = {theme.value: str(theme.label) for theme in Theme}
    return [(by_key[key], words.get(by_key[key].theme, "")) for key in page.object_list if key in by_key]


def _facets(request: HttpRequest, facets: dict[str, list[Facet]]) -> list[dict[str, object]]:
    """Each group with its title, and for each value the address that chooses it, or that lets go of it again."""
    groups: list[dict[str, object]] = []
    for key, values in facets.items():
        chosen = request.GET.get(key, "")
        if len(values) < 2 and not chosen:  # it narrows nothing
            continue
        others = _others(request, key)
        linked = [replace(one, address=_chosen(others, key, one.value, chosen)) for one in values]
        groups.append({"key": key, "title": TITLES[key], "values": linked, "chosen": chosen})
    return groups


def _chips(request: HttpRequest, spread: Spread) -> list[dict[str, object]]:
    """One for each thing that narrows: its title, its word, and the address without it."""
    chips: list[dict[str, object]] = []
    for key, title in TITLES.items():
        if value := request.GET.get(key, ""):
            words = {one.value: one.label for one in spread.facets.get(key, [])}
            label = words.get(value, value[:LONGEST_QUESTION])
            chips.append({"title": title, "label": label, "address": _address(request, key, value, value)})
    return chips


def _orders(request: HttpRequest, wish: Wish) -> list[dict[str, object]]:
    choices = ORDERS if wish.words else ORDERS[1:]
    known = [value for value, _label in choices]
    chosen = wish.order if wish.order in known else known[0]
    return [
        {"label": label, "address": _address(request, "urut", value, None), "chosen": value == chosen}
        for value, label in choices
    ]


def _looser(request: HttpRequest, wish: Wish) -> list[dict[str, object]]:
    """What to let go of where nothing was found: its title, what is found then, the address without it."""
    by_field = {field: name for name, field in NAMES.items()}
    return [
        {"title": TITLES[by_field[field]], "count": count, "address": _address(request, by_field[field], "", "")}
        for field, count in finding.without(wish)
    ]


def _address(request: HttpRequest, key: str, value: str, chosen: str | None) -> str:
    """This address with the value chosen, or, where it is chosen already, without it; always from the first page."""
    return _chosen(_others(request, key), key, value, chosen)


def _others(request: HttpRequest, key: str) -> str:
    """What the address asks for besides, as it is written there."""
    return urlencode([(name, value) for name, value in request.GET.items() if name not in ("page", key)])


def _chosen(others: str, key: str, value: str, chosen: str | None) -> str:
    asked = "" if value == chosen or not value else urlencode({key: value})
    parts = [part for part in (others, asked) if part]
    return f"/?{'&'.join(parts)}" if parts else "/"
