"""Only canonical residents are counted, and a refusal names a column, never a value."""

import polars as pl
import pytest

from lumbung.aggregate.residents import SCHEMA, NotCanonical, check


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("village", "9901012001"),  # without dots
        ("village", None),
        ("sex", "X"),
        ("sex", None),
        ("age", None),
        ("age", -1),
        ("age", 131),
        ("religion", 8),
        ("occupation", 0),
        ("blood", 14),
        ("ever_married", None),
        ("household", None),
        ("hamlet", None),
    ],
)
def test_refuses(residents: pl.DataFrame, column: str, value: object) -> None:
    broken = residents.with_columns(
        pl.when(pl.int_range(pl.len()) == 3)
        .then(pl.lit(value, SCHEMA[column]))
        .otherwise(pl.col(column))
        .alias(column)
    )
    with pytest.raises(NotCanonical) as refusal:
        check(broken)
    assert refusal.value.column == column and str(refusal.value) == column


def test_refuses_a_table_without_a_column(residents: pl.DataFrame) -> None:
    with pytest.raises(NotCanonical, match="age"):
        check(residents.drop("age"))


def test_drops_what_has_no_place_here(residents: pl.DataFrame) -> None:
    named = residents.with_columns(pl.lit("Siti Invented").alias("name"))
    assert check(named).columns == list(SCHEMA)
