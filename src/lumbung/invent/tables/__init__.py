"""Some sixty datasets of the kinds a regency publishes, for a regency that does not exist. None names a person."""

from lumbung.invent.regency import Regency
from lumbung.invent.tables import economy, population, services, villages, works
from lumbung.invent.tables.plan import Plan, laid_out
from lumbung.invent.tables.statistic import Statistic

__all__ = ["Statistic", "invent_statistics"]

PLANS: tuple[Plan, ...] = (
    *services.EDUCATION,
    *services.HEALTH,
    *services.SOCIAL,
    *economy.FARMING,
    *economy.BUSINESS,
    *works.WORKS,
    *works.GOVERNMENT,
)


def invent_statistics(regency: Regency) -> tuple[Statistic, ...]:
    """All of them; the same regency gives the same tables, and their bottom lines are the sums of their rows."""
    return (
        *population.statistics(regency),
        *villages.statistics(regency),
        *(laid_out(plan, regency) for plan in PLANS),
    )
