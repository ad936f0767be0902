"""The work that nobody waits for: inspecting what arrived, taking up what a dead worker left, forgetting in time."""

import logging
import shutil
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_noop
from django_tasks import task

from lumbung import gate
from lumbung.portal.audit.actors import SYSTEM
from lumbung.portal.audit.keys import KeyFileMissing
from lumbung.portal.intake import arriving, canaries, counting, counting_offline, packaging, parcels, vault
from lumbung.portal.intake.actions import shred
from lumbung.portal.intake.blanks.marking import mark_in
from lumbung.portal.intake.inspecting import SILENCE, at_work, begin, give_up, mine, record_inspection
from lumbung.portal.intake.models import Attachment, Parcel, Submission, Trouble
from lumbung.portal.intake.seal import Tampered
from lumbung.portal.intake.states import UNDER_WAY, State

log = logging.getLogger(__name__)

QUEUE_PATIENCE = timedelta(minutes=5)  # a file that nobody took up for so long is put on the list once more
LEFTOVER = timedelta(hours=1)  # an arriving file that has not grown for so long belongs to nobody
EXPIRED = gettext_noop("Masa simpan berkas yang ditahan atau ditolak sudah lewat.")


@task
def inspect_submission(submission_id: str) -> None:
    """Inspect one submission and write down what the gate says. Does nothing where it is done or in other hands."""
    submission = begin(submission_id)
    if submission is None:
        return
    log.info("inspecting %s, attempt %s", submission.pk, submission.attempts)
    try:
        with at_work(mine(submission)), vault.open_plain(submission) as plain:
            inspection = gate.inspect(plain, name=vault.true_name(submission))
            import_string(settings.BEFORE_A_VERDICT)(submission, plain, inspection)
            leaked = canaries.seen(plain)
            seems = "" if submission.blank else mark_in(plain, inspection)
    except (Tampered, KeyFileMissing):
        give_up(submission, Trouble.DAMAGED)
        return
    if leaked:
        canaries.hold(submission, leaked)
        return
    record_inspection(submission, inspection=inspection, seems=seems)
    log.info("inspected %s: %s", submission.pk, inspection.verdict)


@task
def count_register(counting_id: int) -> None:
    """Make statistics from one held register. Does nothing where it is done, in other hands, or not yet its turn."""
    begun = counting.begin(counting_id)
    if begun is None:
        return
    log.info("counting %s, attempt %s", begun.pk, begun.attempts)
    try:
        with at_work(counting.mine(begun)):
            packaging.work(begun)
    except (Tampered, KeyFileMissing):
        counting.stop(begun, code="damaged", final=True)


@task
def look_at_parcel(parcel_id: str) -> None:
    """Look at one package from a village. Does nothing where it is done or in other hands."""
    begun = parcels.begin(parcel_id)
    if begun is None:
        return
    log.info("looking at parcel %s, attempt %s", begun.pk, begun.attempts)
    try:
        with at_work(parcels.mine(begun)):
            counting_offline.work(begun)
    except (Tampered, KeyFileMissing):
        parcels.refuse(begun, code="crash")


def recover() -> int:
    """Put back on the list what a dead worker left behind, or what nobody ever took up. Gives how many."""
    now = timezone.now()
    left = Q(state=State.INSPECTING) & (Q(heartbeat=None) | Q(heartbeat__lt=now - SILENCE))
    overlooked = Q(state=State.RECEIVED) & (Q(heartbeat=None) | Q(heartbeat__lt=now - QUEUE_PATIENCE))
    count = 0
    for submission in Submission.objects.filter(left | overlooked):
        if submission.state == State.RECEIVED:
            Submission.objects.filter(pk=submission.pk).update(heartbeat=now)
        inspect_submission.enqueue(str(submission.pk))
        count += 1
    return count + counting.take_up_the_left() + parcels.take_up_the_left()


def shred_expired() -> int:
    """Shred what has been held or rejected for seven days. Gives how many."""
    before = timezone.now() - timedelta(days=settings.HELD_FOR_DAYS)
    expired = Submission.objects.filter(state__in=(State.HELD, State.REJECTED), state_since__lt=before)
    expired = expired.exclude(countings__state__in=UNDER_WAY)
    count = 0
    for submission in expired:
        shred(submission, by=SYSTEM, because=EXPIRED)
        count += 1
    return count


def sweep() -> int:
    """Delete what never wholly arrived, and sealed files that no row knows: the traces of a sudden end."""
    before = (timezone.now() - LEFTOVER).timestamp()
    known = set(Submission.objects.exclude(storage_key="").values_list("storage_key", flat=True))
    known |= set(Attachment.objects.values_list("storage_key", flat=True))
    known |= set(Parcel.objects.exclude(storage_key="").values_list("storage_key", flat=True))
    count = _sweep_packages(before) + arriving.sweep()
    for path in [*vault.incoming().glob("*.part"), *vault.incoming().parent.glob("??/*")]:
        if _key_of(path) not in known and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
            count += 1
    return count


def _sweep_packages(before: float) -> int:
    """Packages that were being made when their worker was killed."""
    folders = packaging.passing().iterdir() if packaging.passing().exists() else ()
    left = [folder for folder in folders if folder.stat().st_mtime < before]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left)


def _key_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
