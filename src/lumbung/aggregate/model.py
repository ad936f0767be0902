"""A linear problem kept warm: built once, its bounds and costs changed between solutions.

The only module that talks to HiGHS, for the protector and the witnesses. The attacker has a model of his own.
"""

from collections.abc import Sequence

import highspy
import numpy as np
from numpy.typing import NDArray

Terms = Sequence[tuple[int, float]]
INFINITY = highspy.kHighsInf


class Undecided(RuntimeError):
    """The solver neither found a solution nor proved that there is none."""


class Model:
    """Columns are at least 0; rows are sums of columns between two bounds. Not safe to share between threads."""

    def __init__(
        self, *, upper: Sequence[float], rows: Sequence[Terms], bounds: Sequence[tuple[float, float]], seconds: float
    ) -> None:
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        self._solver.setOptionValue("solver", "simplex")
        self._solver.setOptionValue("presolve", "off")
        self._solver.setOptionValue("random_seed", 1)
        self._seconds = seconds
        self._columns = len(upper)
        self._solver.passModel(_problem(upper, rows, bounds))

    def cost(self, columns: Sequence[int], costs: Sequence[float]) -> None:
        """What one unit of each of these columns costs."""
        if len(columns):
            self._solver.changeColsCost(len(columns), np.array(columns, np.int32), np.array(costs, float))

    def limit(self, columns: Sequence[int], upper: float) -> None:
        """An upper bound for these columns."""
        if len(columns):
            highest = np.full(len(columns), upper)
            self._solver.changeColsBounds(len(columns), np.array(columns, np.int32), np.zeros(len(columns)), highest)

    def bound(self, row: int, lower: float, upper: float) -> None:
        """Both bounds of a row."""
        self._solver.changeRowBounds(row, lower, upper)

    def solve(self) -> NDArray[np.float64] | None:
        """The columns of a cheapest solution, None where there is none; raise Undecided when time is over."""
        return self._run()

    def solve_whole(self) -> NDArray[np.int64] | None:
        """The same in whole numbers. Slower; the model is continuous again afterwards."""
        columns = np.arange(self._columns, dtype=np.int32)
        whole = np.full(self._columns, 1, np.uint8)
        self._solver.changeColsIntegrality(self._columns, columns, whole)
        self._solver.setOptionValue("presolve", "on")
        try:
            found = self._run()
        finally:
            self._solver.setOptionValue("presolve", "off")
            self._solver.changeColsIntegrality(self._columns, columns, np.zeros(self._columns, np.uint8))
        return None if found is None else np.rint(found).astype(np.int64)

    def _run(self) -> NDArray[np.float64] | None:
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + self._seconds)
        self._solver.run()
        status = self._solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise Undecided(str(status))
        return np.asarray(self._solver.getSolution().col_value)


def _problem(upper: Sequence[float], rows: Sequence[Terms], bounds: Sequence[tuple[float, float]]) -> highspy.HighsLp:
    problem = highspy.HighsLp()
    problem.num_col_, problem.num_row_ = len(upper), len(rows)
    problem.col_cost_ = np.zeros(len(upper))
    problem.col_lower_ = np.zeros(len(upper))
    problem.col_upper_ = np.array(upper, float)
    problem.row_lower_ = np.array([low for low, _ in bounds], float)
    problem.row_upper_ = np.array([high for _, high in bounds], float)
    problem.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    problem.a_matrix_.start_ = np.cumsum([0, *(len(row) for row in rows)]).astype(np.int32)
    problem.a_matrix_.index_ = np.array([index for row in rows for index, _ in row], np.int32)
    problem.a_matrix_.value_ = np.array([factor for row in rows for _, factor in row], float)
    return problem
