"""The public pages that are of no single dataset: the front page, a village, and what machines read."""

from dataclasses import replace

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lumbung.portal.accounts.models import Organisation, OrganisationKind
from lumbung.portal.catalogue import feeds, queries
from lumbung.portal.catalogue.door import fresh, on_the_shelf
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.catalogue.village import figures_of
from lumbung.portal.catalogue.vocabulary import ClosingGround

PER_PAGE = 20
LONGEST_QUESTION = 200


@require_safe
def front(request: HttpRequest) -> HttpResponseBase:
    """The front page of the portal: search, what is new, who gave it."""
    wish = _wish(request)
    spread = queries.spread(wish)
    page = Paginator(spread.keys, PER_PAGE).get_page(request.GET.get("page"))
    by_key = queries.visible().in_bulk(list(page.object_list))
    narrowed = wish != queries.Wish()
    context = {
        "wish": wish,
        "page": page,
        "datasets": [by_key[key] for key in page.object_list if key in by_key],
        "facets": _facets(request, spread.facets),
        "figures": None if narrowed else queries.figures(),
        "narrowed": narrowed,
        "suggestion": queries.suggestion(wish) if wish.words and not by_key else "",
    }
    return fresh(request, render(request, "catalogue/front.html", context))


@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """What came out last, for feed readers."""
    return fresh(request, feeds.feed_of_shelf(request))


@on_the_shelf
def dataset_feed(request: HttpRequest, shown: Dataset) -> HttpResponseBase:
    """The releases of one dataset, for feed readers."""
    return feeds.feed_of_dataset(request, shown)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may fetch: every public page; where the list of them stands."""
    listed = request.build_absolute_uri(reverse("catalogue:sitemaps"))
    return HttpResponse(f"User-agent: *\nDisallow: /meja/\nSitemap: {listed}\n", content_type="text/plain")


@require_safe
def village(request: HttpRequest, kode: str) -> HttpResponseBase:
    """A village: its newest figures, where they come from, what may be taken along. 410 while they are closed."""
    place = get_object_or_404(Organisation, kode=kode, kind=OrganisationKind.VILLAGE)
    shown = queries.statistics_of(kode).first()
    closed = None if shown else queries.closed_statistics_of(kode)
    context = {
        "village": place,
        "above": Organisation.objects.get_parent(place),
        "dataset": shown,
        "figures": figures_of(shown) if shown else None,
        "closed": closed,
        "because": ClosingGround(closed.ground).label if closed and closed.ground else "",
    }
    page = render(request, "catalogue/village.html", context, status=410 if closed else 200)
    return fresh(request, page)


def _wish(request: HttpRequest) -> queries.Wish:
    def asked(key: str) -> str:
        return request.GET.get(key, "")[:LONGEST_QUESTION].replace("\0", "").strip()

    return queries.Wish(
        words=asked("q"),
        organisation=asked("organisasi"),
        theme=asked("tema"),
        year=asked("tahun"),
        licence=asked("lisensi"),
        frequency=asked("kekerapan"),
    )


def _facets(request: HttpRequest, facets: dict[str, list[queries.Facet]]) -> list[dict[str, object]]:
    """Each group with its title, and for each value the address that chooses it, or that lets go of it again."""
    titles = {
        "tema": _("Tema"),
        "organisasi": _("Organisasi"),
        "tahun": _("Tahun"),
        "lisensi": _("Lisensi"),
        "kekerapan": _("Kekerapan"),
    }
    groups: list[dict[str, object]] = []
    for key, values in facets.items():
        chosen = request.GET.get(key, "")
        if len(values) < 2 and not chosen:  # it narrows nothing
            continue
        linked = [replace(one, address=_address(request, key, one.value, chosen)) for one in values]
        groups.append({"title": titles[key], "values": linked, "chosen": chosen})
    return groups


def _address(request: HttpRequest, key: str, value: str, chosen: str) -> str:
    parts = request.GET.copy()
    parts.pop("page", None)
    parts[key] = value
    if value == chosen:
        del parts[key]
    return f"?{parts.urlencode()}"
