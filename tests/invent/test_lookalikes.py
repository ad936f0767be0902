"""Lookalikes hold no invented person, and enough kinds of things that are not people."""

from random import Random

import pytest

from lumbung.invent.lookalikes import FAMILIES


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_draws_tables_and_the_same_ones_from_the_same_seed(family: str) -> None:
    first = FAMILIES[family](Random(3))
    assert len(first.rows) >= first.head
    assert first == FAMILIES[family](Random(3))


def test_there_are_enough_families() -> None:
    assert len(FAMILIES) >= 30
