"""The page of one dataset and everything that can be asked about it. Every route here passes `on_the_shelf`."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response

from lumbung.portal.accounts.permissions import may
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.catalogue import (
    asking,
    changes,
    citation,
    column_words,
    facts,
    feeds,
    picture,
    places,
    rows,
    sending,
    shelf,
    shown_chart,
    shown_table,
    snippets,
    usage,
)
from lumbung.portal.catalogue import dictionary as dictionaries
from lumbung.portal.catalogue.door import on_the_shelf
from lumbung.portal.catalogue.models import Dataset, Distribution, ReadKind, Release
from lumbung.portal.catalogue.permissions import check_closes
from lumbung.portal.catalogue.vocabulary import CONTENT_TYPES
from lumbung.rebuild.formulas import defused


@on_the_shelf
def dataset(request: HttpRequest, shown: Dataset) -> HttpResponseBase:
    """One dataset: what it is, its rows, its chart and its map, its files, its releases."""
    releases = list(shown.releases.prefetch_related("distributions"))
    newest = releases[0] if releases else None
    table = shown_table.table_of(request, shown, newest)
    context = {
        "dataset": shown,
        "releases": releases,
        "newest": newest,
        "may_close": may(check_closes, request.user, shown),
        "described": feeds.described(request, shown, newest, shown_table.columns_told(newest)),
        "picture": request.build_absolute_uri(reverse("catalogue:picture", args=[shown.slug])),
        **table,
        **_chart(request, table, whole=True),
        **_map(newest, table),
        **_for_programs(request, shown, newest, table),
    }
    return _pushed(request, shown, render(request, "catalogue/dataset.html", context))


@on_the_shelf
def preview(request: HttpRequest, shown: Dataset) -> HttpResponseBase:
    """A page of rows alone, to be put into the dataset's page."""
    table = shown_table.table_of(request, shown, shown.releases.first())
    usage.count_read(request, shown, ReadKind.TABLE)
    return _pushed(request, shown, render(request, "catalogue/preview.html", {"dataset": shown, **table}))


@on_the_shelf
def chart(request: HttpRequest, shown: Dataset) -> HttpResponseBase:
    """The chart alone, when it is scrolled into view or changed."""
    table = shown_table.table_of(request, shown, shown.releases.first())
    context = {"dataset": shown, **table, **_chart(request, table, whole=False)}
    answer = render(request, "catalogue/chart.html", context)
    return _pushed(request, shown, answer) if asking.asks_for_chart(request.GET) else answer


@on_the_shelf
def columns(request: HttpRequest, shown: Dataset) -> HttpResponseBase:
    """What the cells of each column have in common."""
    table = _table(request, shown)
    words = column_words.words_of_release(table.release)
    context = {"dataset": shown, "table": table, "facts": facts.facts_of(shelf.path_of(table), words)}
    page = "catalogue/columns.html" if request.headers.get("HX-Request") else "catalogue/columns_page.html"
    return render(request, page, context)


@on_the_shelf
def dictionary(request: HttpRequest, shown: Dataset, format: str) -> HttpResponseBase:
    """What every column means and is counted in, to be kept beside the data. No cell is in it: no download."""
    newest = shown.releases.first()
    tables = dictionaries.dictionary(newest)
    if format not in ("csv", "json") or not tables:
        raise Http404
    package = format == "json"
    content = dictionaries.as_package(request, shown, newest, tables) if package else dictionaries.as_csv(tables)
    response = HttpResponse(content, content_type=CONTENT_TYPES[format])
    response["Content-Disposition"] = f'attachment; filename="{shown.slug}-kamus.{format}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@on_the_shelf
def features(request: HttpRequest, shown: Dataset) -> HttpResponseBase:
    """What the map shows, as GeoJSON: a bounded part of what can be downloaded."""
    table = _table(request, shown)
    drawn = _geojson(table)
    found = places.of_geojson(shelf.path_of(drawn)) if drawn else places.of_table(shelf.path_of(table))
    if found is None:
        raise Http404
    usage.count_read(request, shown, ReadKind.MAP)
    told = {"shown": found.shown, "of": found.of, "without": found.without}
    return JsonResponse({**found.collection, "counts": told}, content_type=CONTENT_TYPES["geojson"])


@on_the_shelf
def change(request: HttpRequest, shown: Dataset, number: int) -> HttpResponseBase:
    """What a release changed of the one before it."""
    release = get_object_or_404(Release, dataset=shown, number=number)
    before = Release.objects.filter(dataset=shown, number__lt=number).first()
    pairs = _pairs(before, release) if before else []
    compared = [(new, changes.change(shelf.path_of(old), shelf.path_of(new)) if old else None) for old, new in pairs]
    context = {"dataset": shown, "release": release, "before": before, "compared": compared}
    page = "catalogue/change.html" if request.headers.get("HX-Request") else "catalogue/change_page.html"
    return render(request, page, context)


