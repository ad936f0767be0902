"""The duty officer's board: every service with what may be done to it by this person, and what was seen of it."""

from dataclasses import dataclass

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import may
from lumbung.portal.services import permissions, queries
from lumbung.portal.services.actions import may_undo
from lumbung.portal.services.checklist import HANDS
from lumbung.portal.services.health import checks
from lumbung.portal.services.models import Move, Own, Service, Signature
from lumbung.portal.services.permissions import Act
from lumbung.portal.services.queries import Standing
from lumbung.portal.services.states import ServiceState
from lumbung.portal.services.watching import suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One service on the desk. `own` is its state without that of the whole it is a part of; `waits` is how many
    signatures are missing (0: may be opened), `hint` the suggested state with the codes of what was seen."""

    standing: Standing
    own: ServiceState
    outside: bool
    row: Service | None
    last: Move | None
    may_undo: bool
    may_open: bool
    may_sign: bool
    signatures: list[Signature]
    waits: int
    hint: tuple[ServiceState, list[str]] | None

    @property
    def seen(self) -> int:
        """The number of the last move, for the form."""
        return self.last.pk if self.last else 0


def cards(person: Person) -> list[Card]:
    """Every service, what is not open first."""
    rows = {row.code: row for row in Service.objects.filter(retired_at=None).select_related("round")}
    found = checks()
    made = [_card(one, rows.get(one.code), person, found) for one in queries.board()]
    return sorted(made, key=lambda card: card.own == ServiceState.OPEN)


def _card(standing: Standing, row: Service | None, person: Person, found: dict[str, bool]) -> Card:
    last = row.moves.select_related("by").order_by("-pk").first() if row else None
    signatures = list(row.round.signatures.select_related("person")) if row and row.round else []
    waits = max(HANDS - len(signatures), 0) if row and row.round else 0
    dangerous = bool(row and row.round)
    signs = may(permissions.check, Act.SIGN, person) and person.pk not in {one.person_id for one in signatures}
    return Card(
        standing=standing,
        own=ServiceState(row.state) if row else ServiceState.OPEN,
        outside=standing.code not in Own.values,
        row=row,
        last=last,
        may_undo=last is not None and may_undo(last, person),
        may_open=not dangerous or (waits == 0 and may(permissions.check, Act.REOPEN, person)),
        may_sign=dangerous and waits > 0 and signs,
        signatures=signatures,
        waits=waits,
        hint=suggestion(row, standing.code, found),
    )
