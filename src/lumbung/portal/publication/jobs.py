"""The work that nobody waits for: taking away what a publication left behind that was cut off."""

import shutil
from datetime import timedelta

from django.utils import timezone

from lumbung.portal.catalogue.models import Release
from lumbung.portal.catalogue.shelf import shelf

LEFTOVER = timedelta(hours=1)  # longer than any publication takes


def sweep_shelf() -> int:
    """Delete the folders of the shelf that no release knows: the files of a publication whose process was killed
    before its rows were written. Gives how many. Does not touch the folders of closed datasets: those have rows."""
    before = (timezone.now() - LEFTOVER).timestamp()
    folders = list(shelf().iterdir()) if shelf().exists() else []
    known = set(Release.objects.values_list("folder", flat=True))  # asked last: what is new by now is known
    left = [folder for folder in folders if folder.name not in known and folder.stat().st_mtime < before]
    for folder in left:
        shutil.rmtree(folder)
    return len(left)
