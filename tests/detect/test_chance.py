"""The tail of the binomial distribution, against sums by hand."""

from math import comb

import pytest

from lumbung.detect.chance import LEAST, at_least


@pytest.mark.parametrize(
    ("hits", "of", "probability"), [(0, 5, 0.1), (1, 1, 0.03), (3, 10, 0.3), (10, 10, 0.5), (40, 1000, 0.05)]
)
def test_it_is_the_sum_of_the_terms(hits, of, probability):
    wanted = sum(comb(of, k) * probability**k * (1 - probability) ** (of - k) for k in range(hits, of + 1))
    assert at_least(hits, of=of, probability=probability) == pytest.approx(wanted, rel=1e-9)


def test_it_is_never_nought_and_never_above_one():
    assert at_least(1_000_000, of=1_000_000, probability=0.004) == LEAST
    assert at_least(1, of=1_000_000, probability=0.5) <= 1.0
