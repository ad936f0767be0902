"""The day on which a table was made, from the ages in it: a birth date and an age leave it one year, many leave days.

Ages may be wrong; the interval is the one that most rows agree with. Does not see that a table was made from an older
one whose ages nobody had counted anew: it dates the ages.
"""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

LEAST = 10  # rows with both
AGREE = 0.8  # of them have to, or the ages are not ages on one day


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """The first and the last day that fit (ISO), how many rows say so, and of how many."""

    first: str
    last: str
    agree: int
    of: int

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return asdict(self)


def extracted(people: pl.DataFrame, *, latest: date) -> Extracted | None:
    """The interval, of people in the shape of SUBJECT; None where too few have ages, or they do not agree.

    The birth date is that of the row, else the one in its NIK. No day after `latest` is thought of.
    """
    told = people.select(age="age", birth=pl.coalesce("birth", births(people, latest=latest))).drop_nulls()
    if told.height < LEAST:
        return None
    begins = told.select(pl.col("birth").dt.offset_by(pl.format("{}y", pl.col("age")))).to_series()
    ends = told.select(pl.col("birth").dt.offset_by(pl.format("{}y", pl.col("age") + 1))).to_series()
    first, last, agree = _deepest(_days(begins), _days(ends))
    last = min(last, _days(pl.Series([latest]))[0])
    if agree < AGREE * told.height or last < first:
        return None
    return Extracted(first=_day(first).isoformat(), last=_day(last).isoformat(), agree=agree, of=told.height)


def births(people: pl.DataFrame, *, latest: date) -> pl.Series:
    """The birth dates inside the NIK; the year is the latest that does not lie after a day."""
    parts = people.select(
        day=pl.col("nik").str.slice(6, 2).cast(pl.Int32, strict=False),
        month=pl.col("nik").str.slice(8, 2).cast(pl.Int32, strict=False),
        year=pl.col("nik").str.slice(10, 2).cast(pl.Int32, strict=False),
    )
    century = pl.when(pl.col("year") + 2000 <= latest.year).then(2000).otherwise(1900)
    day = pl.when(pl.col("day") > 40).then(pl.col("day") - 40).otherwise(pl.col("day"))
    text = pl.format("{}-{}-{}", pl.col("year") + century, pl.col("month"), day)
    return parts.select(text.str.to_date("%Y-%m-%d", strict=False)).to_series()


def _deepest(begins: np.ndarray, ends: np.ndarray) -> tuple[int, int, int]:
    """The days on which most intervals [begin, end) are open: the first, the last, and how many."""
    days = np.concatenate([begins, ends])
    steps = np.concatenate([np.ones(len(begins), dtype=np.int64), -np.ones(len(ends), dtype=np.int64)])
    at, where = np.unique(days, return_inverse=True)
    open_ = np.cumsum(np.bincount(where, weights=steps)).astype(np.int64)
    most = int(np.argmax(open_))
    return int(at[most]), int(at[min(most + 1, len(at) - 1)]) - 1, int(open_[most])


def _days(dates: pl.Series) -> np.ndarray:
    return dates.cast(pl.Date).to_physical().to_numpy()


def _day(number: int) -> date:
    return date(1970, 1, 1) + timedelta(days=number)
