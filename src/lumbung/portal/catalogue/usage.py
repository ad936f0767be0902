"""How often each dataset was taken: counted out of the record, which keeps every download for other reasons anyway.

Nothing more is kept for it, and nobody is told apart: a number of downloads in the last thirty days, search engines
included, for anybody can call himself one. Looking at a page counts as nothing. What programs and turned pages read
(rows of a table, the map's features) is no download and not in the record; it is counted by day, as a bare number.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.db.models import Count, F, QuerySet, Sum
from django.http import HttpRequest
from django.utils import timezone

from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset, ReadCount, ReadKind
from lumbung.portal.catalogue.queries import whole_portal

LOOKED_BACK = timedelta(days=30)
GATHERED = 10  # seconds
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


def count_read(request: HttpRequest, dataset: Dataset, kind: ReadKind) -> None:
    """One more for today. Nothing for a look at the headers, nor while the portal may only be read. CKAN's clients
    read by POST.

    Never in the way of the page: what the database refuses is not counted.
    """
    if request.method not in ("GET", "POST") or whole_portal() is not None:
        return
    counted: dict[str, Any] = {"dataset": dataset, "day": timezone.localdate(), "kind": kind}
    _count(counted, 1)


def count_soon(request: HttpRequest, dataset: Dataset, kind: ReadKind) -> None:
    """The same for programs, which read page after page: the first at once, what follows within GATHERED seconds with
    the next one after that. What nothing follows in this process is not counted.
    """
    if request.method != "GET" or whole_portal() is not None:
        return
    waiting = f"reads-{dataset.pk}-{kind}"
    if not cache.add(f"{waiting}-told", 1, GATHERED):
        cache.add(waiting, 0, None)
        cache.incr(waiting)
        return
    more: int = cache.get(waiting, 0)
    cache.delete(waiting)
    _count({"dataset": dataset, "day": timezone.localdate(), "kind": kind}, 1 + more)


def reads_of(dataset: Dataset) -> int:
    """How often its table or map was read in the last thirty days without a download."""
    since = timezone.localdate() - LOOKED_BACK
    summed = ReadCount.objects.filter(dataset=dataset, day__gt=since).aggregate(times=Sum("times"))
    return summed["times"] or 0


def _count(counted: Mapping[str, Any], times: int) -> None:
    with suppress(DatabaseError), transaction.atomic():
        if not _more(counted, times):
            ReadCount.objects.get_or_create(**counted)
            _more(counted, times)


def _more(counted: Mapping[str, Any], times: int) -> int:
    return ReadCount.objects.filter(**counted).update(times=F("times") + times)


def _taken() -> QuerySet[Event]:
    return Event.objects.filter(kind=Kind.DOWNLOADED, at__gte=timezone.now() - LOOKED_BACK)
