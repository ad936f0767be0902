"""Rows of a resource as CKAN's datastore gives them: https://docs.ckan.org/en/2.11/maintaining/datastore.html

The rows are those of the Parquet file of the newest open release; asking is `catalogue.picking`'s. Types are those of
PostgreSQL under the names that clients know.
"""

import io
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import polars as pl

from lumbung.api.ckan import identifiers
from lumbung.api.ckan.arguments import Given, dictionary, names, needed, number, parsed, text, yes
from lumbung.api.ckan.caller import Caller
from lumbung.api.ckan.failures import NotThere, wrong
from lumbung.api.ckan.packages import has_rows, resource_id
from lumbung.api.shelved import dataset_with, files_of
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.catalogue import shelf
from lumbung.portal.catalogue.models import Dataset, Distribution
from lumbung.portal.catalogue.opened import opened
from lumbung.portal.catalogue.picking import (
    NUMBER,
    OF_TEXT,
    Asked,
    Condition,
    Order,
    Picked,
    Test,
    UnknownColumn,
    WrongValue,
)
from lumbung.portal.catalogue.usage import count_soon
from lumbung.portal.services.access_log import ABOUT
from lumbung.rebuild.formulas import defused

MOST_ROWS = 32_000
PAGE_ROWS = 1_000  # a larger answer is a download and stands in the record as one
MOST_FILTERS = 100
FORMATS = ("objects", "lists", "csv", "tsv")
RANGES = {test.value: test for test in Test if test not in OF_TEXT}


def datastore_search(caller: Caller, told: Given) -> dict[str, object]:
    """Search a resource's rows: resource_id, filters, q, full_text, distinct, fields, sort, limit (100, at most
    32000), offset, include_total, records_format (objects, lists, csv, tsv). Words are found in any part of a cell."""
    number_ = needed(told, "resource_id", "id")
    dataset, table = table_named(number_)
    picked = pick(table, told)
    limit = number(told, "limit", default=100, most=MOST_ROWS)
    offset = number(told, "offset", default=0, most=2**40)
    rows = without_number(picked.page(first=offset, most=limit), told)
    if not shelf.still_open(table, dataset):
        raise _no_resource(number_)
    note(caller, dataset, table, rows=rows.height, narrowed=bool(told.get("filters") or told.get("q")))
    format_ = text(told, "records_format") or "objects"
    return {
        "fields": fields_of(picked, numbered=NUMBER in rows.columns),
        **_echoed(told, number_, limit=limit, offset=offset, format_=format_),
        "records": records(rows, format_),
        "_links": _links(told, number_, limit=limit, offset=offset),
        **({"total": picked.found, "total_was_estimated": False} if yes(told, "include_total", default=True) else {}),
    }


def datastore_info(caller: Caller, told: Given) -> dict[str, object]:
    """Return how many rows a resource has, and its columns with their types."""
    number_ = needed(told, "id", "resource_id")
    _dataset, table = table_named(number_)
    schema = opened(shelf.path_of(table)).schema
    about = {"count": table.rows, "table_type": "BASE TABLE", "size": table.size, "db_size": table.size}
    return {
        "meta": {"id": number_, **about, "idx_size": 0, "aliases": []},
        "fields": [{"id": name, "type": type_of(kind), "schema": _schema(kind)} for name, kind in schema.items()],
    }


def pick(table: Distribution, told: Given) -> Picked:
    """The rows that are asked for. Raise Invalid where a column is unknown or a value does not fit its column."""
    try:
        return Picked(shelf.path_of(table), _asked(told))
    except UnknownColumn:
        raise wrong("fields", "A field of the request is not a field of the resource") from None
    except WrongValue:
        raise wrong("query", "Invalid query: a value does not fit its field, or there are too many") from None
    except FileNotFoundError:
        raise NotThere from None


