"""A question as the record sees it: asked, taken up, alive, ended, destroyed. The only writers.

Nothing is answered that was not written down first: who asked, why, a keyed digest of the sample.
"""

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Conflicting
from lumbung.portal.audit.actions import record, record_now
from lumbung.portal.audit.actors import SYSTEM, Actor
from lumbung.portal.audit.keys import trace_key
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.intake.inspecting import SILENCE
from lumbung.portal.intake.vault import Sealed
from lumbung.portal.review import reasons
from lumbung.portal.tracing import samples
from lumbung.portal.tracing.models import Asked, Question, Sample, Stage
from lumbung.portal.tracing.permissions import TooMany, check_rate, check_traces
from lumbung.portal.tracing.places import place
from lumbung.portal.tracing.states import MOVES, UNDER_WAY, QuestionState

MOST_ATTEMPTS = 3
AGAIN = timedelta(seconds=15)  # a waiting one that nobody took up is put on the list once more
LISTS_KEPT = timedelta(days=1)
LEFTOVER = timedelta(hours=1)


def ask(
    asked: Asked,
    *,
    person: Person,
    by: Actor,
    because: str,
    sealed: Sequence[Sealed] = (),
    claim: Mapping[str, Any] | None = None,
    recipient: str = "",
) -> Question:
    """Write a question down, keep its samples and queue the work.

    Raise Refused (no penelusur), Unfit (no reason) or TooMany, which is written down as well; then nothing is kept,
    and the caller still discards `sealed`.
    """
    check_traces(person)
    because = reasons.checked(because)
    try:
        with transaction.atomic():
            return _written(asked, person, by, because, sealed, dict(claim or {}), recipient)
    except TooMany as refused:
        samples.delete(str(one.id) for one in sealed)
        subject = Question(asked=asked).subject
        record_now(Kind.TRACE_REFUSED, by=by, subject=subject, because=because, code=refused.code)
        raise
    except BaseException:
        samples.delete(str(one.id) for one in sealed)
        raise


def _written(
    asked: Asked,
    person: Person,
    by: Actor,
    because: str,
    sealed: Sequence[Sealed],
    claim: dict[str, Any],
    recipient: str,
) -> Question:
    question = Question.objects.create(
        asked=asked,
        asked_by=person,
        because=because,
        digest=digest_of(sealed) if sealed else "",
        claim=claim,
        recipient=recipient,
    )
    size = sum(one.size for one in sealed)
    details = {"about": asked.value, "digest": question.digest, "files": len(sealed), "size": size}
    record(Kind.TRACE_ASKED, by=by, subject=question.subject, because=because, **details)
    check_rate(person)
    samples.keep(question, sealed)
    _enqueue(question)
    return question


def digest_of(sealed: Sequence[Sealed]) -> str:
    """Keyed, for a small sample could be guessed from a bare digest."""
    together = b"".join(bytes.fromhex(one.sha256) for one in sealed)
    return hashlib.blake2b(together, key=trace_key(), digest_size=16, person=b"sample").hexdigest()


def begin(question_id: str) -> Question | None:
    """Take one up; nothing where it is done or in other hands. The third silent death ends it."""
    with transaction.atomic():
        current = _locked(question_id)
        silent = current.heartbeat < timezone.now() - SILENCE
        if current.state not in UNDER_WAY or (current.state == QuestionState.WORKING and not silent):
            return None
        if current.state == QuestionState.WAITING:
            _move(current, QuestionState.WORKING)
        if current.attempts >= MOST_ATTEMPTS:
            _end(current, to=QuestionState.REFUSED, code="interrupted")
            return None
        current.attempts += 1
        current.stage, current.heartbeat = Stage.OPENING, timezone.now()
        current.save()
    return current


def mine(question: Question) -> QuerySet[Question]:
    """The row, as long as this attempt has not been overtaken: for signs of life and stages."""
    return Question.objects.filter(pk=question.pk, attempts=question.attempts, state=QuestionState.WORKING)


