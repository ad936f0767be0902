"""Which printed numbers must be hidden as well, so that every goal is out of an attacker's reach.

Sequential linear programming after Kelly, Golden and Assad: for each goal, the cheapest change of the printed numbers
that reaches its mark; what would have to change is hidden. Afterwards every number that was hidden this way is printed
again if all goals can still be reached without it. The pattern is good, not proven to be the smallest.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from lumbung.aggregate.model import INFINITY, Model
from lumbung.aggregate.primary import Goal
from lumbung.aggregate.system import System, components

TOLERANCE = 1e-6


class OutOfReach(RuntimeError):
    """A goal cannot be reached even if everything that may be hidden is hidden. Carries the goal's name."""


def weight(value: int, kind: str) -> float:
    """What it costs to hide a number: by its logarithm, its square root or itself. Never nothing."""
    return {"log": log(2 + value), "sqrt": 1 + sqrt(value), "value": 1.0 + value}[kind]


def protect(
    system: System,
    goals: Sequence[Goal],
    *,
    hidden: frozenset[int],
    weights: str,
    seconds: float,
    start: frozenset[int] = frozenset(),
) -> frozenset[int]:
    """The rows to hide: `hidden` (which stay so), and what else the goals need.

    `start` is a pattern that served before: it costs nothing at first, and what it has too much is printed again.
    Raise OutOfReach where the fixed rows alone give a goal away, Undecided where the solver gives up.
    """
    sums = [[index for index, _ in row.terms] for row in system.rows]
    of = components(len(system.pieces), [*sums, *(goal.atoms for goal in goals)])
    blocks: dict[int, _Block] = defaultdict(_Block)
    for piece, number in enumerate(of):
        blocks[number].pieces.append(piece)
    for number, pieces in enumerate(sums):
        blocks[of[pieces[0]]].rows.append(number)
    for goal in goals:
        blocks[of[goal.atoms[0]]].goals.append(goal)
    for block in blocks.values():
        if block.goals:
            hidden |= _Protector(system, block, hidden, weights=weights, seconds=seconds).run(start)
    return frozenset(hidden)


@dataclass(slots=True)
class _Block:
    """One component: its pieces, rows and goals."""

    pieces: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)


@dataclass(slots=True)
class _Mark:
    """A mark that the sum of a goal must be able to reach, and the solution in which it does.

    `given` is another goal of which somebody is the only one: he may know that its sum is 1.
    """

    goal: int
    up: bool
    target: int
    given: int | None = None
    reached: int | None = None


