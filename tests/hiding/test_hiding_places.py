"""A number is planted in every place of the list, and the gate finds it: not one file of them is open."""

import io
from collections import Counter
from collections.abc import Mapping

import pytest

from lumbung.document import Place
from lumbung.gate import Inspection, Verdict, inspect
from tests.hiding import FOUND, HidingPlace, all_places

NIK = "3308204102999001"  # an invented serial that no office issues
NOBODY = "9" * 16
PLACES = tuple(all_places())
FIRST = tuple({place.format: place for place in reversed(PLACES)}.values())


def name_of(place: HidingPlace) -> str:
    return f"{place.format}: {place.where}"


def says(place: Place, wanted: Mapping[str, object]) -> bool:
    """Whether a place says all that is wanted of it."""
    return all(getattr(place, key) == value for key, value in wanted.items())


def asked(data: bytes) -> Inspection:
    return inspect(io.BytesIO(data))


@pytest.mark.parametrize("place", PLACES, ids=name_of)
def test_a_planted_number_comes_to_light(place: HidingPlace) -> None:
    """One number alone is for a person to look at; what matters is that it is named, and that the file is not open."""
    inspection = asked(place.plant(NIK))
    named = [reason.place for reason in inspection.reasons if reason.code == place.answer]
    codes = {reason.code for reason in inspection.reasons}
    assert inspection.verdict is not Verdict.OPEN
    assert named, (codes, inspection.unread)
    assert any(says(where, place.at) for where in named), named
    if place.answer != FOUND:
        assert FOUND not in codes, "the number is found: say so in the list"


@pytest.mark.parametrize("place", FIRST, ids=name_of)
def test_a_number_that_nobody_bears_is_not_found(place: HidingPlace) -> None:
    """The finding is the planting's, not the file's around it."""
    assert FOUND not in {reason.code for reason in asked(place.plant(NOBODY)).reasons}


def test_no_place_is_listed_twice() -> None:
    again = [name for name, count in Counter(map(name_of, PLACES)).items() if count > 1]
    assert not again
