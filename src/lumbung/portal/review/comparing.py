"""What waits, beside the last release of the same dataset: what would change for those who use it.

Both sides are tables that Lumbung wrote: the release lies on the shelf, the other is written now, in a confined child,
into a folder that is gone afterwards. No uploaded byte is read here.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from lumbung.portal.catalogue.changes import Change, change
from lumbung.portal.catalogue.columns import Role, columns_of
from lumbung.portal.catalogue.models import Distribution
from lumbung.portal.catalogue.shelf import path_of, shelf, stands
from lumbung.portal.intake.models import Submission
from lumbung.portal.review.confining import confined

MOST_TABLES = 5
MOST_FIGURES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One table beside its predecessor. `change` is None where they are too large, `totals` are sums per column."""

    sheet: str
    columns: list[str]
    same_columns: bool
    change: Change | None
    totals: list[tuple[str, float | None, float | None]]


def compared(submission: Submission) -> list[Compared]:
    """Table by table in their order; empty where there is no release yet, or where it has no tables.

    Raise Conflicting where the file is gone, Unfit where it cannot be opened.
    """
    before = _last_tables(submission)
    if not before:
        return []
    shelf().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".making-", dir=shelf()) as name:
        folder = Path(name).resolve()
        said = confined(submission, "make", folder=folder)
        after = [one for one in said["files"] if one["format"] == "parquet"]
        return [_compared(older, newer, folder) for older, newer in zip(before, after[:MOST_TABLES], strict=False)]


def same_shape(submission: Submission) -> bool:
    """Whether it has as many tables as the last release, each with the same columns of the same types."""
    before = _last_tables(submission)
    if not before:
        return False
    shelf().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".making-", dir=shelf()) as name:
        folder = Path(name).resolve()
        said = confined(submission, "make", folder=folder)
        made = [folder / one["path"] for one in said["files"] if one["format"] == "parquet"]
        schemas = [pl.read_parquet_schema(path) for path in made if _inside(path, folder)]
        return schemas == [pl.read_parquet_schema(path_of(one)) for one in before]


def _last_tables(submission: Submission) -> list[Distribution]:
    release = submission.dataset.releases.first() if submission.dataset else None
    tables = release.distributions.filter(format="parquet", part="") if release else []
    return [one for one in tables if stands(one)]


def _inside(path: Path, folder: Path) -> bool:
    return path.resolve().parent == folder and path.is_file() and not path.is_symlink()


def _compared(older: Distribution, newer: dict[str, Any], folder: Path) -> Compared:
    path = folder / newer["path"]
    if not _inside(path, folder):
        raise FileNotFoundError
    old, new = pl.read_parquet_schema(path_of(older)), pl.read_parquet_schema(path)
    return Compared(
        sheet=str(newer["sheet"]),
        columns=list(new),
        same_columns=old == new,
        change=change(path_of(older), path),
        totals=_totals(path_of(older), path),
    )


def _totals(older: Path, newer: Path) -> list[tuple[str, float | None, float | None]]:
    """The sums of the columns of figures that both have, side by side."""
    tables = [pl.scan_parquet(path) for path in (older, newer)]
    kinds = [table.collect_schema() for table in tables]
    names = [name for name, kind in kinds[1].items() if kind.is_numeric() and name in kinds[0]]
    marks = {one.name for one in columns_of(kinds[1]) if one.role in (Role.YEAR, Role.CODE)}  # nobody sums a year
    names = [name for name in names if kinds[0][name].is_numeric() and name not in marks][:MOST_FIGURES]
    if not names:
        return []
    sums = [table.select(pl.col(names).sum()).collect().row(0) for table in tables]
    return list(zip(names, *sums, strict=True))
