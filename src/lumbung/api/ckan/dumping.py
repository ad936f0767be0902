"""`/datastore/dump/<id>`: all rows of a resource, or those asked for, as csv, tsv, json or xml, a piece at a time.

Before each piece the shelf is asked whether the dataset is still open. It stands in the record like any download.
"""

import json
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import polars as pl
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from lumbung.api.ckan.arguments import Given, given, number, text, yes
from lumbung.api.ckan.caller import caller_of
from lumbung.api.ckan.failures import NotThere, wrong
from lumbung.api.ckan.identifiers import Kind, opened
from lumbung.api.ckan.tables import fields_of, pick, table_named, without_number
from lumbung.api.ckan.views import in_ckans_shape
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.kinds import Kind as Act
from lumbung.portal.catalogue import shelf
from lumbung.portal.catalogue.door import fresh, stone
from lumbung.portal.catalogue.models import Dataset, Distribution
from lumbung.portal.catalogue.picking import Picked
from lumbung.portal.services.access_log import ABOUT
from lumbung.rebuild.formulas import defused

BOM = "\ufeff"
TYPES = {"csv": "text/csv", "tsv": "text/tab-separated-values", "json": "application/json", "xml": "text/xml"}


@in_ckans_shape
@require_safe
def dump(request: HttpRequest, number_: str) -> HttpResponseBase:
    """The rows as a file. A closed dataset answers 410 as on its page, everything else that is not there 404."""
    told = given(request, largest=0)
    try:
        dataset, table = table_named(number_)
    except NotThere:
        return _stone(request, number_)
    request.META[ABOUT] = dataset.get_absolute_url()
    format_ = text(told, "format").lower() or "csv"
    if format_ not in TYPES:
        raise wrong("format", "Must be one of: csv, tsv, json, xml")
    picked = pick(table, told)
    first = number(told, "offset", default=0, most=2**40)
    most = number(told, "limit", default=picked.found, most=2**40)
    if request.method == "GET":
        of: dict[str, Any] = {"file": table.name, "digest": table.sha256, "narrowed": picked.found != table.rows}
        record_now(Act.DOWNLOADED, by=caller_of(request).by, subject=dataset.subject, **of)
    lines = _lines(picked, told, format_, first=first, most=most, of=(dataset, table))
    return fresh(request, _sent(lines, name=f"{number_}.{format_}", type_=TYPES[format_]))


def _stone(request: HttpRequest, number_: str) -> HttpResponseBase:
    pk = opened(Kind.RESOURCE, number_)
    closed = Dataset.objects.filter(pk=pk).first() if pk is not None else None
    if closed is None:
        raise NotThere
    return stone(request, closed)


def _sent(lines: Iterator[bytes], *, name: str, type_: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=f"{type_}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _lines(
    picked: Picked, told: Given, format_: str, *, first: int, most: int, of: tuple[Dataset, Distribution]
) -> Iterator[bytes]:
    """The file in pieces; ClosedWhileSending where the dataset is closed before its end."""
    dataset, table = of
    begun = False
    for page in picked.pages(first=first, most=most):
        if not shelf.still_open(table, dataset):
            raise shelf.ClosedWhileSending
        piece = without_number(page, told)
        if not begun:
            yield _head(picked, piece, format_, bom=yes(told, "bom"))
        yield _body(piece, format_, begun=begun)
        begun = True
    yield {"json": "\n]}\n", "xml": "</data>\n"}.get(format_, "").encode()


def _head(picked: Picked, piece: pl.DataFrame, format_: str, *, bom: bool) -> bytes:
    begin = BOM if bom else ""
    if format_ == "json":
        fields = fields_of(picked, numbered=piece.columns != picked.columns)
        return f'{begin}{{\n  "fields": {_compact(fields)},\n  "records": ['.encode()
    if format_ == "xml":
        return f"{begin}<data>\n".encode()
    header = defused(piece.head(0))
    return begin.encode() + header.write_csv(separator="," if format_ == "csv" else "\t").encode()


def _body(piece: pl.DataFrame, format_: str, *, begun: bool) -> bytes:
    if format_ == "json":
        rows = ",\n    ".join(_compact(list(row)) for row in piece.iter_rows())
        return (f"{',' if begun else ''}\n    {rows}" if rows else "").encode()
    if format_ == "xml":
        return "".join(_xml(row) for row in piece.iter_rows(named=True)).encode()
    return defused(piece).write_csv(include_header=False, separator="," if format_ == "csv" else "\t").encode()


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def _xml(row: dict[str, Any]) -> str:
    """A row as CKAN has it: its number as an attribute, each column an element; a header that is none has its name
    in an attribute."""
    number_ = row.pop("_id", None)
    cells = "".join(_element(name, cell) for name, cell in row.items())
    return f"<row{'' if number_ is None else f' _id={quoteattr(str(number_))}'}>{cells}</row>\n"


def _element(name: str, cell: object) -> str:
    named = name if name.isidentifier() and name.isascii() else "value"
    attribute = "" if named == name else f" name={quoteattr(_legal(name))}"
    if cell is None:
        return f'<{named}{attribute} xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
    return f"<{named}{attribute}>{escape(_legal(str(cell)))}</{named}>"


def _legal(text_: str) -> str:
    """Without the signs that XML 1.0 cannot hold."""
    return "".join(sign for sign in text_ if sign in "\t\n\r" or (sign >= " " and sign not in "\ufffe\uffff"))
