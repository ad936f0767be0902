"""Families and hamlets: opaque numbers for the first, names fit to be printed for the second."""

import polars as pl

from lumbung.register import numbers

HEAD = 1
LEAST_PEOPLE, LEAST_FAMILIES = 10, 3  # a hamlet with fewer is not named: the name may be somebody's
MOST_HAMLETS = 40  # more names than that are no hamlets
_NAME = r"^[A-Z][A-Z '’-]{1,38}( [IVX]{1,4}| \d{1,2})?$"


def households(people: pl.DataFrame) -> pl.DataFrame:
    """Adds `household`, unique in the village, and `kk`, the cleaned number, for whoever checks them.

    People of one family card are one household. Where the number cannot be read, the family's band in the report
    says who belongs together, and without a band a household begins with each head.
    """
    frame = people.with_columns(kk=numbers.clean(people["f_nomor_kk"].fill_null(people["band_kk"])))
    begins = (
        (pl.col("relation") == HEAD)
        | pl.col("kk").shift(1).is_not_null()
        | (pl.col("sheet") != pl.col("sheet").shift(1))
    )
    frame = frame.with_columns(run=(begins & pl.col("kk").is_null()).fill_null(value=False).cum_sum())
    key = (
        pl.when(pl.col("kk").is_not_null()).then(pl.lit("k") + pl.col("kk"))
        .when(pl.col("band").is_not_null()).then(pl.format("b{}/{}", "sheet", "band"))
        .otherwise(pl.format("r{}", "run"))
    )  # fmt: skip
    return frame.with_columns(household=key.rank("dense").cast(pl.Int64)).drop("run")


def hamlets(people: pl.DataFrame) -> pl.DataFrame:
    """Adds `hamlet`: the name in one spelling, or empty where it is none, too small, or the name of a resident."""
    frame = people.with_columns(spelt=_spelt(pl.col("f_dusun").fill_null(pl.col("band_hamlet"))))
    counted = frame.group_by("spelt").agg(people=pl.len(), families=pl.col("household").n_unique())
    named = counted.filter(
        pl.col("spelt").str.contains(_NAME)
        & (pl.col("people") >= LEAST_PEOPLE)
        & (pl.col("families") >= LEAST_FAMILIES)
        & ~pl.col("spelt").is_in(frame["f_nama"].str.to_uppercase().str.strip_chars().drop_nulls().unique().to_list())
    )["spelt"].to_list()
    kept = named if len(named) <= MOST_HAMLETS else []
    name = pl.when(pl.col("spelt").is_in(kept)).then(pl.col("spelt").str.to_titlecase()).otherwise(pl.lit(""))
    return frame.with_columns(hamlet=name).drop("spelt")


def _spelt(name: pl.Expr) -> pl.Expr:
    upper = name.str.to_uppercase().str.replace_all(r"[.\s]+", " ").str.strip_chars()
    return upper.str.replace(r"^(DUSUN|DSN|DK|DUKUH|LINGKUNGAN) ", "")
