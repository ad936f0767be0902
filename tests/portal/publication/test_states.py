"""Every pair of states, allowed or not, and every role at every act."""

from typing import Any

import pytest

from lumbung.portal.accounts.permissions import Conflicting, may
from lumbung.portal.catalogue.permissions import check_closes
from lumbung.portal.catalogue.states import DatasetState
from lumbung.portal.publication.permissions import check_keeps
from lumbung.portal.publication.states import MOVES, check_move
from tests.portal.shelves import Desk

ALLOWED = {
    ("published", "quarantined"),
    ("published", "withdrawn"),
    ("quarantined", "published"),
    ("quarantined", "withdrawn"),
    ("quarantined", "removed"),
    ("withdrawn", "published"),
    ("withdrawn", "quarantined"),
    ("withdrawn", "removed"),
}


@pytest.mark.parametrize("here", list(DatasetState))
@pytest.mark.parametrize("there", list(DatasetState))
def test_every_pair(here: DatasetState, there: DatasetState) -> None:
    if (here.value, there.value) in ALLOWED:
        check_move(here, there)
    else:
        with pytest.raises(Conflicting):
            check_move(here, there)


def test_every_state_has_its_row() -> None:
    assert set(MOVES) == set(DatasetState)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "closes", "keeps"),
    [
        ("walidata", True, True),
        ("colleague", True, True),
        ("ppdp", True, True),
        ("duty", True, False),
        ("admin", True, False),
        ("producer", False, False),
        ("stranger", False, False),
    ],
)
def test_who_may_do_what(desk: Desk, who: str, closes: bool, keeps: bool) -> None:
    dataset: Any = type("Shelved", (), {"organisation_id": desk.village.pk})
    person = getattr(desk, who)
    assert (may(check_closes, person, dataset), may(check_keeps, person, dataset)) == (closes, keeps)
