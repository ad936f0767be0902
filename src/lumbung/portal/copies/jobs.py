"""What happens by itself: copies are made, alarms opened, people reminded, doors shut, and what is over forgotten."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import SYSTEM
from lumbung.portal.audit.keys import KeyFileMissing
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.copies import alarms, handing, making, reminding, store, viewing
from lumbung.portal.copies.asking import enqueue, locked
from lumbung.portal.copies.models import Copy, Handout
from lumbung.portal.copies.states import CopyState, HandoutState
from lumbung.portal.intake import canaries
from lumbung.portal.intake.inspecting import SILENCE, at_work
from lumbung.portal.intake.seal import Tampered

log = logging.getLogger(__name__)

KEPT_HERE = timedelta(days=7)  # after a copy was received: as long as its link could be given anew
UNWANTED = timedelta(days=30)  # a copy that nobody was given is not kept for ever
LEFTOVER = timedelta(hours=1)


@task
def make_copies(handout_id: str) -> None:
    """Make all copies of one handing out. Does nothing where it is done or in other hands."""
    begun = making.begin(handout_id)
    if begun is None:
        return
    try:
        with at_work(making.mine(begun)):
            making.work(begun)
    except (Tampered, KeyFileMissing):
        making.give_up(begun, code="damaged")


def keep_copies() -> None:
    """Often: take up what a dead worker left, open alarms, remind, shut what is over."""
    silent = timezone.now() - SILENCE
    for handout in Handout.objects.filter(state=HandoutState.MAKING, heartbeat__lt=silent):
        if not handout.attempts:  # it may only wait in line: asked for again, but not at every look
            Handout.objects.filter(pk=handout.pk).update(heartbeat=timezone.now())
        enqueue(handout)
    alarms.open_new()
    reminding.remind()
    viewing.close_over()


def forget() -> int:
    """Once an hour: destroy our files of copies, and marks and fingerprints past their day. Gives how many."""
    now = timezone.now()
    here = Copy.objects.exclude(storage_key="").select_related("handout")
    count = sum(handing.shred(copy) for copy in here if _is_over(copy))
    over = Copy.objects.filter(index_until__lt=timezone.localdate()).exclude(index_until=None)
    for copy in over:
        store.index_of(copy).unlink(missing_ok=True)
        canaries.forget(str(copy.pk))
        Copy.objects.filter(pk=copy.pk).update(index_until=None)
    for handout in Handout.objects.filter(secret_until__lt=timezone.localdate()).exclude(sealed_secret=b""):
        _without_marks(handout)
        count += 1
    watched = {str(pk) for pk in Copy.objects.exclude(index_until=None).values_list("pk", flat=True)}
    count += canaries.sweep(watched, before=(now - LEFTOVER).timestamp())
    known = set(Copy.objects.exclude(storage_key="").values_list("storage_key", flat=True))
    known |= {store.index_of(copy).name for copy in Copy.objects.exclude(index_until=None)}
    for path in store.strangers(known, before=(now - LEFTOVER).timestamp()):
        path.unlink(missing_ok=True)
        count += 1
    return count


def _is_over(copy: Copy) -> bool:
    """Whether our own file of it is of no further use."""
    now = timezone.now()
    late = copy.handout.return_by < timezone.localdate()
    taken = copy.received_at is not None and copy.received_at < now - KEPT_HERE
    unwanted = copy.state == CopyState.MADE and copy.state_since < now - UNWANTED
    return late or taken or unwanted


def _without_marks(handout: Handout) -> None:
    with transaction.atomic():
        current = locked(handout)
        current.sealed_secret = b""
        current.save(update_fields=["sealed_secret"])
        record(Kind.MARKS_DESTROYED, by=SYSTEM, subject=current.subject)
