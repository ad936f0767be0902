"""The folder: begun once, emptied wholly, written down, and never mistaken for anything else."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from lumbung.portal.training import house

SECRET = b"nomor yang tidak boleh bersisa"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    place = tmp_path / "training" / "house"
    house.begin(place)
    return place


def live_in(place: Path) -> None:
    """Files, keys and a database, as a day leaves them."""
    for name in ("keys.json", "submissions/ab/abcd", "static/x.css", "shelf/deep/er/file.csv"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(SECRET)
    database = sqlite3.connect(place / "lumbung.db")
    with database:
        for table in house.COUNTED.values():
            database.execute(f"CREATE TABLE {table} (name TEXT)")
        database.execute("INSERT INTO accounts_person VALUES ('Peserta 1')")
    database.close()


def test_emptied_leaves_not_one_byte(place: Path) -> None:
    live_in(place)
    line = house.empty(place, because="button")
    assert list(place.rglob("*")) == []
    assert (line["left"], line["people"], line["submissions"]) == (0, 1, 0)
    assert line["files"] >= 6
    kept = [path for path in place.parent.rglob("*") if path.is_file()]
    assert [path.name for path in kept] == ["emptied.jsonl"]
    assert not any(word in kept[0].read_bytes() for word in (SECRET, b"Peserta"))
    assert house.last_emptying(place) == json.loads(kept[0].read_text(encoding="utf-8"))


def test_a_real_home_is_neither_begun_nor_emptied(tmp_path: Path) -> None:
    live_in(tmp_path)
    with pytest.raises(house.NotATrainingHouse):
        house.begin(tmp_path)
    with pytest.raises(house.NotATrainingHouse):
        house.empty(tmp_path, because="button")
    assert (tmp_path / "keys.json").read_bytes() == SECRET


def test_a_link_is_taken_away_and_what_it_points_to_stays(place: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "real.csv").write_bytes(SECRET)
    (place / "link").symlink_to(outside)
    house.empty(place, because="button")
    assert (outside / "real.csv").read_bytes() == SECRET


def test_cut_off_it_is_still_asked_for(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live_in(place)
    house.ask(place, because="schedule")

    def power_cut(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(house.shutil, "rmtree", power_cut)
    with pytest.raises(KeyboardInterrupt):
        house.empty(place, because="schedule")
    assert house.is_training(place)
    assert house.asked(place) == "schedule"
    assert not (place / "keys.json").exists()


def test_it_is_due_the_next_day_and_asked_once(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not house.is_due(place)
    tomorrow = house.today() + timedelta(days=1)
    monkeypatch.setattr(house, "today", lambda: tomorrow)
    assert house.is_due(place)
    house.ask(place, because="schedule")
    house.ask(place, because="button")
    assert house.asked(place) == "schedule"
    (place / house.ASKED).write_text("half a li", encoding="utf-8")
    assert house.asked(place) == ""


def test_the_trainers_password_is_drawn_once_and_for_the_owner_alone(place: Path) -> None:
    password = house.trainer_password(place)
    house.empty(place, because="button")
    assert house.trainer_password(place) == password
    assert stat.S_IMODE((place.parent / "trainer.json").stat().st_mode) == 0o600


def test_no_setting_leads_a_training_house_to_the_real_database(place: Path, tmp_path: Path) -> None:
    told = (
        "from lumbung.config import settings as s; print(s.TRAINING, s.DATABASES['default']['NAME'], "
        "s.LUMBUNG_KEY_FILE, s.STORED, s.SESSION_COOKIE_NAME)"
    )
    elsewhere = {
        "LUMBUNG_HOME": str(place),
        "DATABASE_URL": "postgres://real/one",
        "LUMBUNG_KEY_FILE": str(tmp_path / "real.json"),
        "LUMBUNG_STORAGE": "file:/real",
    }
    run = subprocess.run(
        [sys.executable, "-c", told], env={**os.environ, **elsewhere}, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["True", f"{place}/lumbung.db", f"{place}/keys.json", str(place), "latihan_sesi"]
