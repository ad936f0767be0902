"""What is on the shelf already, looked at again when the rules have changed and else once a month: a better gate sees
what an older one did not, and a disk may have changed what was published. Closes by itself what would be held today,
also in an organisation that is closed for a while; nobody has to notice.
"""

import hashlib
import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Case, Q, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext_noop

from lumbung import gate
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import SYSTEM
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.catalogue.models import Distribution, Release
from lumbung.portal.catalogue.shelf import path_of
from lumbung.portal.catalogue.states import DatasetState
from lumbung.portal.intake.models import Submission
from lumbung.portal.publication.actions import close_by_itself

log = logging.getLogger(__name__)

MOST = 20  # releases in one round, so that the housekeeper is back in time for new uploads
AT_LEAST_EVERY = timedelta(days=30)
BECAUSE = gettext_noop("Diperiksa ulang dengan aturan yang baru, dan tidak lolos lagi.")
REPORTED = gettext_noop("Dilaporkan oleh umum, diperiksa ulang, dan tidak lolos lagi.")
OTHER_BYTES = "not-the-published-bytes"


def look_again(*, most: int = MOST) -> int:
    """Look at the releases that are due, first those that an earlier version of the rules passed; give how many
    datasets were closed.

    A file is a reason to close when it would be held for something the PPDP has not released, or when its bytes are
    not the published ones. What would only be reviewed stays open, and stands in the record.
    """
    ordered = due().order_by(Case(When(~_of_today(), then=0), default=1), "looked_at", "pk")
    return sum(look(release) for release in ordered.select_related("dataset")[:most])


def due() -> QuerySet[Release]:
    """What stands on the shelf and was looked at under other rules, or too long ago."""
    return standing_releases().filter(~_of_today() | Q(looked_at__lt=timezone.now() - AT_LEAST_EVERY))


def standing_releases() -> QuerySet[Release]:
    """Every open release of a dataset that was not closed for itself."""
    return Release.objects.filter(dataset__state=DatasetState.PUBLISHED)


def ask_for_all() -> int:
    """Make everything due at once, whatever the rules; gives how many. Looks at nothing yet."""
    return standing_releases().update(looked_at=timezone.now() - AT_LEAST_EVERY - timedelta(days=1))


def look(release: Release, *, because: str = BECAUSE) -> bool:
    """Look at one release under today's rules, whenever it was looked at last; whether its dataset had to be closed.

    `because` is what the record and the desk say where it had to.
    """
    released = set(Submission.objects.get(pk=release.submission).released_codes)
    severities = [found for file in release.distributions.all() for found in _reasons(file)]
    holding = {code for code, severity in severities if severity == gate.Verdict.HOLD} - released
    doubtful = {code for code, severity in severities if severity == gate.Verdict.REVIEW}
    with transaction.atomic():
        now = timezone.now()
        Release.objects.filter(pk=release.pk).update(rules_version=gate.rules_version(), looked_at=now)
        record(
            Kind.LOOKED_AGAIN,
            by=SYSTEM,
            subject=release.dataset.subject,
            release=release.number,
            held_for=sorted(holding),
            doubtful=sorted(doubtful),
        )
        if holding:
            close_by_itself(release.dataset, because=because)
    log.info("looked again at release %s: %s to hold", release.pk, len(holding))
    return bool(holding)


def _of_today() -> Q:
    return Q(rules_version=gate.rules_version())


def _reasons(file: Distribution) -> list[tuple[str, gate.Verdict]]:
    try:
        with path_of(file).open("rb") as bytes_:
            same = hashlib.file_digest(bytes_, "sha256").hexdigest() == file.sha256
    except OSError:  # the shelf is away or the file is gone: nothing can be downloaded, and somebody has to look
        same = False
    if not same:
        return [(OTHER_BYTES, gate.Verdict.HOLD)]
    return [(reason.code, reason.severity) for reason in gate.inspect(path_of(file), name=file.name).reasons]
