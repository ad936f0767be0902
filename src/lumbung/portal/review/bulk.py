"""Many harmless updates approved with one reason: each is looked at by the gate and by us, one after the other.

Harmless is: verdict open, an update of something published, wholly described, sent by somebody else, nothing released,
not returned; and its tables, written anew, have the very columns of the last release. Whatever is not so is left.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Refused, Unfit
from lumbung.portal.audit.actors import Actor
from lumbung.portal.review import queries, reasons
from lumbung.portal.review.actions import decide
from lumbung.portal.review.comparing import same_shape
from lumbung.portal.review.models import Answer

MOST = 10  # each is written anew while somebody waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one of them: approved, or why not."""

    title: str
    approved: bool
    why: str = ""


def approve_harmless(chosen: Mapping[UUID, str], *, person: Person, by: Actor, because: str) -> list[Outcome]:
    """`chosen` gives for each submission what the reviewer saw of it (`queries.as_seen`). Raise Unfit for no reason
    or too many; what is unknown to the person, or not harmless, is told in its Outcome and left as it is."""
    because = reasons.checked(because)
    if not 0 < len(chosen) <= MOST:
        raise Unfit("how-many", _("Pilih satu sampai %(most)s kiriman.") % {"most": MOST})
    return [_one(number, seen, person=person, by=by, because=because) for number, seen in chosen.items()]


def _one(number: UUID, seen: str, *, person: Person, by: Actor, because: str) -> Outcome:
    try:
        found = queries.submission_for_reviewer(person, number)
    except Http404:
        return Outcome(title=_("Kiriman yang tidak dikenal"), approved=False, why=_("Kiriman ini tidak ada."))
    title = found.title or found.filename_masked
    try:
        if not queries.is_harmless(found, person):
            return Outcome(title=title, approved=False, why=_("Kiriman ini perlu dilihat satu per satu."))
        if not same_shape(found):
            return Outcome(title=title, approved=False, why=_("Kolomnya tidak sama dengan rilis terakhir."))
        decide(found, person=person, by=by, answer=Answer.APPROVE, because=because, seen=seen)
    except Refused as refusal:
        return Outcome(title=title, approved=False, why=str(refusal.sentence))
    return Outcome(title=title, approved=True)
