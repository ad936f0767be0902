"""The measurements of `bench.portal` run, and say so; how fast is for `make bench` to judge."""

import pytest
from bench.portal import milliseconds_to_410, milliseconds_to_find

from tests.portal.shelves import Desk

pytestmark = pytest.mark.django_db


def test_from_the_click_to_410(desk: Desk) -> None:
    taken = milliseconds_to_410(desk.publish(), desk.duty)
    assert 0 < taken["click"] < taken["all routes"]
    print(taken)


def test_finding(desk: Desk) -> None:
    taken = milliseconds_to_find(desk.village, datasets=60, rounds=6)
    assert 0 < taken["p50"] <= taken["p99"]
