"""What the own API says of a dataset: its tables, their columns with types, units and meanings, and where all is."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from lumbung.api.data import writing
from lumbung.api.data.tables import Table, release_of, tables_of
from lumbung.portal.catalogue.column_words import words_of_release
from lumbung.portal.catalogue.columns import columns_of, told
from lumbung.portal.catalogue.models import Dataset, Distribution
from lumbung.portal.catalogue.opened import opened


def about_dataset(request: HttpRequest, dataset: Dataset, number: int | None) -> dict[str, Any]:
    """`{"dataset", "title", ..., "release", "tables": [...], "files": [...]}` of a release, the newest for None."""
    release = release_of(dataset, number)
    files = list(release.distributions.all()) if release else []
    return {
        "dataset": dataset.slug,
        "title": dataset.title,
        "description": dataset.description,
        "organisation": {"id": dataset.organisation.slug, "name": dataset.organisation.name},
        "licence": dataset.licence,
        "period": dataset.period,
        "unit": dataset.unit,
        "source": dataset.source,
        "modified": dataset.released_at.isoformat(),
        "page": request.build_absolute_uri(dataset.get_absolute_url()),
        "release": release.number if release else None,
        "tables": [_table(request, table) for table in tables_of(dataset, number)],
        "files": [_file(request, dataset, file) for file in files],
    }


def columns(table: Table) -> list[dict[str, str]]:
    """Name, type, unit and meaning of every column; unit and meaning are "" where nothing is known."""
    schema = opened(table.path).schema
    spoken = told(columns_of(schema), words_of_release(table.file.release))
    return [
        {
            "name": column.name,
            "type": writing.type_of(schema[column.name]),
            "unit": column.unit,
            "description": str(column.meaning),
        }
        for column in spoken
    ]


def _table(request: HttpRequest, table: Table) -> dict[str, Any]:
    def address(name: str) -> str:
        return request.build_absolute_uri(reverse(f"data:{name}", args=[table.dataset.slug, table.number]))

    return {
        "table": table.number,
        "title": table.file.sheet,
        "rows": table.file.rows,
        "columns": columns(table),
        "links": {name: address(name) for name in ("rows", "groups", "dump")},
    }


def _file(request: HttpRequest, dataset: Dataset, file: Distribution) -> dict[str, Any]:
    address = reverse("catalogue:download", args=[dataset.slug, file.name])
    return {
        "name": file.name,
        "format": file.format,
        "part": file.part,
        "bytes": file.size,
        "sha256": file.sha256,
        "url": request.build_absolute_uri(address),
    }
