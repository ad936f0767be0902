"""What a producer has to look after: what is due, what waits, what was held, and what is public and how often used."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count
from django.utils import timezone

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.catalogue.states import DatasetState
from lumbung.portal.catalogue.vocabulary import Frequency
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.states import ON_ITS_WAY, State

DAYS = {  # after a release, until the next is due
    Frequency.MONTHLY: 31,
    Frequency.QUARTERLY: 92,
    Frequency.HALF_YEARLY: 183,
    Frequency.YEARLY: 366,
}
SOON = timedelta(days=14)
LOOKED_BACK = timedelta(days=30)
MOST = 50  # datasets on one desk: a village has a handful


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One public dataset: when its next release is due (None where nothing says so), and how often it was taken.

    `downloads` counts the last thirty days, `days` those of them on which anybody did. Who it was is not asked.
    """

    dataset: Dataset
    due: datetime | None
    late: bool
    downloads: int
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """The desk: datasets that are due or late, how much waits and is held, and all that is public."""

    due: tuple[Kept, ...]
    public: tuple[Kept, ...]
    waiting: int
    held: int


def upkeep(person: Person) -> Upkeep:
    """What this producer looks after."""
    mine = organisations_where(person, Role.PRODUSEN)
    states = dict(
        Submission.objects.filter(organisation__in=mine).values_list("state").annotate(many=Count("pk")).order_by()
    )
    datasets = Dataset.objects.filter(organisation__in=mine, state=DatasetState.PUBLISHED)
    kept = _kept(list(datasets.select_related("organisation").order_by("-released_at")[:MOST]))
    soon = timezone.now() + SOON
    due = [one for one in kept if one.due and one.due <= soon]
    return Upkeep(
        due=tuple(sorted(due, key=lambda one: one.due or soon)),
        public=tuple(sorted(kept, key=lambda one: -one.downloads)),
        waiting=sum(states.get(state, 0) for state in ON_ITS_WAY),
        held=states.get(State.HELD, 0),
    )


def due_at(dataset: Dataset) -> datetime | None:
    """When its next release is due; None for what comes once, or as it happens."""
    days = DAYS.get(Frequency(dataset.frequency)) if dataset.frequency else None
    return dataset.released_at + timedelta(days=days) if days else None


def _kept(datasets: Iterable[Dataset]) -> list[Kept]:
    known = list(datasets)
    now = timezone.now()
    taken = Event.objects.filter(
        kind=Kind.DOWNLOADED, at__gte=now - LOOKED_BACK, subject__in=[one.subject.key for one in known]
    )
    moments = list(taken.values_list("subject", "at"))
    downloads = Counter(subject for subject, _at in moments)
    days = Counter(subject for subject, _day in {(subject, timezone.localdate(at)) for subject, at in moments})
    return [
        Kept(
            dataset=one,
            due=due_at(one),
            late=(due_at(one) or now) < now,
            downloads=downloads[one.subject.key],
            days=days[one.subject.key],
        )
        for one in known
    ]
