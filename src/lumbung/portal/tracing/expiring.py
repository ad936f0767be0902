"""Fingerprints that are destroyed: on their day by themselves, or earlier by somebody's hand. Never undone."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import SYSTEM, Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.tracing.models import Holding
from lumbung.portal.tracing.places import place

LEFTOVER = timedelta(hours=1)  # longer than any index takes between its file and its row


def expire() -> int:
    """Destroy what is past its day, and index files that no row knows. Gives how many.

    Goes by the row, so that what was made with a key that is lost goes as well.
    """
    over = Holding.objects.filter(until__lt=timezone.localdate()).exclude(file="")
    return sum(destroy(holding, by=SYSTEM) for holding in over) + _swept()


def destroy(holding: Holding, *, by: Actor, because: str = "") -> bool:
    """Destroy the fingerprints of one holding; its row stays and says so. Whether there was anything to destroy."""
    with transaction.atomic():
        current = Holding.objects.select_for_update(of=("self",)).get(pk=holding.pk)
        if not current.file:
            return False
        path = place("indexes") / current.file
        current.file, current.content, current.destroyed_at = "", "", timezone.now()
        current.save()
        record(Kind.FINGERPRINTS_DESTROYED, by=by, subject=current.subject, because=because, rows=current.people)
        transaction.on_commit(lambda: path.unlink(missing_ok=True))
    return True


def _swept() -> int:
    """Files of a process that was killed between file and row, or between row and file."""
    before = (timezone.now() - LEFTOVER).timestamp()
    known = set(Holding.objects.exclude(file="").values_list("file", flat=True))
    left = [path for path in place("indexes").iterdir() if path.name not in known and path.stat().st_mtime < before]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)
