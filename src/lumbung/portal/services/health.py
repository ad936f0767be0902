"""Real checks, each a plain yes or no: is the house kept, is work done, is the record signed, can files be stored."""

import os
import shutil
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event, Head
from lumbung.portal.services.models import Own

LONGEST_SILENCE = timedelta(minutes=25)  # a heartbeat is due every ten minutes
LONGEST_WAIT = timedelta(minutes=15)  # of a job on the list
OLDEST_HEAD = timedelta(hours=2)  # one is due every hour
LEAST_ROOM = 512 * 1024 * 1024  # bytes
NEEDS: Mapping[Own, tuple[str, ...]] = {
    Own.OPEN_DATA: ("storage",),
    Own.ROWS_API: ("storage",),
    Own.DOCUMENT_REQUESTS: ("room", "housekeeper"),
    Own.STATISTICS_INTAKE: ("storage", "room", "housekeeper", "workers"),
    Own.EMERGENCIES: ("room", "housekeeper"),
}
"""What each service cannot do without; the database answers, or nobody reads this."""


def checks() -> dict[str, bool]:
    """Every check by its name, as it comes out now."""
    now = timezone.now()
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY, enqueued_at__lt=now - LONGEST_WAIT)
    home = Path(settings.LUMBUNG_HOME)
    return {
        "housekeeper": Event.objects.filter(kind=Kind.HEARTBEAT, at__gt=now - LONGEST_SILENCE).exists(),
        "workers": not waiting.exists(),
        "record_signed": Head.objects.filter(at__gt=now - OLDEST_HEAD).exists(),
        "storage": os.access(settings.STORED, os.R_OK | os.W_OK) and os.access(home, os.R_OK | os.W_OK),
        "room": shutil.disk_usage(home).free > LEAST_ROOM,
    }
