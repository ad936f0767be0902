"""Copies are asked for by one person and decided by another. Nothing is made before that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Unfit
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.copies import masks
from lumbung.portal.copies.models import Copy, Format, Handout, HandoutKind
from lumbung.portal.copies.permissions import check_asks, check_copyable, check_decides
from lumbung.portal.copies.states import HANDOUT_MOVES, HandoutState, check_move
from lumbung.portal.incidents import age
from lumbung.portal.intake import reasons
from lumbung.portal.intake.actions import locked as locked_submission
from lumbung.portal.intake.models import Submission
from lumbung.tracing.copies import ALWAYS, HEADINGS

LONGEST = timedelta(days=730)  # after which a copy must be back, whatever the law allows
MOST_RECIPIENTS, MOST_CANARIES = 200, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """An institution, whom to reach there, and its public key of age ("" where it has none)."""

    institution: str
    contact: str
    age_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for. `fifth_basis` and `canary_basis` are "" where the law is not said to allow it."""

    kind: HandoutKind
    recipients: Sequence[Recipient]
    legal_basis: str
    purpose: str
    columns: Sequence[str]
    mask: masks.Mask
    format: Format
    return_by: date
    fifth_basis: str = ""
    canaries: int = 0
    canary_basis: str = ""


def ask(submission: Submission, wish: Wish, *, person: Person, by: Actor) -> Handout:
    """Ask for one copy for each recipient. Raise Refused (not theirs), Conflicting (not held) or Unfit."""
    check_asks(person, submission.organisation)
    facts = _facts(wish)
    with transaction.atomic():
        current = locked_submission(submission)
        check_copyable(current)
        _check_together(current, facts["shown"])
        handout = Handout.objects.create(
            submission=current, organisation=current.organisation, asked_by=person, **facts
        )
        for number, recipient in enumerate(wish.recipients):
            Copy.objects.create(handout=handout, number=number, institution=recipient.institution.strip(),
                                contact=recipient.contact.strip(), age_key=recipient.age_key)  # fmt: skip
        record(
            Kind.COPIES_ASKED,
            by=by,
            subject=handout.subject,
            because=handout.purpose,
            submission=str(current.pk),
            legal_basis=handout.legal_basis,
            recipients=[one.institution for one in wish.recipients],
            columns=handout.columns,
            shown=handout.shown,
            canaries=handout.canaries,
            return_by=handout.return_by.isoformat(),
        )
    return handout


def decide(handout: Handout, *, person: Person, by: Actor, approve: bool, because: str) -> None:
    """The second person says yes or no. Raise Refused for who asked; Conflicting where somebody was first."""
    because = reasons.checked(because)
    check_decides(person, handout.organisation, handout.asked_by)
    with transaction.atomic():
        current = locked(handout)
        to = HandoutState.MAKING if approve else HandoutState.DECLINED
        check_move(HANDOUT_MOVES, HandoutState(current.state), to)
        if approve:
            check_copyable(locked_submission(current.submission))
            _check_together(current.submission, current.shown)
        current.state, current.state_since, current.heartbeat = to, timezone.now(), timezone.now()
        current.decided_by, current.decided_at, current.because = person, timezone.now(), because
        current.save()
        kind = Kind.COPIES_APPROVED if approve else Kind.COPIES_DECLINED
        record(kind, by=by, subject=current.subject, because=because)
        if approve:
            enqueue(current)


def locked(handout: Handout) -> Handout:
    """The row as it stands now, held until the transaction ends."""
    related = ("submission__organisation", "organisation", "asked_by")
    return Handout.objects.select_for_update(of=("self",)).select_related(*related).get(pk=handout.pk)


def enqueue(handout: Handout) -> None:
    """Put the making on the list of jobs."""
    from lumbung.portal.copies.jobs import make_copies

    make_copies.enqueue(str(handout.pk))


def _check_together(submission: Submission, shown: dict[str, list[int]]) -> None:
    """Against every copy ever asked for in the whole portal and not declined: people move, and so do files."""
    others = Handout.objects.exclude(state__in=(HandoutState.DECLINED, HandoutState.FAILED))
    masks.check_together(shown, others.values_list("shown", flat=True))


def _facts(wish: Wish) -> dict[str, Any]:
    """The fields of a handout. Raise Unfit for what cannot be."""
    _check_recipients(wish.recipients)
    _check_day(wish.return_by)
    if wish.canaries and (wish.kind == HandoutKind.VOTERS or not wish.canary_basis.strip()):
        raise Unfit(
            "no-canaries-here",
            _("Warga rekaan tidak boleh ada di daftar pemilih, dan di petikan lain hanya dengan dasar aturan."),
            _("Kosongkan jumlahnya, atau sebut aturannya."),
        )
    columns = [name for name in HEADINGS if name in wish.columns or name in ALWAYS]
    return {
        "kind": wish.kind,
        "legal_basis": reasons.checked(wish.legal_basis)[:300],
        "purpose": reasons.checked(wish.purpose)[:500],
        "columns": columns,
        "mask": wish.mask,
        "shown": masks.shown_by(wish.mask, columns),
        "fifth": bool(wish.fifth_basis.strip()) and "nik" in columns and wish.mask == masks.Mask.FOUR,
        "fifth_basis": wish.fifth_basis.strip()[:300],
        "canaries": min(wish.canaries, MOST_CANARIES),
        "canary_basis": wish.canary_basis.strip()[:300] if wish.canaries else "",
        "format": wish.format,
        "return_by": wish.return_by,
    }


def _check_recipients(recipients: Sequence[Recipient]) -> None:
    names = [one.institution.strip().casefold() for one in recipients]
    if not names or len(names) > MOST_RECIPIENTS or len(set(names)) < len(names) or not all(names):
        raise Unfit(
            "recipients",
            _("Sebut satu sampai dua ratus lembaga, masing-masing sekali."),
            _("Satu baris satu lembaga: nama lembaga; kontak; kunci age bila ada."),
        )
    for one in recipients:
        reasons.checked(one.institution)  # it stands in the record, so no number of anybody may be in it
        if not one.contact.strip():
            raise Unfit("no-contact", _("Setiap lembaga perlu kontak: kantor atau jabatan yang menerimanya."))
        if one.age_key:
            try:
                age.checked(one.age_key)
            except age.NotAKey:
                raise Unfit(
                    "not-a-key", _("Kunci publik penerima diawali age1, dan yang ini tidak terbaca.")
                ) from None


def _check_day(return_by: date | None) -> None:
    today = timezone.localdate()
    if return_by is None or not today < return_by <= today + LONGEST:
        raise Unfit(
            "return-day",
            _("Setiap salinan perlu tanggal kembali atau musnah: sesudah hari ini, paling lama dua tahun."),
        )
