"""A few of the thousand kills, each time the suite runs: what is measured at length has to run at all."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_a_few_processes_are_killed_and_nothing_is_wrong() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "bench.kills", "6", "11"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    said = json.loads(ended.stdout)
    assert (said["kills"], said["wrong"], ended.returncode) == (6, [], 0)
