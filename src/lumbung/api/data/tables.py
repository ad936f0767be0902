"""Which file of a dataset an address of rows means: a release and the number of the table in it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lumbung.api.data.problems import Problem
from lumbung.api.shelved import files_of
from lumbung.portal.catalogue import shelf
from lumbung.portal.catalogue.models import Dataset, Distribution, Release


class ReleaseClosed(Exception):
    """The release that was named stood open once; its dataset still does."""

    def __init__(self, *, ground: str, since: datetime) -> None:
        super().__init__(ground)
        self.ground, self.since = ground, since


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of an open release: `number` counts from 1 within it."""

    dataset: Dataset
    release: int
    number: int
    file: Distribution

    @property
    def path(self) -> Path:
        """Its Parquet file. Raise FileNotFoundError for one that would leave the shelf."""
        return shelf.path_of(self.file)

    @property
    def open(self) -> bool:
        """Whether nothing was closed since."""
        return shelf.still_open(self.file, self.dataset)


def table_of(dataset: Dataset, *, number: int, release: int | None) -> Table:
    """The table with this number in a release, the newest where none is named. Raise Problem (404), ReleaseClosed."""
    listed = _quickly(dataset, release) or tables_of(dataset, release)
    if not 1 <= number <= len(listed):
        raise Problem("unknown", status=404)
    return listed[number - 1]


def _quickly(dataset: Dataset, release: int | None) -> list[Table]:
    """The same as `tables_of`, of an open release that has tables: what is asked with every page of rows."""
    tables = [(of, file) for of, file in files_of(dataset, release) if file.format == "parquet" and not file.part]
    return [
        Table(dataset=dataset, release=of, number=number, file=file)
        for number, (of, file) in enumerate(tables, start=1)
    ]


def tables_of(dataset: Dataset, release: int | None = None) -> list[Table]:
    """All tables of a release, in their order."""
    chosen = release_of(dataset, release)
    files = Distribution.objects.filter(release=chosen, format="parquet", part="") if chosen else []
    return [
        Table(dataset=dataset, release=chosen.number if chosen else 0, number=number, file=file)
        for number, file in enumerate(files, start=1)
    ]


def release_of(dataset: Dataset, number: int | None) -> Release | None:
    """The open release with this number, the newest where none is named; None where there is none at all."""
    if number is None:
        return Release.objects.filter(dataset=dataset).first()
    found = Release.every.filter(dataset=dataset, number=number).first()
    if found is None:
        raise Problem("unknown", status=404)
    if found.closed_since is not None:
        raise ReleaseClosed(ground=found.closed_ground, since=found.closed_since)
    return found