def reach(question: Question, stage: Stage) -> None:
    """Say what is being done now."""
    mine(question).update(stage=stage, heartbeat=timezone.now())


def answer(question: Question, *, said: Mapping[str, Any], rows: int | None, **details: Any) -> None:
    """Write the answer and its line, and destroy the samples, unless this attempt has been overtaken."""
    with transaction.atomic():
        current = _locked(question.pk)
        if _still_mine(current, question):
            current.answer, current.rows = dict(said), rows
            _end(current, to=QuestionState.ANSWERED, code="", **details)


def refuse(question: Question, *, code: str, rows: int | None = None) -> None:
    """There is no answer, and this is why; the samples are destroyed all the same."""
    with transaction.atomic():
        current = _locked(question.pk)
        if _still_mine(current, question):
            current.rows = rows
            _end(current, to=QuestionState.REFUSED, code=code)


def destroy(question: Question, *, person: Person, by: Actor) -> None:
    """Destroy sample, answer and list at once, whatever stage it is at. Nothing the second time; never undone."""
    check_traces(person)
    with transaction.atomic():
        current = _locked(question.pk)
        if current.state == QuestionState.DESTROYED:
            return
        _move(current, QuestionState.DESTROYED)
        current.answer, current.claim, current.recipient = {}, {}, ""
        _forget(current)
        current.save()
        record(Kind.TRACE_DESTROYED, by=by, subject=current.subject)


def take_up_the_left() -> int:
    """Put back on the list what a dead worker left, and delete what belongs to no question. Gives how many."""
    now, count = timezone.now(), 0
    for question in Question.objects.filter(state__in=UNDER_WAY):
        waits = question.state == QuestionState.WAITING
        if question.heartbeat < now - (AGAIN if waits else SILENCE):
            if waits:
                Question.objects.filter(pk=question.pk).update(heartbeat=now)
            _enqueue(question)
            count += 1
    return count


def sweep() -> int:
    """Delete lists that nobody took within a day, and what a sudden end left behind. Gives how many."""
    now = timezone.now().timestamp()
    times = {"lists": LISTS_KEPT, "samples": LEFTOVER, "work": LEFTOVER}
    waiting = {str(pk) for pk in Sample.objects.values_list("pk", flat=True)}
    count = 0
    for name, kept in times.items():
        for path in place(name).iterdir():
            if path.name not in waiting and path.stat().st_mtime < now - kept.total_seconds():
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
                count += 1
    return count


def _end(question: Question, *, to: QuestionState, code: str, **details: Any) -> None:
    _move(question, to)
    question.code, question.stage = code, Stage.WRITING
    _forget(question, lists=to != QuestionState.ANSWERED)
    question.save()
    kind = Kind.TRACE_ANSWERED if to == QuestionState.ANSWERED else Kind.TRACE_REFUSED
    details = details if to == QuestionState.ANSWERED else {"code": code}
    record(kind, by=SYSTEM, subject=question.subject, rows=question.rows, about=question.asked, **details)


def _forget(question: Question, *, lists: bool = True) -> None:
    """Keys in this transaction, files once it holds, and then the older pages that still hold the wrapped keys."""
    names = samples.destroy(question)
    if lists:
        transaction.on_commit(partial((place("lists") / f"{question.pk}.zip").unlink, missing_ok=True))
    transaction.on_commit(partial(_deleted, names))


def _deleted(names: Sequence[str]) -> None:
    samples.delete(names)
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _still_mine(current: Question, question: Question) -> bool:
    return current.state == QuestionState.WORKING and current.attempts == question.attempts


def _move(question: Question, to: QuestionState) -> None:
    if to not in MOVES[QuestionState(question.state)]:
        raise Conflicting("wrong-state", _("Pertanyaan ini sudah berada pada tahap lain."))
    question.state, question.state_since = to, timezone.now()


def _locked(question_id: Any) -> Question:
    return Question.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=question_id)


def _enqueue(question: Question) -> None:
    from lumbung.portal.tracing.jobs import answer_question

    answer_question.enqueue(str(question.pk))
