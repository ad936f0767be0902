"""The public pages of places: every village, each village, district and regency. Nothing on them is kept."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lumbung.portal.accounts.models import Organisation, OrganisationKind
from lumbung.portal.accounts.permissions import may
from lumbung.portal.catalogue import locating, place_queries, queries, rolling_up, stories
from lumbung.portal.catalogue.budget import budget_of
from lumbung.portal.catalogue.door import fresh
from lumbung.portal.catalogue.facilities import facilities_of
from lumbung.portal.catalogue.models import PlacePage
from lumbung.portal.catalogue.offers import offers_of
from lumbung.portal.catalogue.permissions import check_tells
from lumbung.portal.catalogue.village import figures_of
from lumbung.portal.catalogue.vocabulary import ClosingGround

PER_PAGE = 100
MOST_DATASETS = 10
LONGEST_QUESTION = 100


@require_safe
def villages(request: HttpRequest) -> HttpResponseBase:
    """Every village of the portal, by kode, with what it has delivered; by name or kode where one is asked for."""
    asked = request.GET.get("q", "")[:LONGEST_QUESTION].replace("\0", "").strip()
    found = Organisation.objects.filter(kind=OrganisationKind.VILLAGE).exclude(kode="").order_by("kode")
    if asked:
        found = found.filter(Q(name__icontains=asked) | Q(kode__startswith=asked))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    listed = list(page.object_list)
    parents = {village.path[: -place_queries.STEP] for village in listed}
    names = dict(Organisation.objects.filter(path__in=parents).values_list("path", "name"))
    delivered = place_queries.delivered()
    lines = [(one, names.get(one.path[: -place_queries.STEP], ""), one.kode in delivered) for one in listed]
    regencies = Organisation.objects.filter(kind=OrganisationKind.REGENCY).exclude(kode="").order_by("kode")
    context = {"asked": asked, "page": page, "lines": lines, "regencies": regencies, "delivered": len(delivered)}
    part = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]  # django-htmx's own
    answer = render(request, f"catalogue/{'villages_found' if part else 'villages'}.html", context)
    answer["Vary"] = "HX-Request"
    return fresh(request, answer)


@require_safe
def village(request: HttpRequest, kode: str) -> HttpResponseBase:
    """A village: its newest figures, its budget, what it offers, its neighbours, its data. 410 while the figures are
    closed."""
    place = get_object_or_404(Organisation, kode=kode, kind=OrganisationKind.VILLAGE)
    shown = queries.statistics_of(kode).first()
    closed = None if shown else queries.closed_statistics_of(kode)
    context = {
        **_place(request, place),
        "village": place,
        "dataset": shown,
        "figures": figures_of(shown) if shown else None,
        "closed": closed,
        "because": ClosingGround(closed.ground).label if closed and closed.ground else "",
        "offers": offers_of(place),
        "facilities": facilities_of(place),
        **_around(place),
    }
    page = render(request, "catalogue/village.html", context, status=410 if closed else 200)
    return fresh(request, page)


@require_safe
def district(request: HttpRequest, kode: str) -> HttpResponseBase:
    """A district: its villages side by side, and what they printed added up."""
    place = get_object_or_404(Organisation, kode=kode, kind=OrganisationKind.DISTRICT)
    below = list(place_queries.villages_below(place))
    rolled = rolling_up.of_villages([one.kode for one in below])
    context = {**_place(request, place), "rolled": rolled, "lines": rolling_up.lines(below, rolled.shown)}
    return fresh(request, render(request, "catalogue/region.html", context))


@require_safe
def regency(request: HttpRequest, kode: str) -> HttpResponseBase:
    """A regency: its districts, and what all villages printed added up."""
    place = get_object_or_404(Organisation, kode=kode, kind=OrganisationKind.REGENCY)
    below = list(place_queries.villages_below(place))
    rolled = rolling_up.of_many([one.kode for one in below])
    context = {**_place(request, place), "rolled": rolled, "progress": stories.progress(place, below, rolled)}
    return fresh(request, render(request, "catalogue/region.html", context))


def _place(request: HttpRequest, place: Organisation) -> dict[str, object]:
    """What every place has: what it stands in, its own words, its budget, its data, what it pinned."""
    about = place_queries.datasets_about(place)
    return {
        "place": place,
        "trail": place_queries.above(place),
        "shut": queries.closing_over(place),
        "office": PlacePage.objects.filter(organisation=place).first(),
        "budget": budget_of(place),
        "pinned": list(place_queries.pinned_of(place)),
        "datasets": about[:MOST_DATASETS],
        "may_tell": may(check_tells, request.user, place),
    }


def _around(place: Organisation) -> dict[str, object]:
    """The villages of the same district, compared, and where the village is among those of the regency."""
    above = place_queries.above(place)
    if not above:
        return {"neighbours": [], "locator": None}
    beside = list(place_queries.villages_below(above[-1]).exclude(kode=""))
    shown = place_queries.shown_of([one.kode for one in beside])
    points = place_queries.points_below(above[0])
    return {"neighbours": rolling_up.lines(beside, shown), "locator": locating.locate(place.kode, points)}
