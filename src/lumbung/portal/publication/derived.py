"""What stands on the shelf because Lumbung put it together out of a dataset: closed with it, and gone with it.

A stack holds the rows of its parts, so it closes with each of them. Sums hold no row; they close with a part that may
hold personal data, and where a part is removed, for whoever knows the other parts can subtract.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from lumbung.portal.catalogue.models import Dataset, Release
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.parts import made_of
from lumbung.portal.intake.states import State

MOST_AT_ONCE = 5_000  # parameters of one query
PART_CLOSED = gettext_noop(
    "Salah satu bagian data ini ditutup, jadi seluruhnya ikut ditutup. Yang baru tanpa bagian itu disusun sendiri, "
    "asalkan isian dari sekurangnya dua desa masih terbuka; jumlah kecamatan dan kabupaten dijumlahkan lagi."
)


def stacks_of(dataset: Dataset) -> list[Dataset]:
    """Every dataset in which a release holds rows of this one, locked until the transaction ends."""
    return _shelved(made_of(dataset).exclude(blank=""))


def made_datasets_of(dataset: Dataset) -> list[Dataset]:
    """The same with the sums that added it up."""
    return _shelved(made_of(dataset))


def made_of_releases(releases: Iterable[Release], *, sums: bool) -> list[Dataset]:
    """The same for some releases alone: the stacks that hold their rows, and the sums as well where `sums`."""
    sent = [UUID(release.submission) for release in releases]
    found: dict[int, Dataset] = {}
    for start in range(0, len(sent), MOST_AT_ONCE):
        made = Submission.objects.filter(made_from__in=sent[start : start + MOST_AT_ONCE]).distinct()
        found |= {one.pk: one for one in _shelved(made if sums else made.exclude(blank=""))}
    return [found[key] for key in sorted(found)]


def waiting_stacks_of(dataset: Dataset) -> list[Submission]:
    """Stacks with its rows that never came on the shelf: sealed, and to be destroyed with it all the same."""
    return list(made_of(dataset).exclude(blank="").exclude(state__in=(State.PUBLISHED, State.SHREDDED)))


def _shelved(made: QuerySet[Submission]) -> list[Dataset]:
    names = [str(name) for name in made.values_list("pk", flat=True)]
    holding = Release.every.filter(submission__in=names).values("dataset")
    datasets = Dataset.objects.select_for_update(of=("self",)).select_related("organisation")
    return list(datasets.filter(pk__in=holding).order_by("pk"))