def note(caller: Caller, dataset: Dataset, table: Distribution, *, rows: int, narrowed: bool) -> None:
    """A page counts as a read by day, with a line an hour in the record; more is a download, with its own line."""
    caller.request.META[ABOUT] = dataset.get_absolute_url()
    if rows <= PAGE_ROWS:
        count_soon(caller.request, dataset, by=caller.by)
        return
    of: dict[str, Any] = {"file": table.name, "digest": table.sha256, "rows": rows}
    record_now(Kind.DOWNLOADED, by=caller.by, subject=dataset.subject, narrowed=narrowed, **of)


def fields_of(picked: Picked, *, numbered: bool) -> list[dict[str, str]]:
    """The columns of an answer, CKAN's row number in front where it is given."""
    first = [{"id": NUMBER, "type": "int"}] if numbered and NUMBER not in picked.schema else []
    return first + [{"id": name, "type": type_of(picked.schema[name])} for name in picked.columns]


def type_of(kind: pl.DataType) -> str:
    """PostgreSQL's name of a type."""
    if kind == pl.Int64:
        return "int8"
    if kind.is_integer():
        return "int4"
    if kind.is_numeric():
        return "float8"
    return {pl.Boolean: "bool", pl.Date: "date", pl.Datetime: "timestamp"}.get(kind.base_type(), "text")


def records(rows: pl.DataFrame, format_: str) -> list[Any] | str:
    """Rows as they are asked for. Raise Invalid for an unknown form."""
    if format_ == "objects":
        return [_plain(row) for row in rows.iter_rows(named=True)]
    if format_ == "lists":
        return [list(_plain(row).values()) for row in rows.iter_rows(named=True)]
    if format_ in ("csv", "tsv"):
        text_ = io.StringIO()
        defused(rows).write_csv(text_, include_header=False, separator="," if format_ == "csv" else "\t")
        return text_.getvalue()
    raise wrong("records_format", "Must be one of: objects, lists, csv, tsv")


def table_named(number_: str) -> tuple[Dataset, Distribution]:
    """A visible dataset and its table by a resource's id: only a CSV has rows to be asked for. Raise NotThere."""
    key = identifiers.opened(identifiers.Kind.RESOURCE, number_)
    dataset = dataset_with(key) if key is not None else None
    files = [file for _release, file in files_of(dataset)] if dataset else []
    if dataset is not None:
        wanted = [file for file in files if has_rows(file) and resource_id(dataset, file) == number_.lower()]
        tables = [file for file in files if file.format == "parquet" and not file.part]
        for table in [table for table in tables for file in wanted if file.position == table.position]:
            if shelf.stands(table):
                return dataset, table
    raise _no_resource(number_)


def _no_resource(number_: str) -> NotThere:
    """CKAN repeats what was asked; we do so only where it looks like an id."""
    plain = number_ if len(number_) <= 36 and all(sign.isalnum() or sign == "-" for sign in number_) else "?"
    return NotThere(f'Not found: Resource "{plain}" was not found.')


def _asked(told: Given) -> Asked:
    return Asked(
        conditions=tuple(_conditions(dictionary(told, "filters"))),
        words=(*_words(parsed_q(told)), *_words(told.get("full_text"))),
        orders=tuple(_orders(told)),
        columns=tuple(name for name in _names_of_columns(told, "fields") if name != NUMBER),
        distinct=yes(told, "distinct"),
    )


def parsed_q(told: Given) -> object:
    """q is words, or a dictionary of words by column, also as JSON text."""
    q = told.get("q")
    return parsed("q", q) if isinstance(q, str) and q.lstrip().startswith("{") else q


def _words(q: object) -> list[tuple[str, str]]:
    if q is None or q == "":
        return []
    if isinstance(q, Mapping):
        return [(str(name), _plain_words(words)) for name, words in q.items()]
    return [("", _plain_words(q))]


def _plain_words(words: object) -> str:
    """PostgreSQL's `beginning:*` and `a & b` are read as words; a word is found in any part of a cell anyway."""
    if not isinstance(words, str | int | float):
        raise wrong("q", "Must be a string or a dictionary of strings")
    plain = str(words).replace(":*", " ").replace("&", " ")
    if len(plain) > 1_000 or len(plain.split()) > 50:
        raise wrong("q", "Too many words")
    return plain


