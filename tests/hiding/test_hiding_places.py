"""A number is planted in every place of the list, and the gate finds it: not one file of them is open."""

import io
from collections import Counter

import pytest

from lumbung.gate import Inspection, Verdict, inspect
from tests.hiding import FOUND, HidingPlace, all_places

NIK = "3308204102999001"  # an invented serial that no office issues
PLACES = tuple(all_places())


def name_of(place: HidingPlace) -> str:
    return f"{place.format}: {place.where}"


def asked(data: bytes) -> Inspection:
    return inspect(io.BytesIO(data))


@pytest.mark.parametrize("place", PLACES, ids=name_of)
def test_a_planted_number_comes_to_light(place: HidingPlace) -> None:
    """One number alone is for a person to look at; what matters is that it is named, and that the file is not open."""
    inspection = asked(place.plant(NIK))
    codes = {reason.code for reason in inspection.reasons}
    assert inspection.verdict is not Verdict.OPEN
    assert place.answer in codes, (codes, inspection.unread)
    if place.answer != FOUND:
        assert FOUND not in codes, "the number is found: say so in the list"


def test_no_place_is_listed_twice() -> None:
    again = [name for name, count in Counter(map(name_of, PLACES)).items() if count > 1]
    assert not again
