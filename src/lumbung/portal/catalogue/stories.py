"""A handful of live pictures for the front page, out of the shelf's own data; each has its table and its link.

Nothing is kept: what is closed is gone from the picture with the next look.
"""

from dataclasses import dataclass, replace

from lumbung.portal.accounts.models import Organisation, OrganisationKind
from lumbung.portal.catalogue import budget, place_queries, rolling_up


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many of a district's villages have open statistics."""

    district: Organisation
    delivered: int
    of: int

    @property
    def bar(self) -> int:
        """In percent."""
        return round(100 * self.delivered / self.of) if self.of else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stories:
    """The pictures of a regency; an empty one is left out on the page."""

    regency: Organisation
    rolled: rolling_up.RollUp
    progress: list[Progress]
    budget: budget.Budget | None


def of_the_regency() -> Stories | None:
    """The pictures of the portal's own regency; nothing where it has none, or several, or no village."""
    regencies = list(Organisation.objects.filter(kind=OrganisationKind.REGENCY)[:2])
    if len(regencies) != 1:
        return None
    regency = regencies[0]
    villages = list(place_queries.villages_below(regency))
    if not villages:
        return None
    rolled = rolling_up.of_many([village.kode for village in villages])
    money = budget.budget_of(regency)
    if not rolled.delivered and money is None:
        return None
    if money is not None:
        money = replace(money, years=[year for year in money.years if year.lines][-1:])
    return Stories(regency=regency, rolled=rolled, progress=progress(regency, villages, rolled), budget=money)


def progress(regency: Organisation, villages: list[Organisation], rolled: rolling_up.RollUp) -> list[Progress]:
    """District by district."""
    counted = []
    for district in place_queries.districts_below(regency):
        below = [village for village in villages if village.path.startswith(district.path)]
        delivered = sum(village.kode in rolled.shown for village in below)
        counted.append(Progress(district=district, delivered=delivered, of=len(below)))
    return counted
