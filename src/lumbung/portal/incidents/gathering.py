"""What is known of an incident, gathered from the record and from the file by nobody's hand; version after version.

Facts are numbers of lines, moments and counts. Who stands behind a line, and from which address, the record alone
holds, and pages and letters ask it when they are made: whoever is erased there is not kept here.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils import timezone

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import SYSTEM, Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.incidents import queries
from lumbung.portal.incidents.chronology import Chronology, paths_to
from lumbung.portal.incidents.counting import counted
from lumbung.portal.incidents.exposure import span
from lumbung.portal.incidents.extent import releases_of
from lumbung.portal.incidents.models import Dossier, Incident
from lumbung.portal.incidents.places import story

MEASURES = (
    Kind.QUARANTINED, Kind.WITHDRAWN, Kind.RESTORED, Kind.REMOVED, Kind.REMOVAL_CHECKED, Kind.REPORT_CLOSED,
    Kind.RELEASE_CLOSED, Kind.RELEASE_OPENED, Kind.ORGANISATION_CLOSED, Kind.ORGANISATION_OPENED, Kind.PORTAL_CLOSED,
    Kind.PORTAL_READ_ONLY, Kind.PORTAL_OPENED, Kind.LETTER_SIGNED, Kind.TASK_DONE, Kind.EVIDENCE_EXPORTED,
    Kind.INCIDENT_ENDED,
)  # fmt: skip
CLOCKS_DIFFER = timedelta(seconds=2)  # between machines of one house
NOT_COUNTED = {"why_not": "not-counted", "files": 0, "findings": []}


def gather(incident: Incident, *, by: Actor = SYSTEM, count: bool = False) -> Dossier:
    """Write down what is known now as a new version; gives the last one where nothing has changed since.

    `count` looks into the closed files again, which may take minutes; without it the last count stands, unless more
    has been closed since.
    """
    latest, releases = incident.dossiers.first(), releases_of(incident)
    same = latest is not None and latest.facts.get("releases", []) == list(releases)
    people = latest.facts["people"] if latest and same else None
    if count:
        day = timezone.localdate(incident.aware_at)
        people = _kept(people, counted(incident.datasets(), at=day, releases=releases))
    people = people or NOT_COUNTED
    with transaction.atomic():
        locked = Incident.objects.select_for_update(of=("self",))
        current = locked.select_related("dataset__organisation", "organisation").get(pk=incident.pk)
        facts = facts_of(current, people=people)
        digest = digest_of(facts)
        latest = current.dossiers.first()
        if latest and latest.digest == digest:
            return latest
        number = latest.number + 1 if latest else 1
        made = Dossier.objects.create(
            incident=current, number=number, made_at=timezone.now(), facts=facts, digest=digest
        )
        record(
            Kind.INCIDENT_GATHERED,
            by=by,
            subject=current.subject,
            incident=current.pk,
            version=number,
            digest=digest,
        )
    return made


def facts_of(incident: Incident, *, people: dict[str, Any]) -> dict[str, Any]:
    """The facts as plain values: no name, no address, no value from a file.

    A dataset that is still open (restored since) is open until now in pages, and "until" is null here. `releases`
    names those that were closed alone, and then all else is said of these; it is empty for a whole dataset.
    """
    told, closed = story(incident), Event.objects.get(sequence=incident.closing)
    return {
        **_about(incident, closed, told),
        "releases": list(releases_of(incident)),
        "aware": _moment(Event.objects.get(sequence=incident.aware)),
        "closed": _moment(closed),
        "deadline": incident.deadline.astimezone(UTC).isoformat(timespec="seconds"),
        "minutes_to_close": max(0, int((closed.at - incident.aware_at).total_seconds() // 60)),
        "uploads": [_upload(line) for line in told.uploads],
        "exposures": [
            {"since": _moment(one.since), "until": _moment(one.until) if one.until else None} for one in told.exposures
        ],
        "exposed_hours": span([one for one in told.exposures if one.until], now=timezone.now()),
        "exposed_days": _days(told),
        "taken": _taken(told),
        "people": people,
        "clock_set_back": [
            later.sequence for earlier, later in pairwise(told.lines) if later.at < earlier.at - CLOCKS_DIFFER
        ],
        "done": [_moment(line) for line in _measures(told.lines, since=incident.aware)],
    }


def _about(incident: Incident, closed: Event, told: Chronology) -> dict[str, Any]:
    """What it is over; where that is a place, what stood open there at the closing, as the closing's line has it."""
    if incident.dataset:
        return {"dataset": incident.dataset.slug}
    stood = {name: closed.details.get(name) for name in ("datasets", "releases", "stood")}
    counted_too = {"named": _named(incident), "uploads_in_all": told.uploads_in_all}
    return {"place": incident.subject.key, "stood": stood, **counted_too}


