"""Where the files of the shelf lie, and how a few rows of one are read. Reads only; publication writes.

The shelf is the folder `shelf` in LUMBUNG_HOME: one folder for each release, named by the digest over its files.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from django.conf import settings

from lumbung.portal.catalogue.models import Dataset, Distribution
from lumbung.portal.catalogue.queries import visible

ROWS_PER_PAGE = 25
MOST_COLUMNS = 100
LONGEST_CELL = 300
CHUNK = 1 << 20
YEAR_NAME = re.compile(r"(?i)\b(tahun|year)\b")


class ClosedWhileSending(Exception):
    """The dataset was closed while one of its files was on its way; the rest is not sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A column as the screen shows it: `style` is "figure", "text", or "plain" for a number that is not counted."""

    name: str
    style: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A page of a table. `rows` pair each cell with its style; `first` and `page` count from 1."""

    heads: list[Head]
    rows: list[list[tuple[object, str]]]
    first: int
    total: int
    page: int
    pages: int
    more_columns: int

    @property
    def previous_page(self) -> int | None:
        """The page before this one."""
        return self.page - 1 if self.page > 1 else None

    @property
    def next_page(self) -> int | None:
        """The page after this one."""
        return self.page + 1 if self.page < self.pages else None


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


def chunks(distribution: Distribution, dataset: Dataset) -> Iterator[bytes]:
    """The file's bytes, asking before each piece whether the dataset is still open; ClosedWhileSending if not."""
    with path_of(distribution).open("rb") as file:
        while piece := file.read(CHUNK):
            if not visible().filter(pk=dataset.pk).exists():
                raise ClosedWhileSending
            yield piece


def preview(path: Path, *, page: int) -> Preview:
    """A page of the Parquet file at `path`; a page beyond the last is the last. Reads only the rows that it shows."""
    table = pl.scan_parquet(path)
    schema = table.collect_schema()
    total = int(table.select(pl.len()).collect().item())
    pages = max(1, -(-total // ROWS_PER_PAGE))
    page = min(max(page, 1), pages)
    shown = table.select(schema.names()[:MOST_COLUMNS]).slice((page - 1) * ROWS_PER_PAGE, ROWS_PER_PAGE).collect()
    heads = [Head(name=column.name, style=_style(column)) for column in shown]
    styles = [head.style for head in heads]
    return Preview(
        heads=heads,
        rows=[list(zip(map(_short, row), styles, strict=True)) for row in shown.iter_rows()],
        first=(page - 1) * ROWS_PER_PAGE + 1,
        total=total,
        page=page,
        pages=pages,
        more_columns=len(schema) - len(heads),
    )


def _style(column: pl.Series) -> str:
    """A year is a number, but nobody writes 2.024."""
    if not column.dtype.is_numeric():
        return "text"
    return "plain" if YEAR_NAME.search(column.name) else "figure"


def _short(cell: object) -> object:
    return f"{cell[:LONGEST_CELL]}…" if isinstance(cell, str) and len(cell) > LONGEST_CELL else cell
