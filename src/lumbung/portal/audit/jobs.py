"""What the record does by itself: a sign of life every ten minutes, every hour a signed head for the witnesses."""

from datetime import timedelta

from django.utils import timezone

from lumbung.portal.audit import witnesses
from lumbung.portal.audit.actions import beat
from lumbung.portal.audit.heads import sign_head
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event, Head

BETWEEN_BEATS = timedelta(minutes=10)
BETWEEN_HEADS = timedelta(hours=1)


def keep_record() -> None:
    """Do what is due; called every few seconds, and does nothing most of the times."""
    now = timezone.now()
    if not Event.objects.filter(kind=Kind.HEARTBEAT, at__gt=now - BETWEEN_BEATS).exists():
        beat()
    if not Head.objects.filter(at__gt=now - BETWEEN_HEADS).exists():
        seal()


def seal() -> Head | None:
    """Sign the record as it stands and call the witnesses; None where nothing was added since the last head."""
    head = sign_head()
    if head:
        witnesses.call(head)
    return head
