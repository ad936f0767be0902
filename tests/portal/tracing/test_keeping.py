"""Fingerprints write themselves: of what is held and shredded, of what is published; and go on their day."""

import io
import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from lumbung.portal.audit import keys
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.intake.actions import shred
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.states import State
from lumbung.portal.tracing import catching_up, expiring, keeping
from lumbung.portal.tracing.models import Holding, Origin, Question
from lumbung.portal.tracing.places import place
from tests.portal.shelves import TABLE, Desk, actor
from tests.portal.tracing.people import numbers, register

pytestmark = pytest.mark.django_db(transaction=True)
Asked = Callable[..., Question]


def files(home: Path) -> list[Path]:
    return sorted((home / "tracing" / "indexes").glob("*"))


def everything(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_a_held_register_is_shredded_and_its_fingerprints_answer_still(desk: Desk, home: Path, asked: Asked) -> None:
    submission = desk.send(register(), name="penduduk.csv")
    assert submission.state == State.HELD
    shred(submission, by=actor(desk.producer), because="Salah kirim.")
    submission.refresh_from_db()
    assert (submission.storage_key, bytes(submission.wrapped_key)) == ("", b"")
    held = Holding.objects.get()
    assert (held.origin, held.people, held.code) == (Origin.SUBMISSION, 60, "")
    assert [path.name for path in files(home)] == [held.file]
    assert not [number for number in numbers() if number.encode() in everything(home)]
    answer = asked(register(10, 30)).answer
    assert (answer["verdict"], answer["matched"]) == ("ours", 30)
    line = Event.objects.get(kind=Kind.FINGERPRINTED)
    assert line.details == {"rows": 60, "until": held.until.isoformat(), "origin": "submission"}


def test_what_has_nobody_in_it_says_so_and_is_not_looked_at_twice(desk: Desk, home: Path) -> None:
    desk.publish()
    assert catching_up.catch_up() == 1
    assert catching_up.catch_up() == 0
    assert set(Holding.objects.values_list("origin", "code")) == {("submission", "nobody"), ("release", "nobody")}
    assert not files(home)


def test_a_release_that_lies_there_is_caught_up_with(desk: Desk, home: Path) -> None:
    dataset = desk.publish()
    release = dataset.releases.get()
    file = release.distributions.filter(format="csv").get()
    lies = home / "shelf" / file.path
    lies.chmod(0o600)
    lies.write_bytes(register())  # an old release, from before the gate knew what it knows today
    catching_up.catch_up()
    held = Holding.objects.get(origin=Origin.RELEASE)
    assert (held.people, held.version) == (60, f"rilis 1 dari {dataset.slug}")


def test_submissions_of_earlier_days_are_caught_up_with(desk: Desk) -> None:
    desk.send(register())
    expiring.destroy(Holding.objects.get(), by=actor(desk.ppdp))
    Holding.objects.all().delete()
    assert catching_up.catch_up() == 1
    assert Holding.objects.get().people == 60


def test_a_file_that_was_not_wholly_read_is_not_opened_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "of_file", lambda plain: pytest.fail("opened a second time"))
    desk.send(b"PK\x03\x04 neither a package nor anything else", name="rusak.xlsx")
    assert Holding.objects.get().code == "not-wholly-read"


def test_they_are_destroyed_on_their_day_whatever_key_they_have(desk: Desk, home: Path, asked: Asked) -> None:
    desk.send(register())
    Holding.objects.update(until=timezone.localdate() - timedelta(days=1), key="0" * 16)
    assert expiring.expire() == 1
    assert not files(home)
    held = Holding.objects.get()
    assert (held.file, held.content, held.people) == ("", "", 60)
    assert held.destroyed_at
    assert expiring.expire() == 0
    assert Event.objects.filter(kind=Kind.FINGERPRINTS_DESTROYED).count() == 1
    assert asked(register()).answer["verdict"] == "cannot-tell"


def test_a_changed_key_has_what_still_lies_here_made_anew(desk: Desk, home: Path, asked: Asked) -> None:
    desk.send(register())
    gone = desk.send(register(500))
    shred(gone, by=actor(desk.producer), because="Salah kirim.")
    key_file = home / "keys.json"
    known = json.loads(key_file.read_text())
    del known["trace"]
    key_file.write_text(json.dumps(known))
    assert catching_up.catch_up() == 0  # without a key nothing is made, and nothing breaks
    keys.ensure(key_file, home=home)
    catching_up.catch_up()
    answer = asked(register(0, 60)).answer
    assert answer["verdict"] == "ours"
    assert set(answer["unusable"].values()) == {"wrong-key"}
    assert asked(register(500, 60)).answer["verdict"] == "none"


def test_a_full_disk_keeps_no_verdict_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keeping, "write", full)
    assert desk.send(register()).state == State.HELD
    assert not Holding.objects.exists()
    assert Submission.objects.count() == 1


def test_two_at_once_keep_one(desk: Desk, home: Path) -> None:
    numbers_, rows = keeping.of_file(io.BytesIO(register()))
    about = {"source": "desa", "version": "1", "numbers": numbers_, "rows": rows}
    assert keeping.keep(Origin.RELEASE, "7", **about) is not None
    assert keeping.keep(Origin.RELEASE, "7", **about) is None
    assert len(files(home)) == 1


def test_a_file_that_no_row_knows_is_swept(desk: Desk, home: Path) -> None:
    left = place("indexes") / "left.sidik"
    left.write_bytes(b"x")
    assert expiring.expire() == 0
    os.utime(left, (1, 1))
    assert expiring.expire() == 1
    assert not left.exists()


def test_tables_stay(desk: Desk) -> None:
    """Nothing of this keeps a harmless file from its verdict."""
    assert desk.send(TABLE).state == State.IN_REVIEW