@on_the_shelf
def download(request: HttpRequest, shown: Dataset, name: str) -> HttpResponseBase:
    """A rebuilt file as it lies on the shelf."""
    return sending.sent(request, shown, get_object_or_404(Distribution, name=name, release__dataset=shown))


@on_the_shelf
def newest(request: HttpRequest, shown: Dataset, format: str) -> HttpResponseBase:
    """The same file of the newest release, at an address that stays: for programs and for links."""
    files = Distribution.objects.filter(release=shown.releases.first(), format=format, part="")
    number = asking.number(request.GET, "tabel")
    chosen = list(files[number - 1 : number])
    if not chosen:
        raise Http404
    return sending.sent(request, shown, chosen[0])


@on_the_shelf
def narrowed(request: HttpRequest, shown: Dataset) -> HttpResponseBase:
    """The rows that fit a question, as CSV in the order of the file. It stands in the record like any download; what
    was asked does not."""
    table = _table(request, shown)
    question = asking.question(request.GET)
    if request.method == "GET":
        of = {"file": table.name, "digest": table.sha256}
        record_now(Kind.DOWNLOADED, by=actor_of(request), subject=shown.subject, narrowed=question.narrows, **of)
    response = StreamingHttpResponse(_lines(table, shown, question), content_type=CONTENT_TYPES["csv"])
    response["Content-Disposition"] = f'attachment; filename="{shown.slug}-tersaring.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@on_the_shelf
def drawn(request: HttpRequest, shown: Dataset) -> HttpResponseBase:
    """The picture that stands for the dataset where its address is shared."""
    release = shown.releases.first()
    etag = f'"{picture.version_of(shown, release)}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    response = HttpResponse(picture.draw(shown, release), content_type="image/png")
    response["ETag"] = etag
    return response


def _lines(table: Distribution, shown: Dataset, question: rows.Question) -> Iterator[bytes]:
    """CSV in pieces, asking before each whether the dataset is still open; ClosedWhileSending if not."""
    for number, piece in enumerate(rows.pieces(shelf.path_of(table), question)):
        if not shelf.still_open(table, shown):
            raise shelf.ClosedWhileSending
        yield defused(piece).write_csv(include_header=number == 0, line_terminator="\r\n").encode()


def _table(request: HttpRequest, shown: Dataset) -> Distribution:
    """The chosen table of the newest release; 404 where there is none."""
    tables = shown_table.tables_of(shown.releases.first())
    if not tables:
        raise Http404
    return tables[min(asking.number(request.GET, "tabel"), len(tables)) - 1]


def _geojson(table: Distribution) -> Distribution | None:
    """The GeoJSON of the same table."""
    same = Distribution.objects.filter(release=table.release_id, format="geojson", position=table.position).first()
    return same if same and shelf.stands(same) else None


def _pairs(before: Release, release: Release) -> list[tuple[Distribution | None, Distribution]]:
    """Each table of a release with the one at its place in the release before."""
    earlier = {table.position: table for table in shown_table.tables_of(before)}
    return [(earlier.get(table.position), table) for table in shown_table.tables_of(release)]


def _chart(request: HttpRequest, table: dict[str, object], *, whole: bool) -> dict[str, object]:
    """The chart of the chosen table. The whole page leaves it for later unless the address asks for it."""
    chosen = table["table"]
    if not isinstance(chosen, Distribution):
        return {}
    if whole and not asking.asks_for_chart(request.GET):
        return {"chart_later": shown_chart.worth_asking(chosen)}
    return shown_chart.chart_of(request, chosen)


def _map(newest: Release | None, table: dict[str, object]) -> dict[str, object]:
    """Whether the table can stand on a map, and what is missing where it cannot."""
    chosen = table["table"]
    if newest is None or not isinstance(chosen, Distribution):
        return {}
    return shown_table.map_of(chosen, _geojson(chosen))


def _for_programs(
    request: HttpRequest, shown: Dataset, newest: Release | None, table: dict[str, object]
) -> dict[str, object]:
    """Lines to copy, and how to cite."""
    if newest is None:
        return {}
    page = request.build_absolute_uri(shown.get_absolute_url())
    said: dict[str, object] = {
        "citation": citation.sentence(shown, newest, address=page),
        "bibtex": citation.bibtex(shown, newest, address=page),
    }
    chosen = table["table"]
    if isinstance(chosen, Distribution):
        number = table["chosen"]
        query = f"?tabel={number}" if number != 1 else ""
        address = request.build_absolute_uri(reverse("catalogue:newest", args=[shown.slug, "csv"])) + query
        said |= {"snippets": snippets.snippets(address, columns=shown_table.columns_of_file(chosen))}
        said |= {"newest_address": address}
    return said


def _pushed(request: HttpRequest, shown: Dataset, response: HttpResponse) -> HttpResponse:
    """A part that was put into the page puts its own question into the address bar."""
    if request.headers.get("HX-Request"):
        response["HX-Push-Url"] = shown.get_absolute_url() + asking.changed(request.GET, {})
    return response
