"""Numbers, sizes and moments: the awkward ones first."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from lumbung.portal.design import wording


@pytest.fixture(autouse=True)
def indonesian():
    with translation.override("id"):
        yield


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "–"),  # nothing known
        ("", "–"),  # nothing typed
        (0, "0"),
        (-1234, "-1.234"),
        (1234.5, "1.234,5"),
        (Decimal("1000000"), "1.000.000"),
    ],
)
def test_number(value, said):
    assert wording.number(value) == said


def test_number_in_english():
    with translation.override("en"):
        assert wording.number(1234.5) == "1,234.5"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "–"),
        (0, "0 byte"),
        (999, "999 byte"),
        (1000, "1 kB"),
        (1_234_567, "1,2 MB"),
        (999_949, "1.000 kB"),  # rounds up, stays in its unit
        (2_000_000_000, "2 GB"),
        (5_000_000_000_000_000, "5.000 TB"),  # no unit above
    ],
)
def test_size(value, said):
    assert wording.size(value) == said


def test_a_moment_is_told_in_wib_whatever_clock_it_came_in():
    assert wording.moment(datetime(2019, 6, 20, 18, 5, tzinfo=UTC)) == "21 Juni 2019 pukul 01.05 WIB"


def test_a_moment_without_clock_zone_is_taken_as_it_stands():
    assert wording.moment(datetime(2019, 6, 20, 18, 5)) == "20 Juni 2019 pukul 18.05 WIB"


def test_a_date_has_no_clock():
    assert wording.moment(date(2019, 6, 3)) == "3 Juni 2019"


def test_no_moment():
    assert wording.moment(None) == wording.day(None) == "–"


def test_a_day_is_the_day_in_wib():
    assert wording.day(datetime(2019, 6, 20, 18, 5, tzinfo=UTC)) == "21 Juni 2019"
