"""The checker stands alone, adds up, and takes nothing on trust."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from lumbung.aggregate import check_proof
from lumbung.cli import assemble


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "paket"))


def change(path: Path, how: Callable[[dict[str, Any]], None]) -> None:
    proof = json.loads((path / "bukti.json").read_text(encoding="utf-8"))
    how(proof)
    (path / "bukti.json").write_text(json.dumps(proof), encoding="utf-8")


def one_more_in_a_table(proof: dict[str, Any]) -> None:
    proof["components"][0]["tables"][0][0] += 1


def negative(proof: dict[str, Any]) -> None:
    proof["components"][0]["tables"][0][0] = -1


def half(proof: dict[str, Any]) -> None:
    proof["components"][0]["tables"][0][0] += 0.5


def forget_a_claim(proof: dict[str, Any]) -> None:
    proof["claims"] = [claim for claim in proof["claims"] if "/" not in claim["name"]]


def same_table_twice(proof: dict[str, Any]) -> None:
    for claim in proof["claims"]:
        claim["high"] = claim["low"]


def forget_a_sum(proof: dict[str, Any]) -> None:
    proof["sums"] = [entry for entry in proof["sums"] if not entry["cells"] or "/umur/" not in entry["cells"][0]]


def split_a_component(proof: dict[str, Any]) -> None:
    proof["components"][0]["pieces"].pop()


def sum_of_hidden(proof: dict[str, Any]) -> None:
    hidden = next(claim["name"] for claim in proof["claims"] if "/" in claim["name"])
    proof["additions"].append([hidden, [hidden]])


@pytest.mark.parametrize(
    "how",
    [
        one_more_in_a_table,
        negative,
        half,
        forget_a_claim,
        same_table_twice,
        forget_a_sum,
        split_a_component,
        sum_of_hidden,
    ],
)
def test_finds_what_was_changed_in_the_proof(copy: Path, how: Callable[[dict[str, Any]], None]) -> None:
    change(copy, how)
    assert check_proof.problems(copy)


def test_finds_a_number_changed_in_a_table(copy: Path) -> None:
    path = copy / "tabel-penduduk.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    lines[1] = ",".join([*cells[:6], str(int(cells[6]) + 1), *cells[7:]])
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert check_proof.problems(copy)


def test_finds_a_hidden_number_written_in(copy: Path) -> None:
    path = next(path for path in copy.glob("tabel-*.csv") if ",*\n" in path.read_text(encoding="utf-8"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",,jiwa,*", ",3,jiwa,", 1), encoding="utf-8")
    assert check_proof.problems(copy)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"pieces": 3}', "\x00", "[" * 200_000, "9" * 5000])
def test_nonsense_is_no_proof(copy: Path, content: str) -> None:
    (copy / "bukti.json").write_text(content, encoding="utf-8")
    assert check_proof.problems(copy)


def test_a_cell_without_end_is_no_table(copy: Path) -> None:
    path = next(copy.glob("tabel-*.csv"))
    path.write_text(path.read_text(encoding="utf-8") + "9" * 300_000, encoding="utf-8")
    assert check_proof.problems(copy)


@pytest.mark.parametrize("missing", ["bukti.json", "tabel-penduduk.csv", "tabel-umur.csv"])
def test_a_missing_file_is_told_in_a_sentence(missing: str, copy: Path) -> None:
    (copy / missing).unlink()
    run = subprocess.run([sys.executable, "-I", "-S", check_proof.__file__, copy], capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (1, "") and "Bukti tidak berlaku" in run.stdout


def test_no_folder_at_all_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("bukan folder")
    for nothing in (tmp_path / "tidak-ada", tmp_path / "berkas"):
        run = subprocess.run(
            [sys.executable, "-I", "-S", check_proof.__file__, nothing], capture_output=True, text=True
        )
        assert (run.returncode, run.stderr) == (1, "") and "tidak terbaca" in run.stdout


def test_an_empty_folder_is_no_package(tmp_path: Path) -> None:
    assert check_proof.problems(tmp_path)


def test_stands_alone(folder: Path, tmp_path: Path) -> None:
    alone = tmp_path / "check_proof.py"
    shutil.copy(check_proof.__file__, alone)
    run = subprocess.run([sys.executable, "-I", "-S", alone, folder], capture_output=True, text=True)
    assert run.returncode == 0 and run.stdout.startswith("Bukti berlaku"), run.stdout + run.stderr
    assert len(alone.read_text(encoding="utf-8").splitlines()) <= 200
    assert "lumbung" not in alone.read_text(encoding="utf-8").replace("Lumbung", "")


def test_command(folder: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke(assemble(), ["proof", "verify", str(folder)])
    assert run.exit_code == 0 and "Bukti berlaku" in run.output
    assert CliRunner().invoke(assemble(), ["proof", "verify", str(tmp_path)]).exit_code == 1
