"""Where the files of the shelf lie, and how their bytes are sent. Reads only; publication writes.

The shelf is the folder `shelf` in LUMBUNG_HOME: one folder for each release, named by the digest over its files.
"""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from lumbung.portal.catalogue.models import Dataset, Distribution
from lumbung.portal.catalogue.prepared import rows_of
from lumbung.portal.catalogue.queries import visible

CHUNK = 1 << 20


class ClosedWhileSending(Exception):
    """The dataset was closed while one of its files was on its way; the rest is not sent."""


def shelf() -> Path:
    """The folder of all releases."""
    return Path(settings.LUMBUNG_HOME) / "shelf"


def path_of(distribution: Distribution) -> Path:
    """Where the file lies. Raise FileNotFoundError for a path that would leave the shelf."""
    path = (shelf() / distribution.path).resolve()
    if not path.is_relative_to(shelf().resolve()):
        raise FileNotFoundError
    return path


def stands(distribution: Distribution) -> bool:
    """Whether the file is where it should be."""
    try:
        return path_of(distribution).is_file()
    except FileNotFoundError:
        return False


def still_open(distribution: Distribution, dataset: Dataset) -> bool:
    """Whether neither the dataset nor this release of it has been closed."""
    return bool(rows_of(_open_file, distribution.pk, dataset.pk))


def _open_file(file: int, dataset: int) -> QuerySet[Distribution, int]:
    open_files = Distribution.objects.filter(release__dataset__in=visible().filter(pk=dataset).order_by())
    return open_files.filter(pk=file).order_by().values_list("pk", flat=True)


def chunks(
    distribution: Distribution, dataset: Dataset, *, first: int = 0, length: int | None = None
) -> Iterator[bytes]:
    """The file's bytes from `first` on, asking before each piece whether the dataset is still open; ClosedWhileSending
    if not."""
    left = distribution.size - first if length is None else length
    with path_of(distribution).open("rb") as file:
        file.seek(first)
        while piece := file.read(min(CHUNK, left)):
            if not still_open(distribution, dataset):
                raise ClosedWhileSending
            left -= len(piece)
            yield piece
