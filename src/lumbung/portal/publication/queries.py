"""What the desk lists, and what is left of a dataset after it was removed."""

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
    """Everywhere a dataset stands, noted before it is removed so that each place can be looked at afterwards."""

    dataset: int
    folders: list[Path]
    digests: list[str]
    submissions: list[str]

    def left(self) -> dict[str, int]:
        """How much is still there, place by place; all noughts is what removal promises."""
        sealed = Submission.objects.filter(pk__in=self.submissions).exclude(storage_key="")
        return {
            "folders": sum(folder.exists() for folder in self.folders),
            "releases": Release.objects.filter(dataset=self.dataset).count(),
            "files": Distribution.objects.filter(sha256__in=self.digests, release__dataset=self.dataset).count(),
            "found_by_search": _entries(self.dataset),
            "sealed_uploads": sealed.count() + Attachment.objects.filter(submission__pk__in=self.submissions).count(),
        }


def traces_of(dataset: Dataset) -> Traces:
    """Where it stands now. Call it inside the transaction that removes it."""
    releases = list(dataset.releases.all())
    digests = Distribution.objects.filter(release__in=releases).values_list("sha256", flat=True)
    return Traces(
        dataset=dataset.pk,
        folders=[shelf() / release.folder for release in releases],
        digests=list(digests),
        submissions=[release.submission for release in releases],
    )


def _entries(key: int) -> int:
    column = "dataset_id" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM catalogue_search WHERE {column} = %s", [key])  # noqa: S608 - our own word
        return int(cursor.fetchone()[0])
