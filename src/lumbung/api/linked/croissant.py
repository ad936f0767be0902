"""A dataset in Croissant 1.0, which loaders for machine learning read: https://docs.mlcommons.org/croissant/"""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from lumbung.api.data import describing
from lumbung.api.data.tables import Table, tables_of
from lumbung.api.linked.shown import Shown
from lumbung.portal.catalogue.models import Distribution
from lumbung.portal.catalogue.vocabulary import CONTENT_TYPES

CONTEXT = {
    "@language": "id",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "sc": "https://schema.org/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "column": "cr:column",
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "recordSet": "cr:recordSet",
    "source": "cr:source",
}
TYPES = {"integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean", "string": "sc:Text"}


def croissant(request: HttpRequest, shown: Shown) -> dict[str, Any]:
    """The dataset, the Parquet files of its newest release, and the columns of each as a record set."""
    it, tables = shown.dataset, tables_of(shown.dataset, shown.release.number)
    said = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": it.slug,
        "description": it.description or it.title,
        "url": request.build_absolute_uri(it.get_absolute_url()),
        "license": it.licence_address() if it.licence else None,
        "version": f"{shown.release.number}.0.0",
        "datePublished": shown.release.published_at.date().isoformat(),
        "creator": {"@type": "sc:Organization", "name": it.organisation.name},
        "distribution": [_file(request, shown, table.file) for table in tables],
        "recordSet": [_records(table) for table in tables],
    }
    return {name: value for name, value in said.items() if value is not None}


def _file(request: HttpRequest, shown: Shown, file: Distribution) -> dict[str, str]:
    path = reverse("catalogue:download", args=[shown.dataset.slug, file.name])
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "contentUrl": request.build_absolute_uri(path),
        "contentSize": f"{file.size} B",
        "encodingFormat": CONTENT_TYPES[file.format],
        "sha256": file.sha256,
    }


def _records(table: Table) -> dict[str, Any]:
    name = f"tabel-{table.number}"
    return {"@type": "cr:RecordSet", "@id": name, "name": name, "field": [
        {
            "@type": "cr:Field",
            "@id": f"{name}/{number}",
            "name": column["name"],
            "description": column["description"],
            "dataType": TYPES[column["type"]],
            "source": {"fileObject": {"@id": table.file.name}, "extract": {"column": column["name"]}},
        }
        for number, column in enumerate(describing.columns(table), start=1)
    ]}  # fmt: skip
