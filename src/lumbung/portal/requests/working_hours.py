"""Time as an office counts it: only hours in which it is open, on days on which it works."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from lumbung.portal.requests.listing import days_off
from lumbung.portal.requests.models import Office

LONGEST = 3660  # days looked ahead: an office that never works would never be done


def due(office: Office, *, since: datetime, hours: int) -> datetime:
    """The moment at which that many working hours have passed since then."""
    left = timedelta(hours=hours)
    end = since
    for begin, end in _stretches(office, since):
        if end - begin >= left:
            return begin + left
        left -= end - begin
    return end


def between(office: Office, *, since: datetime, until: datetime) -> timedelta:
    """Working time between two moments; nought where the second comes first."""
    passed = timedelta()
    for begin, end in _stretches(office, since):
        if begin >= until:
            break
        passed += min(end, until) - begin
    return passed


def _stretches(office: Office, since: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The open hours from a moment on, day after day."""
    off = days_off(office)
    first = timezone.localdate(since)
    for day in (first + timedelta(days=number) for number in range(LONGEST)):
        if day in off or day.weekday() not in office.weekdays:
            continue
        begin, end = max(_moment(day, office.begins), since), _moment(day, office.ends)
        if begin < end:
            yield begin, end


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
