"""Statistics from a held register, as the record sees it: asked for, taken up, alive, ended. The only writers.

The register stays sealed all the while; when the work is done, or can never be done, its key is destroyed.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.accounts.permissions import Conflicting
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import SYSTEM, Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.intake.actions import locked, shred
from lumbung.portal.intake.inspecting import SILENCE
from lumbung.portal.intake.models import Counting, Stage, Submission
from lumbung.portal.intake.permissions import check_countable, check_counts_village
from lumbung.portal.intake.states import COUNTING_MOVES, UNDER_WAY, CountingState, State

MOST_ATTEMPTS = 3
MOST_STOPS = 3  # after the third failure of the same register it is shredded: it is not kept for ever new trials
AGAIN = timedelta(seconds=10)  # a waiting one that nobody took up is put on the list once more
USED_UP = gettext_noop("Statistik dari register ini tidak dapat dibuat, jadi registernya dimusnahkan.")
FINISHED_WITH = gettext_noop("Statistiknya sudah jadi; registernya tidak diperlukan lagi.")


def ask(
    submission: Submission,
    *,
    person: Person,
    by: Actor,
    organisation: Organisation,
    reference_date: date,
    mapping: Mapping[str, Any],
) -> Counting:
    """Queue the making of statistics about a village from a held register.

    Raise Refused (not a producer there), Unfit (not a register, no kode wilayah) or Conflicting (not held, under way).
    """
    check_counts_village(person, submission, organisation)
    try:
        with transaction.atomic():
            current = locked(submission)
            check_countable(current)
            now = timezone.now()
            counting = Counting.objects.create(
                submission=current,
                organisation=organisation,
                village=organisation.kode,
                reference_date=reference_date,
                mapping=dict(mapping),
                asked_by=person,
                asked_at=now,
                state_since=now,
                heartbeat=now,
            )
            details = {"village": counting.village, "reference_date": reference_date.isoformat()}
            record(Kind.STATISTICS_ASKED, by=by, subject=current.subject, **details)
            enqueue(counting)
    except IntegrityError:
        raise Conflicting(
            "counting-under-way", _("Statistik dari berkas ini sedang dibuat."), address=submission.get_absolute_url()
        ) from None
    return counting


def begin(counting_id: int) -> Counting | None:
    """Take one up; nothing where it is done, in other hands, or another of the same village is being worked on.

    The third silent death stops it for good.
    """
    try:
        with transaction.atomic():
            return _taken_up(_locked(counting_id))
    except IntegrityError:  # another worker took up one of the same village in the same moment
        return None


def _taken_up(counting: Counting) -> Counting | None:
    if not _free(counting):
        return None
    if locked(counting.submission).state != State.HELD:
        end(counting, to=CountingState.STOPPED, code="register-gone")
        return None
    if counting.attempts >= MOST_ATTEMPTS:
        end(counting, to=CountingState.REFUSED, code="interrupted")
        return None
    if counting.state == CountingState.WAITING:
        if Counting.objects.filter(village=counting.village, state=CountingState.WORKING).exists():
            return None
        _move(counting, CountingState.WORKING)
    counting.attempts += 1
    counting.stage, counting.heartbeat = Stage.OPENING, timezone.now()
    counting.save()
    record(Kind.STATISTICS_STARTED, by=SYSTEM, subject=counting.submission.subject, attempt=counting.attempts)
    return counting


def mine(counting: Counting) -> Any:
    """The row, as long as this attempt has not been overtaken: for signs of life and stages."""
    return Counting.objects.filter(pk=counting.pk, attempts=counting.attempts, state=CountingState.WORKING)


def reach(counting: Counting, stage: Stage) -> None:
    """Say what is being done now."""
    mine(counting).update(stage=stage, heartbeat=timezone.now())


def stop(counting: Counting, *, code: str, final: bool, details: Mapping[str, Any] | None = None) -> None:
    """Write down that nothing came of it, unless this attempt has been overtaken. `final`: no other date or column
    would help, so the register is shredded; so it is after the third failure. `details` are `report` and `proposal`.
    """
    with transaction.atomic():
        current = _locked(counting.pk)
        if not is_still_mine(current, counting):
            return
        for name, value in (details or {}).items():
            setattr(current, name, value)
        failures = Counting.objects.filter(submission=current.submission, state=CountingState.STOPPED)
        asked_to_say = code == "needs-confirmation"  # a question, not a failure
        used_up = final or (not asked_to_say and failures.exclude(code="needs-confirmation").count() + 1 >= MOST_STOPS)
        end(current, to=CountingState.REFUSED if used_up else CountingState.STOPPED, code=code)


def end(counting: Counting, *, to: CountingState, code: str) -> None:
    """Move to an end without result and record it; where it is for good, shred the register. Call it locked."""
    _move(counting, to)
    counting.code = code
    counting.save()
    subject = counting.submission.subject
    record(Kind.STATISTICS_REFUSED, by=SYSTEM, subject=subject, code=code, final=to == CountingState.REFUSED)
    if to == CountingState.REFUSED:
        shred(counting.submission, by=SYSTEM, because=USED_UP)


def finish(counting: Counting, *, result: Submission) -> None:
    """Done: bind the result and shred the register. Call it in the transaction that made the result."""
    _move(counting, CountingState.DONE)
    counting.result = result
    counting.save()
    record(
        Kind.STATISTICS_MADE,
        by=SYSTEM,
        subject=counting.submission.subject,
        village=counting.village,
        reference_date=counting.reference_date.isoformat(),
        result=str(result.pk),
        counted=counting.report.get("counted", 0),
    )
    shred(counting.submission, by=SYSTEM, because=FINISHED_WITH)


def is_still_mine(current: Counting, counting: Counting) -> bool:
    """Whether the attempt that asks is still the one that counts."""
    return current.state == CountingState.WORKING and current.attempts == counting.attempts


def take_up_the_left() -> int:
    """Put back on the list what a dead worker left, or what waited for another of its village. Gives how many."""
    now = timezone.now()
    count = 0
    for counting in Counting.objects.filter(state__in=UNDER_WAY):
        silent_for = AGAIN if counting.state == CountingState.WAITING else SILENCE
        if counting.heartbeat < now - silent_for:
            if counting.state == CountingState.WAITING:
                Counting.objects.filter(pk=counting.pk).update(heartbeat=now)
            enqueue(counting)
            count += 1
    return count


def enqueue(counting: Counting) -> None:
    """Put it on the list of jobs."""
    from lumbung.portal.intake.jobs import count_register

    count_register.enqueue(counting.pk)


def locked_counting(counting: Counting) -> Counting:
    """The row as it stands now, held until the transaction ends."""
    return _locked(counting.pk)


def _locked(counting_id: int) -> Counting:
    related = ("submission__organisation", "organisation", "asked_by")
    return Counting.objects.select_for_update(of=("self",)).select_related(*related).get(pk=counting_id)


def _free(counting: Counting) -> bool:
    silent = counting.heartbeat < timezone.now() - SILENCE
    return counting.state == CountingState.WAITING or (counting.state == CountingState.WORKING and silent)


def _move(counting: Counting, to: CountingState) -> None:
    if to not in COUNTING_MOVES[CountingState(counting.state)]:
        raise Conflicting("wrong-state", _("Penghitungan ini sudah berada pada tahap lain."))
    counting.state, counting.state_since = to, timezone.now()
