"""`lumbung trace claim` as an officer types it: the reported claims, samples beside them, and files that are none."""

import json
from pathlib import Path

import pytest

from lumbung.invent import LAYOUTS, invent_households, people
from lumbung.invent.workbooks import write
from tests.cli.test_trace import trace
from tests.trace.test_claim import REPORTED

LAYOUT = next(layout for layout in LAYOUTS if layout.name == "dpt")


def written(folder: Path, claim: object) -> Path:
    (folder / "klaim.json").write_text(json.dumps(claim))
    return folder / "klaim.json"


def test_the_reported_claim_in_both_languages(tmp_path: Path) -> None:
    for language, words in (("id", ("membantah", "8.797.669")), ("en", ("contradicts", "8,797,669"))):
        run = trace("claim", written(tmp_path, REPORTED), "--lang", language)
        assert run.exit_code == 1 and all(word in run.stdout for word in words)


def test_toml_without_a_contradiction(tmp_path: Path) -> None:
    (tmp_path / "klaim.toml").write_text('total = "188.000.000"\nof = "pemilih"\nyear = 2014\n')
    run = trace("claim", tmp_path / "klaim.toml")
    assert run.exit_code == 0 and "belum berarti benar" in run.stdout


def test_two_samples_and_nothing_of_anybody(tmp_path: Path) -> None:
    village = invent_households(seed=31, count=80)
    for name, families in (("a.xlsx", village[:50]), ("b.xlsx", village[30:])):
        write(LAYOUT.build(families), to=tmp_path / name, format="xlsx")
    run = trace("claim", written(tmp_path, REPORTED), tmp_path / "a.xlsx", tmp_path / "b.xlsx", "--json")
    assert run.stdout, run.stderr
    answer = json.loads(run.stdout)
    codes = {check["code"]: check for check in answer["checks"]}
    assert run.exit_code == 1 and codes["numbers-valid"]["finding"] == "supports"
    assert codes["two-samples"]["finding"] == "contradicts"
    secrets = {one.nik for _, one in people(village)} | {one.name.upper() for _, one in people(village)}
    assert not [one for one in secrets if len(one) > 9 and one in run.output.upper()]


@pytest.mark.parametrize("content", ["", "total =", "[]", '{"total": "x"}', "{", '{"a":' * 2000, "\x00"])
def test_what_is_no_claim(tmp_path: Path, content: str) -> None:
    (tmp_path / "klaim.json").write_text(content)
    run = trace("claim", tmp_path / "klaim.json")
    assert run.exit_code == 2 and run.stderr.strip() and not run.stdout


def test_usage_and_samples_that_cannot_be_read(tmp_path: Path) -> None:
    claim = written(tmp_path, REPORTED)
    (tmp_path / "rusak.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "rekap.csv").write_text("kecamatan,jumlah\nSecang,12\n")
    assert trace("claim", tmp_path / "tidak-ada.toml").exit_code == 2
    assert trace("claim", claim, tmp_path / "tidak-ada.xlsx").exit_code == 2
    assert trace("claim", claim, *[tmp_path / "rekap.csv"] * 3).exit_code == 2
    for name in ("rusak.xlsx", "rekap.csv"):
        run = trace("claim", claim, tmp_path / name)
        assert run.exit_code == 1 and run.stderr.strip()
