"""Counts of events (calls for the fire brigade) by district, month and coarse square, printed so that none is found.

One period at a time, and once: periods share no event, so nothing that a later one prints can be subtracted from an
earlier one. Within a period all printed numbers (district by month, both sums, the whole, every square of the map) are
one joint system, protected by `protect` and then proven in whole numbers by `witness`. The attacker is given more than
he has: which combinations of district, month and square are empty. Times are printed for many events only, and never
where those left out of smaller printed parts are few.
"""

import math
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from lumbung.aggregate.atoms import Piece
from lumbung.aggregate.eligible import Refused
from lumbung.aggregate.model import Undecided
from lumbung.aggregate.primary import Goal
from lumbung.aggregate.protect import OutOfReach, protect
from lumbung.aggregate.system import Row, System
from lumbung.aggregate.witness import Question, prove

PATH = Path(__file__).with_name("events.toml")
ALL = ""
NOWHERE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPolicy:
    """What `events.toml` holds."""

    k: int
    fewest_for_median: int
    fewest_for_ninetieth: int
    square_degrees: float
    solver_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event: kode wilayah of its district, its month (2026-07), its square (NOWHERE: not known), and the minutes
    until help was there (None: not known). Nothing else of it comes here."""

    district: str
    month: str
    square: str
    minutes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One printed line: a district and a month, or ALL of them, or a square of all months. `count` None is hidden."""

    district: str
    month: str
    square: str
    count: int | None
    median: int | None
    ninetieth: int | None


def load(path: Path = PATH) -> EventPolicy:
    """The policy as it stands in the file."""
    return EventPolicy(**tomllib.loads(path.read_text(encoding="utf-8")))


def square_of(latitude: float, longitude: float, policy: EventPolicy) -> str:
    """The square that a point lies in, named by its middle: `-7.425,110.225`."""
    side = policy.square_degrees
    middle = [(math.floor(round(value / side, 9)) + 0.5) * side for value in (latitude, longitude)]
    return ",".join(f"{value:.4f}".rstrip("0") for value in middle)


def print_period(
    events: Iterable[Event], *, districts: Sequence[str], months: Sequence[str], policy: EventPolicy
) -> list[Line]:
    """Every line of one period, the finest first. All events must be of these districts and months.

    Raise Refused("out-of-reach"), ("undecided") or ("audit-failed"); then nothing is printed.
    """
    listed = list(events)
    pieces = Counter((event.district, event.month, event.square) for event in listed)
    cells = _cells(pieces, districts, months)
    hidden = _hidden(pieces, cells, policy)
    times = _Times(listed, policy)
    lines = []
    for (district, month, square), value in cells.items():
        shown = None if (district, month, square) in hidden else value
        said = times.of(district, month, shown) if square == NOWHERE else (None, None)
        lines.append(
            Line(district=district, month=month, square=square, count=shown, median=said[0], ninetieth=said[1])
        )
    return lines


Key = tuple[str, str, str]


def _cells(pieces: Mapping[Key, int], districts: Sequence[str], months: Sequence[str]) -> dict[Key, int]:
    """Each line with its true number: districts by month, their sums, months, the whole, squares."""
    wanted: list[Key] = [(district, month, NOWHERE) for district in districts for month in months]
    wanted += [(district, ALL, NOWHERE) for district in districts]
    wanted += [(ALL, month, NOWHERE) for month in months]
    wanted += [(ALL, ALL, NOWHERE)]
    wanted += [(ALL, ALL, square) for square in sorted({square for _, _, square in pieces} - {NOWHERE})]
    return {key: sum(count for piece, count in pieces.items() if _covers(key, piece)) for key in wanted}


def _covers(key: Key, piece: Key) -> bool:
    return all(mine in (ALL, its) for mine, its in zip(key, piece, strict=True))


def _hidden(pieces: Mapping[Key, int], cells: Mapping[Key, int], policy: EventPolicy) -> set[Key]:
    """Which lines are not printed: the small ones, and what would give one back. Proven before it is believed."""
    order = list(pieces)
    system = System(pieces=[Piece("", "", square, "T", f"{district} {month}") for district, month, square in order])
    atoms = {key: tuple(n for n, piece in enumerate(order) if _covers(key, piece)) for key in cells}
    rows = {
        key: system.add(Row(tuple((n, 1) for n in atoms[key]), value, False)) for key, value in cells.items() if value
    }
    small = {key: atoms[key] for key, value in cells.items() if 0 < value < policy.k}
    small |= {piece: (n,) for n, piece in enumerate(order) if pieces[piece] < policy.k}
    goals = [_goal(atoms_, sum(pieces[order[n]] for n in atoms_), policy) for atoms_ in dict.fromkeys(small.values())]
    first = frozenset(rows[key] for key in small if key in rows)
    try:
        hidden = protect(system, goals, hidden=first, weights="log", seconds=policy.solver_seconds)
        _prove(system, goals, hidden, policy)
    except OutOfReach:
        raise Refused("out-of-reach") from None
    except Undecided:
        raise Refused("undecided") from None
    return {key for key, row in rows.items() if row in hidden}


def _goal(atoms: tuple[int, ...], value: int, policy: EventPolicy) -> Goal:
    name = "+".join(map(str, atoms))
    return Goal(name=name, atoms=atoms, value=value, low=0, high=policy.k, k=policy.k)


def _prove(system: System, goals: Sequence[Goal], hidden: frozenset[int], policy: EventPolicy) -> None:
    """Two whole tables for every goal, found from the printed numbers alone. Raise Refused where one is missing."""
    printed = [(row.terms, row.value) for number, row in enumerate(system.rows) if number not in hidden]
    questions = [Question(name=goal.name, atoms=goal.atoms, low=goal.low, high=goal.high) for goal in goals]
    found = prove(len(system.pieces), printed, questions, seconds=policy.solver_seconds)
    if not all(claim.protected for claim in found.claims):
        raise Refused("audit-failed")


class _Times:
    """Minutes of every piece, and which lines have printed theirs."""

    def __init__(self, events: Iterable[Event], policy: EventPolicy) -> None:
        self._measured = [event for event in events if event.minutes is not None]
        self._policy = policy
        self._printed: list[tuple[str, str]] = []

    def of(self, district: str, month: str, shown: int | None) -> tuple[int | None, int | None]:
        """Median and 90th percentile (nearest rank) in whole minutes; None where there are too few, or too few
        beside what smaller lines have printed. Lines must come in the order of `_cells`."""
        minutes = sorted(event.minutes or 0 for event in self._measured if _holds(district, month, event))
        enough = self._policy.fewest_for_median
        if shown is None or len(minutes) < enough or not self._far_from_parts(district, month, len(minutes)):
            return None, None
        self._printed.append((district, month))
        ninetieth = minutes[math.ceil(0.9 * len(minutes)) - 1]
        return round(median(minutes)), ninetieth if len(minutes) >= self._policy.fewest_for_ninetieth else None

    def _far_from_parts(self, district: str, month: str, count: int) -> bool:
        """Whether those outside each family of smaller printed lines (cells, rows, columns) are none or enough."""
        inside = [one for one in self._printed if district in (ALL, one[0]) and month in (ALL, one[1])]
        families = (
            [one for one in inside if ALL not in one],
            [one for one in inside if one[1] == ALL],
            [one for one in inside if one[0] == ALL],
        )
        for family in families:
            covered = sum(any(_holds(*one, event) for one in family) for event in self._measured)
            if 0 < count - covered < self._policy.fewest_for_median:
                return False
        return True


def _holds(district: str, month: str, event: Event) -> bool:
    return district in (ALL, event.district) and month in (ALL, event.month)
