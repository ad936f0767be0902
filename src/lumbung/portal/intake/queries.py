"""Reading submissions. The access check is in the fetcher's name; strangers get the 404 of what does not exist."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from lumbung.portal.accounts.models import Organisation, OrganisationKind, Person
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.intake.models import Answer, Counting, ReleaseRequest, Submission
from lumbung.portal.intake.states import State

REQUIRED_FOR_REVIEW = ("title", "description", "period", "source", "unit", "licence", "classification", "legal_basis")

READERS = (Role.PRODUSEN, Role.WALIDATA, Role.PPDP, Role.PETUGAS_PIKET)

ANSWERS = (Kind.APPROVED, Kind.REJECTED, Kind.RETURNED)


def submissions_for(person: Person, *roles: Role) -> QuerySet[Submission]:
    """Submissions of the organisations in which the person holds one of the roles, newest first."""
    organisations = organisations_where(person, *roles)
    related = ("organisation", "submitted_by", "dataset", "derived_from")
    return Submission.objects.filter(organisation__in=organisations).select_related(*related)


def get_submission_for_producer(person: Person, submission_id: UUID) -> Submission:
    """For who produces data in its organisation. Raise Http404 otherwise."""
    return _one(submissions_for(person, Role.PRODUSEN), submission_id)


def get_submission_for_reader(person: Person, submission_id: UUID) -> Submission:
    """For who may see that it exists: producers, walidata, PPDP and duty officers. Raise Http404 otherwise."""
    return _one(submissions_for(person, *READERS), submission_id)


def readable_among(person: Person, submission_ids: Iterable[str]) -> set[str]:
    """Those of these (uuids) that `get_submission_for_reader` would give: a link to any other leads nowhere."""
    found = submissions_for(person, *READERS).filter(pk__in=list(submission_ids))
    return {str(number) for number in found.values_list("pk", flat=True)}


def get_submission_for_evidence(person: Person, submission_id: UUID) -> Submission:
    """For who may see masked samples: walidata and PPDP. Raise Http404 otherwise."""
    return _one(submissions_for(person, Role.WALIDATA, Role.PPDP), submission_id)


def get_submission_for_shredder(person: Person, submission_id: UUID) -> Submission:
    """For who may destroy it: its producers and the PPDP. Raise Http404 otherwise."""
    return _one(submissions_for(person, Role.PRODUSEN, Role.PPDP), submission_id)


def release_requests_for_ppdp(person: Person) -> QuerySet[ReleaseRequest]:
    """Questions to this PPDP, those that wait first."""
    organisations = organisations_where(person, Role.PPDP)
    questions = ReleaseRequest.objects.filter(submission__organisation__in=organisations)
    return questions.select_related("submission__organisation", "asked_by", "answered_by").order_by("-asked_at")


def get_release_request_for_ppdp(person: Person, number: int) -> ReleaseRequest:
    """One question to this PPDP. Raise Http404 otherwise."""
    question = release_requests_for_ppdp(person).filter(pk=number).first()
    if question is None:
        raise Http404
    return question


def waiting_requests(person: Person) -> int:
    """How many questions wait for this PPDP."""
    return release_requests_for_ppdp(person).filter(answer=Answer.WAITING).count()


def villages_to_count(person: Person, submission: Submission) -> QuerySet[Organisation]:
    """The villages of which the person may have this register counted: its organisation, or those below it."""
    below = Organisation.objects.filter(path__startswith=submission.organisation.path, kind=OrganisationKind.VILLAGE)
    return below.filter(pk__in=organisations_where(person, Role.PRODUSEN)).exclude(kode="").order_by("name")


def last_counting(submission: Submission) -> Counting | None:
    """The newest making of statistics from it."""
    return submission.countings.select_related("asked_by", "organisation", "result").first()


def is_cleared(submission: Submission) -> bool:
    """Inspected, and either nothing holds it or a PPDP has released every rule that does."""
    inspected = submission.inspection is not None and submission.state not in (State.RECEIVED, State.INSPECTING)
    return inspected and not (submission.holding_codes() - set(submission.released_codes))


def missing_description(submission: Submission) -> list[str]:
    """The labels of what must still be filled in before a review can say yes."""
    empty = [name for name in REQUIRED_FOR_REVIEW if not getattr(submission, name)]
    labels = {field.name: str(field.verbose_name) for field in Submission._meta.fields}
    return [labels[name] for name in empty]


def last_answer(submission: Submission) -> Event | None:
    """What the review desk answered last, with its reason, as the record tells it: that room lies above this one."""
    answers = Event.objects.filter(subject=submission.subject.key, kind__in=ANSWERS)
    return answers.order_by("-sequence").first()


def is_returned(submission: Submission) -> bool:
    """Whether it waits for its producer: returned, and not described anew since."""
    told = Event.objects.filter(subject=submission.subject.key, kind__in=(*ANSWERS, Kind.DESCRIBED))
    last = told.order_by("-sequence").first()
    return submission.state == State.IN_REVIEW and last is not None and last.kind == Kind.RETURNED


def dataset_for_producer(person: Person, slug: str) -> Dataset | None:
    """A dataset that this person may send the next release of; None where there is none, or not theirs."""
    mine = organisations_where(person, Role.PRODUSEN)
    return Dataset.objects.filter(organisation__in=mine, slug=slug, state="published").first()


def _one(submissions: QuerySet[Submission], submission_id: UUID) -> Submission:
    submission = submissions.filter(pk=submission_id).first()
    if submission is None:
        raise Http404
    return submission
