"""The work that nobody waits for: taking away what a publication left behind that was cut off."""

import shutil
from datetime import timedelta

from django.utils import timezone

from lumbung.portal.audit.jobs import seal
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event, Head
from lumbung.portal.catalogue.models import Release
from lumbung.portal.catalogue.shelf import shelf

CLOSINGS = (
    Kind.QUARANTINED, Kind.WITHDRAWN, Kind.REMOVED, Kind.RELEASE_CLOSED, Kind.ORGANISATION_CLOSED, Kind.PORTAL_CLOSED,
    Kind.PORTAL_READ_ONLY,
)  # fmt: skip
LEFTOVER = timedelta(hours=1)  # longer than any publication takes


def seal_closings() -> bool:
    """Sign the record after a closing and call the witnesses, so that no closing waits an hour for its head."""
    last = Head.objects.first()
    waiting = Event.objects.filter(kind__in=CLOSINGS, sequence__gt=last.size if last else 0).exists()
    return waiting and seal() is not None


def sweep_shelf() -> int:
    """Delete the folders of the shelf that no release knows: the files of a publication whose process was killed
    before its rows were written. Gives how many. Does not touch the folders of closed datasets: those have rows."""
    before = (timezone.now() - LEFTOVER).timestamp()
    folders = list(shelf().iterdir()) if shelf().exists() else []
    known = set(Release.every.values_list("folder", flat=True))  # asked last: what is new by now is known
    left = [folder for folder in folders if folder.name not in known and folder.stat().st_mtime < before]
    for folder in left:
        shutil.rmtree(folder)
    return len(left)
