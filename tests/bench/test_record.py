"""The record is measured in a home of its own, from the first line to the desk after a flood."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_figure_is_printed_with_its_budget() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "bench.record", "--quick"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    for figure in ("lines a second", "verifying", "chronology", "reports in an hour", "the desk's list"):
        assert figure in run.stdout, figure
