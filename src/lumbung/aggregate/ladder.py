"""Coarser before hidden further: which tables give way where too many numbers would have to be hidden.

Reference: collapsing a table is additive, honest and cheap; hiding more numbers is the last resort. An area whose
second hiding costs more than the policy allows has the dearest of its tables taken one step down, again and again,
until it is within its budget or only its totals are left.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from lumbung.aggregate.tables import Cell, Table

if TYPE_CHECKING:
    from lumbung.aggregate.release import Release

Place = tuple[str, str]  # code of the area, name of the table; hamlets go with their village


def place_of(table: Table) -> Place:
    return table.area.code, table.plan.name


def beyond(release: "Release") -> dict[str, list[Cell]]:
    """By code of an area, the cells hidden beyond the small ones and those that changed too little to be printed."""
    goals = {goal.name for goal in release.goals}
    found: dict[str, list[Cell]] = defaultdict(list)
    for cell in release.cells:
        if release.printed(cell) is None and cell.key not in goals:
            found[cell.area.code].append(cell)
    return found


def over_budget(release: "Release") -> dict[str, list[Cell]]:
    """The same for those areas alone in which they are too many."""
    cells: dict[str, int] = defaultdict(int)
    for cell in release.cells:
        cells[cell.area.code] += 1
    share = release.policy.secondary_share
    return {code: listed for code, listed in beyond(release).items() if len(listed) > share * cells[code]}


def to_give_way(release: "Release", *, may: Callable[[Table], bool]) -> set[Place]:
    """For each area over its budget the table that most is hidden of; nothing where no table of it may change."""
    chosen = set()
    for code, listed in over_budget(release).items():
        counts: dict[Place, int] = defaultdict(int)
        for cell in listed:
            counts[code, cell.table] += 1
        places = {
            place_of(table) for table in release.tables if table.area.code == code and table.cells and may(table)
        }
        open_places = [place for place in counts if place in places]
        if open_places:
            chosen.add(max(open_places, key=lambda place: (counts[place], place)))
    return chosen


def stepped_down(tables: Iterable[Table], places: set[Place], *, coarser: Callable[[Table], Table]) -> list[Table]:
    """The same tables, those of `places` by one step coarser. Hamlets of one village give way together."""
    return [coarser(table) if place_of(table) in places and table.cells else table for table in tables]
