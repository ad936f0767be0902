"""Codes are not numbers; a number that reads two ways stays text."""

import polars as pl
import pytest

from lumbung.rebuild.columns import typed, writes_grouped

STAYS_TEXT = [
    ("jumlah", ["01", "12"]),  # a leading zero is a code
    ("kode", ["3308", "3309"]),
    ("Kode Wilayah", ["33.08", "33.09"]),
    ("NPSN", ["20306212"]),
    ("wilayah", ["3308012001", "3308012002", "3308022001"]),  # village codes without a telling header
    ("jumlah", ["1.234", "5.678"]),  # thousands or decimals?
    ("jumlah", ["1,234"]),
    ("jumlah", ["1.234,5", "12.5"]),  # two readings in one column
    ("jumlah", ["1", "-"]),
    ("jumlah", ["1", "dua"]),
    ("jumlah", ["1234567890123456"]),  # longer than a number keeps
    ("jumlah", ["+62"]),
    ("jumlah", ["10%"]),
    ("jumlah", ["NaN", "inf"]),
    ("jumlah", ["1.234.567.890.123.456.789", "1.000.000"]),  # longer than a number keeps, in groups
    ("jumlah", ["1,234,567,890,123,456,789", "1,000,000.5"]),
    ("jumlah", ["1" + ".000" * 110, "1.000.000"]),  # beyond the largest number
    ("rumah", ["12E4", "7E11"]),  # a block and a house, not a hundred thousand
]
BECOMES = [
    (["1", None, "-20"], [1, None, -20]),
    (["1.5", "2.25"], [1.5, 2.25]),
    (["1.234,5", "12"], [1234.5, 12.0]),
    (["1.234.567", "12"], [1234567, 12]),
    (["0,75"], [0.75]),
    (["2.0", "3"], [2, 3]),
    (["1,115,000", "4,020"], [1115000, 4020]),
    (["1,234.5", "12"], [1234.5, 12.0]),
    (["123.456.789.012.345", "1.000.000"], [123456789012345, 1000000]),
    (["1.5e3", "2E-02"], [1500.0, 0.02]),
]


@pytest.mark.parametrize(("name", "cells"), STAYS_TEXT)
def test_stays_as_it_was_written(name: str, cells: list[str]) -> None:
    assert typed(pl.Series(name, cells)).to_list() == cells


@pytest.mark.parametrize(("cells", "numbers"), BECOMES)
def test_becomes_a_number_where_every_value_reads_one_way(cells: list[str], numbers: list[float]) -> None:
    column = typed(pl.Series("jumlah", cells))
    assert column.to_list() == numbers
    assert column.dtype == (pl.Int64 if all(isinstance(n, int | None) for n in numbers) else pl.Float64)


def test_the_file_s_own_numbers_settle_what_a_point_means() -> None:
    column = typed(pl.Series("jumlah", ["1.234", "5.678"]), stored=pl.Series([1.234, 5.678]))
    assert column.to_list() == [1.234, 5.678]


def test_a_column_without_values_stays_text() -> None:
    assert typed(pl.Series("jumlah", [None, None], dtype=pl.String)).dtype == pl.String


def test_a_column_beside_it_may_prove_how_a_table_writes_thousands() -> None:
    people, area = pl.Series("penduduk", ["12.345", "987"]), pl.Series("luas", ["1.234,5", "12"])
    assert writes_grouped([people, area])
    assert typed(people, grouped=True).to_list() == [12345, 987]


def test_columns_that_contradict_each_other_prove_nothing() -> None:
    people, area, ratio = (pl.Series(["12.345"]), pl.Series(["1.234,5"]), pl.Series(["0.5"]))
    assert not writes_grouped([people, area, ratio])
    assert not writes_grouped([people, ratio])
    assert not writes_grouped([people])


def test_a_date_without_a_time_loses_its_midnight() -> None:
    assert typed(pl.Series("tanggal", ["2024-01-15 00:00:00", None])).to_list() == ["2024-01-15", None]
    at_noon = ["2024-01-15 00:00:00", "2024-01-15 12:00:00"]
    assert typed(pl.Series("waktu", at_noon)).to_list() == at_noon
