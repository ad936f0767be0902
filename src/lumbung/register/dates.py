"""Birth dates as registers write them, and whole years of age. A date that has two readings is read as its column is.

Known: 1990-05-04 (with or without a time), 04-05-1990, 04/05/1990, 04|05|1990, 04.05.1990, 4 Mei 1990, any of them
after a place ("Tirtaloka, 04-05-1990"), a two-digit year, and Excel's day number.
"""

import re
from datetime import date, timedelta

import polars as pl

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january",
            "feb februari pebruari february",
            "mar maret march",
            "apr april",
            "mei may",
            "jun juni june",
            "jul juli july",
            "agu ags agustus august aug",
            "sep sept september",
            "okt oktober october oct",
            "nov november nopember",
            "des desember december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[-/.|](\d{1,2})[-/.|](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s*[-/.| ]\s*(\d{1,2})\s*[-/.| ]\s*(\d{4}|\d{2})(?!\d)")
_WORDS = re.compile(r"(?<!\d)(\d{1,2})[-/.\s]+([a-z]{3,9})[-/.\s]+(\d{4}|\d{2})(?!\d)")
_SERIAL = re.compile(r"(?!19\d\d|20\d\d)\d{3,4}(\.0+)?|\d{5}(\.0+)?")  # a year alone is no day number
_EPOCH = date(1899, 12, 30)  # Excel counts a 29 February 1900 that never was; births lie after it


def to_dates(values: pl.Series, *, at: date) -> pl.Series:
    """Dates; null where a cell has none. A two-digit year is the latest that does not lie after `at`."""
    told = values.drop_nulls().unique().to_list()
    month_first = _month_first(told)
    known = {value: found for value in told if (found := _date(value, at, month_first)) is not None}
    return values.replace_strict(known, default=None, return_dtype=pl.Date)


def ages(births: pl.Series, *, at: date) -> pl.Series:
    """Whole years on a day; negative for whoever was not born yet."""
    months, days = births.dt.month(), births.dt.day()
    before = (months > at.month) | ((months == at.month) & (days > at.day))
    return (at.year - births.dt.year() - before.cast(pl.Int32)).cast(pl.Int16)


def _month_first(told: list[str]) -> bool:
    """Whether the column writes the month before the day: a second number above 12, and never a first one."""
    found = [match for value in told if (match := _DAY_FIRST.search(value))]
    first, second = [int(match[1]) for match in found], [int(match[2]) for match in found]
    return max(second, default=0) > 12 >= max(first, default=13)


def _date(value: str, at: date, month_first: bool) -> date | None:
    text = value.strip().lower()
    if match := _YEAR_FIRST.search(text):
        return _valid(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.search(text):
        day, month = (int(match[2]), int(match[1])) if month_first else (int(match[1]), int(match[2]))
        return _valid(_year(match[3], at), month, day)
    if (match := _WORDS.search(text)) and match[2] in _MONTHS:
        return _valid(_year(match[3], at), _MONTHS[match[2]], int(match[1]))
    return _EPOCH + timedelta(days=int(float(text))) if _SERIAL.fullmatch(text) else None


def _year(written: str, at: date) -> int:
    year = int(written)
    if len(written) == 4:
        return year
    return 2000 + year if 2000 + year <= at.year else 1900 + year


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
