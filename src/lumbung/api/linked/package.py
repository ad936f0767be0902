"""A dataset as a Data Package with Table Schema: https://specs.frictionlessdata.io/

It names the CSV of every table of the newest release by an address that never changes its bytes, with size and
SHA-256, so that a client can prove what it has.
"""

from typing import Any

import polars as pl
from django.http import HttpRequest
from django.urls import reverse

from lumbung.api.data import describing
from lumbung.api.data.tables import tables_of
from lumbung.api.linked.shown import Shown
from lumbung.portal.catalogue.models import Distribution
from lumbung.rebuild.formulas import defused


def package(request: HttpRequest, shown: Shown) -> dict[str, Any]:
    """The descriptor; one without any table names the other files."""
    it = shown.dataset
    licence = {"name": it.licence, "path": it.licence_address()} if it.licence else None
    said = {
        "profile": "data-package",
        "name": it.slug,
        "id": request.build_absolute_uri(it.get_absolute_url()),
        "title": it.title,
        "description": it.description,
        "homepage": request.build_absolute_uri(it.get_absolute_url()),
        "version": str(shown.release.number),
        "created": shown.release.published_at.isoformat(timespec="seconds"),
        "keywords": [str(it.get_theme_display())] if it.theme else None,
        "licenses": [licence] if licence else None,
        "sources": [{"title": it.source}] if it.source else None,
        "contributors": [{"title": it.organisation.name, "role": "publisher"}],
        "resources": _tables(request, shown) or [_file(request, shown, file) for file in shown.files],
    }
    return {name: value for name, value in said.items() if value}


def _tables(request: HttpRequest, shown: Shown) -> list[dict[str, Any]]:
    csv = {file.position: file for file in shown.files if file.format == "csv" and not file.part}
    found = []
    for table in tables_of(shown.dataset, shown.release.number):
        if file := csv.get(table.file.position):
            fields = [_field(column) for column in describing.columns(table)]
            schema = {"fields": fields, "missingValues": [""]}
            found.append({**_file(request, shown, file), "profile": "tabular-data-resource", "schema": schema})
    return found


def _file(request: HttpRequest, shown: Shown, file: Distribution) -> dict[str, Any]:
    path = reverse("catalogue:download", args=[shown.dataset.slug, file.name])
    said = {
        "name": file.name.lower(),
        "title": file.sheet,
        "path": request.build_absolute_uri(path),
        "format": file.format,
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }
    return {name: value for name, value in said.items() if value}


def _field(column: dict[str, str]) -> dict[str, str]:
    """Named as the CSV names it, in which no header runs as a formula."""
    (name,) = defused(pl.DataFrame({column["name"]: [""]})).columns
    said = {"title": column["name"] if name != column["name"] else "", **column, "name": name}
    return {key: value for key, value in said.items() if value}