def _named(incident: Incident) -> list[str]:
    """The datasets of a place that were closed by themselves since: somebody has said which it is."""
    return list(queries.within(incident).order_by("closing").values_list("dataset__slug", flat=True))


def digest_of(facts: dict[str, Any]) -> str:
    """The SHA-256 of the canonical JSON of facts or of a version's text."""
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def is_behind(incident: Incident) -> bool:
    """Whether something that was closed later joined it, or was named in it, after its last version was written."""
    latest = incident.dossiers.first()
    if latest is None:
        return False
    named = latest.facts.get("named", []) != _named(incident)
    return named or latest.facts.get("releases", []) != list(releases_of(incident))


def is_as_written(dossier: Dossier) -> bool:
    """Whether the facts are still those that the record promised when this version was written."""
    told = Event.objects.filter(
        kind=Kind.INCIDENT_GATHERED,
        subject=dossier.incident.subject.key,
        details__incident=dossier.incident_id,
        details__version=dossier.number,
    )
    promised = {line.details["digest"] for line in told}
    return promised == {dossier.digest} and digest_of(dossier.facts) == dossier.digest


def _kept(before: dict[str, Any] | None, now: dict[str, Any]) -> dict[str, Any]:
    """A file that is gone is no reason to forget how many people stood in it."""
    return before if before and not before["why_not"] and now["why_not"] else now


def _moment(line: Event) -> dict[str, Any]:
    return {"line": line.sequence, "kind": line.kind, "at": line.at.astimezone(UTC).isoformat(timespec="seconds")}


def _upload(line: Event) -> dict[str, Any]:
    """The upload, and what came before it: the last training that the record knows of, the account's first line."""
    training = last_training(before=line)
    first = Event.objects.filter(actor=line.actor).order_by("sequence").values_list("sequence", flat=True).first()
    return {
        **_moment(line),
        "sha256": line.sha256,
        "training": _moment(training) if training else None,
        "days_after_training": _days_after(training, line) if training else None,
        "actors_first_line": first if line.actor.startswith("person:") else None,
    }


def last_training(*, before: Event) -> Event | None:
    """The last training that was held for the organisation of a line, for one above it or for all, before its day was
    over."""
    where = Organisation.objects.filter(slug=before.organisation).first()
    above = Organisation.objects.filter(path__in=paths_to(where) if where else [])
    slugs = ["", before.organisation, *above.values_list("slug", flat=True)]
    held = Event.objects.filter(kind=Kind.TRAINING_HELD, organisation__in=slugs)
    ended = [line for line in held if date.fromisoformat(line.details["until"]) <= _day(before.at)]
    return max(ended, key=lambda line: (line.details["until"], line.sequence), default=None)


def _days_after(training: Event, line: Event) -> int:
    return (_day(line.at) - date.fromisoformat(training.details["until"])).days


def _day(at: datetime) -> date:
    return timezone.localdate(at)


def _days(told: Chronology) -> int:
    """Days from the first day of exposure to the last, as people count them."""
    ended = [one for one in told.exposures if one.until]
    return sum((_day(one.until.at) - _day(one.since.at)).days for one in ended if one.until)


def _taken(told: Chronology) -> dict[str, Any]:
    """How often, when and from which networks; no address."""
    return {
        "downloads": told.downloads,
        "networks": told.networks_in_all,
        **({"reads": told.reads} if told.reads else {}),
        "listed": [
            {"network": one.name, "downloads": one.downloads, "first": _moment(one.first), "last": _moment(one.last)}
            for one in told.networks
        ],
    }


def _measures(lines: Sequence[Event], *, since: int) -> Iterable[Event]:
    return (line for line in lines if line.sequence >= since and line.kind in MEASURES)
