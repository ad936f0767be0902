"""What has to be done in an incident and until when: written down at its opening, ticked off, and
called to mind by e-mail.

The deadlines count from the first awareness: 72 hours by UU 27/2022 art. 46; the others are good custom, and earlier.
"""

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Membership, Organisation, Person
from lumbung.portal.accounts.permissions import Conflicting
from lumbung.portal.audit.actions import record, record_now
from lumbung.portal.audit.actors import SYSTEM, Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.catalogue.permissions import MAY_CLOSE
from lumbung.portal.design.wording import moment
from lumbung.portal.incidents.chronology import paths_to
from lumbung.portal.incidents.models import CLOCK, Duty, Incident, LetterKind, Task
from lumbung.portal.incidents.office import office
from lumbung.portal.incidents.permissions import check_acts
from lumbung.portal.review import reasons

log = logging.getLogger(__name__)

UNTIL = {
    Duty.SEARCH_ENGINES: timedelta(hours=24),
    Duty.CSIRT: timedelta(hours=24),
    Duty.AUTHORITY: CLOCK,
    Duty.RESIDENTS: CLOCK,
    Duty.PUBLIC: CLOCK,
    Duty.CAUSE: timedelta(days=14),
}
DONE_BY = {
    LetterKind.AUTHORITY: Duty.AUTHORITY,
    LetterKind.RESIDENTS: Duty.RESIDENTS,
    LetterKind.PUBLIC: Duty.PUBLIC,
    LetterKind.CSIRT: Duty.CSIRT,
}
CALLS = (timedelta(hours=24), timedelta(hours=6), timedelta(0))  # before the deadline
TRIED_AGAIN = timedelta(minutes=15)  # after a server that did not answer
PATIENCE = 20  # seconds


def assign(incident: Incident) -> None:
    """Write down every duty of a new incident. Does nothing the second time."""
    for duty, time in UNTIL.items():
        Task.objects.get_or_create(incident=incident, duty=duty, defaults={"due_at": incident.aware_at + time})


def finish(task: Task, *, person: Person, by: Actor, words: str) -> None:
    """Tick it off, with what was done. Raise Conflicting where a colleague has done it; cannot be undone."""
    words = reasons.checked(words)[:500]
    with transaction.atomic():
        current = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
        check_acts(person, current.incident)
        if current.done_at:
            raise Conflicting("task-done", _("Tugas ini sudah diselesaikan petugas lain."))
        current.done_at, current.done_by, current.words = timezone.now(), person, words
        current.save()
        record(
            Kind.TASK_DONE,
            by=by,
            subject=current.incident.subject,
            because=words,
            incident=current.incident_id,
            duty=current.duty,
        )


def call_to_mind() -> int:
    """Send what is due to be called to mind, one letter for each incident; gives how many letters went out.

    A server that does not answer holds nothing up and is asked again later. Letters hold a title and an address.
    """
    sent = 0
    if not office().surel:
        return sent
    now = timezone.now()
    quiet = Q(tried_at=None) | Q(tried_at__lt=now - TRIED_AGAIN)
    waiting = Task.objects.filter(quiet, done_at=None, incident__ended_at=None, due_at__lte=now + max(CALLS))
    late = Incident.objects.filter(tasks__in=waiting).distinct()
    for incident in late.select_related("dataset__organisation", "organisation"):
        due = [task for task in waiting.filter(incident=incident) if task.reminders < _calls(task)]
        sent += bool(due) and _called(incident, due)
    return sent


def people_on_duty(organisation: Organisation | None) -> list[Person]:
    """Everybody who must act, whose account is open: who may close there; for the whole portal, over a regency."""
    above = Organisation.objects.filter(depth=1)
    if organisation:
        above = Organisation.objects.filter(path__in=paths_to(organisation))
    held = Membership.objects.filter(role__in=MAY_CLOSE, organisation__in=above).values("person")
    return list(Person.objects.filter(is_active=True, pk__in=held).order_by("pk"))


def _calls(task: Task) -> int:
    """How often people should have been reminded by now."""
    return sum(timezone.now() >= task.due_at - before for before in CALLS)


def _called(incident: Incident, due: list[Task]) -> bool:
    Task.objects.filter(pk__in=[task.pk for task in due]).update(tried_at=timezone.now())
    people = [one.email for one in people_on_duty(incident.place)]
    try:
        _letter(incident, due, people).send()
    except (OSError, ValueError, TypeError) as problem:  # smtplib's errors are OSErrors; the others a mistyped [surel]
        log.warning("nobody could be reminded of incident %s: %s", incident.pk, type(problem).__name__)
        return False
    for task in due:
        Task.objects.filter(pk=task.pk).update(reminders=_calls(task))
    duties = [task.duty for task in due]
    about: dict[str, Any] = {"incident": incident.pk, "duties": duties, "people": len(people)}
    record_now(Kind.REMINDED, by=SYSTEM, subject=incident.subject, **about)
    return True


def _letter(incident: Incident, due: Iterable[Task], people: list[str]) -> EmailMessage:
    """Which duties and until when; neither the data nor anybody in it."""
    post = office().surel
    lines = "\n".join(f"- {task.get_duty_display()}: paling lambat {moment(task.due_at)}" for task in due)
    address = f"{settings.LUMBUNG_URL}{reverse('incidents:incident', args=[incident.pk])}"
    body = f"Insiden nomor {incident.pk} menunggu tindakan Anda.\n\n{lines}\n\nBuka: {address}\n"
    way = get_connection(
        "django.core.mail.backends.smtp.EmailBackend",
        host=post["server"],
        port=post.get("port", 25),
        timeout=PATIENCE,
        username=post.get("user", ""),
        password=post.get("password", ""),
        use_tls=post.get("tls", False),
    )
    return EmailMessage(f"Lumbung: tugas insiden nomor {incident.pk}", body, post["from"], bcc=people, connection=way)
