"""The register of backups: which copies of the data folder still hold something that was removed, and until when."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Unfit
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import SYSTEM, Actor, Subject
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.publication.models import Backup
from lumbung.portal.publication.permissions import check_watches
from lumbung.portal.review import reasons

LONGEST = 3650  # days
FORGOTTEN_AFTER = timedelta(days=90)  # after it expired, its line goes


def note(place: str, *, days: int, person: Person | None = None, by: Actor = SYSTEM) -> Backup:
    """Write down that a backup was made now and will be destroyed after so many days. Makes no backup."""
    if person:
        check_watches(person)
    place = reasons.checked(place)[:120]
    if not 0 < days <= LONGEST:
        raise Unfit("backup-days", _("Lama penyimpanan harus antara 1 dan 3.650 hari."))
    now = timezone.now()
    with transaction.atomic():
        backup = Backup.objects.create(
            place=place, made_at=now, expires_at=now + timedelta(days=days), noted_by=person
        )
        record(Kind.BACKUP_NOTED, by=by, subject=Subject(kind="backup", id=str(backup.pk), label=place), days=days)
        Backup.objects.filter(expires_at__lt=now - FORGOTTEN_AFTER).delete()
    return backup


def standing() -> QuerySet[Backup]:
    """Those that have not expired."""
    return Backup.objects.filter(expires_at__gt=timezone.now())


def holding_since(moment: datetime | None) -> list[dict[str, Any]]:
    """Those that were made after something was published and still exist: place, made, expires (ISO 8601)."""
    held = standing().filter(made_at__gte=moment) if moment else standing().none()
    return [
        {"place": one.place, "made": one.made_at.isoformat(), "expires": one.expires_at.isoformat()} for one in held
    ]
