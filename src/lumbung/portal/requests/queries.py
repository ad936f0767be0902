"""What the public and the officers read: where a request stands, what waits, what is overdue."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.counter.tickets import NUMBER, read_ticket, verifier_of
from lumbung.portal.accounts.models import Membership, Organisation, Person
from lumbung.portal.accounts.roles import Role
from lumbung.portal.requests.listing import Reason, national, reasons
from lumbung.portal.requests.models import Asking, Office, Request, Step
from lumbung.portal.requests.permissions import TooMany, check_serves
from lumbung.portal.requests.states import OPEN

MOST_ASKED = 60  # statuses in one hour from one sender: a whole office may share an address
NOBODY = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What an applicant is told."""

    request: Request
    service: str
    steps: Sequence[Step]
    reasons: Sequence[Reason]


def standing_of(ticket: str, secret: str, *, sender: str) -> Standing | None:
    """Where a request stands; None alike for no such ticket and for another's secret. Raise TooMany.

    Every question is counted, and costs the same whether or not there is such a ticket.
    """
    _count(sender)
    found = Request.objects.select_related("office__organisation").filter(ticket=read_ticket(ticket) or "").first()
    given = verifier_of(secret) if NUMBER.fullmatch(secret) else NOBODY
    fits = hmac.compare_digest(found.verifier if found else NOBODY, given)
    if found is None or not fits or given == NOBODY:
        return None
    known = reasons()
    return Standing(
        request=found,
        service=national()[found.service].name,
        steps=list(found.steps.all()),
        reasons=[known[code] for code in found.reasons],
    )


def offices() -> QuerySet[Office]:
    """Offices that take requests now and have a key to seal them to."""
    ready = Office.objects.filter(takes=True, keys__retired_at=None, keys__isnull=False)
    return ready.select_related("organisation").order_by("organisation__name").distinct()


def offices_of(person: Person) -> QuerySet[Office]:
    """Offices whose officer the person is, in those very organisations."""
    return Office.objects.filter(organisation__in=_served(person)).select_related("organisation")


def without_office(person: Person) -> QuerySet[Organisation]:
    """Organisations whose officer the person is, but which have not begun to serve."""
    return _served(person).filter(request_office=None)


def waiting_for(person: Person) -> int:
    """How many requests wait on this person's desk."""
    return Request.objects.filter(office__in=offices_of(person), state__in=OPEN).count()


def waiting(office: Office) -> QuerySet[Request]:
    """What nobody has answered, what is due first in front."""
    return office.requests.filter(state__in=OPEN).select_related("taken_by")


def request_for_officer(person: Person, number: int) -> Request:
    """One request. Raise Http404 or Refused."""
    found = get_object_or_404(Request.objects.select_related("office__organisation", "taken_by"), pk=number)
    check_serves(person, found.office)
    return found


def _served(person: Person) -> QuerySet[Organisation]:
    held = Membership.objects.filter(person=person, role=Role.PETUGAS_LAYANAN).values("organisation")
    return Organisation.objects.filter(pk__in=held) if person.is_active else Organisation.objects.none()


def _count(sender: str) -> None:
    """In the database, so that every process counts together; the refusal comes after, so that it undoes no count."""
    with transaction.atomic():
        hour = timezone.now().replace(minute=0, second=0, microsecond=0)
        Asking.objects.get_or_create(sender=sender, hour=hour)
        mine = Asking.objects.filter(sender=sender, hour=hour)
        mine.update(times=F("times") + 1)
        times = mine.get().times
    if times > MOST_ASKED:
        raise TooMany(
            "too-many",
            _("Terlalu banyak pertanyaan dari jaringan ini."),
            _("Coba lagi satu jam lagi, atau hubungi kantornya."),
        )
