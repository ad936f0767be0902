"""The release memory: what has been printed about each number, and what may not be printed because of it.

A withdrawn release stays in the memory: what was public cannot be taken back from whoever kept a copy.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from lumbung.aggregate.policy import Policy
from lumbung.aggregate.tables import Cell

Value = TypeVar("Value")
_TIMELESS = {"penduduk", "agama", "pekerjaan", "perkawinan", "golongan_darah", "kewarganegaraan", "kepala_keluarga"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One earlier release: reference date, by key what was printed (None: hidden), by area/table its step."""

    period: date
    policy: str
    cells: dict[str, int | None]
    steps: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All earlier releases, oldest first."""

    releases: tuple[Past, ...] = ()

    def before(self, period: date) -> dict[str, int]:
        """For every key the number printed last under another reference date."""
        known: dict[str, int] = {}
        for release in self.releases:
            if release.period != period:
                known.update({key: value for key, value in release.cells.items() if value is not None})
        return known

    def hidden(self) -> frozenset[str]:
        """Keys that were hidden when they were last in a release: they stay hidden."""
        last: dict[str, int | None] = {}
        for release in self.releases:
            last.update(release.cells)
        return frozenset(key for key, value in last.items() if value is None)

    def same(self, period: date) -> dict[str, int]:
        """What has been printed for this reference date already: known to everybody."""
        return {
            key: value
            for release in self.releases
            if release.period == period
            for key, value in release.cells.items()
            if value is not None
        }

    def step(self, area: str, table: str) -> int:
        """The coarsest step a table has been printed in: it is never printed finer again."""
        return max((release.steps.get(f"{area}/{table}", 0) for release in self.releases), default=0)

    def settled(self, period: date, area: str, table: str) -> int | None:
        """The step in which a table of this very reference date is out already: it stays in it."""
        steps = [release.steps.get(f"{area}/{table}") for release in self.releases if release.period == period]
        return max((step for step in steps if step is not None), default=None)

    def of(self, code: str) -> "Ledger":
        """What this memory holds of one area and its hamlets; releases without it are left out."""
        parts = (replace(past, cells=_of(past.cells, code), steps=_of(past.steps, code)) for past in self.releases)
        return Ledger(releases=tuple(past for past in parts if past.cells))

    def areas(self) -> list[str]:
        """The codes of all areas of which it holds a number."""
        return sorted({_code(key) for past in self.releases for key in past.cells})

    def last(self, area: str) -> date | None:
        """The reference date of the newest release in which an area has a number."""
        periods = [
            release.period for release in self.releases if any(key.startswith(f"{area}/") for key in release.cells)
        ]
        return max(periods, default=None)


def together(ledgers: Iterable[Ledger]) -> Ledger:
    """The memories of several areas as one: a release for each reference date and policy, the oldest first."""
    found: dict[tuple[date, str], Past] = {}
    for past in (past for ledger in ledgers for past in ledger.releases):
        known = found.get((past.period, past.policy))
        cells, steps = (known.cells, known.steps) if known else ({}, {})
        both = replace(past, cells={**cells, **past.cells}, steps={**steps, **past.steps})
        found[past.period, past.policy] = both
    return Ledger(releases=tuple(found[key] for key in sorted(found)))


def _code(key: str) -> str:
    return key.split("/")[0].split("#")[0]


def _of(named: Mapping[str, Value], code: str) -> dict[str, Value]:
    return {key: value for key, value in named.items() if _code(key) == code}


def is_unchanged(ledger: Ledger, printed: Mapping[str, int | None], *, period: date) -> bool:
    """Whether everything but ages is what it was on another day: that is an old register under a new date.

    Nobody was born, died, came, went or married since. Ages are left aside, for they follow from the date.
    """
    if not ledger.releases or ledger.releases[-1].period == period:
        return False
    before = ledger.releases[-1].cells
    same = [key for key in printed if key in before and key.split("/")[1] in _TIMELESS]
    return bool(same) and all(printed[key] == before[key] for key in same)


def months(earlier: date, later: date) -> int:
    """Whole months from one day to another; negative where the second is earlier."""
    whole = (later.year - earlier.year) * 12 + later.month - earlier.month
    return whole - 1 if later.day < earlier.day and later.month != earlier.month else whole


def is_frozen(cells: Iterable[Cell], earlier: dict[str, int], policy: Policy) -> bool:
    """Whether so many cells of a table changed by 1 to k-1 that the last release of it stands."""
    compared = [cell for cell in cells if cell.key in earlier]
    small = [cell for cell in compared if 0 < abs(cell.value - earlier[cell.key]) < cell.k]
    return len(small) > policy.freeze_share * len(compared)
