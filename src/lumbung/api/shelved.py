"""An open dataset and its tables, asked for with every page of rows: in two short questions to the database.

What is given knows enough for a page and a line in the record; everything else about it is asked for when needed.
"""

from typing import Any

from django.db.models import QuerySet

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.catalogue.models import Dataset, Distribution, Release
from lumbung.portal.catalogue.prepared import rows_of
from lumbung.portal.catalogue.queries import visible

# In the order in which the models have them, as `Model.from_db` wants it.
OF_A_FILE = ("id", "name", "format", "sheet", "part", "position", "path", "size", "sha256", "rows", "columns")
OF_A_DATASET = ("id", "slug", "title", "organisation_id")

Found = QuerySet[Any, tuple[Any, ...]]


def dataset_called(slug: str) -> Dataset | None:
    """The open dataset of this name."""
    return _made(rows_of(_called, slug))


def dataset_with(key: int) -> Dataset | None:
    """The open dataset with this key."""
    return _made(rows_of(_with, key))


def files_of(dataset: Dataset, release: int | None = None) -> list[tuple[int, Distribution]]:
    """The files of its newest open release, or of the open one with this number, in their order; before each the
    release's number. Nothing where there is no such release."""
    found = rows_of(_newest, dataset.pk) if release is None else rows_of(_numbered, dataset.pk, release)
    return [(number, Distribution.from_db("default", OF_A_FILE, values)) for number, *values in found]


def _made(found: list[tuple[Any, ...]]) -> Dataset | None:
    if not found:
        return None
    *values, name = found[0]
    dataset = Dataset.from_db("default", OF_A_DATASET, values)
    dataset.organisation = Organisation.from_db("default", ("id", "slug"), (dataset.organisation_id, name))
    return dataset


def _called(slug: str) -> Found:
    return _told(visible().filter(slug=slug))


def _with(key: int) -> Found:
    return _told(visible().filter(pk=key))


def _told(datasets: QuerySet[Dataset]) -> Found:
    return datasets.order_by().values_list(*OF_A_DATASET, "organisation__slug")


def _newest(dataset: int) -> Found:
    newest = Release.objects.filter(dataset=dataset).order_by("-number").values("pk")[:1]
    return _files(Distribution.objects.filter(release__in=newest))


def _numbered(dataset: int, number: int) -> Found:
    return _files(Distribution.objects.filter(release__dataset=dataset, release__number=number))


def _files(files: QuerySet[Distribution]) -> Found:
    return files.order_by("position", "pk").values_list("release__number", *OF_A_FILE)