class _Protector:
    """The linear problem of one component, kept warm from goal to goal."""

    def __init__(self, system: System, block: _Block, hidden: frozenset[int], *, weights: str, seconds: float) -> None:
        self._goals = sorted(block.goals, key=lambda goal: (goal.low - goal.high, goal.name))
        place = {piece: column for column, piece in enumerate(block.pieces)}
        self._rows = block.rows
        self._open = [n for n in block.rows if not system.rows[n].fixed]
        self._slack = {row: len(place) + 2 * order for order, row in enumerate(self._open)}
        sums: list[list[tuple[int, int]]] = []
        bounds: list[tuple[float, float]] = []
        for number in block.rows:
            row = system.rows[number]
            extra = [(self._slack[number], -1), (self._slack[number] + 1, 1)] if number in self._slack else []
            sums.append([*((place[index], factor) for index, factor in row.terms), *extra])
            bounds.append((row.value, row.value))
        self._goal_rows = len(sums)
        sums += [[(place[index], 1) for index in goal.atoms] for goal in self._goals]
        bounds += [(-INFINITY, INFINITY)] * len(self._goals)
        self._upper = [INFINITY] * (len(place) + 2 * len(self._open))
        self._model = Model(upper=self._upper, rows=sums, bounds=bounds, seconds=seconds)
        self._reach = _flat(sums[self._goal_rows :])
        self._cost = {number: weight(system.rows[number].value, weights) for number in self._open}
        self._hidden = {number for number in self._open if number in hidden}
        self._marks = [_Mark(n, True, goal.high) for n, goal in enumerate(self._goals)]
        self._marks += [_Mark(n, False, goal.low) for n, goal in enumerate(self._goals)]
        self._marks += _neighbours(self._goals, system)
        self._solutions: list[NDArray[np.float64]] = []

    def run(self, start: frozenset[int]) -> frozenset[int]:
        """Hide for every goal, beginning with the pattern `start`; then print again what need not be hidden."""
        first = frozenset(self._hidden)
        self._hidden.update(start.intersection(self._open))
        self._free(self._open, self._cost)
        self._free(frozenset(self._hidden), dict.fromkeys(self._hidden, 0.0))
        for mark in tuple(self._marks):
            if mark.reached is None:
                self._hide_for(mark)
        self._clean(frozenset(self._hidden - first))
        return frozenset(self._hidden)

    def _free(self, rows: Sequence[int] | frozenset[int], cost: dict[int, float]) -> None:
        columns = [self._slack[row] + side for row in rows for side in (0, 1)]
        self._model.cost(columns, [cost[row] for row in rows for _ in (0, 1)])

    def _hide_for(self, mark: _Mark) -> None:
        solution = self._solve(mark)
        if solution is None and mark.given is not None:
            self._marks.remove(mark)  # who is the only one learns it whatever is hidden
            return
        if solution is None:
            raise OutOfReach(self._goals[mark.goal].name)
        moved = [row for row in self._open if self._moves(row, solution) and row not in self._hidden]
        self._hidden.update(moved)
        self._free(moved, dict.fromkeys(moved, 0.0))
        self._keep_solution(solution)

    def _moves(self, row: int, solution: NDArray[np.float64]) -> bool:
        return bool(abs(solution[self._slack[row]] - solution[self._slack[row] + 1]) > TOLERANCE)

    def _solve(self, mark: _Mark) -> NDArray[np.float64] | None:
        row = self._goal_rows + mark.goal
        self._model.bound(row, *((mark.target, INFINITY) if mark.up else (-INFINITY, mark.target)))
        if mark.given is not None:
            self._model.bound(self._goal_rows + mark.given, 1, 1)
        try:
            return self._model.solve()
        finally:
            self._model.bound(row, -INFINITY, INFINITY)
            if mark.given is not None:
                self._model.bound(self._goal_rows + mark.given, -INFINITY, INFINITY)

    def _keep_solution(self, solution: NDArray[np.float64]) -> None:
        """Remember it for every mark that it happens to reach."""
        self._solutions.append(solution)
        sums = self._sums(solution)
        for mark in self._marks:
            if mark.reached is None and self._reaches(mark, sums):
                mark.reached = len(self._solutions) - 1

    def _sums(self, solution: NDArray[np.float64]) -> NDArray[np.float64]:
        starts, columns = self._reach
        return np.add.reduceat(solution[columns], starts)

    def _reaches(self, mark: _Mark, sums: NDArray[np.float64]) -> bool:
        if mark.given is not None and abs(sums[mark.given] - 1) > TOLERANCE:
            return False
        beyond = sums[mark.goal] - mark.target
        return bool(beyond >= -TOLERANCE) if mark.up else bool(beyond <= TOLERANCE)

    def _clean(self, rows: frozenset[int]) -> None:
        """Largest first: hold one number again, and look for new solutions for the marks whose solution moved it."""
        self._free(self._open, dict.fromkeys(self._open, 0.0))
        held = [row for row in self._open if row not in self._hidden]
        self._model.limit([self._slack[row] + side for row in held for side in (0, 1)], 0.0)
        for _ in range(2):  # what one number needed may have been printed since
            for row in sorted(self._hidden & set(rows), key=lambda row: -self._cost[row]):
                columns = [self._slack[row], self._slack[row] + 1]
                self._model.limit(columns, 0.0)
                if self._survives(row):
                    self._hidden.discard(row)
                else:
                    self._model.limit(columns, INFINITY)

    def _survives(self, row: int) -> bool:
        moving = {number for number, solution in enumerate(self._solutions) if self._moves(row, solution)}
        open_marks = [mark for mark in self._marks if mark.reached in moving]
        before = [mark.reached for mark in open_marks]
        for mark in open_marks:
            mark.reached = None
        for mark in open_marks:
            if mark.reached is not None:
                continue
            solution = self._solve(mark)
            if solution is None:
                for other, reached in zip(open_marks, before, strict=True):
                    other.reached = reached
                return False
            self._keep_solution(solution)
        return True


def _neighbours(goals: Sequence[Goal], system: System) -> list[_Mark]:
    """Who is the only one in a cell must not learn a small number beside it: it could be one more."""
    homes: dict[tuple[str, str], dict[tuple[int, ...], int]] = defaultdict(dict)
    for number, goal in enumerate(goals):
        places = {(system.pieces[index].village, system.pieces[index].base) for index in goal.atoms}
        if 0 < goal.value < goal.k and len(places) == 1:
            homes[places.pop()].setdefault(goal.atoms, number)
    return [
        _Mark(other, True, goals[other].value + 1, given=single)
        for home in homes.values()
        for mine, single in home.items()
        for atoms, other in home.items()
        if goals[single].value == 1 and other != single and not set(mine) & set(atoms)
    ]


def _flat(rows: Sequence[Sequence[tuple[int, int]]]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    starts = np.cumsum([0, *(len(row) for row in rows)])[:-1]
    return starts.astype(np.intp), np.array([index for row in rows for index, _ in row], np.intp)
