"""What sixteen digits say about themselves: region, date, sex. Integer arithmetic on whole columns.

Layout PPKKCC DDMMYY NNNN, women with 40 added to the day; no check digit (PP 37/2007 arts 36-37). A nomor KK has the
same layout with the day of recording and never 40. OpenSID's temporary numbers are 0 + ten digits kode desa + five.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import polars as pl

from lumbung.detect import regions
from lumbung.detect.chance import at_least

DATE_SHARE = 732 / 10_000
"""Of all DDMM, those that are a day of a leap year, or one with 40 added."""
WOMEN = 4000
"""From here on four digits DDMM have 40 added."""
FEW = 4
"""From so many numbers on, a shared prefix may be the series' own, so their dates must be too many by themselves."""

ENOUGH = 20_000
"""Numbers that are weighed at most."""
MANY = 30
"""Of so many numbers with a known region, residents' have real dates in more than half; timestamps can beat chance
with fewer, because their digits are not drawn evenly."""


A_PEOPLE, FEW_DAYS = 200, 2
"""So many men are born on more days of the month than these. Kode desa ends as a date does whose day is 20 (village)
or 10 (kelurahan) and whose month is its number, so that what is counted behind it looks like a NIK."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """The figures of a set of distinct 16-digit numbers. `level` is the weakest region level that counted."""

    hits: int
    of: int
    level: int
    chance: float
    districts: float
    women: float
    recent: float
    dates: int


@cache
def real_days() -> pl.Series:
    """UInt8 of height 10,000: whether DDMM is a date, women's included."""
    days = {
        (day + shift) * 100 + month
        for month in range(1, 13)
        for day in range(1, monthrange(2000, month)[1] + 1)
        for shift in (0, 40)
    }
    return pl.Series([index in days for index in range(10_000)], dtype=pl.Boolean)


def parts(numbers: pl.Series) -> pl.DataFrame:
    """One row per Int64 number below 10^16: level, real (the date exists), woman, day_month, year, all as integers."""
    day_month = numbers // 1_000_000 % 10_000
    return pl.DataFrame(
        {
            "level": regions.levels().gather(numbers // 10_000_000_000),
            "real": real_days().gather(day_month),
            "woman": day_month >= WOMEN,
            "day_month": day_month,
            "year": numbers // 10_000 % 100,
        }
    )


def fits(numbers: pl.Series, *, level: int = regions.PROVINCE) -> pl.Series:
    """Whether each number has a known region and a real date."""
    seen = parts(numbers)
    return seen["real"] & (seen["level"] >= level)


def temporary(numbers: pl.Series) -> pl.Series:
    """Whether each number is built as OpenSID builds a temporary NIK: 0, kode desa (known kecamatan), serial."""
    if numbers.is_empty() or int(numbers.min()) >= 1_000_000_000_000_000:  # type: ignore[arg-type]
        return pl.repeat(False, numbers.len(), dtype=pl.Boolean, eager=True)
    village = numbers // 100_000_000 % 10
    known = regions.levels().gather(numbers // 1_000_000_000 % 1_000_000) == regions.DISTRICT
    return (numbers < 1_000_000_000_000_000) & known & village.is_between(1, 2)


def thinned(numbers: pl.Series) -> int:
    """One of how many numbers is weighed."""
    return max(1, numbers.len() // ENOUGH)


def weigh(numbers: pl.Series) -> Structure:
    """Judge distinct numbers together, at the region level at which they are least likely to be chance.

    Of very many, an even sample is weighed: it can only make chance look likelier than it is.
    """
    distinct = numbers.gather_every(thinned(numbers)).unique()
    seen = parts(distinct).with_columns(date=pl.col("day_month") * 100 + pl.col("year"))
    level, hits, chance = min(_levels(seen), key=lambda entry: entry[2])
    good = seen.filter(pl.col("real") & (pl.col("level") >= level))
    return Structure(
        hits=hits,
        of=distinct.len(),
        level=level,
        chance=min(1.0, chance),
        districts=_share(good["level"] == regions.DISTRICT),
        women=_share(good["woman"]),
        recent=_share((good["year"] >= 97) | (good["year"] <= 40)),
        dates=good["date"].n_unique(),
    )


def _levels(seen: pl.DataFrame) -> Iterator[tuple[int, int, float]]:
    """Level, hits and chance at each level."""
    dates: dict[int, float] = {}
    for level in (regions.DISTRICT, regions.REGENCY, regions.PROVINCE):
        known = seen.filter(pl.col("level") >= level)
        hits = int(known["real"].sum())
        joint = at_least(hits, of=seen.height, probability=regions.share(level) * DATE_SHARE)
        if known.height not in dates:
            dates[known.height] = _alone(known, hits)
        yield level, hits, max(joint, dates[known.height])


def _alone(known: pl.DataFrame, hits: int) -> float:
    """The chance of the dates by themselves: 0.0 for few numbers, 1.0 where many are not dates."""
    if known.height < FEW:
        return 0.0
    if (known.height >= MANY and hits < 0.5 * known.height) or _counted_by_village(known):
        return 1.0
    dates = known["date"].unique()
    real = real_days().gather(dates // 100)
    return at_least(int(real.sum()), of=dates.len(), probability=DATE_SHARE)


def _counted_by_village(known: pl.DataFrame) -> bool:
    """Whether the dates are of men alone, of one or two days, and of many months: numbers behind a kode desa."""
    days = known.filter(pl.col("real"))["day_month"]
    if days.len() < A_PEOPLE or int(days.max()) >= WOMEN:  # type: ignore[arg-type]
        return False
    return (days // 100).n_unique() <= FEW_DAYS < (days % 100).n_unique()


def _share(flags: pl.Series) -> float:
    return int(flags.sum()) / flags.len() if flags.len() else 0.0
