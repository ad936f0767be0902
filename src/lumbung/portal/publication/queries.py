"""What the desk lists, and what is left of a dataset after it was removed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.db.models import QuerySet
from django.http import Http404

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.catalogue.models import Dataset, Distribution, Release
from lumbung.portal.catalogue.permissions import MAY_CLOSE
from lumbung.portal.catalogue.shelf import shelf
from lumbung.portal.intake.models import Attachment, Submission


def datasets_for_keeper(person: Person) -> QuerySet[Dataset]:
    """Every dataset, whatever its state, of the organisations the person is on duty for; the newest change first."""
    where = organisations_where(person, *MAY_CLOSE)
    return Dataset.objects.filter(organisation__in=where).select_related("organisation").order_by("-state_since")


def dataset_for_keeper(person: Person, slug: str) -> Dataset:
    """One of them. Raise Http404 for what is unknown and for what is not theirs, alike."""
    found = datasets_for_keeper(person).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """Everywhere datasets stand, noted before they are removed so that each place can be looked at afterwards."""

    datasets: list[int]
    folders: list[Path]
    digests: list[str]
    submissions: list[str]

    def left(self) -> dict[str, int]:
        """How much is still there, place by place; all noughts is what removal promises."""
        sealed = Submission.objects.filter(pk__in=self.submissions).exclude(storage_key="")
        return {
            "folders": sum(folder.exists() for folder in self.folders),
            "releases": Release.objects.filter(dataset__in=self.datasets).count(),
            "files": Distribution.objects.filter(sha256__in=self.digests, release__dataset__in=self.datasets).count(),
            "found_by_search": sum(_entries(key) for key in self.datasets),
            "sealed_uploads": sealed.count() + Attachment.objects.filter(submission__pk__in=self.submissions).count(),
        }


def traces_of(datasets: Sequence[Dataset], waiting: Sequence[Submission] = ()) -> Traces:
    """Where they stand now, and what waits with their rows. Call it inside the transaction that removes them."""
    releases = list(Release.objects.filter(dataset__in=datasets))
    digests = Distribution.objects.filter(release__in=releases).values_list("sha256", flat=True)
    return Traces(
        datasets=[dataset.pk for dataset in datasets],
        folders=[shelf() / release.folder for release in releases],
        digests=list(digests),
        submissions=[*(release.submission for release in releases), *(str(one.pk) for one in waiting)],
    )


def _entries(key: int) -> int:
    column = "dataset_id" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM catalogue_search WHERE {column} = %s", [key])  # noqa: S608 - our own word
        return int(cursor.fetchone()[0])
