"""Whose copy it was: the score of every recipient, and an accusation only where chance is below one in a million.

For an innocent recipient the order of a leaked file, its masked digits and the places where its lines begin are
independent of what the secret gives that recipient's copy. So the number of pairs out of order has a known
distribution (that of inversions), and so have the digits and the lines that agree (the binomial one); all are summed
exactly, not simulated. The bound is family-wise: it is shared among all recipients and all carriers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, lgamma, log

import numpy as np
from numpy.typing import NDArray

from lumbung.trace.fingerprint import Numbers
from lumbung.trace.marks import PLACES, Carriers, Places

FAMILY_WISE = 1e-6
CARRIERS = 3  # order, masked digit, line
BLOCK = 16  # rows whose order is looked at together
BLOCKS = 200  # of them at most; a leak of more proves no more
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One recipient: pairs out of order of all pairs, digits and lines that agree of all, and how likely each is by
    chance."""

    inversions: int
    pairs: int
    by_order: float
    agree: int
    places: int
    by_place: float
    same_lines: int
    lines: int
    by_line: float
    accused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """The rows of a leaked file in its order: by what each is known again, its masked digit, its line (-1: none)."""

    keys: Numbers
    places: Places
    lines: Places


def scores(leak: Leak, *, known: Numbers, units: Whole, copies: Sequence[Carriers]) -> list[Score]:
    """The score of each copy, in their order.

    `known` are the rows that were handed out, ascending, `units` their hamlets, and `copies` what each copy says of
    `known`.
    """
    at = _known_again(leak.keys, known)
    blocks = _blocks(at[at >= 0], units)
    chances = few_inversions(tuple(map(len, blocks)))
    bound = FAMILY_WISE / (CARRIERS * len(copies))
    return [_score(one, blocks, chances, at, leak, bound) for one in copies]


def _known_again(keys: Numbers, known: Numbers) -> Whole:
    """The place of each row among those handed out, -1 for others; a row that comes again counts once."""
    if not len(known):
        return np.full(len(keys), -1)
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    at = np.where((known[at] == keys) & (keys != 0), at, -1)
    again = np.ones(len(keys), dtype=bool)
    again[np.unique(at, return_index=True)[1]] = False
    return np.where(again, -1, at)


def _blocks(at: Whole, units: Whole) -> list[Whole]:
    """Rows of one hamlet in the order of the leaked file, at most BLOCK at a time."""
    blocks: list[Whole] = []
    for unit in np.unique(units[at]) if len(at) else ():
        rows = at[units[at] == unit]
        blocks += [rows[start : start + BLOCK] for start in range(0, len(rows), BLOCK)]
    return [block for block in blocks if len(block) > 1][:BLOCKS]


@lru_cache(maxsize=8)
def few_inversions(lengths: tuple[int, ...]) -> NDArray[np.float64]:
    """The probability of so many inversions (from 0) or fewer in blocks of these lengths, every order as likely."""
    chances = np.ones(1)
    for whole in lengths:
        for length in range(2, whole + 1):
            chances = np.convolve(chances, np.full(length, 1 / length))
    return np.minimum(np.cumsum(chances), 1.0)


def _score(
    copy: Carriers, blocks: Sequence[Whole], chances: NDArray[np.float64], at: Whole, leak: Leak, bound: float
) -> Score:
    inversions = sum(_inversions(copy.ranks[block]) for block in blocks)
    pairs = sum(len(block) * (len(block) - 1) // 2 for block in blocks)
    by_order = float(chances[inversions]) if pairs else 1.0
    agree, places = _agreeing(copy.places, leak.places, at)
    same, lines = _agreeing(copy.lines, leak.lines, at)
    by_place, by_line = at_least(agree, places, 1 / PLACES), at_least(same, lines, 1 / 2)
    return Score(
        inversions=inversions,
        pairs=pairs,
        by_order=by_order,
        agree=agree,
        places=places,
        by_place=by_place,
        same_lines=same,
        lines=lines,
        by_line=by_line,
        accused=min(by_order, by_place, by_line) < bound,
    )


def _agreeing(copy: Places, leaked: Places, at: Whole) -> tuple[int, int]:
    """Of the rows that are known again and carry this mark: how many agree with the copy, and how many there are."""
    marked = (at >= 0) & (leaked >= 0)
    return int((copy[at[marked]] == leaked[marked]).sum()), int(marked.sum())


def _inversions(ranks: Numbers) -> int:
    return int(np.triu(ranks[:, None] > ranks[None, :], 1).sum())


def at_least(seen: int, of: int, chance: float) -> float:
    """The probability of so many successes or more: the exact tail of the binomial distribution.

    >>> at_least(0, 10, 0.5), round(at_least(10, 10, 0.5), 6), f"{at_least(10, 10, 1 / 6):.1e}"
    (1.0, 0.000977, '1.7e-08')
    """
    if not seen:
        return 1.0
    whole = lgamma(of + 1)
    logs = (
        whole - lgamma(k + 1) - lgamma(of - k + 1) + k * log(chance) + (of - k) * log(1 - chance)
        for k in range(seen, of + 1)
    )
    return min(1.0, sum(exp(one) for one in logs))
