"""What is on the shelf already, looked at again when the rules have changed: a better gate sees what an older one did
not. Closes by itself what would be held today; nobody has to notice.
"""

import hashlib
import logging

from django.db import transaction
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

MOST = 200  # releases in one round, so that new uploads are not kept waiting
BECAUSE = gettext_noop("Diperiksa ulang dengan aturan yang baru, dan tidak lolos lagi.")
REPORTED = gettext_noop("Dilaporkan oleh umum, diperiksa ulang, dan tidak lolos lagi.")
OTHER_BYTES = "not-the-published-bytes"


def look_again(*, most: int = MOST) -> int:
    """Look at releases that an earlier version of the rules passed; give how many datasets were closed.

    A file is a reason to close when it would be held for something the PPDP has not released, or when its bytes are
    not the published ones. What would only be reviewed stays open, and stands in the record.
    """
    outdated = Release.objects.filter(dataset__state=DatasetState.PUBLISHED).exclude(
        rules_version=gate.rules_version()
    )
    return sum(look(release) for release in outdated.order_by("pk").select_related("dataset")[:most])


def look(release: Release, *, because: str = BECAUSE) -> bool:
    """Look at one release under today's rules, whenever it was looked at last; whether its dataset had to be closed.

    `because` is what the record and the desk say where it had to.
    """
    released = set(Submission.objects.get(pk=release.submission).released_codes)
    severities = [found for file in release.distributions.all() for found in _reasons(file)]
    holding = {code for code, severity in severities if severity == gate.Verdict.HOLD} - released
    doubtful = {code for code, severity in severities if severity == gate.Verdict.REVIEW}
    with transaction.atomic():
        Release.objects.filter(pk=release.pk).update(rules_version=gate.rules_version())
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


def _reasons(file: Distribution) -> list[tuple[str, gate.Verdict]]:
    try:
        with path_of(file).open("rb") as bytes_:
            same = hashlib.file_digest(bytes_, "sha256").hexdigest() == file.sha256
    except OSError:  # the shelf is away or the file is gone: nothing can be downloaded, and somebody has to look
        same = False
    if not same:
        return [(OTHER_BYTES, gate.Verdict.HOLD)]
    return [(reason.code, reason.severity) for reason in gate.inspect(path_of(file), name=file.name).reasons]
