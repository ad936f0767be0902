"""The verbs of this room: tell the public how a service stands, and take that back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lumbung.portal.accounts.models import Person
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor, Subject
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.review import reasons
from lumbung.portal.services.models import Notice, Service, Standing
from lumbung.portal.services.permissions import check_tells


@transaction.atomic
def tell(
    service: Service,
    *,
    person: Person,
    by: Actor,
    standing: Standing,
    words: str,
    channel: str = "",
    next_at: datetime | None = None,
) -> Notice:
    """Say how a service stands; what was said of it before ends. Undone by `end`, or by saying something else."""
    check_tells(person)
    words, now = reasons.checked(words), timezone.now()
    Notice.objects.filter(service=service, ended_at=None).update(ended_at=now)
    told = {"service": service, "standing": standing, "words": words, "channel": channel, "next_at": next_at}
    notice = Notice.objects.create(since=now, told_by=person, **told)
    subject = Subject(kind="service", id=service.value, label=str(service.label))
    record(Kind.STATUS_TOLD, by=by, subject=subject, because=words, standing=standing.value)
    return notice


@transaction.atomic
def end(notice: Notice, *, person: Person, by: Actor) -> None:
    """It no longer holds. Does nothing the second time."""
    check_tells(person)
    if Notice.objects.filter(pk=notice.pk, ended_at=None).update(ended_at=timezone.now()):
        subject = Subject(kind="service", id=notice.service, label=str(notice.get_service_display()))
        record(Kind.STATUS_TOLD, by=by, subject=subject, ended=notice.pk)
