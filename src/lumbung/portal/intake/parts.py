"""What Lumbung put together out of published submissions, and whether all of its parts still stand open.

A stack (the answers of all villages to one blank) holds its parts' rows; sums have added up their numbers.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.permissions import Conflicting
from lumbung.portal.catalogue.models import Dataset, Release
from lumbung.portal.catalogue.queries import visible
from lumbung.portal.intake.models import Submission


def made_of(dataset: Dataset) -> QuerySet[Submission]:
    """Everything that was put together out of any release of this dataset, in whatever state."""
    return Submission.objects.filter(made_from__in=_released(dataset)).distinct()


def parts_of(dataset: Dataset) -> list[Submission]:
    """What any release of this dataset was put together out of; nothing for what somebody sent in."""
    return list(Submission.objects.filter(made_into__in=_released(dataset)).distinct())


def all_open(parts: Iterable[Submission]) -> bool:
    """Whether each of them stands on the shelf, in a dataset that is open now."""
    names = {str(part.pk) for part in parts}
    return Release.objects.filter(submission__in=names, dataset__in=visible().order_by()).count() == len(names)


def check_parts_open(parts: Iterable[Submission]) -> None:
    """Raise Conflicting unless all are open; nobody closes one before the caller's transaction ends.

    Ask it before any other row is locked: whoever closes a part locks the part first as well.
    """
    names = {str(part.pk) for part in parts}
    holding = Release.every.filter(submission__in=names).values("dataset")
    list(Dataset.objects.select_for_update(of=("self",)).filter(pk__in=holding).order_by("pk"))
    if names and not all_open(parts):
        raise Conflicting(
            "part-closed",
            _("Salah satu data desa yang menjadi bagiannya sedang ditutup, jadi ini tidak dapat dibuka."),
            _("Susun atau jumlahkan lagi tanpa bagian itu, atau buka kembali bagiannya lebih dahulu."),
        )


def _released(dataset: Dataset) -> list[UUID]:
    return [UUID(name) for name in Release.every.filter(dataset=dataset).values_list("submission", flat=True)]
