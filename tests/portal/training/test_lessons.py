"""The lessons tick by the record alone; accounts and emptying are the trainer's."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from lumbung import gate
from lumbung.portal.accounts.models import Membership, Organisation, Person
from lumbung.portal.accounts.roles import Role
from lumbung.portal.accounts.second_step import needs_second_step
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.intake.jobs import inspect_submission
from lumbung.portal.intake.models import Submission
from lumbung.portal.training import actions, house
from lumbung.portal.training.lessons import lessons
from lumbung.portal.training.practice import CLEAN, FILE_NAMES, HELD, REGISTER, practice_file
from tests.portal.shelves import DESCRIPTION, Desk, signed_in

pytestmark = pytest.mark.django_db


def ticks(person: Person, number: int) -> list[bool]:
    """The steps of one lesson."""
    return [step.done for step in lessons(person)[number].steps]


def take(desk: Desk, lesson: str) -> bytes:
    """The practice file, as the browser saves it."""
    answer = signed_in(desk.producer).get(f"/meja/latihan/berkas/{lesson}")
    assert FILE_NAMES[lesson] in answer.headers["Content-Disposition"]
    return bytes(answer.content)


@pytest.mark.parametrize(("lesson", "verdict"), [(CLEAN, "open"), (REGISTER, "hold"), (HELD, "hold")])
def test_each_file_is_what_its_lesson_says(lesson: str, verdict: str, tmp_path: Path) -> None:
    file = practice_file(lesson, seed=7)
    path = tmp_path / file.name
    path.write_bytes(file.content)
    assert gate.inspect(path, name=file.name).verdict == verdict
    assert practice_file(lesson, seed=7) == file
    assert practice_file(lesson, seed=8).content != file.content


def test_what_is_left_of_the_held_table_is_open(tmp_path: Path) -> None:
    lines = practice_file(HELD, seed=7).content.decode().splitlines()
    path = tmp_path / "sisa.csv"
    path.write_text("\n".join(",".join(line.split(",")[:3]) for line in lines) + "\n", encoding="utf-8")
    assert gate.inspect(path, name=path.name).verdict == "open"


def test_the_first_upload_ticks_step_by_step(training: Path, desk: Desk) -> None:
    assert ticks(desk.producer, 0) == [False] * 4
    content = take(desk, CLEAN)
    assert ticks(desk.producer, 0) == [True, False, False, False]
    submission = desk.send(content, name=FILE_NAMES[CLEAN], **dict.fromkeys(DESCRIPTION, ""))
    assert ticks(desk.producer, 0) == [True, True, True, False]
    Submission.objects.filter(pk=submission.pk).update(**DESCRIPTION)
    assert lessons(desk.producer)[0].is_over
    assert "Pelajaran ini selesai" in signed_in(desk.producer).get("/meja/latihan").content.decode()


def test_another_file_and_another_person_tick_nothing(training: Path, desk: Desk) -> None:
    content = take(desk, CLEAN)
    desk.send()
    assert ticks(desk.producer, 0) == [True, False, False, False]
    desk.send(content, name=FILE_NAMES[CLEAN])
    assert not any(ticks(desk.stranger, 0))


def test_a_held_register_ticks_until_something_is_done(training: Path, desk: Desk) -> None:
    submission = desk.send(take(desk, REGISTER), name=FILE_NAMES[REGISTER])
    assert ticks(desk.producer, 1) == [True, True, True, False, False, False]
    inspect_submission.call(str(submission.pk))
    assert ticks(desk.producer, 2) == [False] * 5


def test_the_trainer_makes_accounts_that_count_in_one_village(training: Path, desk: Desk, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    page = signed_in(desk.walidata).post("/meja/latihan/peserta", {"number": "3"}).content.decode()
    made = list(Person.objects.filter(email__endswith=f"@{actions.DOMAIN}"))
    assert len(made) == 3
    for one in made:
        assert one.email in page
        assert [held.role for held in one.memberships.all()] == [Role.PRODUSEN]
        assert one.invented
        assert not needs_second_step(one)
    places = Organisation.objects.filter(memberships__in=Membership.objects.filter(person__in=made))
    assert {place.kind for place in places} == {"village"}
    again = signed_in(desk.walidata).get("/meja/latihan/peserta").content.decode()
    assert made[0].email not in again


@pytest.mark.parametrize("who", ["producer", "stranger", "ppdp", "duty", "admin"])
def test_nobody_else_makes_accounts_or_empties(training: Path, desk: Desk, who: str) -> None:
    browser = signed_in(getattr(desk, who))
    assert browser.post("/meja/latihan/peserta", {"number": "3"}).status_code == 403
    assert browser.post("/meja/latihan/kosongkan").status_code == 403
    assert not house.asked(training)
    assert not Person.objects.filter(email__endswith=f"@{actions.DOMAIN}").exists()


def test_the_button_asks_and_the_record_says_so(training: Path, desk: Desk) -> None:
    assert signed_in(desk.walidata).get("/meja/latihan/kosongkan").status_code == 405
    assert signed_in(desk.walidata).post("/meja/latihan/kosongkan").status_code == 202
    assert house.asked(training) == "button"
    assert Event.objects.get(kind=Kind.EMPTYING_ASKED).actor == f"person:{desk.walidata.pk}"


def test_whoever_keeps_house_asks_at_night(training: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    actions.empty_when_due()
    assert not house.asked(training)
    tomorrow = house.today() + timedelta(days=1)
    monkeypatch.setattr(house, "today", lambda: tomorrow)
    settings.TRAINING = False
    actions.empty_when_due()
    assert not house.asked(training)
    settings.TRAINING = True
    actions.empty_when_due()
    assert house.asked(training) == "schedule"


def test_the_new_house_begins_with_what_was_emptied(training: Path, desk: Desk) -> None:
    (training.parent / "emptied.jsonl").write_text('{"people": 4, "left": 0}\n', encoding="utf-8")
    (training.parent / "trainer.json").unlink(missing_ok=True)
    top = Organisation.objects.get(depth=1)
    actions.settle(top)
    actions.settle(top)
    line = Event.objects.get(kind=Kind.TRAINING_BEGUN)
    assert line.details == {"emptied": {"people": 4, "left": 0}}
    trainer = Person.objects.get(email=house.TRAINER)
    assert trainer.check_password(house.trainer_password(training))
    (training.parent / "emptied.jsonl").unlink()
    assert connection.in_atomic_block
