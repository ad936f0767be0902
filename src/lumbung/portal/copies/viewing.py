"""The viewing room: whole numbers on the screen, for one named person, row by row in the record, and nothing to take.

Follows what KPU did in December 2018: those who had to see all digits saw them on its premises, and took nothing out.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung import confine
from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Conflicting, Refused, Unfit
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import SYSTEM, Actor
from lumbung.portal.audit.keys import master_key
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.copies.models import Viewing
from lumbung.portal.copies.permissions import check_asks, check_copyable, check_decides, check_reads
from lumbung.portal.copies.states import VIEWING_MOVES, ViewingState, check_move
from lumbung.portal.intake import reasons, vault
from lumbung.portal.intake.actions import locked as locked_submission
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.seal import Tampered
from lumbung.tracing.copies import ALWAYS, HEADINGS

LONGEST = timedelta(days=7)  # a held register does not stay longer
MOST_ROWS = 5000
PAGE = 25  # rows
LIMITS = confine.Limits(memory_bytes=2 << 30, cpu_seconds=120, wall_seconds=120, written_bytes=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One page: the number of its first row (from 1), the rows in all, headings, and for each row number and cells."""

    first: int
    of: int
    headings: list[str]
    rows: list[tuple[int, list[str]]]


def ask(
    submission: Submission,
    *,
    viewer: Person,
    columns: Sequence[str],
    legal_basis: str,
    purpose: str,
    closes_on: date,
    rows: int,
    person: Person,
    by: Actor,
) -> Viewing:
    """Ask that a person may read. Raise Refused, Conflicting (not held) or Unfit (no day, too many rows)."""
    check_asks(person, submission.organisation)
    today = timezone.localdate()
    if not today <= closes_on <= today + LONGEST or not 0 < rows <= MOST_ROWS:
        raise Unfit(
            "viewing-limits",
            _("Izin baca paling lama tujuh hari dan paling banyak 5.000 baris."),
        )
    with transaction.atomic():
        current = locked_submission(submission)
        check_copyable(current)
        viewing = Viewing.objects.create(
            submission=current,
            organisation=current.organisation,
            viewer=viewer,
            legal_basis=reasons.checked(legal_basis)[:300],
            purpose=reasons.checked(purpose)[:500],
            columns=[name for name in HEADINGS if name in columns or name in ALWAYS],
            closes_on=closes_on,
            rows_left=rows,
            asked_by=person,
        )
        record(Kind.VIEWING_ASKED, by=by, subject=viewing.subject, because=viewing.purpose, submission=str(current.pk),
               columns=viewing.columns, rows=rows, closes_on=closes_on.isoformat())  # fmt: skip
    return viewing


def decide(viewing: Viewing, *, person: Person, by: Actor, approve: bool, because: str) -> None:
    """The second person says yes or no; neither who asked nor who will read."""
    because = reasons.checked(because)
    check_decides(person, viewing.organisation, viewing.asked_by, viewing.viewer)
    with transaction.atomic():
        current = _locked(viewing)
        to = ViewingState.OPEN if approve else ViewingState.DECLINED
        _move(current, to)
        current.decided_by, current.decided_at, current.because = person, timezone.now(), because
        current.save()
        kind = Kind.VIEWING_OPENED if approve else Kind.VIEWING_DECLINED
        record(kind, by=by, subject=current.subject, because=because)


def enter(viewing: Viewing, *, person: Person, by: Actor, because: str) -> None:
    """The reader says why, each time they come in. Raise Refused for anybody else."""
    because = reasons.checked(because)
    with transaction.atomic():
        current = _locked(viewing)
        check_reads(person, current)
        record(Kind.VIEWING_ENTERED, by=by, subject=current.subject, because=because)


def page(viewing: Viewing, number: int, *, person: Person, by: Actor) -> Shown:
    """One page of the register, and its line in the record before anybody sees it.

    Rows count against what is left each time they are shown. Raise Refused or Conflicting.
    """
    check_reads(person, viewing)
    start = (max(1, number) - 1) * PAGE
    answer = _read(viewing, start)
    rows = [(start + place + 1, [cell or "" for cell in cells]) for place, cells in enumerate(answer["cells"])]
    with transaction.atomic():
        current = _locked(viewing)
        check_reads(person, current)
        if current.rows_left < len(rows):
            raise Refused("rows-used-up", _("Jumlah baris yang boleh dibaca sudah habis."))
        current.rows_left -= len(rows)
        current.save(update_fields=["rows_left"])
        seen = [{"row": row, "digest": _digest(cells)} for row, cells in rows]
        record(Kind.ROWS_SEEN, by=by, subject=current.subject, rows=seen, left=current.rows_left)
    return Shown(first=start + 1, of=int(answer["rows"]), headings=list(answer["headings"]), rows=rows)


def close(viewing: Viewing, *, person: Person, by: Actor, because: str) -> None:
    """Shut it before its day. Raise Refused unless the person may ask for or decide about it."""
    if not (viewing.viewer_id == person.pk or viewing.asked_by_id == person.pk):
        check_decides(person, viewing.organisation)
    _close(viewing, by=by, because=reasons.checked(because))


def close_over() -> int:
    """Shut what is past its day, or whose register is gone. Gives how many."""
    today, count = timezone.localdate(), 0
    for viewing in Viewing.objects.filter(state__in=(ViewingState.OPEN, ViewingState.ASKED)).select_related(
        "submission"
    ):
        if viewing.closes_on < today or viewing.submission.state == "shredded":
            _close(viewing, by=SYSTEM, because=str(_("Tanggalnya sudah lewat, atau registernya sudah dimusnahkan.")))
            count += 1
    return count


def _close(viewing: Viewing, *, by: Actor, because: str) -> None:
    with transaction.atomic():
        current = _locked(viewing)
        _move(current, ViewingState.CLOSED)
        current.save()
        record(Kind.VIEWING_CLOSED, by=by, subject=current.subject, because=because, rows_left=current.rows_left)


def _read(viewing: Viewing, start: int) -> dict[str, Any]:
    """What the confined child says of the page."""
    arguments = {"columns": viewing.columns, "at": timezone.localdate().isoformat(), "start": start, "count": PAGE}
    try:
        with vault.open_plain(viewing.submission) as plain:
            target = "lumbung.portal.copies.writing:page"
            answer: dict[str, Any] = confine.call(target, file=plain, arguments=arguments, limits=LIMITS)
    except (confine.Ended, Tampered):
        answer = {"code": "crash"}
    if answer["code"]:
        raise Conflicting("not-readable", _("Register ini tidak dapat dibuka seluruhnya, jadi tidak ditampilkan."))
    return answer


def _digest(cells: Sequence[str]) -> str:
    """By a key of its own, so that a line proves which row was shown and tells nobody what stood in it."""
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"lumbung viewing room").derive(master_key())
    return hashlib.blake2b("\x1f".join(cells).encode(), key=key, digest_size=8).hexdigest()


def _locked(viewing: Viewing) -> Viewing:
    related = ("organisation", "viewer", "asked_by", "submission")
    return Viewing.objects.select_for_update(of=("self",)).select_related(*related).get(pk=viewing.pk)


def _move(viewing: Viewing, to: ViewingState) -> None:
    check_move(VIEWING_MOVES, ViewingState(viewing.state), to)
    viewing.state, viewing.state_since = to, timezone.now()
