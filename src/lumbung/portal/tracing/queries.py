"""What the desk lists. A penelusur sees every question: two who do not know of each other could ask in slices."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.http import Http404
from django.utils import timezone

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.tracing.models import CheckState, Holding, Question, ResidentCheck
from lumbung.portal.tracing.permissions import DAY, MOST_BY_ONE, MOST_TOGETHER, check_traces


def questions() -> QuerySet[Question]:
    """All of them, the newest first."""
    return Question.objects.select_related("asked_by")


def question_for_tracer(person: Person, question_id: UUID) -> Question:
    """One of them. Raise Refused for whoever does not trace, Http404 for what is unknown."""
    check_traces(person)
    found = questions().filter(pk=question_id).first()
    if found is None:
        raise Http404
    return found


def left_today(person: Person) -> int:
    """How many questions this person may still ask within a day."""
    asked = Question.objects.filter(asked_at__gt=timezone.now() - DAY)
    return max(0, min(MOST_BY_ONE - asked.filter(asked_by=person).count(), MOST_TOGETHER - asked.count()))


def kept() -> dict[str, Any]:
    """How many things are fingerprinted, how many people they have together, and how many bytes."""
    standing = Holding.objects.exclude(file="")
    sums = standing.aggregate(many=Count("pk"), people=Sum("people"), size=Sum("size"))
    return {name: value or 0 for name, value in sums.items()}


def holdings(asked: str) -> QuerySet[Holding]:
    """What is fingerprinted or was, the newest first, without what has nobody in it; narrowed by a word."""
    found = Holding.objects.exclude(code="nobody").select_related("brought_by")
    return found.filter(Q(source__icontains=asked) | Q(version__icontains=asked)) if asked else found


def has_open_checks() -> bool:
    """Whether residents can ask at this moment whether they are affected."""
    return ResidentCheck.objects.filter(state=CheckState.OPEN).exists()


def open_check_of(*, slug: str = "", kode: str = "") -> ResidentCheck | None:
    """The newest check that stands open for a dataset, or for what a village published: its own, or that of an
    organisation above it or of the whole portal."""
    datasets = Dataset.objects.filter(slug=slug) if slug else Dataset.objects.filter(village=kode)
    dataset = datasets.select_related("organisation").order_by("-pk").first()
    place = dataset.organisation if dataset else Organisation.objects.filter(kode=kode).exclude(kode="").first()
    if place is None:
        return None
    above = [place.path[:end] for end in range(0, len(place.path) + 1, Organisation.steplen)]
    over = Q(incident__organisation=None) | Q(incident__organisation__path__in=above)
    asked = Q(incident__dataset=None) & over
    if dataset:
        asked |= Q(incident__dataset=dataset)
    return ResidentCheck.objects.filter(asked, state=CheckState.OPEN).first()
