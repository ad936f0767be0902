"""How every service stands now, for other rooms, for the status page and for machines. Names no dataset.

`state_of(code)` is what other rooms ask. Nothing is kept in memory: each question asks the database.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Max, QuerySet
from django.utils import timezone

from lumbung.portal.catalogue.models import Closing, Dataset, Release
from lumbung.portal.catalogue.queries import whole_portal
from lumbung.portal.catalogue.states import DatasetState, Shut
from lumbung.portal.services.health import checks
from lumbung.portal.services.models import WITHIN, Move, Own, Service
from lumbung.portal.services.states import WORST, ServiceState

TAKING = (Own.STATISTICS_INTAKE, Own.EMERGENCIES)
"""What takes something in, hence is shut as well while the portal may only be read."""
APART = (Own.DOCUMENT_REQUESTS,)
"""What goes on while the whole portal is shut: sealed envelopes go to the counter, which asks no portal."""
HISTORY = 20  # moves on the status page
ANY_NOT_OPEN = "SELECT 1 FROM services_service WHERE state <> %s LIMIT 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one service stands. `through` is the service or the portal ("portal") that it stands so because of; "":
    itself. `channel` is where people go meanwhile, `next_at` when more will be said; None while it is open. `office`
    spoke last, told by `status` alone."""

    code: str
    label: str
    address: str = ""
    state: ServiceState = ServiceState.OPEN
    since: datetime | None = None
    reason: str = ""
    channel: str = ""
    next_at: datetime | None = None
    danger: bool = False
    through: str = ""
    office: str = ""

    @property
    def is_late(self) -> bool:
        """Whether the promised news are overdue."""
        return self.next_at is not None and self.next_at < timezone.now()


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The whole page."""

    board: list[Standing]
    moves: list[Move]
    checks: Mapping[str, bool]
    portal: Closing | None
    organisations: list[Closing]
    datasets: int
    releases: int


def state_of(code: str) -> ServiceState:
    """How the service stands, its own state and that of the whole it is a part of, whichever is worse. Does not look
    at whether the whole portal is shut. Raise LookupError for a code that is not on the board."""
    return standing_of(code).state


def standing_of(code: str) -> Standing:
    """The same with reason, since, next news and channel."""
    asked = {code, WITHIN[Own(code)].value} if code in Own.values and Own(code) in WITHIN else {code}
    rows = Service.objects.filter(code__in=asked, retired_at=None)
    found = _standings(rows)
    if code not in found:
        raise LookupError(code)
    return found[code]


def not_open() -> dict[str, Standing]:
    """The standing of every own service that is not open, by its code: one short question before every page."""
    with connection.cursor() as cursor:
        cursor.execute(ANY_NOT_OPEN, [ServiceState.OPEN])
        if cursor.fetchone() is None:
            return {}
    rows = Service.objects.filter(code__in=Own.values).exclude(state=ServiceState.OPEN)
    return {code: one for code, one in _standings(rows).items() if one.state != ServiceState.OPEN}


def board() -> list[Standing]:
    """Every service on the board, the agency's own first."""
    found = _standings(Service.objects.filter(retired_at=None))
    own = [found.pop(code) for code in Own.values]
    return [*own, *found.values()]


def status() -> Status:
    """As it is at this moment."""
    portal = whole_portal()
    closings = Closing.objects.filter(ended_at=None).exclude(organisation=None).select_related("organisation")
    return Status(
        board=[_under(portal, one) for one in _decided(board())],
        moves=list(history()[:HISTORY]),
        checks=checks(),
        portal=portal,
        organisations=list(closings),
        datasets=Dataset.objects.filter(state__in=(DatasetState.QUARANTINED, DatasetState.WITHDRAWN)).count(),
        releases=Release.every.exclude(closed_since=None).count(),
    )


def _decided(several: list[Standing]) -> list[Standing]:
    """With the office that moved each switch last, or spoke last about it."""
    newest = Service.objects.exclude(state=ServiceState.OPEN).annotate(newest=Max("moves__pk")).values("newest")
    offices = dict(Move.objects.filter(pk__in=newest).values_list("service__code", "office"))
    return [replace(one, office=offices.get(one.through or one.code, "")) for one in several]


def history() -> QuerySet[Move]:
    """Every move and every further word, the newest first."""
    return Move.objects.select_related("service").order_by("-pk")


def late() -> int:
    """How many services have promised news that are overdue."""
    return Service.objects.filter(retired_at=None, next_at__lt=timezone.now()).count()


def _standings(rows: Iterable[Service]) -> dict[str, Standing]:
    """By code; the agency's own are always there, and a part never stands better than its whole."""
    found = {own.value: Standing(code=own.value, label=str(own.label)) for own in Own}
    found |= {row.code: _standing(row) for row in rows}
    for part, whole in WITHIN.items():
        above, own_standing = found[whole.value], found[part.value]
        if WORST.index(above.state) > WORST.index(own_standing.state):
            found[part.value] = replace(above, code=part.value, label=str(part.label), through=whole.value)
    return found


def _standing(row: Service) -> Standing:
    told = {"since": row.since, "reason": row.reason, "next_at": row.next_at, "danger": row.round_id is not None}
    kept: dict[str, Any] = told if row.state != ServiceState.OPEN else {"since": row.since}
    state = ServiceState(row.state)
    return Standing(code=row.code, label=row.label, address=row.address, state=state, channel=row.channel, **kept)


def _under(portal: Closing | None, one: Standing) -> Standing:
    """What is shut with the whole portal; outside services are not."""
    if portal is None or one.code not in Own.values or one.code in APART or one.state == ServiceState.CLOSED:
        return one
    if portal.shut != Shut.CLOSED and one.code not in TAKING:
        return one
    because = str(portal.get_ground_display())
    return replace(one, state=ServiceState.CLOSED, since=portal.since, reason=because, next_at=None, through="portal")
