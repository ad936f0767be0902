"""How likely chance alone makes so many hits: the upper tail of the binomial distribution.

The null of every identifier here: digits that are drawn evenly and know nothing of regions or dates. Under it a number
passes the region test with the share of numbers that the region list covers, and the date test with 732 of 10,000
(366 days, twice, over the four digits of day and month). Real series are not drawn evenly (one prefix may be shared
by all rows), which is why `structure.py` tests the dates on their own as well.
"""

from math import exp, lgamma, log, log1p

LEAST = 1e-300
"""What is reported instead of a probability too small for a float."""


def at_least(hits: int, *, of: int, probability: float) -> float:
    """P(X >= hits) where X is binomial; never 0, so that it can be compared on a log scale."""
    if hits <= 0 or probability >= 1.0:
        return 1.0
    if hits > of or probability <= 0.0:
        return LEAST
    if hits > of * probability:
        return max(LEAST, min(1.0, _sum(hits, of, probability, step=1)))
    return max(LEAST, 1.0 - _sum(hits - 1, of, probability, step=-1))


def _sum(start: int, of: int, probability: float, *, step: int) -> float:
    """Terms from `start` away from the mode, until they no longer count."""
    total, count = 0.0, start
    while 0 <= count <= of:
        term = _term(count, of, probability)
        total += term
        if term < total * 1e-12:
            break
        count += step
    return total


def _term(count: int, of: int, probability: float) -> float:
    choose = lgamma(of + 1) - lgamma(count + 1) - lgamma(of - count + 1)
    return exp(choose + count * log(probability) + (of - count) * log1p(-probability))
