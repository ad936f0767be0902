"""The table of moves, every pair of it."""

from itertools import product

import pytest

from lumbung.portal.accounts.permissions import Conflicting
from lumbung.portal.intake.states import FINISHED, MOVES, State, check_move


@pytest.mark.parametrize(("here", "there"), list(product(State, State)))
def test_only_what_is_in_the_table(here: State, there: State) -> None:
    if there in MOVES[here]:
        check_move(here, there)
        return
    with pytest.raises(Conflicting):
        check_move(here, there)


def test_every_state_is_reached_and_known() -> None:
    assert set(MOVES) == set(State)
    assert set().union(*MOVES.values()) == set(State)


def test_nothing_uninspected_comes_near_the_shelf() -> None:
    assert [here for here in State if State.PUBLISHED in MOVES[here]] == [State.APPROVED]
    assert [here for here in State if State.APPROVED in MOVES[here]] == [State.IN_REVIEW]
    assert {here for here in State if State.IN_REVIEW in MOVES[here]} <= {
        State.INSPECTING,
        State.HELD,
        State.APPROVED,
    }
    assert MOVES[State.SHREDDED] == set()
    assert set(FINISHED) < set(State)
