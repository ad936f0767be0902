"""The verb of the desk: a decision, bound to bytes and rules, made once."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung import gate
from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Conflicting
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.intake.actions import advance, inspect_again, locked
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.states import State
from lumbung.portal.intake.weighing import Weighed, checked
from lumbung.portal.review import reasons
from lumbung.portal.review.consequences import keep
from lumbung.portal.review.models import Answer, Decision
from lumbung.portal.review.permissions import (
    check_cleared,
    check_complete,
    check_other_hands,
    check_reviews,
    check_waiting,
)
from lumbung.portal.review.queries import as_seen


def decide(
    submission: Submission,
    *,
    person: Person,
    by: Actor,
    answer: Answer,
    because: str,
    seen: str,
    weighed: Weighed | None = None,
) -> Decision:
    """Approve, return or reject. Nothing is published by this. A return leaves the file waiting for its producer.

    `seen` is `queries.as_seen` of what the reviewer looked at; a rejection needs `weighed`, its uji konsekuensi.
    Raise Refused (not theirs to decide), Unfit (no reason, nothing weighed, incomplete) or Conflicting (somebody was
    first, or the page is stale); all are checked again under the row lock. A file inspected under other rules than
    today's is not approved but sent to be inspected again, and Conflicting.
    """
    because = reasons.checked(because)
    consequences = checked(weighed) if answer == Answer.REJECT else None
    with transaction.atomic():
        current = locked(submission)
        check_reviews(person, current)
        check_other_hands(person, current)
        check_waiting(current)
        _check_unchanged(current, seen)
        outdated = answer == Answer.APPROVE and current.rules_version != gate.rules_version()
        if outdated:
            inspect_again(current, by=by, because=str(_("Aturan pemeriksaan berubah sejak berkas ini diperiksa.")))
        else:
            if answer == Answer.APPROVE:
                check_cleared(current)
                check_complete(current)
            decision = _decided(current, person=person, by=by, answer=answer, because=because, weighed=consequences)
            if consequences:
                keep(decision, consequences)
            return decision
    raise _rules_changed()


def _rules_changed() -> Conflicting:
    return Conflicting(
        "rules-changed",
        _("Aturan pemeriksaan berubah sejak berkas ini diperiksa, jadi berkasnya sedang kami periksa ulang."),
        _("Berkas kembali ke antrean tinjauan begitu selesai diperiksa; keterangannya tidak perlu diketik lagi."),
        address="/meja/tinjau/",
    )


def _decided(
    submission: Submission, *, person: Person, by: Actor, answer: Answer, because: str, weighed: Weighed | None
) -> Decision:
    weighing: dict[str, Any] = {"ground": weighed.ground.value} if weighed else {}
    match answer:
        case Answer.APPROVE:
            advance(submission, to=State.APPROVED, kind=Kind.APPROVED, by=by, because=because)
        case Answer.REJECT:
            advance(submission, to=State.REJECTED, kind=Kind.REJECTED, by=by, because=because, **weighing)
        case Answer.RETURN:
            record(Kind.RETURNED, by=by, subject=submission.subject, because=because)
    return Decision.objects.create(
        submission=submission,
        decided_by=person,
        answer=answer,
        because=because,
        sha256=submission.sha256,
        rules_version=submission.rules_version,
        at=timezone.now(),
    )


def _check_unchanged(submission: Submission, seen: str) -> None:
    if as_seen(submission) != seen:
        raise Conflicting(
            "changed-meanwhile",
            _("Berkas ini atau keterangannya berubah sejak halaman Anda dibuka."),
            _("Buka kembali halamannya dan lihat sekali lagi sebelum memutuskan."),
            address=f"/meja/tinjau/{submission.pk}",
        )
