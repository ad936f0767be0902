"""How everything stands now: what machines found out, what people told, what is closed. Names no dataset."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lumbung.portal.catalogue.models import Closing, Dataset, Release
from lumbung.portal.catalogue.queries import whole_portal
from lumbung.portal.catalogue.states import DatasetState, Shut
from lumbung.portal.services.health import NEEDS, checks
from lumbung.portal.services.models import Notice, Service, Standing

UNTOUCHED = (Service.REPORTS,)  # goes on while the portal is closed: that is when it is needed
WRITING = (Service.UPLOADS, Service.STATISTICS)
WORST = list(Standing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One service. `notice` is what somebody told of it; without one the standing is the machine's own."""

    service: Service
    standing: Standing
    since: datetime | None
    notice: Notice | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The whole page."""

    lines: list[Line]
    checks: Mapping[str, bool]
    portal: Closing | None
    organisations: list[Closing]
    datasets: int
    releases: int


def status() -> Status:
    """As it is at this moment."""
    found, portal = checks(), whole_portal()
    told: dict[str, Notice] = {}
    for notice in Notice.objects.filter(ended_at=None):
        told.setdefault(notice.service, notice)
    closings = Closing.objects.filter(ended_at=None).exclude(organisation=None).select_related("organisation")
    return Status(
        lines=[_line(service, found, portal, told.get(service)) for service in Service],
        checks=found,
        portal=portal,
        organisations=list(closings),
        datasets=Dataset.objects.filter(state__in=(DatasetState.QUARANTINED, DatasetState.WITHDRAWN)).count(),
        releases=Release.every.exclude(closed_since=None).count(),
    )


def as_json(now: datetime, said: Status) -> dict[str, Any]:
    """The same for machines. Moments are ISO 8601 with their offset; `ground` is the code that stones carry."""
    closed = [{"name": one.organisation.name, **_closing(one)} for one in said.organisations if one.organisation]
    return {
        "at": now.isoformat(),
        "services": [_service(line) for line in said.lines],
        "closed": {
            "portal": _closing(said.portal) if said.portal else None,
            "organisations": closed,
            "datasets": said.datasets,
            "releases": said.releases,
        },
        "checks": dict(said.checks),
    }


def _line(service: Service, found: Mapping[str, bool], portal: Closing | None, told: Notice | None) -> Line:
    standing = Standing.WORKS if all(found[name] for name in NEEDS[service]) else Standing.DISTURBED
    since = None
    if portal and service not in UNTOUCHED and (portal.shut == Shut.CLOSED or service in WRITING):
        standing, since = Standing.CLOSED, portal.since
    if told and WORST.index(Standing(told.standing)) >= WORST.index(standing):
        standing, since = Standing(told.standing), told.since
    return Line(service=service, standing=standing, since=since, notice=told)


def _closing(closing: Closing) -> dict[str, str]:
    return {"shut": closing.shut, "since": closing.since.isoformat(), "ground": closing.ground}


def _service(line: Line) -> dict[str, Any]:
    notice = line.notice
    return {
        "id": line.service.value,
        "name": str(line.service.label),
        "state": line.standing.value,
        "since": line.since.isoformat() if line.since else None,
        "words": notice.words if notice else "",
        "next_update": notice.next_at.isoformat() if notice and notice.next_at else None,
        "channel": notice.channel if notice else "",
    }
