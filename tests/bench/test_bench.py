"""The measurements run, on tables that hold nobody."""

from pathlib import Path

import polars as pl
import pytest
from bench.__main__ import Size, measure, show

from bench import data

SMALL = Size(csv_rows=300, workbook_rows=100, rounds=1, datasets=20)


def test_the_register_is_sixteen_columns_of_nobody() -> None:
    table = data.register(2_000)
    assert table.shape == (2_000, 16) and set(table.dtypes) == {pl.String}
    for column in ("nik", "no_kk"):
        assert table[column].str.len_chars().unique().to_list() == [16]
        assert table[column].str.slice(12).cast(pl.Int32).is_between(9000, 9999).all()
    assert table["nik"].str.slice(6, 2).cast(pl.Int32).gt(40).mean() == pytest.approx(0.5, abs=0.1)
    assert data.register(2_000).equals(table)


def test_every_measurement_gives_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = measure(SMALL, tmp_path)
    assert len(lines) == 8 and all(line.seconds > 0 for line in lines)
    assert all(line.mebibytes > 10 for line in lines if line.mebibytes is not None)
    show(lines, SMALL)
    assert "gate, CSV 300 x 16" in capsys.readouterr().out
