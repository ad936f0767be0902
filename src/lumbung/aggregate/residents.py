"""Canonical residents: the one table that statistics are made from, and the only shape of it that is accepted.

One row is one living, present resident. Codes are those of the family card (kartu keluarga) as OpenSID numbers them;
names, NIK and family card numbers have no column here and cannot travel further.
"""

import polars as pl

SCHEMA: dict[str, pl.DataType] = {
    "village": pl.String(),  # kode wilayah of the village, dotted: 99.01.01.2001
    "hamlet": pl.String(),  # name of the dusun; empty where the register has none
    "household": pl.Int64(),  # opaque, unique in its village; never a family card number
    "sex": pl.String(),  # L or P
    "age": pl.Int16(),  # whole years at the reference date
    "education": pl.Int16(),  # 1-10, pendidikan dalam KK
    "occupation": pl.Int16(),  # 1-89
    "religion": pl.Int16(),  # 1-7
    "marital": pl.Int16(),  # 1-4
    "blood": pl.Int16(),  # 1-13
    "relation": pl.Int16(),  # 1-11, hubungan dalam keluarga (SHDK); 1 is the head
    "citizenship": pl.Int16(),  # 1-3
    "ever_married": pl.Boolean(),
}
RANGES = {
    "age": (0, 130),
    "education": (1, 10),
    "occupation": (1, 89),
    "religion": (1, 7),
    "marital": (1, 4),
    "blood": (1, 13),
    "relation": (1, 11),
    "citizenship": (1, 3),
}
MAY_BE_UNKNOWN = {"education", "occupation", "religion", "marital", "blood", "relation", "citizenship"}
_VILLAGE = r"^\d{2}\.\d{2}\.\d{2}\.\d{4}$"


class NotCanonical(ValueError):
    """The table is not one of canonical residents. Names the column, never a value."""

    def __init__(self, column: str) -> None:
        super().__init__(column)
        self.column = column


def check(residents: pl.DataFrame) -> pl.DataFrame:
    """The columns of SCHEMA in their order and types; raise NotCanonical for the first column that does not fit.

    Does not look for people counted twice: whoever wrote the table has done so.
    """
    for column, kind in SCHEMA.items():
        if column not in residents.columns:
            raise NotCanonical(column)
        try:
            residents = residents.with_columns(pl.col(column).cast(kind))
        except pl.exceptions.PolarsError:
            raise NotCanonical(column) from None
        if not _fits(residents[column]):
            raise NotCanonical(column)
    return residents.select(list(SCHEMA))


def _fits(values: pl.Series) -> bool:
    if values.name not in MAY_BE_UNKNOWN and values.null_count():
        return False
    if values.name in RANGES:
        lowest, highest = RANGES[values.name]
        return bool(values.drop_nulls().is_between(lowest, highest).all())
    if values.name == "sex":
        return bool(values.is_in(["L", "P"]).all())
    return values.name != "village" or bool(values.str.contains(_VILLAGE).all())
