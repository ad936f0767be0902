"""What officers do with a request: take it out to open it, work on it, say that it is ready, or why it cannot go on.

Every taking out is a line of the record. Answers are codes of lists: nobody writes about a person in the clear.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Gone, Refused, Unfit
from lumbung.portal.audit.actions import record, record_now
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.intake.seal import Tampered
from lumbung.portal.publication.queries import UNDO_WITHIN
from lumbung.portal.requests import store
from lumbung.portal.requests.listing import CANNOT_OPEN, reasons
from lumbung.portal.requests.models import Request, Step
from lumbung.portal.requests.permissions import check_serves
from lumbung.portal.requests.receiving import last_day_unanswered
from lumbung.portal.requests.states import ANSWERED, RequestState, check_move

KINDS = {
    RequestState.WORKING: Kind.REQUEST_TAKEN,
    RequestState.READY: Kind.REQUEST_READY,
    RequestState.DONE: Kind.REQUEST_DONE,
    RequestState.REJECTED: Kind.REQUEST_REJECTED,
}


def see(request: Request, *, person: Person, by: Actor) -> list[bytes]:
    """The envelope, for the officer's browser to open. That it was taken out is in the record before a byte goes.

    Raise Refused, or Gone where it was destroyed on its day.
    """
    check_serves(person, request.office)
    if request.destroyed_at:
        raise Gone("destroyed", _("Isi permohonan ini sudah dimusnahkan pada tanggalnya."))
    record_now(Kind.REQUEST_SEEN, by=by, subject=request.subject, key=request.key)
    try:
        return list(store.envelope(request.number, bytes(request.wrapped_key)))
    except (FileNotFoundError, Tampered):
        raise Gone("damaged", _("Isi permohonan ini tidak dapat dibaca dari penyimpanan.")) from None


def move(request: Request, *, to: RequestState, person: Person, by: Actor, because: Sequence[str] = ()) -> None:
    """Take it up, say that it is ready or handed over, or with reasons of the list that it cannot go on.

    Raise Refused, Conflicting (answered already) or Unfit (a refusal without a reason, or with one of no list).
    """
    check_serves(person, request.office)
    _check_reasons(to, because)
    with transaction.atomic():
        current = Request.objects.select_for_update(of=("self",)).select_related("office").get(pk=request.pk)
        check_move(RequestState(current.state), to)
        current.state, current.reasons, current.taken_by = to, list(because), person
        if to in ANSWERED and current.answered_at is None:
            current.answered_at = timezone.now()
            current.destroy_on = _last_day(current)
        current.save()
        Step.objects.create(request=current, state=to)
        record(KINDS[to], by=by, subject=current.subject, reasons=list(because))
    request.refresh_from_db()


def undo(request: Request, *, person: Person, by: Actor) -> None:
    """Stand as before one's own last answer: a slip of the finger, within ten minutes. The applicant sees that it was
    taken back. Raise Refused for another's answer, a late one, or one whose contents are destroyed already.
    """
    check_serves(person, request.office)
    with transaction.atomic():
        current = Request.objects.select_for_update(of=("self",)).select_related("office").get(pk=request.pk)
        if not may_undo(current, person):
            raise Refused(
                "may-not-undo",
                _("Hanya petugas yang memberi jawaban terakhir dapat mengurungkannya, dalam sepuluh menit."),
                _("Setelah itu, hubungi pemohon bila ia datang, atau mintalah ia mengajukan lagi."),
            )
        slip, stood = current.steps.filter(taken_back=False).order_by("-at", "-pk")[:2]
        Step.objects.filter(pk=slip.pk).update(taken_back=True)
        current.state, current.reasons = stood.state, []
        if current.state not in ANSWERED:
            current.answered_at, current.destroy_on = None, last_day_unanswered(current.received_at)
        current.save()
        record(Kind.REQUEST_UNDONE, by=by, subject=current.subject, before=slip.state, state=stood.state)
    request.refresh_from_db()


def may_undo(request: Request, person: Person) -> bool:
    """Whether the last move is the person's own, a moment ago, and what was sealed is still there."""
    last = request.steps.filter(taken_back=False).last()
    moved = last is not None and last.state != RequestState.ARRIVED and last.at > timezone.now() - UNDO_WITHIN
    return moved and request.taken_by_id == person.pk and request.destroyed_at is None


def _last_day(request: Request) -> date:
    """What nobody here can open is of use to nobody: it goes at once."""
    days = 0 if CANNOT_OPEN in request.reasons else request.office.keep_days
    return timezone.localdate() + timedelta(days=days)


def _check_reasons(to: RequestState, because: Sequence[str]) -> None:
    known = reasons()
    if (to == RequestState.REJECTED) != bool(because) or not set(because) <= set(known):
        raise Unfit("no-reason", _("Pilih sekurangnya satu alasan dari daftar."))
