"""What NIK and nomor KK say by themselves, and what became of them on the way. Nothing here leaves the child.

Layout after PP 37/2007: region, DDMMYY of birth (a woman's day with 40 added) or of recording, serial. A number that
begins with 0 is a temporary one of the village's system; one in a spreadsheet's short form ("3.30820E+15") is lost.
"""

from datetime import date

import polars as pl


def clean(values: pl.Series) -> pl.Series:
    """Sixteen digits, without the signs that offices write between them; null for all else, temporary ones too."""
    digits = values.str.replace(r"\.0+$", "").str.replace_all(r"&nbsp;?|[\s\u{a0}.'’`-]", "")
    return digits.str.extract(r"^(?:no\w*:?)?:?([1-9]\d{15})$")


def is_placeholder(values: pl.Series) -> pl.Series:
    """Whether the cell holds a number that stands for none: 0, or a temporary one."""
    return values.str.strip_chars().str.contains(r"^['’]?0\d*$").fill_null(value=False)


def is_damaged(values: pl.Series) -> pl.Series:
    """Whether the cell once held a number and no longer does: masked, in short form, too short or too long."""
    filled = values.str.contains(r"\d{4}|\dE\+").fill_null(value=False)
    return filled & clean(values).is_null() & ~is_placeholder(values)


def births(niks: pl.Series, *, at: date) -> pl.Series:
    """The birth date inside a NIK of `clean` shape; the year is the latest that does not lie after `at`."""
    day = niks.str.slice(6, 2).cast(pl.Int32, strict=False)
    month = niks.str.slice(8, 2).cast(pl.Int32, strict=False)
    year = niks.str.slice(10, 2).cast(pl.Int32, strict=False)
    frame = pl.DataFrame({"day": day, "month": month, "year": year})
    century = pl.when(pl.col("year") + 2000 <= at.year).then(2000).otherwise(1900)
    text = pl.format(
        "{}-{}-{}",
        pl.col("year") + century,
        pl.col("month"),
        pl.when(pl.col("day") > 40).then(pl.col("day") - 40).otherwise(pl.col("day")),
    )
    return frame.select(text.str.to_date("%Y-%m-%d", strict=False)).to_series()


def sexes(niks: pl.Series) -> pl.Series:
    """L or P, as the day inside a NIK says."""
    day = niks.str.slice(6, 2).cast(pl.Int32, strict=False)
    frame = pl.DataFrame({"day": day})
    woman = pl.when(pl.col("day") > 40).then(pl.lit("P")).otherwise(pl.lit("L"))
    return frame.select(pl.when(pl.col("day").is_null()).then(None).otherwise(woman)).to_series()
