"""The release memory: what has been printed about each number, and what may not be printed because of it.

A withdrawn release stays in the memory: what was public cannot be taken back from whoever kept a copy.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from lumbung.aggregate.policy import Policy
from lumbung.aggregate.tables import Cell

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

    def last(self, area: str) -> date | None:
        """The reference date of the newest release in which an area has a number."""
        periods = [
            release.period for release in self.releases if any(key.startswith(f"{area}/") for key in release.cells)
        ]
        return max(periods, default=None)


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
