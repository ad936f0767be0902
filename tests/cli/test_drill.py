"""The drill as a stranger runs it: a home that is gone afterwards, and the numbers of the case out of the record."""

import json
import os
import subprocess
import sys
from pathlib import Path


def test_the_numbers_of_the_case_come_out_of_the_record(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "TMPDIR": str(tmp_path),
        "LUMBUNG_HOME": str(tmp_path / "bukan"),
        "DATABASE_URL": "x:",
    }
    run = subprocess.run(
        [sys.executable, "-m", "lumbung.cli", "drill", "--json"],
        capture_output=True, text=True, env=environment, cwd=tmp_path,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    said = json.loads(run.stdout)
    then, now = said["then"], said["now"]
    assert (then["exposed_days"], then["minutes_to_close"], then["days_after_training"]) == (717, 60, 1)
    assert then["deadline"] == "2021-06-09T14:00+07:00"
    assert (then["people"], then["children"]) == (2530, 710)
    assert (then["who"]["organisation"], then["who"]["address"]) == ("Desa Argaloka", "198.51.100.23")
    assert (now["verdict"], now["times_published"], now["minutes_to_close"]) == ("held", 0, 0)
    assert said["record"]["faults"] == 0 and said["record"]["lines"] > 15
    assert not list(tmp_path.iterdir())
