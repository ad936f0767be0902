"""The measurements of tracing run, on people who do not exist, and no innocent recipient is named in them."""

from pathlib import Path

import polars as pl
import pytest

from bench import trace, trace_claims


def test_every_table_has_its_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    size = trace.Size(rows=1_000, asked=500, stored=(2_000,), trials=1, innocents=200, askers=60)
    lines = list(trace.measure(size, tmp_path))
    assert len(dict.fromkeys(line.table for line in lines)) == 6 and not list(tmp_path.iterdir())
    assert all("innocents named 0" in line.seen for line in lines if line.table == "Whose copy")
    hands = {line.what: line.seen for line in lines if line.table == "Through hands"}
    assert len(hands) == len(trace.hands()) and all("on strangers ours" not in seen for seen in hands.values())
    assert hands["sorted by name"].startswith("recall 1.0000, precision 1.0000")
    trace.show(lines)
    assert "against 2,000 (250 found)" in capsys.readouterr().out


def test_people_are_invented() -> None:
    people = trace.register(500)
    assert people.height == 500 and people["nik"].n_unique() == 500
    for frame in (people, trace_claims.as_issued(trace_claims.village(1), 1)):
        assert frame["nik"].drop_nulls().str.slice(12).cast(pl.Int32).is_between(9000, 9999).all()
