"""What stands behind the addresses of rows. A page counts as read; whatever is taken whole stands in the record."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict, StreamingHttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response

from lumbung.api.data import asking, cursor, grouping, writing
from lumbung.api.data.describing import about_dataset
from lumbung.api.data.door import for_programs, of_dataset, stone
from lumbung.api.data.negotiating import form_of
from lumbung.api.data.openapi import document
from lumbung.api.data.problems import Problem
from lumbung.api.data.tables import Table, table_of
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.catalogue import shelf, usage
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.catalogue.opened import opened
from lumbung.portal.catalogue.picking import Page, Picked

MOST_CELLS = 1_000_000  # of one page


@for_programs
def openapi(request: HttpRequest) -> HttpResponseBase:
    """The whole interface as OpenAPI 3.1."""
    return JsonResponse(document(request.build_absolute_uri("/")))


@for_programs
def nothing(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Every other address below: not there, told in the same shape."""
    raise Problem("unknown", status=404)


@of_dataset
def about(request: HttpRequest, shown: Dataset) -> HttpResponseBase:
    """The tables of a release, their columns and where their rows are."""
    asking.check_known(request.GET)
    release = asking.number(request.GET, "release", least=1, most=999_999)
    return JsonResponse(about_dataset(request, shown, release))


@of_dataset
def rows(request: HttpRequest, shown: Dataset, number: int) -> HttpResponseBase:
    """A page of rows."""
    asking.check_known(request.GET)
    form, limit = form_of(request, usual="json"), asking.limit_of(request.GET)
    begin = _begin(request.GET)
    table = table_of(shown, number=number, release=begin.release if begin else _release(request.GET))
    path = table.path
    asked = asking.asked_of(request.GET, opened(path).schema)
    first = _first(begin, asked.digest)
    counted = asking.flag(request.GET, "count")
    etag = _etag(table, asked.digest, form, first, limit, counted)
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    picked = Picked(path, asked.picked)
    page = picked.walk(first=first, most=min(limit, _rows_of_width(table, asked)))
    found = picked.found if counted or not (asked.filters or asked.words) else None
    usage.count_soon(request, shown)
    return _answered(request, table, page, form, digest=asked.digest, etag=etag, found=found)


@of_dataset
def groups(request: HttpRequest, shown: Dataset, number: int) -> HttpResponseBase:
    """A page of groups of rows."""
    query = request.GET
    asking.check_known(query, "by", "measure")
    form, limit, begin = form_of(request, usual="json"), asking.limit_of(query), _begin(query)
    table = table_of(shown, number=number, release=begin.release if begin else _release(query))
    schema = opened(table.path).schema
    asked = asking.asked_of(_without(query, "sort", "select"), schema)
    chosen = grouping.grouping_of(query, schema)
    digest = hashlib.sha256(repr((asked.digest, chosen)).encode()).hexdigest()[:16]
    first = _first(begin, digest)
    etag = _etag(table, digest, form, first, limit, False)
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    page = grouping.groups(Picked(table.path, asked.picked), chosen, first=first, limit=limit)
    usage.count_soon(request, shown)
    return _answered(request, table, page, form, digest=digest, etag=etag, found=None)


@of_dataset
def dump(request: HttpRequest, shown: Dataset, number: int) -> HttpResponseBase:
    """All rows that fit, in the order of the file: a download like any other."""
    query = request.GET
    asking.check_known(query)
    if any(name in query for name in ("sort", "limit", "cursor", "count")):
        raise Problem("unknown-parameter")
    form = form_of(request, usual="csv")
    table = table_of(shown, number=number, release=_release(query))
    asked = asking.asked_of(query, opened(table.path).schema)
    etag = _etag(table, asked.digest, form, 0, 0, False)
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    if request.method == "HEAD":
        return _named(HttpResponse(content_type=writing.CONTENT_TYPES[form]), table, form, etag)
    of = {"file": table.file.name, "digest": table.file.sha256}
    record_now(Kind.DOWNLOADED, by=actor_of(request), subject=shown.subject, narrowed=asked.narrows, form=form, **of)
    pieces = writing.stream(_while_open(table, Picked(table.path, asked.picked).pieces()), form)
    return _named(StreamingHttpResponse(pieces, content_type=writing.CONTENT_TYPES[form]), table, form, etag)


def _rows_of_width(table: Table, asked: asking.Asked) -> int:
    """How many rows a page may have, so that it stays small in memory however wide the table is."""
    return max(1, MOST_CELLS // (len(asked.select) or table.file.columns or 1))


def _while_open(table: Table, pieces: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Asks before each piece goes on its way; ClosedWhileSending if it may not."""
    for piece in pieces:
        if not table.open:
            raise shelf.ClosedWhileSending
        yield piece


def _begin(query: QueryDict) -> cursor.Cursor | None:
    text = query.get("cursor")
    return cursor.read(text) if text is not None else None


def _first(begin: cursor.Cursor | None, digest: str) -> int:
    if begin is None:
        return 0
    if begin.digest != digest:
        raise Problem("bad-cursor", parameter="cursor")
    return begin.first


def _release(query: QueryDict) -> int | None:
    return asking.number(query, "release", least=1, most=999_999)


def _without(query: QueryDict, *names: str) -> QueryDict:
    rest = query.copy()
    for name in names:
        rest.pop(name, None)
    return rest


def _etag(table: Table, *asked: object) -> str:
    """Known without reading a row: the file's digest, and what is asked of it."""
    said = json.dumps([table.file.sha256, *asked])
    return f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'


def _answered(
    request: HttpRequest, table: Table, page: Page, form: str, *, digest: str, etag: str, found: int | None
) -> HttpResponseBase:
    """The page, unless what it came from was closed while it was read."""
    if not table.open:
        return stone(table.dataset.slug)
    following = _following(request, table, page, digest)
    body = writing.whole(page.rows, form)
    if form == "json":
        columns = [{"name": name, "type": writing.type_of(kind)} for name, kind in page.rows.schema.items()]
        said: dict[str, Any] = {"dataset": table.dataset.slug, "release": table.release, "table": table.number}
        head = json.dumps({**said, "columns": columns, "found": found, "next": following or None}, ensure_ascii=False)
        body = head[:-1].encode() + b', "rows": ' + body + b"}"
    response = HttpResponse(body, content_type=writing.CONTENT_TYPES[form])
    response["ETag"] = etag
    links = [f'<{reverse("data:openapi")}>; rel="service-desc"']
    response["Link"] = ", ".join([f'<{following}>; rel="next"', *links] if following else links)
    response["Vary"] = "Accept"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _following(request: HttpRequest, table: Table, page: Page, digest: str) -> str:
    """The whole address of the next page, "" where there is none."""
    if page.following is None:
        return ""
    query = _without(request.GET, "cursor", "release", "count")
    query["cursor"] = str(cursor.Cursor(release=table.release, first=page.following, digest=digest))
    return f"{request.build_absolute_uri(request.path)}?{query.urlencode()}"


def _named(response: HttpResponseBase, table: Table, form: str, etag: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="{table.dataset.slug}-{table.number}.{form}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Vary"] = "Accept"
    response["ETag"] = etag
    return response
