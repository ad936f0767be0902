"""What the desk lists, and what is left of a dataset after it was removed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset, Distribution, Release
from lumbung.portal.catalogue.permissions import MAY_CLOSE
from lumbung.portal.catalogue.shelf import shelf
from lumbung.portal.catalogue.states import DatasetState
from lumbung.portal.intake.models import Attachment, Submission

ADDRESS = re.compile(r"/dataset/([-\w]+)")
MOST_WORDS = 8
UNDO_WITHIN = timedelta(minutes=10)


def datasets_for_keeper(person: Person) -> QuerySet[Dataset]:
    """Every dataset, whatever its state, of the organisations the person is on duty for; the newest change first."""
    where = organisations_where(person, *MAY_CLOSE)
    return Dataset.objects.filter(organisation__in=where).select_related("organisation").order_by("-state_since")


def found_for_keeper(person: Person, words: str) -> QuerySet[Dataset]:
    """Those that stand open and fit what was typed: an address of the site, words of a title, or a part of a slug."""
    found = datasets_for_keeper(person).filter(state=DatasetState.PUBLISHED).order_by("-released_at")
    if address := ADDRESS.search(words):
        return found.filter(slug=address.group(1))
    parts = [Q(title__icontains=word) | Q(slug__icontains=word) for word in words.split()[:MOST_WORDS]]
    return found.filter(*parts)


def closed_lately(person: Person) -> QuerySet[Dataset]:
    """Those that were quarantined within the time in which it can be undone."""
    since = timezone.now() - UNDO_WITHIN
    return datasets_for_keeper(person).filter(state=DatasetState.QUARANTINED, state_since__gt=since)


def dataset_for_keeper(person: Person, slug: str) -> Dataset:
    """One of them. Raise Http404 for what is unknown and for what is not theirs, alike."""
    found = datasets_for_keeper(person).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def releases_of(dataset: Dataset) -> QuerySet[Release]:
    """Every release, the closed ones too, each with how many files it has."""
    return Release.every.filter(dataset=dataset).annotate(files=Count("distributions")).select_related("closed_by")


def backups_with(dataset: Dataset) -> list[tuple[str, datetime]]:
    """Place and end of each backup that held a removed dataset when it was removed, and still exists."""
    lines = Event.objects.filter(subject=dataset.subject.key, kind=Kind.REMOVAL_CHECKED).order_by("-sequence")
    held = (lines.values_list("details", flat=True).first() or {}).get("backups", [])
    told = [(one["place"], datetime.fromisoformat(one["expires"])) for one in held]
    return [(place, expires) for place, expires in told if expires > timezone.now()]


def closed_by(dataset: Dataset) -> str:
    """Who quarantined it last, as the record names them; "" where nobody did."""
    lines = Event.objects.filter(subject=dataset.subject.key, kind=Kind.QUARANTINED)
    return lines.order_by("-sequence").values_list("actor", flat=True).first() or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """Everywhere datasets stand, noted before they are removed so that each place can be looked at afterwards."""

    datasets: list[int]
    folders: list[Path]
    digests: list[str]
    submissions: list[str]
    since: datetime | None

    def left(self) -> dict[str, int]:
        """How much is still there, place by place; all noughts is what removal promises."""
        sealed = Submission.objects.filter(pk__in=self.submissions).exclude(storage_key="")
        return {
            "folders": sum(folder.exists() for folder in self.folders),
            "releases": Release.every.filter(dataset__in=self.datasets).count(),
            "files": Distribution.every.filter(sha256__in=self.digests, release__dataset__in=self.datasets).count(),
            "found_by_search": sum(_entries(key) for key in self.datasets),
            "sealed_uploads": sealed.count() + Attachment.objects.filter(submission__pk__in=self.submissions).count(),
        }


def traces_of(datasets: Sequence[Dataset], waiting: Sequence[Submission] = ()) -> Traces:
    """Where they stand now, and what waits with their rows. Call it inside the transaction that removes them."""
    releases = list(Release.every.filter(dataset__in=datasets))
    digests = Distribution.every.filter(release__in=releases).values_list("sha256", flat=True)
    return Traces(
        datasets=[dataset.pk for dataset in datasets],
        folders=[shelf() / release.folder for release in releases],
        digests=list(digests),
        since=min((release.published_at for release in releases), default=None),
        submissions=[*(release.submission for release in releases), *(str(one.pk) for one in waiting)],
    )


def _entries(key: int) -> int:
    column = "dataset_id" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM catalogue_search WHERE {column} = %s", [key])  # noqa: S608 - our own word
        return int(cursor.fetchone()[0])
