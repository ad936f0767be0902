"""Letters to the officers: a copy that must come back, an alarm nobody has answered. No word of what is in them."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import SYSTEM
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.copies.models import Alarm, Copy
from lumbung.portal.copies.states import CopyState
from lumbung.portal.design.wording import day
from lumbung.portal.incidents.duties import PATIENCE, TRIED_AGAIN, people_on_duty
from lumbung.portal.incidents.office import office

log = logging.getLogger(__name__)

CALLS = (14, 3, 0, -7, -30)  # days before the day of return; behind it, a copy is late


def remind() -> int:
    """Send what is due, one letter for each copy and each alarm; gives how many. None without a post office."""
    if not office().surel:
        return 0
    now, today = timezone.now(), timezone.localdate()
    quiet = Q(tried_at=None) | Q(tried_at__lt=now - TRIED_AGAIN)
    out = Copy.objects.filter(quiet, state__in=(CopyState.RECEIVED, CopyState.REVOKED), received_at__isnull=False)
    soon = out.filter(handout__return_by__lte=today + timedelta(days=max(CALLS)))
    due = [copy for copy in soon.select_related("handout__organisation") if copy.reminders < calls_for(copy)]
    alarms = Alarm.objects.filter(told_at=None, answered_at=None).select_related("copy__handout__organisation")
    return sum(_reminded(copy) for copy in due) + sum(_told(alarm) for alarm in alarms)


def calls_for(copy: Copy) -> int:
    """How often people should have been reminded by now."""
    left = (copy.handout.return_by - timezone.localdate()).days
    return sum(left <= before for before in CALLS)


def _reminded(copy: Copy) -> bool:
    Copy.objects.filter(pk=copy.pk).update(tried_at=timezone.now())
    address = reverse("copies:handout", args=[copy.handout_id])
    body = (
        f"Salinan terbatas nomor {copy.number + 1} harus kembali atau dimusnahkan paling lambat "
        f"{day(copy.handout.return_by)}.\n\nBuka: {settings.LUMBUNG_URL}{address}\n"
    )
    if not _sent("Lumbung: salinan terbatas harus kembali", body, copy.handout.organisation):
        return False
    Copy.objects.filter(pk=copy.pk).update(reminders=calls_for(copy))
    record_now(Kind.COPY_REMINDED, by=SYSTEM, subject=copy.subject, times=calls_for(copy))
    return True


def _told(alarm: Alarm) -> bool:
    address = reverse("copies:desk")
    body = (
        "Sebuah salinan terbatas masuk sebagai unggahan. Berkasnya sudah ditahan.\n\n"
        f"Buka: {settings.LUMBUNG_URL}{address}\n"
    )
    if not _sent("Lumbung: salinan terbatas beredar", body, alarm.copy.handout.organisation):
        return False
    Alarm.objects.filter(pk=alarm.pk).update(told_at=timezone.now())
    return True


def _sent(title: str, body: str, organisation: Organisation) -> bool:
    post = office().surel
    people = [one.email for one in people_on_duty(organisation)]
    way = get_connection(
        "django.core.mail.backends.smtp.EmailBackend",
        host=post["server"],
        port=post.get("port", 25),
        timeout=PATIENCE,
        username=post.get("user", ""),
        password=post.get("password", ""),
        use_tls=post.get("tls", False),
    )
    try:
        EmailMessage(title, body, post["from"], bcc=people, connection=way).send()
    except (OSError, ValueError, TypeError) as problem:  # smtplib's errors are OSErrors; the others a mistyped [surel]
        log.warning("nobody could be reminded of a copy: %s", type(problem).__name__)
        return False
    return True
