"""The dictionary of a dataset: every column of every table, what it means, what it holds and what it is counted in.

As CSV for people, and as a Data Package descriptor with Table Schema (specs.frictionlessdata.io) for programs. It is
made of headers, types and what people wrote about columns: never of a cell, hence no examples and no ranges.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.http import HttpRequest
from django.urls import reverse

from lumbung.portal.catalogue import shelf
from lumbung.portal.catalogue.column_words import words_of_release
from lumbung.portal.catalogue.columns import Column, columns_of, told
from lumbung.portal.catalogue.models import Dataset, Release
from lumbung.portal.catalogue.shown_table import tables_of
from lumbung.rebuild.formulas import defused


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of a release: its place from one on, its sheet ("" without one), its columns with their types."""

    number: int
    sheet: str
    columns: tuple[tuple[Column, str], ...]


def dictionary(release: Release | None) -> list[Table]:
    """Every table of a release, every column of each in its order. The caller has asked whether it is open."""
    words = words_of_release(release)
    found = []
    for number, table in enumerate(tables_of(release), start=1):
        schema = pl.scan_parquet(shelf.path_of(table)).collect_schema()
        columns = zip(told(columns_of(schema), words), map(_type, schema.dtypes()), strict=True)
        found.append(Table(number=number, sheet=table.sheet, columns=tuple(columns)))
    return found


def as_csv(tables: list[Table]) -> bytes:
    """One line for each column, under headers that stay the same in every language; no cell runs as a formula."""
    lines = list(_lines(tables))
    names = ["tabel", "kolom", "uraian", "isi", "tipe", "satuan"]
    table = pl.DataFrame(lines, schema=dict.fromkeys(names, pl.String), orient="row")
    return defused(table).write_csv(line_terminator="\r\n").encode()


def as_package(request: HttpRequest, dataset: Dataset, release: Release | None, tables: list[Table]) -> bytes:
    """The descriptor: each table with its schema, and the address that always gives its newest CSV."""
    address = request.build_absolute_uri(reverse("catalogue:newest", args=[dataset.slug, "csv"]))
    said = {
        "name": dataset.slug,
        "title": dataset.title,
        "description": dataset.description,
        "homepage": request.build_absolute_uri(dataset.get_absolute_url()),
        "version": str(release.number) if release else None,
        "licenses": [{"title": dataset.licence, "path": dataset.licence_address()}] if dataset.licence else None,
        "resources": [_resource(table, address) for table in tables],
    }
    return json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False, indent=1).encode()


def _lines(tables: list[Table]) -> Iterator[list[str]]:
    for table in tables:
        for column, kind in table.columns:
            about = [str(column.meaning), str(column.kind), kind, column.unit]
            yield [table.sheet or str(table.number), column.name, *about]


def _resource(table: Table, address: str) -> dict[str, Any]:
    return {
        "name": f"tabel-{table.number}",
        **({"title": table.sheet} if table.sheet else {}),
        "path": address if table.number == 1 else f"{address}?tabel={table.number}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": [_field(column, kind) for column, kind in table.columns]},
    }


def _field(column: Column, kind: str) -> Mapping[str, str]:
    said = {"description": str(column.meaning), "unit": column.unit}
    return {"name": column.name, "type": kind, **{name: text for name, text in said.items() if text}}


def _type(dtype: pl.DataType) -> str:
    """A type of Table Schema."""
    if dtype.is_integer():
        return "integer"
    if dtype.is_numeric():
        return "number"
    return {pl.Boolean: "boolean", pl.Date: "date", pl.Datetime: "datetime"}.get(dtype.base_type(), "string")
