"""What this room does by itself once a day: compare yesterday's access log with the record, and forget old logs."""

from datetime import UTC, datetime, timedelta

from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.services import access_log
from lumbung.portal.services.reconciling import reconcile

NOT_BEFORE = 2  # hours after midnight UTC: downloads that began yesterday have ended


def reconcile_yesterday() -> int:
    """How many differences there are; nought where it was done already, is too early, or there is no log."""
    access_log.forget()
    now = datetime.now(UTC)
    day = now.date() - timedelta(days=1)
    done = Event.objects.filter(kind=Kind.RECONCILED, details__day=str(day)).exists()
    if done or now.hour < NOT_BEFORE or not (access_log.folder() / f"{day}.log").exists():
        return 0
    return reconcile(day, folder=access_log.folder()).differences
