"""Reading copies. The access check is in the fetcher's name; strangers get the 404 of what does not exist."""

from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.accounts.roles import Role
from lumbung.portal.copies import store
from lumbung.portal.copies.models import Alarm, Copy, Handout, Viewing
from lumbung.portal.copies.permissions import MAY_ASK, MAY_DECIDE, MAY_HAND, MAY_TRACE
from lumbung.portal.copies.states import CopyState, HandoutState, ViewingState
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.permissions import REGISTER_CODES
from lumbung.portal.intake.states import State


def handouts_for(person: Person, *roles: Role) -> QuerySet[Handout]:
    """Of the organisations in which the person holds one of the roles, newest first."""
    related = ("organisation", "submission", "asked_by", "decided_by")
    return Handout.objects.filter(organisation__in=organisations_where(person, *roles)).select_related(*related)


def get_handout(person: Person, handout_id: UUID) -> Handout:
    """For who asks, decides or hands over. Raise Http404 otherwise."""
    found = handouts_for(person, *MAY_HAND).filter(pk=handout_id).first()
    if found is None:
        raise Http404
    return found


def get_copy(person: Person, copy_id: UUID) -> Copy:
    """The same of one copy."""
    copies = Copy.objects.filter(handout__in=handouts_for(person, *MAY_HAND)).select_related("handout__organisation")
    found = copies.filter(pk=copy_id).first()
    if found is None:
        raise Http404
    return found


def traceable_for(person: Person) -> QuerySet[Handout]:
    """Handings out whose marks can still be asked by this person."""
    return handouts_for(person, *MAY_TRACE).filter(state=HandoutState.READY).exclude(sealed_secret=b"")


def registers_for(person: Person) -> list[Submission]:
    """Held registers that the person may ask copies of, newest first."""
    held = Submission.objects.filter(state=State.HELD, organisation__in=organisations_where(person, *MAY_ASK))
    newest = held.select_related("organisation").order_by("-received_at")
    return [one for one in newest if one.holding_codes() & REGISTER_CODES and not (one.inspection or {}).get("unread")]


def get_register(person: Person, submission_id: UUID) -> Submission:
    """One of them. Raise Http404 otherwise."""
    found = next((one for one in registers_for(person) if one.pk == submission_id), None)
    if found is None:
        raise Http404
    return found


def copies_out(person: Person) -> QuerySet[Copy]:
    """What recipients of this person's organisations have and have not given back, the oldest day first."""
    mine = Copy.objects.filter(handout__organisation__in=organisations_where(person, *MAY_HAND))
    out = mine.filter(received_at__isnull=False, state__in=(CopyState.RECEIVED, CopyState.REVOKED))
    return out.select_related("handout__organisation").order_by("handout__return_by", "pk")


def alarms_for(person: Person) -> QuerySet[Alarm]:
    """Alarms that wait for an answer in the person's organisations."""
    mine = organisations_where(person, *MAY_HAND, Role.PETUGAS_PIKET)
    related = ("copy__handout__organisation", "submission__organisation")
    return Alarm.objects.filter(answered_at=None, copy__handout__organisation__in=mine).select_related(*related)


def get_alarm(person: Person, number: int) -> Alarm:
    """One of them. Raise Http404 otherwise."""
    found = alarms_for(person).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def viewings_for(person: Person) -> QuerySet[Viewing]:
    """Permissions that this person asked for, decides about, or reads by."""
    mine = Viewing.objects.filter(organisation__in=organisations_where(person, *MAY_ASK, *MAY_DECIDE))
    own = Viewing.objects.filter(viewer=person).exclude(state=ViewingState.ASKED)
    return (mine | own).distinct().select_related("organisation", "submission", "viewer", "asked_by", "decided_by")


def get_viewing(person: Person, viewing_id: UUID) -> Viewing:
    """One of them. Raise Http404 otherwise."""
    found = viewings_for(person).filter(pk=viewing_id).first()
    if found is None:
        raise Http404
    return found


def waiting_for(person: Person) -> int:
    """How many requests wait for this person's decision, and alarms for an answer."""
    decides = organisations_where(person, *MAY_DECIDE)
    asked = Handout.objects.filter(state=HandoutState.ASKED, organisation__in=decides).exclude(asked_by=person)
    viewings = Viewing.objects.filter(state=ViewingState.ASKED, organisation__in=decides)
    others = viewings.exclude(asked_by=person).exclude(viewer=person)
    return asked.count() + others.count() + alarms_for(person).count()


def indexes() -> list[tuple[Copy, Path]]:
    """Every copy that was made with its fingerprints, a `trace.index` file under the portal's own trace key.

    For the tracing room: copies of one handing out stand together, and each is gone after its day. A copy shows no
    whole number, so only name with birth date is in them.
    """
    made = Copy.objects.exclude(index_until=None).select_related("handout__organisation")
    places = [(copy, store.index_of(copy)) for copy in made.order_by("handout__asked_at", "handout_id", "number")]
    return [(copy, path) for copy, path in places if path.exists()]


def check_has_part(person: Person) -> None:
    """Raise Refused unless the person asks for, decides about, hands over or traces copies somewhere."""
    if not organisations_where(person, *MAY_HAND, *MAY_TRACE, Role.PETUGAS_PIKET).exists():
        raise Refused(
            "no-part-in-copies",
            _("Salinan terbatas diurus oleh produsen data, walidata, dan PPDP."),
            _("Mintalah admin memberi Anda peran itu bila memang perlu."),
        )


def get_traceable(person: Person, handout_id: UUID) -> Handout:
    """One whose marks can be asked. Raise Http404 otherwise."""
    found = traceable_for(person).filter(pk=handout_id).first()
    if found is None:
        raise Http404
    return found
