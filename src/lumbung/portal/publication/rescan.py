"""The second look at everything on the shelf: how far it is, and asking for it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lumbung.portal.accounts.models import Person
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor, Subject
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.publication import looking_again
from lumbung.portal.publication.permissions import check_watches

MOST_FINDINGS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescan:
    """How far the second look is: releases in all and still due, the one looked at longest ago, the last findings."""

    releases: int
    due: int
    oldest: datetime | None
    findings: list[Event]

    @property
    def done(self) -> int:
        """How many are not due."""
        return self.releases - self.due


def progress() -> Rescan:
    """As it is now."""
    every = looking_again.standing_releases()
    found = Event.objects.filter(kind=Kind.LOOKED_AGAIN).exclude(details__held_for=[]).order_by("-sequence")
    return Rescan(
        releases=every.count(),
        due=looking_again.due().count(),
        oldest=every.order_by("looked_at").values_list("looked_at", flat=True).first(),
        findings=list(found[:MOST_FINDINGS]),
    )


@transaction.atomic
def ask(*, person: Person, by: Actor) -> int:
    """Have the gate look at everything once more, whatever the rules; gives how many releases are due now."""
    check_watches(person)
    number = looking_again.ask_for_all()
    record(Kind.RESCAN_ASKED, by=by, subject=Subject(kind="portal", id="all", label="Portal"), releases=number)
    return number
