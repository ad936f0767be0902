"""How often each dataset was taken: counted out of the record, which keeps every download for other reasons anyway.

Nothing more is kept for it, and nobody is told apart: a number of downloads in the last thirty days, search engines
included, for anybody can call himself one. Looking at a page counts as nothing. What programs and turned pages read
(rows of a table, the map's features) is no download; it is counted by day, as a bare number. Whoever reads rows by
program could take all of them so, page after page: that stands in the record, once an hour for reader and dataset.
"""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.db.models import Count, F, QuerySet, Sum
from django.http import HttpRequest
from django.utils import timezone

from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import Actor, actor_of
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset, ReadCount, ReadKind
from lumbung.portal.catalogue.queries import whole_portal

LOOKED_BACK = timedelta(days=30)
AGAIN = 3600  # seconds until the same reader of the same dataset is told again
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
    """One more for today. Nothing for a look at the headers, nor while the portal may only be read.

    Never in the way of the page: what the database refuses is not counted.
    """
    if request.method != "GET" or whole_portal() is not None:
        return
    counted: dict[str, Any] = {"dataset": dataset, "day": timezone.localdate(), "kind": kind}
    _count(counted, 1)


def count_soon(request: HttpRequest, dataset: Dataset, *, by: Actor | None = None) -> None:
    """The same for programs, which read rows page after page: the first at once, what follows within GATHERED seconds
    with the next one after that. What nothing follows in this process is not counted. CKAN's clients read by POST.

    `by` is who reads, where a key says it. Their line in the record is written, or nothing is read.
    """
    if request.method not in ("GET", "POST"):
        return
    kind = ReadKind.TABLE
    _tell(dataset, by or actor_of(request))
    waiting = f"reads-{dataset.pk}-{kind}"
    if not cache.add(f"{waiting}-told", 1, GATHERED):
        cache.add(waiting, 0, None)
        cache.incr(waiting)
        return
    if whole_portal() is not None:
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


def _tell(dataset: Dataset, by: Actor) -> None:
    """A line of the record, where this reader has had none for this dataset within the hour."""
    who = f"{connection.settings_dict['NAME']} {dataset.pk} {by.id} {by.address}"
    name = f"rows-read-{hashlib.sha256(who.encode()).hexdigest()}"
    if cache.get(name) is None:
        record_now(Kind.ROWS_READ, by=by, subject=dataset.subject)
        cache.set(name, True, AGAIN)


def _taken() -> QuerySet[Event]:
    return Event.objects.filter(kind=Kind.DOWNLOADED, at__gte=timezone.now() - LOOKED_BACK)
