"""The measurements run, on tables that hold nobody."""

import sys
from pathlib import Path

import polars as pl
import pytest
from bench.__main__ import Size, measure, show

from bench import data, others, statistics

SMALL = Size(csv_rows=300, workbook_rows=100, shown_rows=1_000, pages=2, pixels_across=1_200, rounds=1, datasets=20)


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
    assert len(lines) == 15 and all(line.seconds > 0 for line in lines)
    assert all(line.mebibytes > 10 for line in lines if line.mebibytes is not None)
    show(lines, SMALL)
    assert "gate, CSV 300 x 16" in capsys.readouterr().out


def test_statistics_have_a_line_for_each_method(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = statistics.measure(((1, 600),), tmp_path)
    assert [line.what.partition(", ")[2] for line in lines] == [
        "Lumbung",
        "Lumbung, value",
        "hiding small ones only",
        "rounding to 5",
        "cell key +-2",
    ]
    assert all(line.exact == line.below_k == line.whole == 0 for line in lines[:2])
    statistics.show(lines)
    assert "1 village of 600, Lumbung" in capsys.readouterr().out


def test_the_gate_finds_every_register_beside_other_tools_and_no_lookalike(capsys: pytest.CaptureFixture[str]) -> None:
    asked, [gate] = others.measure(others.Size(households=3, rows=20, seconds=1), tools=())
    registers = {table.file for table in asked if table.residents}
    assert set(gate.columns) == registers and others.CLOCK in registers
    others.show(asked, [gate])
    assert f"{len(registers)} of {len(registers)}" in capsys.readouterr().out


def test_what_another_tool_printed_before_it_was_ended_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "foreign" / "with_slow.py"
    script.parent.mkdir()
    script.write_text(
        "import time\n"
        """print('{"said": "Slow 1"}\\n{"file": "clock.csv", "seconds": 2, "columns": [0, 3]}', flush=True)\n"""
        "time.sleep(60)\n"
    )
    monkeypatch.setattr(others, "HERE", tmp_path)
    monkeypatch.setattr(others, "environment", lambda tool: Path(sys.executable))
    clock = others.Asked(file=others.CLOCK, cells=100)
    slow = others.of_tool("slow", tmp_path, others.Size(households=1, rows=1, seconds=2), [clock])
    assert slow.said == "Slow 1, not finished in 2 s"
    assert slow.columns == {"clock.csv": [0, 3]} and slow.files == {"clock.csv"} and slow.speed == 50


def test_a_tool_that_cannot_be_installed_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(others, "environment", lambda tool: None)
    said = others.of_tool("presidio", tmp_path, others.QUICK, [])
    assert said.said == "presidio: could not be installed here" and not said.files
    assert all(others.wanted(tool) and "==" in others.wanted(tool)[0] for tool in others.TOOLS)
