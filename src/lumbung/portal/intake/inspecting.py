"""What the inspecting job writes: begun, still alive, found this. Attempts are numbered; only the last counts."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from threading import Event, Thread
from typing import Any
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from lumbung.gate import Inspection, Verdict
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import SYSTEM
from lumbung.portal.audit.keys import KeyFileMissing
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.intake.actions import advance, locked
from lumbung.portal.intake.masking import masked
from lumbung.portal.intake.models import Submission, Trouble
from lumbung.portal.intake.seal import Tampered
from lumbung.portal.intake.states import State, check_move

MOST_ATTEMPTS = 3
BEAT = 4.0  # seconds between two signs of life
SILENCE = timedelta(seconds=15)  # without a sign of life the worker is taken for dead


class WorkFailed(Exception):
    """A job itself failed. Carries the kind of failure and nothing else: the text of an error may quote a cell."""


def begin(submission_id: UUID | str) -> Submission | None:
    """Take a submission up; nothing where somebody else has it, or where it is done. The third failure holds it."""
    with transaction.atomic():
        current = locked(Submission(pk=submission_id))
        if not _free(current):
            return None
        if current.attempts >= MOST_ATTEMPTS:
            hold_for_trouble(current, Trouble.INTERRUPTED)
            return None
        if current.state == State.RECEIVED:
            check_move(State.RECEIVED, State.INSPECTING)
            current.state, current.state_since = State.INSPECTING, timezone.now()
        current.attempts += 1
        current.heartbeat = timezone.now()
        current.save(update_fields=["state", "state_since", "attempts", "heartbeat"])
        record(Kind.INSPECTION_STARTED, by=SYSTEM, subject=current.subject, attempt=current.attempts)
    return current


def _free(submission: Submission) -> bool:
    """Waiting, or left behind by a worker that gives no sign of life."""
    if submission.state == State.RECEIVED:
        return True
    silent = submission.heartbeat is None or submission.heartbeat < timezone.now() - SILENCE
    return submission.state == State.INSPECTING and silent


def mine(submission: Submission) -> QuerySet[Submission]:
    """The row, as long as this attempt has not been overtaken."""
    return Submission.objects.filter(pk=submission.pk, attempts=submission.attempts, state=State.INSPECTING)


@contextmanager
def alive(rows: QuerySet[Any]) -> Iterator[None]:
    """Give a sign of life every few seconds while the work goes on: write the time into `heartbeat` of the rows."""
    done = Event()

    def beat() -> None:
        while not done.wait(BEAT):
            with suppress(OperationalError):  # a busy database: the next beat may pass
                rows.update(heartbeat=timezone.now())
        connection.close()

    heart = Thread(target=beat, name="heartbeat", daemon=True)
    heart.start()
    try:
        yield
    finally:
        done.set()
        heart.join()


@contextmanager
def at_work(rows: QuerySet[Any]) -> Iterator[None]:
    """`alive`, for a job: damaged files and a missing key pass, as they carry no text; all else becomes WorkFailed, so
    that no words of an error reach the list of jobs or a log.
    """
    try:
        with alive(rows):
            yield
    except (Tampered, KeyFileMissing):
        raise
    except Exception as problem:  # noqa: BLE001 - whatever it was, only its kind may be told
        raise WorkFailed(type(problem).__name__) from None


def record_inspection(submission: Submission, *, inspection: Inspection, seems: str = "") -> None:
    """Write the gate's answer, unless this attempt has been overtaken by another. Held, or on to review. `seems` is
    the mark of a blank of ours that the file carries."""
    with transaction.atomic():
        current = locked(submission)
        if not _still_mine(current, submission):
            return
        if not _of_these_bytes(inspection, current):
            hold_for_trouble(current, Trouble.DAMAGED)
            return
        holds = inspection.verdict is Verdict.HOLD
        advance(
            current,
            to=State.HELD if holds else State.IN_REVIEW,
            kind=Kind.HELD if holds else Kind.SENT_TO_REVIEW,
            by=SYSTEM,
            changes={
                "inspection": _without_numbers(inspection.as_dict()),
                "rules_version": inspection.rules_version,
                "inspected_at": timezone.now(),
                "seems": seems,
            },
            verdict=inspection.verdict.value,
            codes=sorted({reason.code for reason in inspection.reasons}),
            unread=len(inspection.unread),
            rules_version=inspection.rules_version,
        )


def _of_these_bytes(inspection: Inspection, submission: Submission) -> bool:
    """The gate saw what was uploaded. It may see no bytes at all (""), but only to hold the file."""
    unseen = not inspection.sha256 and inspection.verdict is Verdict.HOLD
    return unseen or inspection.sha256 == submission.sha256


def give_up(submission: Submission, trouble: Trouble) -> None:
    """Hold a file that could not be inspected at all, unless this attempt has been overtaken."""
    with transaction.atomic():
        current = locked(submission)
        if _still_mine(current, submission):
            hold_for_trouble(current, trouble)


def hold_for_trouble(submission: Submission, trouble: Trouble) -> None:
    """Doubt is not yes: what was not inspected is held, and the page says why."""
    changes = {"trouble": trouble, "inspection": None, "rules_version": "", "inspected_at": timezone.now()}
    advance(submission, to=State.HELD, kind=Kind.HELD, by=SYSTEM, changes=changes, trouble=trouble.value)


def _still_mine(current: Submission, mine: Submission) -> bool:
    return current.state == State.INSPECTING and current.attempts == mine.attempts


def _without_numbers(plain: Any) -> Any:
    """The same, with long digit runs in names of sheets, columns and parts hidden: they are the uploader's words."""
    if isinstance(plain, dict):
        return {
            key: value if key in ("sha256", "rules_version") else _without_numbers(value)
            for key, value in plain.items()
        }
    if isinstance(plain, list):
        return [_without_numbers(value) for value in plain]
    return masked(plain) if isinstance(plain, str) else plain
