"""What a reviewer reads: the queue, one submission, and what it looked like when they looked."""

import hashlib
import json
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet
from django.http import Http404

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.column_words import words_of
from lumbung.portal.catalogue.states import DatasetState
from lumbung.portal.catalogue.vocabulary import Classification
from lumbung.portal.intake.actions import DESCRIPTION
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.queries import missing_description
from lumbung.portal.intake.states import State
from lumbung.portal.review.models import Answer, Decision
from lumbung.portal.review.risk import Risk, published_before, risk_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One line of the queue. `returned`: it waits for its producer; `own`: the reader may not decide it.

    `harmless`: may be approved with others, once its columns were compared. `seen` is `as_seen` of it.
    """

    submission: Submission
    verdict: str
    returned: bool
    own: bool
    risk: Risk
    harmless: bool
    seen: str
    comments: int


def reviewable(person: Person) -> QuerySet[Submission]:
    """What the person may see at the desk: submissions of the organisations where they are walidata."""
    where = organisations_where(person, Role.WALIDATA)
    return Submission.objects.filter(organisation__in=where).select_related("organisation", "submitted_by", "dataset")


def queue(person: Person, *, by_risk: bool = False) -> list[Waiting]:
    """What waits for a decision or, once approved, for publication; the oldest first, or the riskiest."""
    waiting = reviewable(person).filter(state__in=(State.IN_REVIEW, State.APPROVED)).order_by("received_at")
    found = list(waiting.annotate(said=Count("comments")))
    known = published_before(one.submitted_by_id for one in found)
    lines = [_line(one, person, known) for one in found]
    return sorted(lines, key=lambda line: -line.risk.points) if by_risk else lines


def _line(one: Submission, person: Person, known: set[int]) -> Waiting:
    returned = one.state == State.IN_REVIEW and waits_for_producer(one)
    return Waiting(
        submission=one,
        verdict=(one.inspection or {}).get("verdict", "hold"),
        returned=returned,
        own=one.submitted_by_id == person.pk,
        risk=risk_of(one, published_before=one.submitted_by_id in known),
        harmless=not returned and _looks_harmless(one, person),
        seen=as_seen(one),
        comments=getattr(one, "said", 0),
    )


def is_harmless(submission: Submission, person: Person) -> bool:
    """Whether it may be approved with others by this person, as far as can be told without opening it."""
    return _looks_harmless(submission, person) and not waits_for_producer(submission)


def _looks_harmless(one: Submission, person: Person) -> bool:
    clean = (one.inspection or {}).get("verdict") == "open" and not one.released_codes
    update = one.dataset is not None and one.dataset.state == DatasetState.PUBLISHED
    ready = not missing_description(one) and one.classification == Classification.OPEN
    return one.state == State.IN_REVIEW and one.submitted_by_id != person.pk and clean and update and ready


def submission_for_reviewer(person: Person, pk: UUID) -> Submission:
    """One submission. Raise Http404 for what is unknown and for what the person may not see, alike."""
    found = reviewable(person).filter(pk=pk).exclude(state__in=(State.RECEIVED, State.INSPECTING, State.HELD)).first()
    if found is None:
        raise Http404
    return found


def latest_decision(submission: Submission) -> Decision | None:
    """The last answer, whatever it was."""
    return Decision.objects.filter(submission=submission).select_related("decided_by").first()


def waits_for_producer(submission: Submission) -> bool:
    """Whether it was returned and its description has not been changed since."""
    last = latest_decision(submission)
    if last is None or last.answer != Answer.RETURN:
        return False
    described = Event.objects.filter(subject=submission.subject.key, kind=Kind.DESCRIBED, at__gt=last.at)
    return not described.exists()


def as_seen(submission: Submission) -> str:
    """A digest of what a reviewer looks at: bytes, rules, state, every word of the description and of the columns."""
    columns = sorted((name, said.description, said.unit) for name, said in words_of(submission.id_text).items())
    words = [*(getattr(submission, name) for name in DESCRIPTION), columns]
    what = [submission.sha256, submission.rules_version, submission.state, submission.state_since.isoformat(), *words]
    return hashlib.sha256(json.dumps(what).encode()).hexdigest()
