"""What all villages fill in on one blank, as one dataset of the whole regency: kept fresh by itself.

It holds nothing but published answers, without their free texts, so no column of it can hold a person. It is inspected
like anything else. Where the gate finds nothing at all, it goes on the shelf under the name of the walidata who
approved the newest of its parts; otherwise it waits in the queue for people. Where a part is closed, the stack is
closed with it (`publication.actions`), and another without that part follows here.
"""

import hashlib
import logging
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_noop

from lumbung.gate import Verdict
from lumbung.portal.accounts.models import Organisation, OrganisationKind, Person
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.audit.actors import SYSTEM
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Release
from lumbung.portal.catalogue.states import DatasetState
from lumbung.portal.catalogue.vocabulary import ClosingGround
from lumbung.portal.intake import vault
from lumbung.portal.intake.actions import shred, take_in
from lumbung.portal.intake.blanks.actions import described
from lumbung.portal.intake.blanks.definition import Blank, blanks
from lumbung.portal.intake.blanks.queries import dataset_of, newest, under_way
from lumbung.portal.intake.blanks.table import as_csv
from lumbung.portal.intake.models import Delivery, Submission
from lumbung.portal.intake.parts import all_open, check_parts_open
from lumbung.portal.intake.states import State
from lumbung.portal.publication.actions import publish
from lumbung.portal.publication.derived import PART_CLOSED
from lumbung.portal.review.actions import decide
from lumbung.portal.review.models import Answer
from lumbung.portal.review.queries import as_seen, latest_decision

log = logging.getLogger(__name__)

FEWEST = 2  # villages: one alone has its own dataset
BECAUSE = gettext_noop("Disusun sendiri dari isian desa yang sudah disetujui; pemeriksa tidak menemukan apa pun.")


def freshen() -> int:
    """Put together what has changed, carry on what was begun. Gives how many moved. Safe to be cut off anywhere."""
    regencies = Organisation.objects.filter(kind=OrganisationKind.REGENCY)
    return sum(_freshened(blank, regency) for regency in regencies for blank in blanks().values())


def _freshened(blank: Blank, regency: Organisation) -> bool:
    begun = under_way(regency, blank)
    parts = [one for one in newest(blank) if one.organisation.path.startswith(regency.path)]
    try:
        if begun and not all_open(begun.made_from.all()):
            return _given_up(begun)
        if begun:
            return bool(parts) and _carried_on(begun, parts)
        return len({one.organisation_id for one in parts}) >= FEWEST and _stacked(blank, regency, parts)
    except Refused as refused:  # people have to look; the record or the queue says what it is
        log.info("stacked data of %s: %s", blank.code, refused.code)
        return False


def _stacked(blank: Blank, regency: Organisation, parts: Sequence[Delivery]) -> bool:
    """Send what is new. Does nothing where exactly this is here already, published, held or refused."""
    rows = [(one.organisation.kode, one.organisation.name, one.year, one.values) for one in parts]
    text = as_csv(blank, rows, texts=False).encode()
    digest = hashlib.sha256(text).hexdigest()
    earlier = list(Submission.objects.filter(organisation=regency, blank=blank.code, sha256=digest))
    if not all(_closed_with_a_part(one) for one in earlier):
        return False
    about = described(blank, regency, [one.year for one in parts])
    sealed = vault.seal_bytes([text], name=f"{blank.code}-{regency.slug}.csv")
    try:
        with transaction.atomic():
            check_parts_open([one.submission for one in parts])
            for one in earlier:
                shred(one, by=SYSTEM, because=PART_CLOSED, published=True)
            take_in(
                sealed,
                person=_newest(parts).submission.submitted_by,
                organisation=regency,
                by=SYSTEM,
                description={**about, "title": f"{blank.title}, semua desa, {regency.name}"},
                dataset=dataset_of(regency, blank),
                blank=blank.code,
                made_from=[one.submission for one in parts],
            )
    finally:
        sealed.discard()
    return True


def _closed_with_a_part(earlier: Submission) -> bool:
    """Whether it is away only because a part of it was: then the very same may come again when its parts are open."""
    if earlier.state == State.SHREDDED:
        return Event.objects.filter(subject=earlier.subject.key, kind=Kind.SHREDDED, because=PART_CLOSED).exists()
    closed = {"dataset__ground": ClosingGround.PART, "dataset__state": DatasetState.QUARANTINED}
    return Release.every.filter(submission=str(earlier.pk), **closed).exists()


def _given_up(begun: Submission) -> bool:
    """A part was closed while it was on its way: destroyed, so that another without that part may follow."""
    shred(begun, by=SYSTEM, because=PART_CLOSED)
    return True


def _carried_on(begun: Submission, parts: Sequence[Delivery]) -> bool:
    """Approve and publish where the gate found nothing; leave it to people otherwise, or where it was refused once."""
    approver = _approver(parts)
    refused = Event.objects.filter(subject=begun.subject.key, kind__in=(Kind.PUBLICATION_REFUSED, Kind.RETURNED))
    clean = (begun.inspection or {}).get("verdict") == Verdict.OPEN.value
    if approver is None or not clean or refused.exists():
        return False
    if begun.state == State.IN_REVIEW:
        seen = as_seen(begun)
        decide(begun, person=approver, by=SYSTEM, answer=Answer.APPROVE, because=BECAUSE, seen=seen)
        begun.refresh_from_db()
    if begun.state == State.APPROVED:
        publish(begun, person=approver, by=SYSTEM)
        return True
    return False


def _newest(parts: Sequence[Delivery]) -> Delivery:
    return max(parts, key=lambda one: (one.sent_at, one.pk))


def _approver(parts: Sequence[Delivery]) -> Person | None:
    decision = latest_decision(_newest(parts).submission)
    return decision.decided_by if decision else None
