"""Sums over villages from what they have printed, and from nothing else: no register, no hidden number, no memory.

Whoever adds up the villages' own tables gets the same numbers, so there is nothing to protect. A number that one
village hides is hidden in the sum; joined categories are added where every village prints them, or their parts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from lumbung.aggregate.atoms import UNKNOWN
from lumbung.aggregate.outlets import COLUMNS, titled
from lumbung.aggregate.plan import ALL, Plan, Way
from lumbung.aggregate.policy import Policy
from lumbung.aggregate.sheets import Row

Numbers = Mapping[str, int | None]  # of one village, `table/sex/category`; None is hidden
ENOUGH = 0.8  # the finest way (by sex, then not) of which so many numbers are known; else the way with most of them
MARK = "*"


def tables(
    villages: Sequence[Numbers], *, code: str, level: str, period: date, policy: Policy
) -> dict[str, list[Row]]:
    """Every table of which some number is known in all villages, with its headings, by its name.

    `level` is kecamatan or kabupaten. Does not look whether there are enough villages, or whether they are of one day.
    """
    found: dict[str, list[Row]] = {}
    for name, plan in titled(policy).items():
        rows = _best(villages, plan)
        if any(value is not None for _, _, value in rows):
            start = [code, level, "", period.isoformat()]
            found[name] = [COLUMNS, *([*start, sex, category, value, plan.unit, "" if value is not None else MARK]
                                      for sex, category, value in rows)]  # fmt: skip
    return found


Counted = tuple[str, str, int | None]  # sex, category, sum


def _best(villages: Sequence[Numbers], plan: Plan) -> list[Counted]:
    both = [(way, replace(way, sexes=("T",))) for way in plan.ways] if "village" in plan.levels else []
    ways = [_counted(villages, plan, way) for pair in both for way in pair]
    shares = [_known(rows) for rows in ways]
    fine = next((rows for rows, share in zip(ways, shares, strict=True) if share >= ENOUGH), None)
    return fine or (ways[shares.index(max(shares))] if ways else [])


def _known(rows: Sequence[Counted]) -> float:
    return sum(value is not None for _, _, value in rows) / len(rows) if rows else 0.0


def _counted(villages: Sequence[Numbers], plan: Plan, way: Way) -> list[Counted]:
    rows = [
        (sex, category, _sum(_value(numbers, plan, sex, category, pieces) for numbers in villages))
        for category, pieces in way.groups
        for sex in way.sexes
    ]
    if plan.partition and any(f"{plan.name}/T/{UNKNOWN}" in numbers for numbers in villages):
        rows += [(sex, UNKNOWN, _sum(_unknown(numbers, plan, sex) for numbers in villages)) for sex in way.sexes]
    return rows


def _sum(values: Iterable[int | None]) -> int | None:
    listed = list(values)
    known = [value for value in listed if value is not None]
    return sum(known) if len(known) == len(listed) else None


def _unknown(numbers: Numbers, plan: Plan, sex: str) -> int | None:
    """Nobody, where the village prints the table and has no such line."""
    printed = any(name.startswith(f"{plan.name}/") for name in numbers)
    return numbers.get(f"{plan.name}/{sex}/{UNKNOWN}", 0 if printed else None)


def _value(numbers: Numbers, plan: Plan, sex: str, category: str, pieces: frozenset[str]) -> int | None:
    """The printed number, or the sum of printed ones that are its parts: finer categories, men and women."""
    if category == ALL:
        return numbers.get(f"{plan.name}/{sex}/{ALL}")
    for way in plan.ways:
        parts = [(name, held) for name, held in way.groups if held <= pieces]
        if frozenset().union(*(held for _, held in parts)) == pieces:
            whole = _sum(numbers.get(f"{plan.name}/{sex}/{name}") for name, _ in parts)
            if whole is not None:
                return whole
    if sex != "T":
        return None
    return _sum(_value(numbers, plan, one, category, pieces) for one in ("L", "P"))
