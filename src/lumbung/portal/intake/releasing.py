"""A held file and the PPDP: the question with a legal basis, and its answer with what was weighed."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Conflicting
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.intake.actions import advance, locked
from lumbung.portal.intake.models import Answer, ReleaseRequest, Submission
from lumbung.portal.intake.permissions import check_releasable
from lumbung.portal.intake.states import State
from lumbung.portal.intake.weighing import Weighed, checked, checked_to_open


def request_release(
    submission: Submission, *, person: Person, by: Actor, legal_basis: str, because: str
) -> ReleaseRequest:
    """Ask the PPDP to let a held file pass. Raise Conflicting where one question is already waiting."""
    with transaction.atomic():
        current = locked(submission)
        check_releasable(current)
        if current.release_requests.filter(answer=Answer.WAITING).exists():
            raise Conflicting("already-asked", _("Permintaan untuk berkas ini sudah menunggu jawaban PPDP."))
        codes = sorted(current.holding_codes())
        question = ReleaseRequest.objects.create(
            submission=current,
            asked_by=person,
            asked_at=timezone.now(),
            legal_basis=legal_basis,
            because=because,
            codes=codes,
        )
        record(
            Kind.RELEASE_REQUESTED,
            by=by,
            subject=current.subject,
            because=because,
            legal_basis=legal_basis,
            codes=codes,
        )
    return question


def answer_release(
    question: ReleaseRequest, *, person: Person, by: Actor, grant: bool, because: str, weighed: Weighed
) -> None:
    """The PPDP's answer. Granting sends the file on to review with the exemption written beside it; nobody answers
    their own question. Either way what was weighed stays with it. Raise Conflicting where it is answered already,
    Unfit where the uji konsekuensi is not whole."""
    test = checked_to_open(weighed) if grant else checked(weighed)
    with transaction.atomic():
        current = locked(question.submission)
        question = ReleaseRequest.objects.select_for_update(of=("self",)).get(pk=question.pk)
        _check_answerable(question, person)
        question.answer = Answer.GRANTED if grant else Answer.REFUSED
        question.answered_by, question.answered_at, question.answer_because = person, timezone.now(), because
        question.ground, question.until = test.ground, test.until
        question.if_opened, question.if_closed = test.if_opened, test.if_closed
        question.save()
        if not grant:
            told = {"codes": question.codes, "ground": test.ground.value}
            record(Kind.RELEASE_REFUSED, by=by, subject=current.subject, because=because, **told)
            return
        check_releasable(current)
        if set(question.codes) != current.holding_codes():
            raise Conflicting("inspected-since", _("Berkas ini sudah diperiksa ulang sejak permintaan itu dibuat."))
        advance(
            current,
            to=State.IN_REVIEW,
            kind=Kind.RELEASE_GRANTED,
            by=by,
            because=because,
            changes={"released_codes": question.codes},
            codes=question.codes,
            legal_basis=question.legal_basis,
            ground=test.ground.value,
        )


def _check_answerable(question: ReleaseRequest, person: Person) -> None:
    if question.answer != Answer.WAITING:
        raise Conflicting("already-answered", _("Permintaan ini sudah dijawab."))
    if person.pk in (question.asked_by_id, question.submission.submitted_by_id):
        raise Conflicting(
            "own-question",
            _("Permintaan atas berkas sendiri tidak dapat diputuskan sendiri."),
            _("Mintalah PPDP lain untuk memutuskannya."),
        )
