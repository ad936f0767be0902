"""The verbs of the switchboard: move a switch or say more, and undo one's own slip.

A move is one short transaction; whoever asks afterwards, of any process, sees it: nothing is kept in memory.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Conflicting, Refused, Unfit
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.intake.masking import holds_long_number
from lumbung.portal.publication.queries import UNDO_WITHIN
from lumbung.portal.review import reasons
from lumbung.portal.services import permissions
from lumbung.portal.services.checklist import check_signed
from lumbung.portal.services.models import Move, Service
from lumbung.portal.services.permissions import Act
from lumbung.portal.services.states import ServiceState, check_move
from lumbung.portal.services.switches import locked, plain, subject_of

FARTHEST = timedelta(days=31)  # a promise of news beyond that is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the public is told with a move. `next_at` must lie ahead for all but an open service; `danger` counts only
    for a closing, and never ends but by opening."""

    reason: str
    next_at: datetime | None = None
    channel: str = ""
    danger: bool = False


def move(code: str, *, person: Person, by: Actor, state: ServiceState, told: Told, seen: int | None = None) -> Move:
    """Put the service into a state, or say more about the one it is in. Reversible: see `undo`.

    `seen` is the number of the last move that the person saw (0: none): where another came between, raise Conflicting;
    but a closing always goes through, and the same touch twice is one. Raise Refused for the wrong role or an
    unsigned checklist, Unfit for words that cannot be shown.
    """
    permissions.check(Act.MOVE, person)
    told = _fit(told, state)
    with transaction.atomic():
        service = locked(code)
        last = service.moves.order_by("-pk").first()
        if last and seen not in (None, last.pk) and _is_same(last, person, state, told):
            return last
        _check_seen(service, state, seen, last)
        if state != service.state:
            check_move(ServiceState(service.state), state)
        if service.round and state != ServiceState.CLOSED:
            permissions.check(Act.REOPEN, person)
            check_signed(service)
        danger = state == ServiceState.CLOSED and (told.danger or service.round is not None)
        made = _made(service, state=state, told=told, danger=danger, person=person, by=by)
        record(
            Kind.SERVICE_MOVED, by=by, subject=subject_of(service), because=made.reason,
            before=made.before, state=state.value, danger=danger, next_at=_moment(made.next_at), move=made.pk,
        )  # fmt: skip
        return made


def undo(code: str, *, person: Person, by: Actor) -> Move:
    """Stand as before one's own last move: a slip of the finger, within ten minutes. An undoing is not undone.

    What had been closed because of a danger and is closed again by this begins a new checklist.
    """
    permissions.check(Act.MOVE, person)
    with transaction.atomic():
        service = locked(code)
        moves = list(service.moves.order_by("-pk")[:2])
        if not moves or not may_undo(moves[0], person):
            raise Refused(
                "may-not-undo",
                _("Hanya yang menggerakkan saklar terakhir dapat mengurungkannya, dalam sepuluh menit."),
                _("Setelah itu, gerakkan saklarnya seperti biasa."),
            )
        last, stood = moves[0], moves[1] if len(moves) > 1 else Move(state=ServiceState.OPEN)
        told = Told(reason=stood.reason, next_at=stood.next_at, channel=stood.channel)
        state = ServiceState(stood.state)
        made = _made(service, state=state, told=told, danger=stood.danger, person=person, by=by, undoes=last)
        about: dict[str, Any] = {"before": made.before, "state": state.value, "undoes": last.pk, "move": made.pk}
        record(Kind.SERVICE_UNDONE, by=by, subject=subject_of(service), **about)
        return made


def may_undo(last: Move, person: Person) -> bool:
    """Whether it is the person's own, a moment ago, and no undoing itself."""
    return last.undoes_id is None and last.by_id == person.pk and last.at > timezone.now() - UNDO_WITHIN


def _made(
    service: Service,
    *,
    state: ServiceState,
    told: Told,
    danger: bool,
    person: Person,
    by: Actor,
    undoes: Move | None = None,
) -> Move:
    now, before = timezone.now(), ServiceState(service.state)
    made = Move.objects.create(
        service=service, before=before, state=state, danger=danger, reason=told.reason, channel=told.channel,
        next_at=told.next_at, at=now, by=person, office=by.organisation[:200], undoes=undoes,
    )  # fmt: skip
    if not danger:
        service.round = None
    elif service.round is None:
        service.round = made
    if state != before:
        service.since = now
    service.state, service.reason, service.next_at = state, told.reason, told.next_at
    service.channel, service.late_told_at = told.channel or service.channel, None
    service.save()
    return made


def _fit(told: Told, state: ServiceState) -> Told:
    reason, channel = reasons.checked(plain(told.reason)), plain(told.channel)
    if len(reason) > 500 or len(channel) > 200:
        raise Unfit("long-words", _("Kabar itu terlalu panjang untuk umum."), _("Cukup satu dua kalimat."))
    if holds_long_number(channel):
        raise Unfit("number-in-words", _("Jalan lain itu memuat deretan angka sepanjang NIK."))
    if state == ServiceState.OPEN:
        return Told(reason=reason, channel=channel)
    now = timezone.now()
    if told.next_at is None or not now < told.next_at <= now + FARTHEST:
        raise Unfit(
            "no-promise",
            _("Kabar berikutnya harus dijanjikan: kapan, antara sekarang dan 31 hari lagi."),
            _("Belum tahu kapan selesai? Cukup janjikan kabar, bukan waktu pembukaannya."),
        )
    return Told(reason=reason, channel=channel, next_at=told.next_at, danger=told.danger)


def _is_same(last: Move, person: Person, state: ServiceState, told: Told) -> bool:
    return (last.by_id, last.state, last.reason) == (person.pk, state, told.reason) and last.danger >= told.danger


def _check_seen(service: Service, state: ServiceState, seen: int | None, last: Move | None) -> None:
    """A closing is never kept waiting by what another has done meanwhile, unless that was the closing itself."""
    if seen is None or (state == ServiceState.CLOSED and service.state != ServiceState.CLOSED):
        return
    if (last.pk if last else 0) != seen:
        raise Conflicting(
            "moved-meanwhile",
            _("Petugas lain baru saja menggerakkan saklar ini, jadi yang Anda pilih belum dijalankan."),
            _("Muat ulang halaman, lihat keadaannya sekarang, lalu pilih lagi bila masih perlu."),
        )


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
