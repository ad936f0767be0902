"""Where an incident begins, which later closings belong to it, and whether it is about all of a dataset or about some
of its releases: all of it read from the record.

An incident reaches from the line that closed something because of personal data until it is ended, or until anything
of the dataset is opened again; what is closed within that reach joins it, what is closed later is the next one.
"""

from collections.abc import Sequence

from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.catalogue.vocabulary import ClosingGround
from lumbung.portal.incidents.models import Incident

CLOSES = (Kind.QUARANTINED, Kind.WITHDRAWN, Kind.RELEASE_CLOSED)
OPENS_AGAIN = (Kind.RESTORED, Kind.RELEASE_OPENED)


def closing_line(dataset: Dataset) -> Event | None:
    """The first line that closed the dataset, or a release of it, because of personal data, is still in force, and
    belongs to no incident yet."""
    lines = _moves(dataset)
    reaches = [(one.closing, _end(one, lines)) for one in Incident.objects.filter(dataset=dataset)]
    for line in lines:
        known = any(first <= line.sequence < end for first, end in reaches)
        if _is_personal(line) and not known and _in_force(line, lines):
            return line
    return None


def releases_of(incident: Incident) -> tuple[int, ...]:
    """The numbers of the releases that were closed alone; () where the incident is about the whole dataset."""
    lines = _moves(incident.dataset)
    end = _end(incident, lines)
    closings = [line for line in lines if incident.closing <= line.sequence < end and _is_personal(line)]
    if any(line.kind != Kind.RELEASE_CLOSED for line in closings):
        return ()
    return tuple(sorted({line.details["release"] for line in closings}))


def _moves(dataset: Dataset) -> list[Event]:
    kinds = (*CLOSES, *OPENS_AGAIN, Kind.INCIDENT_ENDED)
    return list(Event.objects.filter(subject=dataset.subject.key, kind__in=kinds).order_by("sequence"))


def _is_personal(line: Event) -> bool:
    return line.kind in CLOSES and line.details.get("ground") == ClosingGround.PERSONAL_DATA.value


def _in_force(line: Event, lines: Sequence[Event]) -> bool:
    later = [one for one in lines if one.sequence > line.sequence]
    if line.kind == Kind.RELEASE_CLOSED:
        number = line.details["release"]
        return not any(one.kind == Kind.RELEASE_OPENED and one.details["release"] == number for one in later)
    return not any(one.kind == Kind.RESTORED for one in later)


def _end(incident: Incident, lines: Sequence[Event]) -> float:
    """The number of the line at which nothing joins it any more; infinity while that has not come."""
    ends = [
        line.sequence
        for line in lines
        if line.sequence > incident.closing
        and (line.kind in OPENS_AGAIN or (line.kind == Kind.INCIDENT_ENDED and _names(line, incident)))
    ]
    return min(ends, default=float("inf"))


def _names(line: Event, incident: Incident) -> bool:
    return bool(line.details.get("incident") == incident.pk)
