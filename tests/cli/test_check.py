"""`lumbung check` as a script sees it: lines of JSON, exit codes, nothing that stops it half-way."""

import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from lumbung.cli.report import as_line
from lumbung.document import Place
from tests.gate.test_inspect import RESIDENTS, register
from tests.read.planted import zipped

CLEAN = "kecamatan,jumlah\nSecang,12\nGrabag,9\n"
KEYS = ["path", "sha256", "verdict", "reasons", "unread", "seconds", "coverage"]
REASON_KEYS = ["code", "severity", "message", "citation", "place", "hits", "of"]


def lumbung(*words: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "lumbung.cli", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment, **more)


def answers(run: subprocess.CompletedProcess[str]) -> dict[str, dict[str, Any]]:
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    assert all(list(line) == KEYS for line in lines)
    return {Path(line["path"]).name: line for line in lines}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files of all kinds, some hidden, some that cannot be opened."""
    (tmp_path / "rekap.csv").write_text(CLEAN)
    register(tmp_path)
    below = tmp_path / "arsip"
    below.mkdir()
    (below / ".tersembunyi.csv").write_text(CLEAN)
    (below / "kosong.xlsx").touch()
    os.mkfifo(below / "pipa")
    (below / "dalam.csv").symlink_to(tmp_path / "rekap.csv")
    (below / "luar.csv").symlink_to(Path(__file__))
    (below / "putus.csv").symlink_to("tidak-ada")
    (below / "putar").symlink_to(tmp_path, target_is_directory=True)
    (below / "luar").symlink_to("/usr", target_is_directory=True)
    return tmp_path


def test_a_folder_line_by_line(folder: Path) -> None:
    run = lumbung("check", "--json", folder)
    found = answers(run)
    assert (run.returncode, run.stderr) == (1, "")
    assert {name: line["verdict"] for name, line in found.items()} == {
        "rekap.csv": "open",
        "penduduk.csv": "hold",
        ".tersembunyi.csv": "open",
        "kosong.xlsx": "hold",
        "pipa": "hold",
        "dalam.csv": "open",
        "luar.csv": "hold",
        "putus.csv": "hold",
        "luar": "hold",
    }
    assert found["rekap.csv"]["sha256"] == hashlib.sha256(CLEAN.encode()).hexdigest()
    assert found["pipa"]["sha256"] is None
    reasons = [reason for line in found.values() for reason in line["reasons"]]
    assert reasons and all(list(reason) == REASON_KEYS for reason in reasons)


@pytest.mark.parametrize("form", [["--json"], [], ["--evidence"], ["--json", "--evidence"], ["--lang", "en"]])
def test_no_number_of_a_resident_is_printed(folder: Path, form: list[str]) -> None:
    run = lumbung("check", *form, folder / "penduduk.csv")
    assert run.returncode == 1
    assert not [number for number in RESIDENTS if number[4:14] in run.stdout + run.stderr]
    assert ("3308••••••••••" in run.stdout) == (form == ["--evidence"])


def test_for_people(folder: Path) -> None:
    run = lumbung("check", folder / "penduduk.csv", folder / "rekap.csv")
    assert run.returncode == 1
    for words in ("■ Ditahan", "● Boleh terbuka", "kolom A berjudul “NIK”", "40 dari 40", "Pasal 79"):
        assert words in run.stdout
    assert "→ Kirim rekapnya" in run.stdout
    assert f"Dibaca seluruhnya: 1 bagian, {len(CLEAN)} byte." in run.stdout
    assert "\nBerkas: 2. Boleh terbuka 1; Ditahan 1\n" in run.stdout
    assert "\x1b" not in run.stdout


def test_what_was_not_read_is_counted(tmp_path: Path) -> None:
    (tmp_path / "arsip.zip").write_bytes(zipped({"a.csv": CLEAN, "b.7z": b"7z\xbc\xaf\x27\x1cdamaged"}))
    assert "Terbaca 2 dari 3 bagian" in lumbung("check", tmp_path).stdout
    (line,) = answers(lumbung("check", "--json", tmp_path)).values()
    assert (line["coverage"]["parts"], line["coverage"]["of_parts"]) == (2, 3)
    assert 0 < line["coverage"]["bytes"] < line["coverage"]["of_bytes"]


def test_all_open_is_exit_0(folder: Path) -> None:
    run = lumbung("check", folder / "rekap.csv", "--lang", "en")
    assert (run.returncode, run.stdout.splitlines()[-1]) == (0, "Files: 1. Open 1")


@pytest.mark.parametrize("words", [["/tidak/ada"], []])
def test_wrong_use_is_exit_2_with_a_sentence(words: list[str]) -> None:
    run = lumbung("check", "--json", *words)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith(("Tidak ada berkas atau folder bernama: /tidak/ada", "Sebutkan berkas"))


def test_an_empty_folder_is_open(tmp_path: Path) -> None:
    run = lumbung("check", "--json", tmp_path)
    assert (run.returncode, run.stdout) == (0, "")


def test_a_name_that_steers_the_terminal(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\x1b[31m\n\xff[bold]b.csv"))
    path.write_text(CLEAN)
    run = lumbung("check", tmp_path)
    assert "\x1b" not in run.stdout and "[bold]b.csv" in run.stdout.replace("\n", "")
    (line,) = (json.loads(line) for line in lumbung("check", "--json", tmp_path).stdout.splitlines())
    assert Path(line["path"]) == path


def test_a_number_in_the_name_of_a_file_is_not_shown_to_people(tmp_path: Path) -> None:
    number = RESIDENTS[0]
    fours = "-".join(number[at : at + 4] for at in (0, 4, 8, 12))
    parts = [number, f"{number[:6]} {number[6:12]} {number[12:]}", fours]
    for part in parts:
        (tmp_path / f"ktp {part} rapat 2024-06-30.csv").write_text(CLEAN)
    people, programs = lumbung("check", tmp_path), lumbung("check", "--json", tmp_path)
    missing = lumbung("check", tmp_path / f"tidak-ada-{number}.csv")
    told = (people.stdout + people.stderr + missing.stderr).replace("\n", "")
    assert not [part for part in parts if part in told] and "2024-06-30.csv" in told and "•••" in told
    assert {Path(json.loads(line)["path"]) for line in programs.stdout.splitlines()} == set(tmp_path.iterdir())


def test_a_name_longer_than_any_is_no_file_and_an_empty_folder_says_so(tmp_path: Path) -> None:
    run = lumbung("check", "a" * 5_000)
    assert run.returncode == 2 and "Tidak ada berkas atau folder" in run.stderr and "Traceback" not in run.stderr
    run = lumbung("check", tmp_path)
    assert run.returncode == 0 and "Tidak ada berkas yang diperiksa" in run.stdout


def test_nothing_is_advised_twice_and_what_comes_next_is_said(folder: Path) -> None:
    said = " ".join(lumbung("check", folder / "penduduk.csv").stdout.split())
    assert said.count("Kirim rekapnya saja") == 1 and "jangan diumumkan atau dibagikan" in said


def test_help_and_missing_portal_parts() -> None:
    run = lumbung("check", "--help")
    assert run.returncode == 0 and "--json" in run.stdout
    hidden = "import sys; sys.modules['django'] = None; from lumbung.cli import main; sys.argv[1:] = {!r}; main()"
    for words, code, said in (
        (["check", "--help"], 0, "--evidence"),
        (["check", "/tidak/ada"], 2, "Tidak ada berkas"),
        (["serve"], 2, "lumbung[portal]"),
    ):
        run = subprocess.run([sys.executable, "-c", hidden.format(words)], capture_output=True, text=True)
        assert run.returncode == code and said in run.stdout + run.stderr


def test_importing_the_package_is_cheap() -> None:
    heavy = "any(name in sys.modules for name in ('polars', 'lxml'))"
    script = f"import sys, lumbung.cli; lumbung.cli.assemble(); sys.exit({heavy})"
    subprocess.run([sys.executable, "-c", script], check=True)


def test_the_line_has_the_contract(folder: Path) -> None:
    from lumbung.gate import inspect

    line = as_line(folder / "penduduk.csv", inspect(folder / "penduduk.csv"), lang="en")
    assert list(line) == KEYS


def test_what_another_command_sends_is_inspected_under_its_name(folder: Path) -> None:
    with (folder / "penduduk.csv").open() as sent:
        run = lumbung("check", "--json", "-", "--name", "penduduk.csv", stdin=sent)
    (line,) = answers(run).values()
    file = (folder / "penduduk.csv").read_bytes()
    assert (run.returncode, line["path"], line["verdict"]) == (1, "penduduk.csv", "hold")
    assert line["sha256"] == hashlib.sha256(file).hexdigest()
    run = lumbung("check", "-", folder / "rekap.csv", input=CLEAN)
    assert run.returncode == 0 and "stdin" in run.stdout and "rekap.csv" in run.stdout
    run = lumbung("check", "--json", "-", "--name", f"{RESIDENTS[0]}.csv", input=CLEAN)
    assert run.returncode == 1  # a name may give somebody away, as that of a file


def test_a_name_without_a_pipe_is_wrong_use(folder: Path) -> None:
    run = lumbung("check", folder / "rekap.csv", "--name", "a.csv")
    assert run.returncode == 2 and "--name hanya untuk" in run.stderr


def test_a_keyboard_is_not_waited_for() -> None:
    keyboard, theirs = os.openpty()
    run = lumbung("check", "-", stdin=theirs)
    os.close(keyboard)
    os.close(theirs)
    assert run.returncode == 2 and "Tidak ada yang dialirkan" in run.stderr


def test_every_key_of_the_lines_stands_in_the_docs(folder: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "check-json.md").read_text()
    told = re.findall(r"^\| `([\w.]+)` \|", page, re.MULTILINE)
    found = answers(lumbung("check", "--json", folder))["penduduk.csv"]
    (reason, *_) = found["reasons"]
    keys = [*found, *(f"reasons.{key}" for key in reason), *(f"coverage.{key}" for key in found["coverage"])]
    assert set(told) == {*keys, *(f"place.{field.name}" for field in fields(Place))}
