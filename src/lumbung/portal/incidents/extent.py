"""Where an incident begins, which later closings belong to it, and whether it is about all of a dataset or about some
of its releases: all of it read from the record.

An incident reaches from the line that closed something because of personal data until it is ended, or until anything
of it is opened again; what is closed within that reach joins it, what is closed later is the next one. A dataset that
is closed by itself while its organisation or the portal is closed has an incident of its own, with the clock of that.
"""

from collections.abc import Iterable, Sequence

from lumbung.portal.audit.actors import Subject
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.vocabulary import ClosingGround
from lumbung.portal.incidents.models import Incident

CLOSES = (
    Kind.QUARANTINED, Kind.WITHDRAWN, Kind.RELEASE_CLOSED, Kind.ORGANISATION_CLOSED, Kind.PORTAL_CLOSED,
    Kind.PORTAL_READ_ONLY,
)  # fmt: skip
OPENS_ALL = (Kind.RESTORED, Kind.ORGANISATION_OPENED, Kind.PORTAL_OPENED)
OPENS_AGAIN = (*OPENS_ALL, Kind.RELEASE_OPENED)


def closing_line(subject: Subject, *, known: Iterable[Incident]) -> Event | None:
    """The first line that closed a dataset, a release of it, an organisation or the portal because of personal data,
    is still in force, and belongs to none of the incidents that are `known` of the same."""
    lines = _moves(subject)
    spans = [(one.closing, _end(one, lines)) for one in known]
    for line in lines:
        joins = any(first <= line.sequence < end for first, end in spans)
        if _is_personal(line) and not joins and _in_force(line, lines):
            return line
    return None


def releases_of(incident: Incident) -> tuple[int, ...]:
    """The numbers of the releases that were closed alone; () where the incident is about a whole dataset, or more."""
    if incident.dataset is None:
        return ()
    lines = _moves(incident.subject)
    end = _end(incident, lines)
    closings = [line for line in lines if incident.closing <= line.sequence < end and _is_personal(line)]
    if any(line.kind != Kind.RELEASE_CLOSED for line in closings):
        return ()
    return tuple(sorted({line.details["release"] for line in closings}))


def reaches(incident: Incident, line: Event) -> bool:
    """Whether a line falls between what closed it and what ended it."""
    return incident.closing <= line.sequence < _end(incident, _moves(incident.subject))


def _moves(subject: Subject) -> list[Event]:
    kinds = (*CLOSES, *OPENS_AGAIN, Kind.INCIDENT_ENDED)
    return list(Event.objects.filter(subject=subject.key, kind__in=kinds).order_by("sequence"))


def _is_personal(line: Event) -> bool:
    return line.kind in CLOSES and line.details.get("ground") == ClosingGround.PERSONAL_DATA.value


def _in_force(line: Event, lines: Sequence[Event]) -> bool:
    later = [one for one in lines if one.sequence > line.sequence]
    if line.kind == Kind.RELEASE_CLOSED:
        number = line.details["release"]
        return not any(one.kind == Kind.RELEASE_OPENED and one.details["release"] == number for one in later)
    return not any(one.kind in OPENS_ALL for one in later)


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
