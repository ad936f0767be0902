"""`lumbung audit`: verify and export, here and of an export, in both languages."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "lumbung.cli", "audit"]


def run(home: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("LUMBUNG_", "DATABASE_", "DJANGO_"))
    }
    return subprocess.run(
        [*COMMAND, *map(str, words)],
        env={**kept, "LUMBUNG_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portal whose record holds one line: that it was exported."""
    home = tmp_path_factory.mktemp("home")
    ended = run(home, "export", home / "export")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "1 catatan ditulis" in ended.stdout
    return home


def test_this_portal(home: Path) -> None:
    ended = run(home, "verify")
    assert ended.returncode == 0, ended.stderr
    assert "1 catatan, 1 kepala: semuanya masih seperti semula." in ended.stdout


def test_an_export_in_english_with_a_witness(home: Path) -> None:
    ended = run(home, "verify", home / "export", "--heads", home / "export" / "heads.jsonl", "--lang", "en")
    assert (ended.returncode, ended.stdout) == (0, "1 entries, 2 heads: all is as it was.\n"), ended.stderr


def test_a_changed_export(home: Path, tmp_path: Path) -> None:
    line = json.loads((home / "export" / "events.jsonl").read_text())
    changed = {**line, "entry": line["entry"].replace("record-exported", "downloaded")}
    (tmp_path / "events.jsonl").write_text(json.dumps(changed))
    (tmp_path / "heads.jsonl").write_text((home / "export" / "heads.jsonl").read_text())
    ended = run(home, "verify", tmp_path)
    assert ended.returncode == 1
    assert "Tidak benar: catatan 1 bukan lagi yang dulu ditulis" in ended.stdout


def test_no_export_and_a_folder_in_use(home: Path, tmp_path: Path) -> None:
    missing = run(home, "verify", tmp_path / "tidak-ada")
    assert (missing.returncode, "tidak ada events.jsonl" in missing.stderr) == (2, True)
    again = run(home, "export", home / "export")
    assert (again.returncode, "sudah berisi" in again.stderr) == (2, True)


def test_a_witness_file_that_is_not_there(home: Path) -> None:
    ended = run(home, "verify", "--heads", home / "tidak-ada.jsonl")
    assert (ended.returncode, "Traceback" in ended.stderr) == (2, False)
