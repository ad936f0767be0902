"""Hiding by linear programming, on tables small enough to see through."""

import pytest

from lumbung.aggregate.atoms import Piece
from lumbung.aggregate.primary import Goal
from lumbung.aggregate.protect import OutOfReach, protect
from lumbung.aggregate.system import Row, System
from lumbung.aggregate.witness import Question, prove

TABLE = [[3, 40, 50], [60, 70, 80], [90, 100, 110]]


def square(fixed: bool) -> System:
    """Nine pieces, each a row of its own, and the margins."""
    system = System(pieces=[Piece("v", "b", "", "T", str(number)) for number in range(9)])
    for index in range(9):
        system.add(Row(((index, 1),), TABLE[index // 3][index % 3], False))
    for line in range(3):
        across = tuple((3 * line + column, 1) for column in range(3))
        down = tuple((3 * row + line, 1) for row in range(3))
        system.add(Row(across, sum(TABLE[line]), fixed))
        system.add(Row(down, sum(row[line] for row in TABLE), fixed))
    return system


GOAL = Goal(name="small", atoms=(0,), value=3, low=0, high=5, k=5)


def test_hides_a_rectangle_and_no_more() -> None:
    hidden = protect(square(True), [GOAL], hidden=frozenset({0}), weights="log", seconds=10)
    assert len(hidden) == 4 and 0 in hidden
    assert {number // 3 for number in hidden} == {0, next(n // 3 for n in hidden if n > 2)}


def test_says_what_cannot_be_protected() -> None:
    system = square(True)
    for index in range(1, 9):
        system.add(Row(((index, 1),), TABLE[index // 3][index % 3], True))
    with pytest.raises(OutOfReach, match="small"):
        protect(system, [GOAL], hidden=frozenset({0}), weights="log", seconds=10)


@pytest.mark.parametrize("weights", ["log", "sqrt", "value"])
def test_every_weight_protects(weights: str) -> None:
    system = square(True)
    hidden = protect(system, [GOAL], hidden=frozenset({0}), weights=weights, seconds=10)
    printed = [(row.terms, row.value) for number, row in enumerate(system.rows) if number not in hidden]
    (claim,) = prove(9, printed, [Question(name="small", atoms=(0,), low=0, high=5)], seconds=10).claims
    assert claim.protected


def test_a_witness_is_whole_where_the_corner_is_not() -> None:
    """Three pieces, every two of which make three: the only solution is one and a half each, and no whole one."""
    pairs = [(((0, 1), (1, 1)), 4), (((1, 1), (2, 1)), 4), (((0, 1), (2, 1)), 4)]
    found = prove(3, pairs, [Question(name="a", atoms=(0,), low=0, high=5)], seconds=10)
    assert (found.claims[0].least, found.claims[0].most) == (2, 2) and not found.claims[0].protected
    odd = [(((0, 2), (1, 2), (2, 1)), 7)]
    found = prove(3, odd, [Question(name="a", atoms=(0,), low=0, high=3)], seconds=10)
    assert (found.claims[0].least, found.claims[0].most) == (0, 3)
    assert all(2 * t[0] + 2 * t[1] + t[2] == 7 for t in found.tables[0])
