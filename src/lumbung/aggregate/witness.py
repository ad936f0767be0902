"""The proof: possible villages that agree with everything printed, and differ in what is hidden.

For every hidden number and every piece, two complete tables in whole numbers: one where it is as low as can be (0 for
whatever is protected), one where it is high (at least k). They are found from the printed numbers alone: nothing here
can know the true ones, so the tables tell nobody more than the printed numbers do.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lumbung.aggregate.model import INFINITY, Model
from lumbung.aggregate.system import Terms, components

TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A hidden sum of pieces, and the marks that one table should not exceed and another should reach."""

    name: str
    atoms: tuple[int, ...]
    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Two tables of one component: the question's sum is `least` in the first, `most` in the second."""

    question: Question
    component: int
    low: int
    high: int
    least: int
    most: int

    @property
    def protected(self) -> bool:
        """Both marks are possible: for what is hidden, nobody and at least k."""
        return self.least <= self.question.low and self.most >= self.question.high


@dataclass(slots=True)
class Witnesses:
    """Pieces by component, the tables of each (whole numbers in the order of its pieces), and the claims."""

    pieces: list[list[int]] = field(default_factory=list)
    tables: list[list[NDArray[np.int64]]] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)


def prove(
    count: int, printed: Sequence[tuple[Terms, int]], questions: Sequence[Question], *, seconds: float
) -> Witnesses:
    """Tables for `count` pieces under the printed sums. Raise Undecided where the solver gives up.

    Does not judge: a question that the printed numbers answer gets a claim whose two tables agree.
    """
    sums = [[index for index, _ in terms] for terms, _ in printed]
    of = components(count, [*sums, *(question.atoms for question in questions)])
    size = max(of, default=-1) + 1
    found = Witnesses(pieces=[[] for _ in range(size)])
    for piece, number in enumerate(of):
        found.pieces[number].append(piece)
    rows: list[list[tuple[Terms, int]]] = [[] for _ in range(size)]
    asked: list[list[Question]] = [[] for _ in range(size)]
    for row in printed:
        rows[of[row[0][0][0]]].append(row)
    for question in questions:
        asked[of[question.atoms[0]]].append(question)
    for number in range(size):
        search = _Search(found.pieces[number], rows[number], asked[number], seconds)
        found.claims += search.run(number)
        found.tables.append(search.tables)
    return found


class _Search:
    """The linear problem of one component, asked for one extreme after the other."""

    def __init__(
        self, pieces: list[int], rows: list[tuple[Terms, int]], asked: list[Question], seconds: float
    ) -> None:
        place = {piece: column for column, piece in enumerate(pieces)}
        sums = [[(place[index], factor) for index, factor in terms] for terms, _ in rows]
        bounds: list[tuple[float, float]] = [(value, value) for _, value in rows]
        self._asked = asked
        self._columns = [[place[index] for index in question.atoms] for question in asked]
        self._flat = np.array([column for columns in self._columns for column in columns], np.intp)
        self._starts = np.cumsum([0, *map(len, self._columns)])[:-1].astype(np.intp)
        self._first = len(sums)
        sums += [[(column, 1) for column in columns] for columns in self._columns]
        bounds += [(0.0, INFINITY)] * len(asked)
        self._model = Model(upper=[INFINITY] * len(pieces), rows=sums, bounds=bounds, seconds=seconds)
        self.tables: list[NDArray[np.int64]] = []
        self._least = np.full(len(asked), np.iinfo(np.int64).max)
        self._most = np.full(len(asked), -1)
        self._low, self._high = np.full(len(asked), -1), np.full(len(asked), -1)

    def run(self, component: int) -> list[Claim]:
        """As much of the extremes of every question as its marks ask for."""
        if not self._asked:
            self._keep(self._whole())
        for number, question in enumerate(self._asked):
            if self._most[number] < question.high:
                self._look(number, up=True)
            if self._least[number] > question.low:
                self._look(number, up=False)
            if self._least[number] == self._most[number]:
                self._look(number, up=True)
        return [self._claim(number, component) for number in range(len(self._asked))]

    def _claim(self, number: int, component: int) -> Claim:
        return Claim(
            question=self._asked[number],
            component=component,
            low=int(self._low[number]),
            high=int(self._high[number]),
            least=int(self._least[number]),
            most=int(self._most[number]),
        )

    def _look(self, number: int, *, up: bool) -> None:
        columns = self._columns[number]
        self._model.cost(columns, [-1.0 if up else 1.0] * len(columns))
        try:
            solution = self._model.solve()
            assert solution is not None, "the printed numbers contradict each other"
            if _is_whole(solution):
                self._keep(np.rint(solution).astype(np.int64))
            else:
                self._look_whole(number, float(solution[columns].sum()), up=up)
        finally:
            self._model.cost(columns, [0.0] * len(columns))

    def _look_whole(self, number: int, extreme: float, *, up: bool) -> None:
        """The corner is not in whole numbers: ask for any table at the mark, else for the best one."""
        question, row = self._asked[number], self._first + number
        mark = (float(question.high), INFINITY) if up else (0.0, float(question.low))
        within = extreme >= question.high - TOLERANCE if up else extreme <= question.low + TOLERANCE
        if within:
            self._model.bound(row, *mark)
            table = self._model.solve_whole()
            self._model.bound(row, 0.0, INFINITY)
        if not within or table is None:
            table = self._whole()
        self._keep(table)

    def _whole(self) -> NDArray[np.int64]:
        table = self._model.solve_whole()
        assert table is not None, "the printed numbers contradict each other"
        return table

    def _keep(self, table: NDArray[np.int64]) -> None:
        """Remember the table if some question has not seen such a value."""
        if not self._asked:
            self.tables.append(table)
            return
        sums = np.add.reduceat(table[self._flat], self._starts)
        lower, higher = sums < self._least, sums > self._most
        if lower.any() or higher.any():
            self._least[lower], self._low[lower] = sums[lower], len(self.tables)
            self._most[higher], self._high[higher] = sums[higher], len(self.tables)
            self.tables.append(table)


def _is_whole(solution: NDArray[np.float64]) -> bool:
    return bool(np.abs(solution - np.rint(solution)).max(initial=0.0) < TOLERANCE)
