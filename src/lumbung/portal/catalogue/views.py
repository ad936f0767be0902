"""The public pages. Every route to a dataset passes `on_the_shelf`, so that a closed one is closed on all of them."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lumbung.portal.accounts.models import Organisation, OrganisationKind
from lumbung.portal.accounts.permissions import may
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.catalogue import feeds, queries, shelf
from lumbung.portal.catalogue.models import Dataset, Distribution
from lumbung.portal.catalogue.permissions import check_closes
from lumbung.portal.catalogue.village import figures_of
from lumbung.portal.catalogue.vocabulary import CONTENT_TYPES, ClosingGround

PER_PAGE = 20
LONGEST_QUESTION = 200
WITHOUT_ROWS = ("pdf", "png", "jpg")

DatasetView = Callable[..., HttpResponseBase]


def on_the_shelf(view: DatasetView) -> Callable[..., HttpResponseBase]:
    """Give the view the dataset named in the address; a closed one answers 410, all that is unknown the same 404."""

    @wraps(view)
    def answer(request: HttpRequest, slug: str, **rest: str) -> HttpResponseBase:
        found = queries.visible().filter(slug=slug).first()
        if found is None:
            return stone(request, get_object_or_404(Dataset, slug=slug))
        return _fresh(request, view(request, found, **rest))

    return require_safe(answer)


def stone(request: HttpRequest, dataset: Dataset) -> HttpResponse:
    """Why and since when, and nothing else: not the title, for the title may have been the trouble."""
    because = ClosingGround(dataset.ground).label if dataset.ground else ""
    response = render(request, "design/stone.html", {"because": because, "since": dataset.state_since}, status=410)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


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
    return _fresh(request, render(request, "catalogue/front.html", context))


@on_the_shelf
def dataset(request: HttpRequest, shown: Dataset) -> HttpResponseBase:
    """One dataset: what it is, its rows, its files, its releases."""
    releases = shown.releases.prefetch_related("distributions")
    context = {
        "dataset": shown,
        "releases": releases,
        "may_close": may(check_closes, request.user, shown),
        "described": feeds.described(request, shown, releases[0] if releases else None),
        **_table(request, shown),
    }
    return render(request, "catalogue/dataset.html", context)


@on_the_shelf
def preview(request: HttpRequest, shown: Dataset) -> HttpResponseBase:
    """A page of rows alone, to be put into the dataset's page."""
    return render(request, "catalogue/preview.html", {"dataset": shown, **_table(request, shown)})


@on_the_shelf
def download(request: HttpRequest, shown: Dataset, name: str) -> HttpResponseBase:
    """A rebuilt file as it lies on the shelf. Whoever gets its bytes stands in the record; a look at its headers is no
    download. A search engine is recorded as well: anybody can call himself one."""
    distribution = get_object_or_404(Distribution, name=name, release__dataset=shown)
    etag = f'"{distribution.sha256}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    if not shelf.stands(distribution):
        raise Http404
    if request.method == "GET":
        details = {"file": distribution.name, "digest": distribution.sha256}
        record_now(Kind.DOWNLOADED, by=actor_of(request), subject=shown.subject, **details)
    content_type = CONTENT_TYPES[distribution.format]
    response = StreamingHttpResponse(shelf.chunks(distribution, shown), content_type=content_type)
    response["Content-Length"] = str(distribution.size)
    response["Content-Disposition"] = f'attachment; filename="{distribution.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = etag
    return response


@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """What came out last, for feed readers."""
    return _fresh(request, feeds.feed_of_shelf(request))


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
    return _fresh(request, page)


def _fresh(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Nobody keeps a page or file without asking again: what is closed must be closed everywhere at once."""
    if not request.user.is_authenticated:
        response.headers.setdefault("Cache-Control", "no-cache")
    return response


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


def _table(request: HttpRequest, shown: Dataset) -> dict[str, object]:
    """The chosen table of the latest release and the chosen page of it."""
    latest = Distribution.objects.filter(release=shown.releases.first(), format="parquet")
    tables = [table for table in latest if shelf.stands(table)]
    if not tables:
        return {"tables": [], "table": None, "preview": None, "sheet": _sheet(shown)}
    chosen = min(_number(request, "tabel"), len(tables))
    table = tables[chosen - 1]
    rows = shelf.preview(shelf.path_of(table), page=_number(request, "halaman"))
    return {"tables": tables, "chosen": chosen, "table": table, "preview": rows}


def _sheet(shown: Dataset) -> Distribution | None:
    """The PDF or the picture that the latest release consists of."""
    latest = Distribution.objects.filter(release=shown.releases.first(), format__in=WITHOUT_ROWS).first()
    return latest if latest and shelf.stands(latest) else None


def _number(request: HttpRequest, key: str) -> int:
    """A number from 1 in the address; anything else is 1."""
    asked = request.GET.get(key, "")
    return max(1, int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 1
