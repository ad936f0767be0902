"""A slice of the damaged files with every test run; the long runs are `python -m tests.fuzz`."""

import pytest

from tests.fuzz.campaign import Book, attempts, campaign
from tests.fuzz.seeds import NIK, planted_seeds, still_there
from tests.read.planted import zipped

FILES = 300
MOST_ACCIDENTS = 0.01  # a library's own crash or hunger is contained, and its file held
SEEDS = planted_seeds()


@pytest.fixture(scope="module")
def book() -> Book:
    for _, kept in campaign(SEEDS, files=FILES):
        book = kept
    return book


def test_no_promise_is_broken(book: Book) -> None:
    told = [(one.attempt.number, one.attempt.seed.format, one.attempt.seed.name, one.broken) for one in book.broken]
    assert not told


def test_readers_seldom_crash_on_damage(book: Book) -> None:
    """A crash is contained, and held; the libraries below have some that are not ours to mend."""
    told = [(one.attempt.number, one.attempt.seed.format, one.attempt.seed.name, one.why) for one in book.accidents]
    assert len(told) <= MOST_ACCIDENTS * FILES, told


def test_damage_is_not_so_great_that_nothing_is_read(book: Book) -> None:
    assert book.files == FILES
    assert book.codes["nik"] > FILES / 10


def test_the_same_numbers_give_the_same_files() -> None:
    first, again = (list(attempts(SEEDS, files=50)) for _ in range(2))
    assert [one.data for one in first] == [one.data for one in again]


@pytest.mark.parametrize(
    ("data", "there"),
    [
        (f"x {NIK} y".encode(), True),
        (f"x{NIK}9".encode(), False),
        (NIK.encode("utf-16-le"), True),
        (zipped({"a": f"<a>{NIK}</a>"}), True),
        (zipped({"a": "<a/>"}), False),
    ],
)
def test_the_independent_look_sees_the_number(data: bytes, there: bool) -> None:
    assert still_there(data) is there
