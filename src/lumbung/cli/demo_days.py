"""The days of the demo: its datasets came in over a year, so that feeds, dates and what is due look as in an office.

Only the clock is set; everything else happens as it always does, and the record tells the days of the same clock.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from random import Random

from django.utils import timezone

from lumbung.invent.tables import Statistic

OPENED = 420  # days ago: the portal, its organisations and its people
AGES = {  # days since a dataset of this frequency came in; some are due soon, some are late
    "bulanan": (6, 38),
    "triwulanan": (12, 98),
    "semesteran": (20, 190),
}
OTHERWISE = (9, 384)


def age(statistic: Statistic) -> int:
    """How many days ago it came in; the same each time."""
    return Random(statistic.title).randint(*AGES.get(statistic.frequency, OTHERWISE))  # noqa: S311 - no secret


def oldest_first(statistics: Sequence[Statistic]) -> list[Statistic]:
    """In the order in which they came in, as the record wants it."""
    return sorted(statistics, key=age, reverse=True)


@contextmanager
def days_ago(days: int) -> Iterator[None]:
    """Have the portal's clock go late by so many days. For one process that does nothing else; do not nest."""
    clock = timezone.now
    timezone.now = lambda: clock() - timedelta(days=days)
    try:
        yield
    finally:
        timezone.now = clock
