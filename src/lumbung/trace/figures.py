"""A sample counted: how its numbers, dates and families look. Counts only; nothing here is about one person.

NIK after PP 37/2007: region, DDMMYY of birth (a woman's day with 40 added), serial counted from 0001 for each
kecamatan, date and sex.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import polars as pl

from lumbung.trace import vintage

LOW = 10  # serials of a place, date and sex that few births ever exceed
HEAPED = ((1, 1), (1, 7), (31, 12))  # day and month that are written where nobody knows
LARGE = 3  # members from which a family has a shape
PARENT = (14, 50)  # years between the younger of the two oldest and everybody below them
COUPLE = 20  # years between the two oldest


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Counts of a sample. `niks` are whole numbers, `valid` those with a known region, a date and a serial.

    `homes` counts the numbers of the most frequent regency; `shaped` those of the `large` families in which the two
    oldest are a couple by sex and age and can be the parents of all others. `regencies` counts numbers by their first
    four digits, which name no person.
    """

    rows: int
    people: int
    niks: int
    valid: int
    low: int
    births: int
    heaped: int
    sexes: int
    sexes_agree: int
    dates: int
    dates_agree: int
    kks: int
    kks_valid: int
    families: int
    large: int
    shaped: int
    homes: int
    regencies: dict[str, int]
    vintage: dict[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return asdict(self)


def count(people: pl.DataFrame, *, levels: pl.Series, latest: date, counted_from: int = 0) -> Figures:
    """Count people in the shape of SUBJECT, rows that repeat somebody among them.

    `levels` says for each prefix of six digits how well it is known (0: not at all). `counted_from` is the serial
    before the first one: invented people are counted from 9000, so that no number is anybody's.
    """
    told = _taken_apart(people, levels=levels, latest=latest, counted_from=counted_from)
    once = told.unique("person", keep="first", maintain_order=True)
    families = _families(once)
    when = vintage.extracted(people, latest=latest)
    regencies = once["nik"].drop_nulls().str.slice(0, 4).value_counts().sort("count", descending=True)
    return Figures(
        rows=people.height,
        people=once.height,
        **{name: int(once[name].sum()) for name in _COUNTED},
        kks=int(once["kk"].count()),
        kks_valid=int(_kks_valid(once["kk"], levels=levels).sum()),
        families=once["kk"].drop_nulls().n_unique(),
        large=families.height,
        shaped=int(families["shaped"].sum()),
        homes=int(regencies["count"].max() or 0),  # type: ignore[arg-type]
        regencies=dict(regencies.head(50).iter_rows()),
        vintage=when.as_dict() if when else {},
    )


_COUNTED = ("niks", "valid", "low", "births", "heaped", "sexes", "sexes_agree", "dates", "dates_agree")


def _taken_apart(people: pl.DataFrame, *, levels: pl.Series, latest: date, counted_from: int) -> pl.DataFrame:
    born = vintage.births(people, latest=latest)
    serial = people["nik"].str.slice(12, 4).cast(pl.Int32, strict=False) - counted_from
    said = pl.coalesce("birth", "born")
    written = (
        pl.when(pl.col("nik").str.slice(6, 2).cast(pl.Int32, strict=False) > 40)
        .then(pl.lit("P"))
        .otherwise(pl.lit("L"))
    )
    named = pl.concat_str(["name", pl.col("birth").cast(pl.String)], separator="|", ignore_nulls=False)
    return people.with_columns(born=born, serial=serial, level=_levels(people["nik"], levels)).with_columns(
        person=pl.coalesce("nik", "stem", named, "phone", pl.int_range(pl.len()).cast(pl.String)),
        niks=pl.col("nik").is_not_null(),
        valid=((pl.col("level") > 1) & pl.col("born").is_not_null() & (pl.col("serial") > 0)).fill_null(value=False),
        low=pl.col("serial").is_between(1, LOW).fill_null(value=False),
        births=said.is_not_null(),
        heaped=pl.any_horizontal((said.dt.day() == day) & (said.dt.month() == month) for day, month in HEAPED),
        sexes=pl.col("nik").is_not_null() & pl.col("sex").is_not_null(),
        sexes_agree=(written == pl.col("sex")) & pl.col("nik").is_not_null(),
        dates=pl.col("nik").is_not_null() & pl.col("birth").is_not_null(),
        written=pl.when(pl.col("nik").is_not_null()).then(written),
        dates_agree=(pl.col("born") == pl.col("birth")).fill_null(value=False),
    )  # fmt: skip


def _levels(numbers: pl.Series, levels: pl.Series) -> pl.Series:
    return levels.gather(numbers.str.slice(0, 6).cast(pl.UInt32, strict=False).fill_null(0))


def _kks_valid(kks: pl.Series, *, levels: pl.Series) -> pl.Series:
    """A known region and a date of recording, whose day never carries 40."""
    day, month = (kks.str.slice(at, 2).cast(pl.Int32, strict=False) for at in (6, 8))
    return ((_levels(kks, levels) > 1) & day.is_between(1, 31) & month.is_between(1, 12)).fill_null(value=False)


def _families(people: pl.DataFrame) -> pl.DataFrame:
    """The large families, and whether each has the shape of one."""
    told = people.select("kk", born=pl.coalesce("birth", "born"), sex=pl.coalesce("sex", "written"))
    ordered = told.drop_nulls(["kk", "born"]).with_columns(year=pl.col("born").dt.year()).sort("kk", "born")
    grouped = ordered.group_by("kk", maintain_order=True).agg("year", "sex").filter(pl.col("year").list.len() >= LARGE)
    year, sex = pl.col("year").list, pl.col("sex").list
    second, eldest, youngest = year.get(1), year.get(2), year.last()
    couple = (second - year.get(0) <= COUPLE) & (sex.get(0) != sex.get(1)).fill_null(value=True)
    return grouped.with_columns(shaped=couple & (eldest - second >= PARENT[0]) & (youngest - second <= PARENT[1]))


def in_both(first: pl.DataFrame, second: pl.DataFrame) -> int:
    """How many people of two samples are the same, by number, else by name and birth date."""
    keys = []
    for people in (first, second):
        named = pl.concat_str(["name", pl.col("birth").cast(pl.String)], separator="|", ignore_nulls=False)
        keys.append(people.select(key=pl.coalesce("nik", named)).drop_nulls().unique())
    return keys[0].join(keys[1], on="key", how="semi").height
