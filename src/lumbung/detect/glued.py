"""Columns of longer digits in which a resident's number always stands as far from the front, or from the back: behind
a running number, before a telephone number, among the fields of lines without blanks; or with its year in full. Where
what is before and behind it changes in length, it is looked for anywhere, and must be likelier still.

Source: PP 37/2007 arts 36-37 (the layout). Numbers of documents begin with regions and dates too, and clocks count
like days. Residents differ from both: they are born on days of every sort, in many years, and a woman's day has 40
added. Where no day has, only years as far apart as people are old tell them from documents.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import polars as pl

from lumbung.detect import regions
from lumbung.detect.chance import at_least
from lumbung.detect.columns import Form
from lumbung.detect.patterns import DIGITS
from lumbung.detect.respelt import CLEAR, MOST, NEARLY_ALL
from lumbung.detect.structure import DATE_SHARE, Structure, fits, parts, real_days, weigh

LEAST, ASKED = 5, 2_000
"""Numbers that a column must give; cells of which a way is believed before all are read."""
RUN = r"([0-9]{17,160})"
WRITTEN = r"^[^0-9]{0,8}[0-9](?:[ .\-/_|:;]{0,3}[0-9]){16,159}[^0-9]{0,8}$"
"""Signs may stand between the digits, but no comma: that makes pairs."""
VARIED, SHARE = 4, 0.6
"""So many different days, months and years, or this share of fewer numbers. Parcels of land have but three days."""
MIXED = 0.05
"""A smaller share of women's days says nothing."""
LONGEST, BOTH = 48, 0.15
"""Digits in which a number is looked for anywhere, behind and before others of any length; women among these."""
MEN, DAYS, MONTHS, YEARS, RECENT = 30, 12, 8, 15, 0.8
"""What men alone must show: so many, of so many different days, months and years; fewer than this born of late."""
GONE, HARDLY = (27, 36), 0.05
"""Years in which hardly any of them is born: he would be about ninety, or is yet to come. Any two digits know none."""


class Way(NamedTuple):
    """Where a number stands in a run of digits: `start` from the front, or below nought from the back; its pieces from
    there on, their width, and the place of a century, if it has one. A strange order must prove itself by women."""

    start: int
    pieces: tuple[tuple[int, int], ...]
    width: int
    century: int | None
    by_women: bool


SHAPES = (
    (((0, DIGITS),), DIGITS, None, False),
    (((0, 10), (12, 6)), 18, 10, False),
    (((0, 6), (12, 2), (10, 2), (8, 2), (14, 4)), 18, 6, True),
)
"""As it is, with the year in four digits, and with such a date the other way round."""


