"""The list of questions: who asked what of the fingerprints, when, and what the answer was; each line names the last.

It lies in $LUMBUNG_HOME and holds no value and no name of a file. Who has the key and this machine can also delete
it: it is for an office that keeps its own order. On the portal the record of acts takes its place.
"""

import getpass
import hashlib
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

NAME = "penelusuran.jsonl"
MOST, WITHIN = 30, timedelta(hours=1)


class TooMany(Exception):
    """More questions than one desk has within an hour."""


def path() -> Path:
    """Where the list lies."""
    return Path(os.environ.get("LUMBUNG_HOME", "var")) / NAME


def prepared() -> Path:
    """The same, with its folder there. OSError where that cannot be made."""
    path().parent.mkdir(parents=True, exist_ok=True)
    return path()


def check() -> None:
    """Raise TooMany where the hour's questions are used up. OSError where the list cannot be read."""
    since = (datetime.now(tz=UTC) - WITHIN).isoformat()
    if sum(line["when"] >= since for line in _lines()) >= MOST:
        raise TooMany


def record(question: str, **facts: Any) -> None:
    """Add a line. `facts` are counts and codes. OSError where it cannot be written: then no answer is to be given."""
    lines = _lines()
    before = hashlib.sha256(_line(lines[-1]).encode()).hexdigest() if lines else ""
    told = {"when": datetime.now(tz=UTC).isoformat(), "who": getpass.getuser(), "question": question}
    with prepared().open("a", encoding="utf-8") as file:
        file.write(_line({**told, **facts, "before": before}) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _line(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def _lines() -> list[dict[str, Any]]:
    """What is written so far; a line that a killed process left half is passed over."""
    if not path().exists():
        return []
    lines = []
    for line in path().read_text(encoding="utf-8").splitlines():
        try:
            lines.append(dict(json.loads(line)))
        except ValueError:
            continue
    return lines
