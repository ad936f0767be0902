"""When an invented resident of a copy comes in: intake has held the file, here somebody is told and has to answer."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Conflicting
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.copies.models import Alarm, Copy
from lumbung.portal.copies.permissions import check_hands
from lumbung.portal.intake import reasons
from lumbung.portal.intake.models import Submission


def open_new() -> int:
    """An alarm for each copy in each line that intake wrote since the last look. Gives how many."""
    last = Alarm.objects.aggregate(last=Max("line"))["last"] or 0
    lines = Event.objects.filter(kind=Kind.CANARY_SEEN, sequence__gt=last).order_by("sequence")
    return sum(_opened(line) for line in lines)


def answer(alarm: Alarm, *, words: str, person: Person, by: Actor) -> None:
    """Say what was done. Raise Refused, or Conflicting where a colleague has."""
    words = reasons.checked(words)[:1000]
    check_hands(person, alarm.copy.handout.organisation)
    with transaction.atomic():
        current = Alarm.objects.select_for_update(of=("self",)).select_related("copy__handout").get(pk=alarm.pk)
        if current.answered_at:
            raise Conflicting("alarm-answered", _("Alarm ini sudah dijawab petugas lain."))
        current.answered_by, current.answered_at, current.words = person, timezone.now(), words
        current.save()
        record(Kind.ALARM_ANSWERED, by=by, subject=current.copy.subject, because=words, line=current.line)


def _opened(line: Event) -> int:
    submission = Submission.objects.filter(pk=line.subject.removeprefix("submission:")).first()
    copies = Copy.objects.filter(pk__in=line.details.get("copies", []))
    if submission is None:
        return 0
    with transaction.atomic():
        made = [
            Alarm.objects.get_or_create(
                line=line.sequence, copy=copy, defaults={"submission": submission, "opened_at": line.at}
            )[1]
            for copy in copies
        ]
    return sum(made)
