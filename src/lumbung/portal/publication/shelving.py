"""Putting rebuilt files on the shelf and taking them off: rows of the catalogue and folders, always together."""

import hashlib
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from django.utils import timezone
from django.utils.text import slugify

from lumbung.portal.catalogue import search
from lumbung.portal.catalogue.models import Dataset, Distribution, ForbiddenDigest, Release
from lumbung.portal.catalogue.shelf import shelf
from lumbung.portal.intake.actions import DESCRIPTION
from lumbung.portal.intake.models import Submission
from lumbung.portal.publication.rebuilding import Rebuilt

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
LONGEST_SLUG = 90


def put_up(submission: Submission, dataset: Dataset | None, *, folder: Path, files: Sequence[Rebuilt]) -> Release:
    """Write the rows and move the folder to its lasting name, last of all. The caller holds the transaction."""
    described = _described(submission, dataset)
    release = Release.objects.create(
        dataset=described,
        number=described.releases.count() + 1,
        published_at=described.released_at,
        submission=str(submission.pk),
        sha256=submission.sha256,
        rules_version=submission.rules_version,
        folder=_digest_over(submission, files),
    )
    several = len({file.position for file in files}) > 1
    Distribution.objects.bulk_create(_distribution(release, file, several=several) for file in files)
    search.index(described)
    place = shelf() / release.folder
    shutil.rmtree(place, ignore_errors=True)  # of an attempt that ended after moving and before committing
    folder.rename(place)
    return release


def take_down(dataset: Dataset) -> tuple[int, int]:
    """Delete rows, index entry and bytes for good; leave a bare stone. Gives how many files and bytes went.

    Bytes go last: where the disk refuses, OSError undoes the rows, and the dataset stays closed as it was.
    """
    releases = list(dataset.releases.prefetch_related("distributions"))
    files = [file for release in releases for file in release.distributions.all()]
    forbidden = {release.sha256 for release in releases} | {file.sha256 for file in files}
    for sha256 in forbidden:
        ForbiddenDigest.objects.get_or_create(
            sha256=sha256, defaults={"since": timezone.now(), "ground": dataset.ground}
        )
    search.remove(dataset)
    search.sweep()
    dataset.releases.all().delete()
    for name in DESCRIPTION:
        setattr(dataset, name, "")
    dataset.year = None
    for release in releases:
        if (shelf() / release.folder).exists():
            shutil.rmtree(shelf() / release.folder)
    return len(files), sum(file.size for file in files)


def _described(submission: Submission, dataset: Dataset | None) -> Dataset:
    now = timezone.now()
    if dataset is None:
        slug = _free_slug(submission.title)
        dataset = Dataset(slug=slug, organisation=submission.organisation, state_since=now)
    for name in DESCRIPTION:
        setattr(dataset, name, getattr(submission, name))
    years = YEAR.findall(submission.period)
    dataset.year = max(map(int, years)) if years else None
    dataset.released_at = now
    dataset.save()
    return dataset


def _free_slug(title: str) -> str:
    """An address nobody had before, stones included."""
    plain = slugify(title)[:LONGEST_SLUG].strip("-") or "data"
    slug, again = plain, 2
    while Dataset.objects.filter(slug=slug).exists():
        slug, again = f"{plain}-{again}", again + 1
    return slug


def _digest_over(submission: Submission, files: Sequence[Rebuilt]) -> str:
    """The name of the release's folder: the digest over its files and the submission that they come from."""
    lines = [str(submission.pk), *sorted(f"{file.path.name} {file.sha256}" for file in files)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _distribution(release: Release, file: Rebuilt, *, several: bool) -> Distribution:
    table = f"-{file.position}" if several else ""
    return Distribution(
        release=release,
        name=f"{release.dataset.slug}-r{release.number}{table}.{file.format}",
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
    )
