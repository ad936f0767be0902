"""Canonical residents: the one table that statistics are made from, and the only shape of it that is accepted.

The shape itself lies in `document`, because `register`, which writes it, and this room are strangers to each other.
"""

import polars as pl

from lumbung.document import RESIDENT, RESIDENT_RANGES

SCHEMA, RANGES = RESIDENT, RESIDENT_RANGES
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
