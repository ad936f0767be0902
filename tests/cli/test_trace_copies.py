"""`lumbung trace mark` and `accuse`: copies for three recipients, one of which leaks through a spreadsheet."""

import csv
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from lumbung.cli import trace_log
from lumbung.invent import LAYOUTS, invent_households, people
from lumbung.invent.workbooks import write
from tests.cli.test_trace import trace

LAYOUT = next(layout for layout in LAYOUTS if layout.name == "siak")
VILLAGE = invent_households(seed=51, count=60)
NAMES = ["Partai Padi", "Partai Kapas", "Dinas Sosial"]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("salinan")
    before = os.environ.get("LUMBUNG_HOME")
    os.environ["LUMBUNG_HOME"] = str(folder / "rumah")
    write(LAYOUT.build(VILLAGE), to=folder / "daftar.xlsx", format="xlsx")
    (folder / "penerima.txt").write_text("\n".join(NAMES))
    made = mark(folder, folder / "keluar", folder / "rahasia.json")
    assert made.exit_code == 0, made.output
    yield folder
    os.environ.pop("LUMBUNG_HOME") if before is None else os.environ.update(LUMBUNG_HOME=before)


def mark(folder: Path, out: Path, secret: Path):  # type: ignore[no-untyped-def]
    return trace(
        "mark", folder / "daftar.xlsx", "--recipients", folder / "penerima.txt", "--out", out, "--secret", secret
    )


def accuse(desk: Path, sample: Path, *more: str | Path):  # type: ignore[no-untyped-def]
    handover = desk / "keluar" / "serah-terima.json"
    return trace("accuse", sample, "--secret", desk / "rahasia.json", "--handover", handover, *more)


def test_what_is_handed_over(desk: Path) -> None:
    record = json.loads((desk / "keluar" / "serah-terima.json").read_text())
    assert record["commitment"] == hashlib.sha256((desk / "rahasia.json").read_bytes()).hexdigest()
    assert record["commitment"] in trace_log.path().read_text()
    assert [copy["recipient"] for copy in record["copies"]] == NAMES
    contents = [(desk / "keluar" / copy["file"]).read_bytes() for copy in record["copies"]]
    assert [hashlib.sha256(one).hexdigest() for one in contents] == [copy["sha256"] for copy in record["copies"]]
    assert len(set(contents)) == 3 and (desk / "rahasia.json").stat().st_mode & 0o077 == 0
    numbers = [one.nik for _, one in people(VILLAGE)]
    assert not [number for number in numbers if len(number) == 16 and any(number.encode() in one for one in contents)]
    rows = [sorted(row["NAMA"] for row in csv.DictReader(one.decode().splitlines())) for one in contents]
    assert rows[0] == rows[1] == rows[2] == sorted(one.name.upper() for _, one in people(VILLAGE))


def test_the_copy_that_leaked_is_named_and_the_others_are_shown(desk: Path, tmp_path: Path) -> None:
    copy = pl.read_csv(desk / "keluar" / "salinan-002.csv", infer_schema=False)
    copy.sort("NAMA").head(60).write_excel(tmp_path / "bocor.xlsx")
    run = accuse(desk, tmp_path / "bocor.xlsx", "--json")
    answer = json.loads(run.stdout)
    assert (run.exit_code, answer["named"], len(answer["scores"])) == (0, ["Partai Kapas"], 3)
    spoken = accuse(desk, tmp_path / "bocor.xlsx", "--lang", "en")
    assert all(name in spoken.stdout for name in NAMES) and "1e-6" in spoken.stdout


def test_the_list_itself_names_nobody(desk: Path) -> None:
    run = accuse(desk, desk / "daftar.xlsx")
    assert run.exit_code == 1 and "Tidak ada salinan" in run.stdout


def test_another_secret_than_the_one_committed_to(desk: Path, tmp_path: Path) -> None:
    kept = json.loads((desk / "rahasia.json").read_text())
    (tmp_path / "lain.json").write_text(json.dumps({**kept, "recipients": NAMES[::-1]}))
    for secret in (tmp_path / "lain.json", desk / "daftar.xlsx", tmp_path / "tidak-ada"):
        run = trace("accuse", desk / "daftar.xlsx", "--secret", secret,
                    "--handover", desk / "keluar" / "serah-terima.json")  # fmt: skip
        assert run.exit_code == 2 and run.stderr.strip() and not run.stdout


def test_nothing_is_replaced_and_nothing_half_made(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert mark(desk, desk / "keluar", tmp_path / "r.json").exit_code == 2
    assert mark(desk, tmp_path / "k", desk / "rahasia.json").exit_code == 2
    for names in ("", "satu", "a\na\n"):
        (tmp_path / "penerima.txt").write_text(names)
        run = trace("mark", desk / "daftar.xlsx", "--recipients", tmp_path / "penerima.txt", "--out", tmp_path / "k",
                    "--secret", tmp_path / "r.json")  # fmt: skip
        assert run.exit_code == 2
    (tmp_path / "rekap.csv").write_text("NIK,NAMA\n3308134504909001,SITI\n")
    run = trace("mark", tmp_path / "rekap.csv", "--recipients", desk / "penerima.txt", "--out", tmp_path / "k",
                "--secret", tmp_path / "r.json")  # fmt: skip
    assert run.exit_code == 1 and run.stderr.strip()
    monkeypatch.setattr(trace_log, "record", _full_disk)
    assert mark(desk, tmp_path / "k", tmp_path / "r.json").exit_code == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["penerima.txt", "rekap.csv"]


def _full_disk(question: str, **facts: object) -> None:
    raise OSError
