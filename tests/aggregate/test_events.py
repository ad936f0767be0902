"""Counts of events: what somebody with everything printed and a solver works out. Shares no line with protection."""

import math
import random
from collections import defaultdict

import highspy
import numpy as np
import pytest

from lumbung.aggregate.events import ALL, NOWHERE, Event, Line, load, print_period, square_of

POLICY = load()
MONTHS = ["2026-07", "2026-08", "2026-09"]


def made(seed: int, *, districts: int, mean: float) -> tuple[list[Event], list[str]]:
    """Invented calls: few in most districts, many in some."""
    luck = random.Random(seed)
    names = [f"99.01.{number:02d}" for number in range(1, districts + 1)]
    found = []
    for place, name in enumerate(names):
        for month in MONTHS:
            for _ in range(int(luck.expovariate(1 / mean))):
                at = (-7.5 + 0.07 * (place // 4) + luck.random() * 0.06, 110 + 0.07 * (place % 4) + luck.random() / 20)
                square = square_of(*at, POLICY) if luck.random() < 0.8 else NOWHERE
                minutes = luck.randint(3, 30) if luck.random() < 0.9 else None
                found.append(Event(district=name, month=month, square=square, minutes=minutes))
    return found, names


def bounds(lines: list[Line], events: list[Event], wanted: list[tuple[int, ...]]) -> list[tuple[float, float]]:
    """Least and most of sums of combinations, by everything printed; the attacker knows which combinations exist."""
    combos = sorted({(event.district, event.month, event.square) for event in events})
    problem = highspy.Highs()
    problem.setOptionValue("output_flag", False)
    for _ in combos:
        problem.addVar(0, highspy.kHighsInf)
    for line in lines:
        inside = [n for n, combo in enumerate(combos) if covers(line, combo)]
        if line.count is not None and inside:
            size = len(inside)
            problem.addRow(line.count, line.count, size, np.array(inside, np.int32), np.ones(size))
    found = []
    for atoms in wanted:
        problem.changeColsCost(len(combos), np.arange(len(combos), dtype=np.int32), np.zeros(len(combos)))
        columns, ends = np.array(atoms, np.int32), []
        for sign in (1.0, -1.0):
            problem.changeColsCost(len(columns), columns, np.full(len(columns), sign))
            problem.run()
            status = problem.getModelStatus()
            ends.append(sign * problem.getInfo().objective_function_value if status == OPTIMAL else sign * -math.inf)
        found.append((ends[0], ends[1]))
    return found


OPTIMAL = highspy.HighsModelStatus.kOptimal


def covers(line: Line, combo: tuple[str, str, str]) -> bool:
    return all(mine in (ALL, its) for mine, its in zip((line.district, line.month, line.square), combo, strict=True))


@pytest.mark.parametrize(("seed", "districts", "mean"), [(1, 4, 2), (2, 4, 9), (3, 8, 4), (4, 21, 3), (5, 2, 30)])
def test_nobody_finds_a_small_number(seed: int, districts: int, mean: float) -> None:
    events, names = made(seed, districts=districts, mean=mean)
    lines = print_period(events, districts=names, months=MONTHS, policy=POLICY)
    combos = sorted({(event.district, event.month, event.square) for event in events})
    small = []
    for line in lines:
        inside = tuple(n for n, combo in enumerate(combos) if covers(line, combo))
        true = sum(covers(line, (event.district, event.month, event.square)) for event in events)
        assert line.count in (None, true)
        if 0 < true < POLICY.k:
            assert line.count is None
            small.append(inside)
    counted: dict[int, int] = defaultdict(int)
    for event in events:
        counted[combos.index((event.district, event.month, event.square))] += 1
    small += [(n,) for n in range(len(combos)) if counted[n] < POLICY.k]
    assert small
    for least, most in bounds(lines, events, small):
        assert least <= 1e-6
        assert most >= POLICY.k - 1e-6


def test_hiding_the_small_ones_alone_would_not_do() -> None:
    """The attack is no paper tiger: without the second hiding it finds numbers exactly."""
    events, names = made(3, districts=8, mean=4)
    naive = []
    for line in print_period(events, districts=names, months=MONTHS, policy=POLICY):
        true = sum(covers(line, (event.district, event.month, event.square)) for event in events)
        shown = None if 0 < true < POLICY.k else true
        values = (line.district, line.month, line.square, shown)
        naive.append(
            Line(
                **dict(zip(("district", "month", "square", "count"), values, strict=True)), median=None, ninetieth=None
            )
        )
    combos = sorted({(event.district, event.month, event.square) for event in events})
    wanted = [
        tuple(n for n, combo in enumerate(combos) if covers(line, combo)) for line in naive if line.count is None
    ]
    found = bounds(naive, events, wanted)
    assert any(most < POLICY.k for _least, most in found)


def test_times_are_nobodys_own() -> None:
    events = [Event(district="a", month=MONTHS[0], square=NOWHERE, minutes=5) for _ in range(40)]
    events += [Event(district="b", month=MONTHS[0], square=NOWHERE, minutes=29) for _ in range(6)]
    lines = {
        (one.district, one.month): one
        for one in print_period(events, districts=["a", "b"], months=MONTHS, policy=POLICY)
    }
    assert (lines["a", MONTHS[0]].median, lines["a", MONTHS[0]].ninetieth) == (5, 5)
    assert lines["b", MONTHS[0]].median is None, "six are too few"
    assert lines[ALL, MONTHS[0]].median is None, "what a leaves are six"
    assert lines["a", ALL].median == 5, "the very same calls"
    assert lines[ALL, ALL].median is None
    assert lines["b", MONTHS[1]].count == 0


def test_the_ninetieth_needs_more_than_the_median() -> None:
    events = [Event(district="a", month=MONTHS[0], square=NOWHERE, minutes=n) for n in range(1, 13)]
    line = print_period(events, districts=["a"], months=MONTHS, policy=POLICY)[0]
    assert (line.count, line.median, line.ninetieth) == (12, 6, None)


def test_a_hidden_count_has_no_times() -> None:
    for seed in range(6):
        events, names = made(seed, districts=6, mean=6)
        for line in print_period(events, districts=names, months=MONTHS, policy=POLICY):
            assert line.count is not None or (line.median, line.ninetieth) == (None, None)


def test_nothing_at_all_is_noughts() -> None:
    lines = print_period([], districts=["a"], months=MONTHS, policy=POLICY)
    assert {line.count for line in lines} == {0}


@pytest.mark.parametrize(
    ("at", "square"),
    [
        ((-7.4, 110.2), "-7.375,110.225"),
        ((-7.40001, 110.2499), "-7.425,110.225"),
        ((0.0, 100.0), "0.025,100.025"),
        ((-0.0001, 99.9999), "-0.025,99.975"),
    ],
)
def test_squares(at: tuple[float, float], square: str) -> None:
    assert square_of(*at, POLICY) == square
