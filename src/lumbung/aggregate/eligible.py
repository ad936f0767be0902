"""Who is in a release: villages large enough, not released too lately, and changed by nobody or by many.

The number of residents by sex is always printed, so a change of it by a few people cannot be hidden: such a village
keeps its last release, and a sum over villages that changed so little is left out.
"""

from collections.abc import Iterable
from datetime import date

import polars as pl

from lumbung.aggregate.atoms import Atoms
from lumbung.aggregate.ledger import Ledger, months
from lumbung.aggregate.plan import ALL, Plan, Way
from lumbung.aggregate.policy import Policy
from lumbung.aggregate.tables import Area, Cell

POPULATION = Plan(
    name="penduduk",
    title="Jumlah penduduk menurut jenis kelamin",
    unit="jiwa",
    base="umur",
    k=1,
    ways=(Way(sexes=("L", "P", "T"), groups=((ALL, frozenset()),)),),
    partition=False,
)


class Refused(Exception):
    """No release is made. `code` is kebab-case; `areas` are codes, never values.

    too-soon, nothing-left, already-published, other-policy, out-of-reach, undecided, audit-failed.
    """

    def __init__(self, code: str, areas: Iterable[str] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.areas = tuple(areas)


def same_policy(policy: Policy, ledger: Ledger) -> None:
    if any(past.policy != policy.digest for past in ledger.releases):
        raise Refused("other-policy")


def large_enough(residents: pl.DataFrame, policy: Policy, left_out: dict[str, str]) -> pl.DataFrame:
    limits = policy.limits
    counted = residents.group_by("village").agg(
        pl.len().alias("all"), (pl.col("sex") == "L").sum().alias("men"), (pl.col("sex") == "P").sum().alias("women")
    )
    fewest = pl.min_horizontal("men", "women")
    small = counted.filter((pl.col("all") < limits.smallest_village) | (fewest < limits.smallest_sex))["village"]
    left_out.update(dict.fromkeys(sorted(small), "small-village"))
    return residents.filter(~pl.col("village").is_in(small.to_list()))


def ripe(
    residents: pl.DataFrame, period: date, policy: Policy, ledger: Ledger, left_out: dict[str, str]
) -> pl.DataFrame:
    """Villages whose last release is old enough, or is this very one; the rest is refused or left as it was."""
    known, now = ledger.before(period), ledger.same(period)
    young, frozen = [], []
    counts = residents.group_by("village", "sex").len()
    by_village: dict[str, dict[str, int]] = {}
    for village, sex, count in counts.iter_rows():
        by_village.setdefault(village, {})[sex] = count
    for village, sexes in sorted(by_village.items()):
        last = ledger.last(village)
        if last and last != period and not months(last, period) >= policy.limits.months_between:
            young.append(village)
        if any(f"{village}/penduduk/{sex}/{ALL}" in now for sex in sexes) and any(
            now.get(f"{village}/penduduk/{sex}/{ALL}") != count for sex, count in sexes.items()
        ):
            raise Refused("already-published", [village])
        changes = _population_changes(village, sexes, known)
        if any(0 < change < policy.k for change in changes):
            frozen.append(village)
    if young:
        raise Refused("too-soon", young)
    left_out.update(dict.fromkeys(frozen, "small-change"))
    return residents.filter(~pl.col("village").is_in(frozen))


def _population_changes(village: str, sexes: dict[str, int], known: dict[str, int]) -> list[int]:
    counted = {**sexes, "T": sum(sexes.values())}
    keys = {sex: f"{village}/penduduk/{sex}/{ALL}" for sex in counted}
    return [abs(counted[sex] - known[key]) for sex, key in keys.items() if key in known]


def population(atoms: Atoms, area: Area) -> list[Cell]:
    cells = []
    for sex in ("L", "P", "T"):
        found = tuple(index for village in area.villages for index in atoms.find(village, "umur", sex=sex))
        value = sum(atoms.counts[index] for index in found)
        cells.append(
            Cell(
                area=area,
                table=POPULATION.name,
                sex=sex,
                category=ALL,
                k=1,
                zeros=False,
                atoms=found,
                value=value,
            )
        )
    return cells


def changed_little(
    atoms: Atoms, area: Area, period: date, ledger: Ledger, policy: Policy, left_out: dict[str, str]
) -> bool:
    """Whether a sum over villages changed by so few people that it would tell about them."""
    if area.level not in ("district", "regency"):
        return False
    known = ledger.before(period)
    counted = [(known.get(cell.key), cell.value) for cell in population(atoms, area)]
    small = any(before is not None and 0 < abs(value - before) < policy.k for before, value in counted)
    if small:
        left_out[area.key] = "small-change"
    return small