def glued(cells: pl.Series, *, some: list[str]) -> tuple[pl.DataFrame, Structure] | None:
    """Row, number and form of a column whose digits hold a resident's number in one place, and its weight; else None.

    Only `some` of its cells are asked before others are.
    """
    runs = _runs(pl.Series(some, dtype=pl.String)).drop_nulls()
    if runs.len() < max(LEAST, MOST * len(some)):
        return None
    spread = _runs(cells.gather_every(max(1, cells.len() // ASKED)))
    for way in _likely(runs.to_list()):
        if _are_residents(_numbers(spread, way)["number"], by_women=way.by_women):
            return _whole(_numbers(_runs(cells), way))
    if _may_hold(runs.to_list()) and _hold_residents(spread):
        return _whole(_anywhere(_runs(cells)))
    return None


def _runs(cells: pl.Series) -> pl.Series:
    """The digits of each cell: its first long run, or all of a cell that holds little else."""
    cell = pl.col("cell")
    written = pl.when(cell.str.contains(WRITTEN)).then(cell.str.replace_all("[^0-9]", ""))
    return cells.to_frame("cell").select(pl.coalesce(cell.str.extract(RUN), written)).to_series()


def _likely(runs: list[str]) -> Iterator[Way]:
    """The ways in which nearly all of a few runs give a known region and a real day. Runs of one length among the few
    say nothing of all."""
    shortest = min(map(len, runs))
    for pieces, width, century, by_women in SHAPES:
        for start in (*range(shortest - width + 1), *range(-shortest, 1 - width)):
            way = Way(start, pieces, width, century, by_women)
            if _nearly_all(runs, way):
                yield way


def _nearly_all(runs: list[str], way: Way) -> bool:
    left = (1 - NEARLY_ALL) * len(runs)
    for run in runs:
        left -= not _fits(run, way)
        if left < 0:
            return False
    return True


def _fits(run: str, way: Way, *, level: int = regions.PROVINCE) -> bool:
    start = way.start % len(run) if way.start < 0 else way.start
    if way.century is not None and run[start + way.century : start + way.century + 2] not in ("19", "20"):
        return False
    number = "".join(run[start + at : start + at + size] for at, size in way.pieces)
    return _known()[int(number[:6])] >= level and bool(_real()[int(number[6:10])])


@cache
def _known() -> bytes:
    return bytes(regions.levels().to_list())


@cache
def _real() -> bytes:
    return bytes(real_days().to_list())


def _numbers(runs: pl.Series, way: Way) -> pl.DataFrame:
    """Row and number of the runs that are long enough."""
    run, least = pl.col("run"), way.start + way.width if way.start >= 0 else -way.start
    offset = run.str.len_bytes() + way.start if way.start < 0 else pl.lit(way.start)
    number = pl.concat_str([run.str.slice(offset + at, size) for at, size in way.pieces])
    long = runs.to_frame("run").with_row_index("row").filter(run.str.len_bytes() >= least)
    if way.century is not None:
        long = long.filter(run.str.slice(offset + way.century, 2).is_in(["19", "20"]))
    return long.select("row", number=number.cast(pl.Int64))


def _are_residents(numbers: pl.Series, *, by_women: bool) -> bool:
    """Whether nearly all have dates beyond chance, most a kecamatan of today, and they are born as people are."""
    weighed = weigh(numbers)
    if weighed.hits < max(LEAST, NEARLY_ALL * weighed.of) or weighed.chance > CLEAR or weighed.districts < MOST:
        return False
    born = parts(numbers.filter(fits(numbers, level=weighed.level)).unique())
    if weighed.women < MIXED:
        return not by_women and weighed.recent < RECENT and _are_men(born)
    return min(_different(born)) >= min(VARIED, SHARE * born.height)


def _are_men(born: pl.DataFrame) -> bool:
    """Whether so many, on so different dates, are born in the years in which people are."""
    gone = int(born["year"].is_between(*GONE).sum())
    varied = all(count >= least for count, least in zip(_different(born), (DAYS, MONTHS, YEARS), strict=True))
    return varied and born.height >= MEN and gone <= HARDLY * born.height


def _different(born: pl.DataFrame) -> tuple[int, int, int]:
    """How many days, months and years there are."""
    days, months = born["day_month"] // 100 % 40, born["day_month"] % 100
    return days.n_unique(), months.n_unique(), born["year"].n_unique()


def _whole(found: pl.DataFrame) -> tuple[pl.DataFrame, Structure]:
    weighed = weigh(found["number"])
    kept = found.filter(fits(found["number"], level=weighed.level))
    return kept.with_columns(form=pl.lit(int(Form.OFF_LENGTH), dtype=pl.UInt8)), weighed


def _may_hold(runs: list[str]) -> bool:
    """Whether nearly all of a few runs hold a kecamatan and a real day somewhere."""
    left = (1 - NEARLY_ALL) * len(runs)
    for run in runs:
        ways = (way for way in _places() if len(run) <= LONGEST and way.start + way.width <= len(run))
        left -= not any(_fits(run, way, level=regions.DISTRICT) for way in ways)
        if left < 0:
            return False
    return True


@cache
def _places() -> tuple[Way, ...]:
    """Where a number may stand that is at no fixed distance: one with its year in full would pass for one without."""
    in_full = [Way(start, *SHAPES[1]) for start in range(LONGEST - SHAPES[1][1] + 1)]
    return (*in_full, *(Way(start, *SHAPES[0]) for start in range(LONGEST - SHAPES[0][1] + 1)))


def _anywhere(runs: pl.Series) -> pl.DataFrame:
    """Row and number of the first place in each run, of those that are not too long, in which one may stand."""
    short = runs.set(runs.str.len_bytes() > LONGEST, None)
    found = (_numbers(short, way) for way in _places())
    fitting = pl.concat(one.filter(fits(one["number"], level=regions.DISTRICT)) for one in found)
    return fitting.unique("row", keep="first", maintain_order=True).sort("row")


def _hold_residents(runs: pl.Series) -> bool:
    """Whether nearly all runs hold a number, more than chance puts anywhere in them, of women and men of every age."""
    numbers, of = _anywhere(runs)["number"], runs.drop_nulls().len()
    anywhere = len(_places()) * regions.share(regions.DISTRICT) * DATE_SHARE
    if numbers.len() < max(LEAST, NEARLY_ALL * of) or at_least(numbers.len(), of=of, probability=anywhere) > CLEAR:
        return False
    born = parts(numbers.unique())
    return float(born["woman"].mean() or 0) >= BOTH and min(_different(born)) >= VARIED  # type: ignore[arg-type]
