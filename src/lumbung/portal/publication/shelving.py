"""Putting rebuilt files on the shelf and taking them off: rows of the catalogue and folders, always together."""

import hashlib
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.utils import timezone
from django.utils.text import slugify

from lumbung.portal.catalogue import printed, search
from lumbung.portal.catalogue.models import Dataset, Distribution, ForbiddenDigest, Release
from lumbung.portal.catalogue.shapes_of_tables import shape_of
from lumbung.portal.catalogue.shelf import shelf
from lumbung.portal.intake.actions import DESCRIPTION
from lumbung.portal.intake.models import Submission
from lumbung.portal.publication.rebuilding import Rebuilt

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
LONGEST_SLUG = 90


@contextmanager
def standing(folder: Path, files: Sequence[Rebuilt]) -> Iterator[str]:
    """Move the folder to its lasting name on the shelf and give that name; away with it where the block fails.

    The name is the digest over the files and a number that is drawn anew each time, so that no two publications, not
    even of the same file at the same moment, ever share a folder. Without rows nobody finds the way to it.
    """
    lines = [secrets.token_hex(16), *sorted(f"{file.path.name} {file.sha256}" for file in files)]
    name = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    folder.rename(shelf() / name)
    try:
        yield name
    except BaseException:
        shutil.rmtree(shelf() / name)
        raise


def put_up(submission: Submission, dataset: Dataset | None, *, folder: str, files: Sequence[Rebuilt]) -> Release:
    """Write the rows of a release whose files stand in `folder`. The caller holds the transaction."""
    described = _described(submission, dataset)
    release = Release.objects.create(
        dataset=described,
        number=Release.every.filter(dataset=described).count() + 1,
        published_at=described.released_at,
        submission=str(submission.pk),
        sha256=submission.sha256,
        rules_version=submission.rules_version,
        folder=folder,
    )
    several = len({file.position for file in files if not file.part}) > 1
    Distribution.objects.bulk_create(_distribution(release, file, several=several) for file in files)
    described.formats = _formats(file.format for file in files if not file.part)
    described.save(update_fields=["formats"])
    printed.keep(release)
    search.index(described)
    return release


def describe_again(dataset: Dataset) -> None:
    """Let a dataset say what its newest open release says: a closed release takes its words with it."""
    release = Release.objects.filter(dataset=dataset).first()
    if release is None:
        return
    submission = Submission.objects.get(pk=release.submission)
    for name in (*DESCRIPTION, "village"):
        setattr(dataset, name, getattr(submission, name))
    dataset.year, dataset.released_at = _year(submission.period), release.published_at
    tables = Distribution.objects.filter(release=release, part="")
    dataset.formats = _formats(tables.values_list("format", flat=True))
    dataset.save()


def take_down(dataset: Dataset, *, forbid: bool) -> tuple[int, int]:
    """Delete rows, index entry and bytes for good; leave a bare stone. Gives how many files and bytes went.

    `forbid` says whether the digests of what goes may never be received again.

    Bytes go last: where the disk refuses, OSError undoes the rows, and the dataset stays closed as it was.
    """
    releases = list(Release.every.filter(dataset=dataset))
    files = list(Distribution.every.filter(release__in=releases))
    forbidden = {release.sha256 for release in releases} | {file.sha256 for file in files}
    for sha256 in forbidden if forbid else ():
        ForbiddenDigest.objects.get_or_create(
            sha256=sha256, defaults={"since": timezone.now(), "ground": dataset.ground}
        )
    search.remove(dataset)
    search.sweep()
    Release.every.filter(dataset=dataset).delete()
    for name in DESCRIPTION:
        setattr(dataset, name, "")
    dataset.year, dataset.formats = None, ""
    dataset.pins.all().delete()
    for release in releases:
        if (shelf() / release.folder).exists():
            shutil.rmtree(shelf() / release.folder)
    return len(files), sum(file.size for file in files)


def _described(submission: Submission, dataset: Dataset | None) -> Dataset:
    now = timezone.now()
    if dataset is None:
        slug = _free_slug(submission.title)
        dataset = Dataset(slug=slug, organisation=submission.organisation, state_since=now)
    for name in (*DESCRIPTION, "village"):
        setattr(dataset, name, getattr(submission, name))
    dataset.year = _year(submission.period)
    dataset.released_at = now
    dataset.save()
    return dataset


def _year(period: str) -> int | None:
    """The last year that a period names."""
    years = YEAR.findall(period)
    return max(map(int, years)) if years else None


def _formats(formats: Iterable[str]) -> str:
    return f" {' '.join(sorted(set(formats)))} "


def _free_slug(title: str) -> str:
    """An address nobody had before, stones included."""
    plain = slugify(title)[:LONGEST_SLUG].strip("-") or "data"
    slug, again = plain, 2
    while Dataset.objects.filter(slug=slug).exists():
        slug, again = f"{plain}-{again}", again + 1
    return slug


def _distribution(release: Release, file: Rebuilt, *, several: bool) -> Distribution:
    table = f"-{file.position}" if several else ""
    last = f"-{file.sheet}" if file.part else f"{table}.{file.format}"
    return Distribution(
        release=release,
        name=f"{release.dataset.slug}-r{release.number}{last}",
        part=file.part,
        format=file.format,
        sheet=file.sheet,
        position=file.position,
        path=f"{release.folder}/{file.path.name}",
        size=file.size,
        sha256=file.sha256,
        rows=file.rows,
        columns=file.columns,
        headers=file.headers,
        notes=file.notes,
        shape=shape_of(file.headers),
    )
