"""The health of services: own ones by the real checks, outside ones by one short question to their address.

What is found suggests a state, and never sets it: people decide. Asked are only addresses that somebody asked to have
watched, over https, never an inside address and never a redirection (see `publication.calling`).
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import SYSTEM
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.publication.calling import NotCalled, look
from lumbung.portal.services.health import NEEDS
from lumbung.portal.services.models import Own, Service
from lumbung.portal.services.states import ServiceState
from lumbung.portal.services.switches import subject_of

EVERY = timedelta(minutes=5)
AT_ONCE = 1  # in one visit of the housekeeper, who has other work
TWICE = 2  # bad answers in a row before anything is suggested: one may be the line
WELL = "well"
SETTLED = timedelta(minutes=15)  # a disturbance lasts so long before its end is suggested


def look_around() -> int:
    """Ask the outside services that are due; gives how many were asked."""
    due = list(_due()[:AT_ONCE])
    for service in due:
        seen = _seen(service.look_at)
        bad = F("bad") + 1 if seen != WELL else 0
        same = Service.objects.filter(pk=service.pk, look_at=service.look_at)
        same.update(seen=seen, seen_at=timezone.now(), bad=bad)
    return len(due)


def _due() -> QuerySet[Service]:
    before = timezone.now() - EVERY
    asked = Service.objects.filter(retired_at=None).exclude(look_at="")
    return asked.filter(Q(seen_at=None) | Q(seen_at__lt=before)).order_by(F("seen_at").asc(nulls_first=True))


def _seen(address: str) -> str:
    """A code: well, or what was the matter."""
    try:
        status = look(address)
    except NotCalled as problem:
        return problem.code
    return WELL if status < 400 else "broken" if status >= 500 else "refused"


def suggestion(service: Service | None, code: str, found: dict[str, bool]) -> tuple[ServiceState, list[str]] | None:
    """The state that fits what was seen, with the codes of what was seen; None where it is the one that stands, or
    where nobody looks. A closed service is never suggested to open: that is for people alone."""
    state = ServiceState(service.state) if service else ServiceState.OPEN
    if code in Own.values:
        seen = [name for name in NEEDS[Own(code)] if not found[name]]
    elif service is None or not service.look_at or service.seen_at is None or 0 < service.bad < TWICE:
        return None
    else:
        seen = [service.seen] if service.bad else []
    fits = ServiceState.DEGRADED if seen else ServiceState.OPEN
    fresh = service is not None and service.since is not None and service.since > timezone.now() - SETTLED
    if state in (fits, ServiceState.CLOSED) or (fits == ServiceState.OPEN and fresh):
        return None
    return fits, seen or [WELL]


def note_late() -> int:
    """Write into the record, once for each promise, that promised news are overdue; gives how many."""
    late = Service.objects.filter(retired_at=None, next_at__lt=timezone.now(), late_told_at=None)
    for service in late:
        with transaction.atomic():
            mine = Service.objects.filter(pk=service.pk, next_at=service.next_at, late_told_at=None)
            if mine.update(late_told_at=timezone.now()):
                promised = service.next_at.isoformat() if service.next_at else ""
                record(Kind.SERVICE_LATE, by=SYSTEM, subject=subject_of(service), promised=promised)
    return len(late)


def keep_services() -> None:
    """What the housekeeper does for this room, every half minute."""
    note_late()
    look_around()
