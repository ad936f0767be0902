"""One village's share of a release of several: its numbers, its proof and its memory, cut out and nothing made anew.

The possible tables of the joint proof agree with everything printed about all villages, so their columns of one
village agree with everything printed about it. Sums over several villages stay with the whole.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lumbung.aggregate.primary import Goal
from lumbung.aggregate.release import Release
from lumbung.aggregate.system import Row, System
from lumbung.aggregate.witness import Claim, Witnesses

Places = dict[int, int]  # a piece's number in the whole, its number in the share


def villages(release: Release) -> list[str]:
    """The codes of the villages that have numbers of their own in a release."""
    return [cell.area.code for cell in release.population if cell.area.level == "village" and cell.sex == "T"]


def of_village(release: Release, village: str) -> Release:
    """The release as if this village had been released alone, with the same numbers. Decides and audits nothing."""
    mine = [number for number, piece in enumerate(release.system.pieces) if piece.village == village]
    place = {number: position for position, number in enumerate(mine)}
    system, rows = _system(release, place, village)
    return replace(
        release,
        places=tuple(area for area in release.places if area.villages == (village,)),
        population=tuple(cell for cell in release.population if cell.area.code == village),
        tables=tuple(table for table in release.tables if table.area.code == village),
        rows=rows,
        left_out={key: why for key, why in release.left_out.items() if _is_of(key, village)},
        goals=tuple(_goal(goal, place) for goal in release.goals if set(goal.atoms) <= place.keys()),
        system=system,
        witnesses=_witnesses(release.witnesses, place),
        earlier=release.earlier.of(village),
    )


def _is_of(key: str, village: str) -> bool:
    return key.split("/")[0].split("#")[0] == village


def _system(release: Release, place: Places, village: str) -> tuple[System, frozenset[int]]:
    system = System(pieces=[release.system.pieces[number] for number in place])
    numbers: dict[int, int] = {}
    for number, row in enumerate(release.system.rows):
        if all(index in place for index, _ in row.terms):
            terms = tuple((place[index], factor) for index, factor in row.terms)
            numbers[number] = system.add(Row(terms, row.value, row.fixed, row.name))
    keys = {key: row for key, row in release.system.row_of.items() if _is_of(key, village)}
    system.row_of.update({key: numbers[row] for key, row in keys.items()})
    return system, frozenset(numbers[row] for row in release.rows if row in numbers)


def _goal(goal: Goal, place: Places) -> Goal:
    return replace(goal, atoms=tuple(place[index] for index in goal.atoms))


def _witnesses(whole: Witnesses, place: Places) -> Witnesses:
    """Each component with this village's columns alone, tables that are the same now once; its claims with them."""
    found = Witnesses()
    component: dict[int, int] = {}
    table: dict[int, list[int]] = {}
    for number, (pieces, tables) in enumerate(zip(whole.pieces, whole.tables, strict=True)):
        columns = [column for column, piece in enumerate(pieces) if piece in place]
        if columns:
            component[number] = len(found.pieces)
            found.pieces.append([place[pieces[column]] for column in columns])
            kept, table[number] = _once([one[columns] for one in tables])
            found.tables.append(kept)
    for claim in whole.claims:
        if set(claim.question.atoms) <= place.keys():
            found.claims.append(_claim(claim, place, component[claim.component], table[claim.component]))
    return found


def _once(tables: list[NDArray[np.int64]]) -> tuple[list[NDArray[np.int64]], list[int]]:
    """Every different table, and for each of the given ones which of them it is."""
    seen: dict[bytes, int] = {}
    kept: list[NDArray[np.int64]] = []
    which = []
    for one in tables:
        number = seen.setdefault(one.tobytes(), len(kept))
        if number == len(kept):
            kept.append(one)
        which.append(number)
    return kept, which


def _claim(claim: Claim, place: Places, component: int, which: list[int]) -> Claim:
    question = replace(claim.question, atoms=tuple(place[index] for index in claim.question.atoms))
    return replace(claim, question=question, component=component, low=which[claim.low], high=which[claim.high])
