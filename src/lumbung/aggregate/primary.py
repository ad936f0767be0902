"""Which numbers must stay uncertain, and between what: the goals that protection has to reach.

A goal is a sum of pieces with a low and a high mark: whoever knows everything published must find it possible that the
sum is at or below the low mark, and possible that it is at or above the high one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from lumbung.aggregate.atoms import Atoms, Piece
from lumbung.aggregate.plan import Plan
from lumbung.aggregate.policy import Policy
from lumbung.aggregate.tables import Cell, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What an attacker must not be able to rule out about one sum of pieces."""

    name: str
    atoms: tuple[int, ...]
    value: int
    low: int
    high: int
    k: int


def is_small(cell: Cell) -> bool:
    """From 1 to k-1; for sensitive attributes 0 as well, because nobody having it is told about everybody."""
    return 0 < cell.value < cell.k or (cell.zeros and cell.value == 0)


def is_full(cell: Cell, everybody: int, plan: Plan) -> bool:
    """One column holds all of them (or all but fewer than k): what is said of the row is said of each person in it."""
    return plan.zeros and plan.partition and everybody - cell.value < cell.k


def bearable(cells: Iterable[Cell], policy: Policy) -> bool:
    """Whether at most the agreed share of cells is small, so that hiding costs less than a coarser table."""
    listed = list(cells)
    return sum(map(is_small, listed)) <= policy.collapse_share * len(listed)


def of_cells(tables: Iterable[Table], everybody: Mapping[tuple[str, str], int]) -> dict[str, Goal]:
    """The goal of every cell that may not be printed, by the cell's key."""
    goals = {}
    for table in tables:
        for cell in table.cells:
            if is_small(cell):
                goals[cell.key] = _goal(cell.key, cell.atoms, cell.value, cell.k)
            elif is_full(cell, everybody.get((cell.area.key, cell.sex), -1), table.plan):
                low = max(0, cell.value - cell.k)
                goals[cell.key] = Goal(
                    name=cell.key, atoms=cell.atoms, value=cell.value, low=low, high=cell.value, k=cell.k
                )
    return goals


def of_changes(cells: Iterable[Cell], earlier: Mapping[str, int]) -> dict[str, Goal]:
    """The goal of every cell that changed by 1 to k-1 since it was last printed: no change and k both possible."""
    goals = {}
    for cell in cells:
        before = earlier.get(cell.key)
        if before is None or not 0 < abs(cell.value - before) < cell.k:
            continue
        falls = cell.value < before and before >= cell.k
        low, high = (before - cell.k, before) if falls else (min(before, cell.value), before + cell.k)
        goals[cell.key] = Goal(name=cell.key, atoms=cell.atoms, value=cell.value, low=low, high=high, k=cell.k)
    return goals


def of_pieces(atoms: Atoms, policy: Policy) -> list[Goal]:
    """Pieces are not printed, but may follow from what is: small ones, and for sensitive attributes absent ones."""
    sensitive = {table.name: policy.k_specific if table.specific else policy.k for table in policy.tables}
    absent = {table.name for table in policy.tables if table.zeros}
    goals = []
    for index, (piece, count) in enumerate(zip(atoms.pieces, atoms.counts, strict=True)):
        k = sensitive.get(piece.base, policy.k)
        if piece.base == "kelebihan" or not (0 < count < k or (count == 0 and piece.base in absent)):
            continue
        goals.append(_goal(_name(piece), (index,), count, k))
    return goals


def of_ages(atoms: Atoms, policy: Policy) -> list[Goal]:
    """Neighbouring pieces of age together, where they are few; single years of age, however many."""
    goals = []
    for village in sorted({piece.village for piece in atoms.pieces}):
        for sex in ("L", "P", "T"):
            of_both = [atoms.find(village, "umur", sex=one) for one in (("L", "P") if sex == "T" else (sex,))]
            columns = list(zip(*of_both, strict=True))
            goals += _runs(atoms, f"{village}|umur|{sex}", columns, policy)
    return goals


def _runs(atoms: Atoms, name: str, columns: list[tuple[int, ...]], policy: Policy) -> list[Goal]:
    goals = []
    for first, end in combinations(range(len(columns) + 1), 2):
        pieces = tuple(index for column in columns[first:end] for index in column)
        count = sum(atoms.counts[index] for index in pieces)
        label = f"{name}|{first}:{end}"
        if 0 < count < policy.k and len(pieces) > 1:
            goals.append(_goal(label, pieces, count, policy.k))
        elif end == first + 1 and count >= policy.k and _is_one_year(policy, first):
            low = max(0, count - policy.k // 2)
            goals.append(Goal(name=label, atoms=pieces, value=count, low=low, high=low + policy.k, k=policy.k))
    return goals


def _is_one_year(policy: Policy, position: int) -> bool:
    cuts = policy.ages.cuts
    return position + 1 < len(cuts) and cuts[position + 1] - cuts[position] == 1


def _goal(name: str, pieces: tuple[int, ...], count: int, k: int) -> Goal:
    return Goal(name=name, atoms=pieces, value=count, low=0, high=k, k=k)


def _name(piece: Piece) -> str:
    return "|".join(piece)
