"""Marks survive hands, name the right copy, and never an innocent one; marks that are erased name nobody."""

from math import comb
from random import Random

import numpy as np
import polars as pl
import pytest

from lumbung.trace import accuse, marks
from tests.trace.people import KEY, people

COPIES = 6
PEOPLE = people(seed=41, families=150)
KEYS = marks.row_keys(PEOPLE, secret=KEY)
KNOWN, _FIRST = np.unique(KEYS, return_index=True)
UNITS = PEOPLE["hamlet"].rank("dense").to_numpy().astype("<i8")[_FIRST]
TOLD = [marks.carriers(KNOWN, secret=KEY, copy=copy) for copy in range(COPIES)]


def handed_out(copy: int) -> tuple[np.ndarray, np.ndarray]:
    """The rows of a copy as the recipient has them: keys and masked digits, in order."""
    order = np.lexsort((TOLD[copy].ranks, UNITS))
    return KNOWN[order], TOLD[copy].places[order]


def named(keys: np.ndarray, places: np.ndarray, lines: np.ndarray | None = None) -> list[int]:
    unmarked = np.full(len(keys), -1, dtype=np.int8)
    leak = accuse.Leak(keys=keys, places=places, lines=unmarked if lines is None else lines)
    found = accuse.scores(leak, known=KNOWN, units=UNITS, copies=TOLD)
    return [copy for copy, score in enumerate(found) if score.accused]


@pytest.mark.parametrize("rows", [12, 40, 400])
def test_an_excerpt_names_its_copy(rows: int) -> None:
    keys, places = handed_out(2)
    assert named(keys[:rows], places[:rows]) == [2]


def test_each_carrier_alone_is_enough() -> None:
    keys, places = handed_out(3)
    assert named(keys, np.full(len(keys), -1, dtype=np.int8)) == [3]  # the NIK was dropped
    order = np.argsort(keys)  # sorted by something else
    assert named(keys[order], places[order]) == [3]
    lines = TOLD[3].lines[np.lexsort((TOLD[3].ranks, UNITS))]
    assert named(keys[order], np.full(len(keys), -1, dtype=np.int8), lines[order]) == [3]  # printed, NIK covered


def test_a_random_sample_and_ten_percent_of_noise() -> None:
    random = np.random.default_rng(1)
    keys, places = handed_out(1)
    drawn = random.permutation(len(keys))[:60]
    noisy = np.where(random.random(60) < 0.1, random.integers(0, 6, 60), places[drawn]).astype(np.int8)
    assert named(keys[drawn], noisy) == [1]


def test_two_colluders_who_mix_rows_are_both_named() -> None:
    (first, first_places), (second, second_places) = handed_out(0), handed_out(4)
    mixed_keys = np.concatenate([first[::2], second[1::2]])
    mixed = np.concatenate([first_places[::2], second_places[1::2]])
    order = np.argsort(mixed_keys)
    assert set(named(mixed_keys[order], mixed[order])) <= {0, 4} != set()


def test_marks_that_are_erased_name_nobody() -> None:
    keys, _ = handed_out(0)
    order = np.argsort(keys)
    assert named(keys[order], np.full(len(keys), -1, dtype=np.int8)) == []


def test_rows_of_nobody_and_rows_that_come_again_count_for_nothing() -> None:
    keys, places = handed_out(2)
    assert named(np.repeat(keys[:3], 50), np.repeat(places[:3], 50)) == []
    assert named(np.zeros(50, dtype="<u8"), np.zeros(50, dtype=np.int8)) == []
    assert named(np.arange(1, 50, dtype="<u8"), np.zeros(49, dtype=np.int8)) == []
    assert named(np.empty(0, dtype="<u8"), np.empty(0, dtype=np.int8)) == []


def test_innocents_are_not_named() -> None:
    """A copy that nobody of these has; the many trials are in bench.trace."""
    random = np.random.default_rng(7)
    for trial in range(100):
        told = marks.carriers(KNOWN, secret=KEY, copy=100 + trial)
        drawn = random.permutation(len(KNOWN))[:100]
        order = np.lexsort((told.ranks[drawn], UNITS[drawn]))
        assert named(KNOWN[drawn][order], told.places[drawn][order]) == []


def test_the_tails_are_exact() -> None:
    by_hand = sum(comb(20, k) * 5 ** (20 - k) for k in range(8, 21)) / 6**20
    assert accuse.at_least(8, 20, 1 / 6) == pytest.approx(by_hand, rel=1e-9)
    keys, _ = handed_out(0)
    none = np.full(10, -1, dtype=np.int8)
    leak = accuse.Leak(keys=keys[:10], places=none, lines=none)
    score = accuse.scores(leak, known=KNOWN, units=np.zeros(len(KNOWN), dtype="<i8"), copies=TOLD)[0]
    assert (score.inversions, score.pairs) == (0, 45) and score.by_order == pytest.approx(2.8e-7, rel=0.02)  # 1 / 10!


def test_no_two_copies_together_show_a_serial_and_no_value_is_altered() -> None:
    numbers = PEOPLE["nik"]
    shown = [marks.masked(numbers, TOLD[copy].places[np.searchsorted(KNOWN, KEYS)].tolist()) for copy in range(COPIES)]
    for row, number in enumerate(numbers.to_list()):
        if number is None:
            continue
        together = {place for one in shown for place, sign in enumerate(one[row]) if sign != "*"}
        assert not together & {12, 13, 14, 15}
        assert all(sign in ("*", digit) for one in shown for sign, digit in zip(one[row], number, strict=True))


def test_every_copy_has_a_code_of_its_own_that_no_other_secret_gives() -> None:
    codes = marks.codes(KEY, 100)
    assert len(set(codes)) == 100 and all(len(code) == 16 for code in codes)
    assert not set(codes) & set(marks.codes(bytes(32), 100))


def test_more_than_twelve_digits_are_shown_to_nobody() -> None:
    assert marks.masked(PEOPLE["nik"].head(1), shown=6)[0].endswith("*" * 10)
    with pytest.raises(ValueError, match="hidden"):
        marks.masked(PEOPLE["nik"], shown=13)


def test_a_row_is_known_again_by_another_hand_and_by_no_other_secret() -> None:
    retyped = (
        PEOPLE.with_columns(nik=None, kk=None, hamlet=None)
        .cast(PEOPLE.schema)
        .sample(fraction=1, shuffle=True, seed=1)
    )
    assert set(marks.row_keys(retyped, secret=KEY).tolist()) == set(KEYS.tolist())
    assert not set(marks.row_keys(PEOPLE, secret=bytes(32)).tolist()) & set(KEYS.tolist())
    unknown = PEOPLE.with_columns(birth=pl.lit(None, pl.Date))
    assert not marks.row_keys(unknown, secret=KEY).any()


def test_inversions_are_distributed_as_counted() -> None:
    """The distribution of inversions, against random orders."""
    random = Random(3)
    chances = accuse.few_inversions((8,))
    seen = sum(_inversions(random.sample(range(8), 8)) <= 8 for _ in range(20_000)) / 20_000
    assert abs(seen - chances[8]) < 0.02


def _inversions(order: list[int]) -> int:
    return sum(order[i] > order[j] for i in range(len(order)) for j in range(i + 1, len(order)))
