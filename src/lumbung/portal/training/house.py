"""The folder of a training house, and how it is emptied. Knows no Django, for it stands while the portal is down.

`LUMBUNG_HOME/training` holds three things: `house`, a whole home of its own with database, keys and files, which is
emptied; `trainer.json`, the trainer's sign-in; and `emptied.jsonl`, a line for every emptying with counts alone.
A home is a training house by a file in it and not by a setting: no program that opens it can overlook that.
"""

import json
import os
import secrets
import shutil
import sqlite3
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

MARK = "training-house.json"
ASKED = "empty-me.json"
TRAINER = "pelatih@latihan.example"
HERE = ZoneInfo("Asia/Jakarta")
COUNTED = {"people": "accounts_person", "submissions": "intake_submission", "lines": "audit_event"}


class NotATrainingHouse(Exception):
    """The folder holds something else: it is neither begun as a training house nor emptied."""


def is_training(home: Path) -> bool:
    """Whether this home is a training house."""
    return (home / MARK).is_file()


def begin(house: Path) -> None:
    """Mark a new or empty folder; nothing where it is one already. Raise NotATrainingHouse for a folder in use."""
    if is_training(house):
        return
    house.mkdir(parents=True, exist_ok=True, mode=0o700)
    if any(house.iterdir()):
        raise NotATrainingHouse
    (house / MARK).write_text(json.dumps({"begun": today().isoformat()}), encoding="utf-8")


def today() -> date:
    """The day by the clock of the regency."""
    return datetime.now(HERE).date()


def is_due(house: Path) -> bool:
    """Whether it was begun on an earlier day: every night it is emptied."""
    begun = json.loads((house / MARK).read_text(encoding="utf-8"))["begun"]
    return date.fromisoformat(begun) < today()


def ask(house: Path, *, because: str) -> None:
    """Ask whoever keeps the portal running to empty it: "schedule" or "button". The second time changes nothing."""
    if not (house / ASKED).exists():
        (house / ASKED).write_text(json.dumps({"because": because}), encoding="utf-8")


def asked(house: Path) -> str:
    """Why it is to be emptied; "" where nobody has asked."""
    try:
        because: str = json.loads((house / ASKED).read_text(encoding="utf-8"))["because"]
    except (FileNotFoundError, ValueError):
        return ""
    return because


def empty(house: Path, *, because: str) -> dict[str, Any]:
    """Destroy everything in it and write down what that was. Cannot be undone; the portal must not be running.

    Keys go first: were the rest cut off, nobody could read it; the question and the mark go last, so that the next
    start goes on. Raise NotATrainingHouse for any other folder.
    """
    if not is_training(house):
        raise NotATrainingHouse
    line = {"at": datetime.now(HERE).isoformat(timespec="seconds"), "because": because, **_contents(house)}
    (house / "keys.json").unlink(missing_ok=True)
    for inside in sorted(house.iterdir(), key=lambda path: (path.name == MARK, path.name == ASKED)):
        shutil.rmtree(inside) if inside.is_dir() and not inside.is_symlink() else inside.unlink()
    line["left"] = sum(1 for _ in house.rglob("*"))
    with (house.parent / "emptied.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(line) + "\n")
    return line


def _contents(house: Path) -> dict[str, int]:
    """How many people, submissions, lines of the record, files and bytes; never a name."""
    sizes = [path.stat().st_size for path in house.rglob("*") if path.is_file()]
    counts = {"files": len(sizes), "bytes": sum(sizes)}
    try:
        with sqlite3.connect(house / "lumbung.db") as database:
            for name, table in COUNTED.items():
                counts[name] = database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - fixed
        database.close()
    except sqlite3.Error:  # cut off while it was being made: there is nothing to count
        return counts
    return counts


def last_emptying(house: Path) -> dict[str, Any]:
    """What was written down last; nothing where it was never emptied."""
    try:
        lines = (house.parent / "emptied.jsonl").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    last: dict[str, Any] = json.loads(lines[-1])
    return last


def trainer_password(house: Path) -> str:
    """The trainer's password, drawn the first time and kept for its owner alone: it outlives every emptying."""
    path = house.parent / "trainer.json"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump({"email": TRAINER, "password": secrets.token_urlsafe(9)}, file)
    password: str = json.loads(path.read_text(encoding="utf-8"))["password"]
    return password
