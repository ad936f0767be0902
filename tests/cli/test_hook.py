"""The hook of `.pre-commit-hooks.yaml`, run as pre-commit runs it: its entry, and behind it the names of the files."""

import shlex
from pathlib import Path

import yaml

from tests.cli.test_check import CLEAN, lumbung
from tests.gate.test_inspect import RESIDENTS, register

HOOKS = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"


def test_the_hook_lets_a_clean_file_pass_and_keeps_a_register_back(tmp_path: Path) -> None:
    (hook,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    program, *words = shlex.split(hook["entry"])
    (tmp_path / "rekap.csv").write_text(CLEAN)
    register(tmp_path)
    assert (hook["id"], hook["language"], program) == ("lumbung-check", "python", "lumbung")
    assert lumbung(*words, "rekap.csv", cwd=tmp_path).returncode == 0
    run = lumbung(*words, "penduduk.csv", "rekap.csv", cwd=tmp_path)
    assert run.returncode == 1 and "penduduk.csv" in run.stdout
    assert not any(nik in run.stdout + run.stderr for nik in RESIDENTS)
