"""How often each dataset was taken: counted out of the record, which keeps every download for other reasons anyway.

Nothing more is kept for it, and nobody is told apart: a number of downloads in the last thirty days, search engines
included, for anybody can call himself one. Looking at a page counts as nothing.
"""

from datetime import timedelta

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, QuerySet
from django.utils import timezone

from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset

LOOKED_BACK = timedelta(days=30)
KEPT = 600  # seconds that the counts of all datasets are kept: counting them reads a month of the record


def downloads_of(dataset: Dataset) -> int:
    """The downloads of one dataset in the last thirty days, as of now."""
    return _taken().filter(subject=dataset.subject.key).count()


def downloads_of_all() -> dict[str, int]:
    """The same of every dataset that was taken at all, by its subject in the record; some minutes old."""
    name = f"downloads-{connection.settings_dict['NAME']}".replace(" ", "-")
    counts: dict[str, int] | None = cache.get(name)
    if counts is None:
        counted = _taken().order_by().values_list("subject").annotate(many=Count("pk"))
        counts = dict(counted)
        cache.set(name, counts, KEPT)
    return counts


def _taken() -> QuerySet[Event]:
    return Event.objects.filter(kind=Kind.DOWNLOADED, at__gte=timezone.now() - LOOKED_BACK)