def _conditions(filters: Mapping[str, object]) -> list[Condition]:
    """A value, a list of which one must be the cell's, or (as CKAN 2.12 has them) ranges: {"lt": 2020}."""
    if len(filters) > MOST_FILTERS:
        raise wrong("filters", f"At most {MOST_FILTERS} filters")
    made = []
    for name, value in filters.items():
        if isinstance(value, Mapping):
            made += [_range(name, test, bound) for test, bound in value.items()]
        else:
            made.append(Condition(column=name, values=tuple(value) if isinstance(value, list) else (value,)))
    return made


def _range(name: str, test: object, bound: object) -> Condition:
    if test == "in" and isinstance(bound, list):
        return Condition(column=name, values=tuple(bound))
    if test not in RANGES or isinstance(bound, list | Mapping):
        raise wrong("filters", "Only eq, ne, lt, lte, gt, gte and in")
    return Condition(column=name, test=RANGES[str(test)], values=(bound,))


def _orders(told: Given) -> list[Order]:
    """`"jumlah penduduk" desc nulls last, tahun`."""
    orders = []
    for part in _names_of_columns(told, "sort"):
        name, descending, first = part, False, False
        if name.lower().endswith((" nulls first", " nulls last")):
            name, first = name.rsplit(" ", 2)[0], name.lower().endswith("first")
        if name.lower().endswith((" asc", " desc")):
            name, descending = name.rsplit(" ", 1)[0], name.lower().endswith("desc")
        name = name.strip().strip('"')
        if name == NUMBER and not descending:
            continue  # the order of the file
        orders.append(Order(column=name, descending=descending, empty_first=first))
    if len(orders) > 10:
        raise wrong("sort", "At most 10 fields")
    return orders


def _names_of_columns(told: Given, name: str) -> list[str]:
    value = told.get(name)
    if isinstance(value, str) and not value.lstrip().startswith("["):
        return [one.strip() for one in value.split(",") if one.strip()]
    return [one.strip() for one in names(told, name)]


def without_number(rows: pl.DataFrame, told: Given) -> pl.DataFrame:
    """Without CKAN's row number where columns were chosen and it was not among them."""
    wanted = _names_of_columns(told, "fields")
    return rows.drop(NUMBER) if wanted and NUMBER not in wanted and NUMBER in rows.columns else rows


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Days as JSON has them."""
    return {name: cell.isoformat() if hasattr(cell, "isoformat") else cell for name, cell in row.items()}


def _echoed(told: Given, number_: str, *, limit: int, offset: int, format_: str) -> dict[str, object]:
    """What CKAN repeats of the question."""
    said = {name: told[name] for name in ("filters", "q", "sort", "distinct") if told.get(name)}
    return {
        **said,
        "include_total": yes(told, "include_total", default=True),
        "limit": limit,
        **({"offset": offset} if offset else {}),
        "records_format": format_,
        "resource_id": number_,
        "total_estimation_threshold": None,
    }


def _links(told: Given, number_: str, *, limit: int, offset: int) -> dict[str, str]:
    """Where the rows begin and go on."""
    kept = {name: _in_address(told[name]) for name in ("filters", "q", "sort", "fields", "distinct") if told.get(name)}
    base = {"resource_id": number_, "limit": str(limit), **kept}
    path = "/api/3/action/datastore_search?"
    return {"start": path + urlencode(base), "next": path + urlencode({**base, "offset": str(offset + limit)})}


def _in_address(value: object) -> str:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ",".join(value)
    return value if isinstance(value, str) else json.dumps(value)


def _schema(kind: pl.DataType) -> dict[str, object]:
    native = {"int8": "bigint", "int4": "integer", "float8": "double precision", "bool": "boolean"}
    name = type_of(kind)
    return {
        "native_type": native.get(name, name),
        "notnull": False,
        "index_name": None,
        "is_index": False,
        "uniquekey": False,
    }
