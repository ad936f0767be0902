"""What villages printed, added up for a district or a regency: printed numbers alone, and what is missing beside them.

A sum of printed numbers tells nothing that adding up the villages' pages would not tell. Hidden numbers are never
estimated: they are counted and named.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.core.cache import cache
from django.utils.functional import Promise

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.catalogue import place_queries, pyramid
from lumbung.portal.catalogue.place_queries import Shown
from lumbung.portal.catalogue.printed import LADDER
from lumbung.portal.catalogue.village import FIGURES

POPULATION, HOUSEHOLDS, PRODUCTIVE = "penduduk|T|semua", "kepala_keluarga|T|kepala", "usia_produktif|T|15-64"
COMPARED = {"population": (POPULATION,), "households": (HOUSEHOLDS,), "productive": (PRODUCTIVE, POPULATION)}
"""What each number of a comparison is made of."""
KEPT = 3600  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A sum over villages: how many printed it, how many hid it."""

    label: str | Promise
    value: int | None
    printed: int
    hidden: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageLine:
    """A village among others. `delivered` is whether it has open statistics; None is hidden, or in `absent`."""

    village: Organisation
    delivered: bool
    population: int | None = None
    households: int | None = None
    productive: float | None = None
    absent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUp:
    """Everything a page of a district or a regency shows of its villages' statistics."""

    villages: int
    delivered: int
    totals: list[Total]
    pyramid: pyramid.Pyramid | None
    shown: Mapping[str, Shown]

    @property
    def missing(self) -> int:
        """Villages without open statistics."""
        return self.villages - self.delivered

    @property
    def hidden(self) -> bool:
        """Whether any number of the sums is hidden."""
        return any(total.hidden for total in self.totals)


def of_villages(kodes: Sequence[str]) -> RollUp:
    """The villages with these kode wilayah taken together. Two queries."""
    shown = place_queries.shown_of([kode for kode in kodes if kode])
    totals = [_total(label, "|".join(key), shown) for label, key in FIGURES]
    return RollUp(
        villages=len(kodes),
        delivered=len(shown),
        totals=[total for total in totals if total.printed or total.hidden],
        pyramid=pyramid.rolled_up(one.leading.get(LADDER, []) for one in shown.values()),
        shown=shown,
    )


def of_many(kodes: Sequence[str]) -> RollUp:
    """The same for hundreds of villages, whose sums are kept for a while; `shown` carries no numbers.

    Which villages have open statistics, and in which release, is asked each time: with the first that is closed or
    published anew the sums are made anew.
    """
    newest = place_queries.newest_of([kode for kode in kodes if kode])
    releases = place_queries.newest_releases([key for key, _slug, _period in newest.values()])
    name = "sums-" + hashlib.sha256(repr((len(kodes), sorted(newest.items()), releases)).encode()).hexdigest()
    rolled: RollUp | None = cache.get(name)
    if rolled is None:
        whole = of_villages(kodes)
        bare = {village: replace(one, leading={}) for village, one in whole.shown.items()}
        rolled = replace(whole, shown=bare)
        cache.set(name, rolled, KEPT)
    return rolled


def lines(villages: Sequence[Organisation], shown: Mapping[str, Shown]) -> list[VillageLine]:
    """Each village with the numbers by which villages are compared."""
    return [_line(village, shown.get(village.kode)) for village in villages]


def _total(label: str | Promise, key: str, shown: Mapping[str, Shown]) -> Total:
    values = [one.leading[key] for one in shown.values() if key in one.leading]
    printed = [value for value in values if value is not None]
    value = sum(printed) if printed else None
    return Total(label=label, value=value, printed=len(printed), hidden=len(values) - len(printed))


def _line(village: Organisation, one: Shown | None) -> VillageLine:
    if one is None:
        return VillageLine(village=village, delivered=False)
    population, productive = one.leading.get(POPULATION), one.leading.get(PRODUCTIVE)
    share = 100 * productive / population if population and productive is not None else None
    return VillageLine(
        village=village,
        delivered=True,
        population=population,
        households=one.leading.get(HOUSEHOLDS),
        productive=round(share, 1) if share is not None else None,
        absent=frozenset(name for name, keys in COMPARED.items() if not all(key in one.leading for key in keys)),
    )
