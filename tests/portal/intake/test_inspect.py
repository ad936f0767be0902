"""The job: a clean file goes on to review, a register is held, doubt is not yes, and a dead worker loses nothing."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from lumbung import gate
from lumbung.portal.accounts.models import Person
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.intake import actions, vault
from lumbung.portal.intake.inspecting import MOST_ATTEMPTS, WorkFailed, begin, record_inspection
from lumbung.portal.intake.jobs import inspect_submission, recover
from lumbung.portal.intake.models import Submission, Trouble
from lumbung.portal.intake.queries import is_cleared
from lumbung.portal.intake.states import State
from tests.portal.intake.conftest import Receive, kinds, register

WALK = [Kind.RECEIVED, Kind.INSPECTION_STARTED]


def aged(submission: Submission) -> None:
    """As if the worker had given no sign of life for an hour."""
    Submission.objects.filter(pk=submission.pk).update(heartbeat=timezone.now() - timedelta(hours=1))


def test_a_clean_file_goes_on(inspected: Receive) -> None:
    submission = inspected()
    assert submission.state == State.IN_REVIEW
    assert submission.rules_version == gate.rules_version()
    assert submission.inspection["sha256"] == submission.sha256
    assert is_cleared(submission)
    assert kinds() == [*WALK, Kind.SENT_TO_REVIEW]


def test_a_register_is_held(inspected: Receive) -> None:
    submission = inspected(register(), name="register.csv")
    assert submission.state == State.HELD
    assert "nik" in submission.holding_codes()
    assert not is_cleared(submission)
    assert kinds() == [*WALK, Kind.FINGERPRINTED, Kind.HELD]
    assert "nik" in Event.objects.get(kind=Kind.HELD).details["codes"]


def test_a_number_in_the_file_name_is_found(inspected: Receive) -> None:
    from tests.portal.intake.conftest import secret_numbers

    submission = inspected(name=f"KTP {secret_numbers()[0]}.csv")
    assert submission.state == State.HELD


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"PK\x03\x04broken", "rusak.xlsx", None),
        (b"%PDF-1.7 not a table", "surat.pdf", "unreadable"),
        (bytes(range(256)) * 10, "data.bin", "unknown-format"),
    ],
)
def test_what_cannot_be_read_is_held(content: bytes, name: str, code: str | None, inspected: Receive) -> None:
    submission = inspected(content, name=name)
    assert submission.state == State.HELD
    assert code is None or code in submission.holding_codes()


def test_nothing_the_second_time(inspected: Receive) -> None:
    submission = inspected()
    before = kinds()
    inspect_submission.call(str(submission.pk))
    assert kinds() == before


def test_only_one_worker_takes_it(receive: Receive) -> None:
    submission = receive()
    assert begin(submission.pk) is not None
    assert begin(submission.pk) is None


def test_an_overtaken_worker_writes_nothing(receive: Receive) -> None:
    submission = receive()
    slow = begin(submission.pk)
    aged(submission)
    fast = begin(submission.pk)
    assert slow and fast and (slow.attempts, fast.attempts) == (1, 2)
    with vault.open_plain(fast) as plain:
        inspection = gate.inspect(plain, name="a.csv")
    record_inspection(slow, inspection=inspection)
    submission.refresh_from_db()
    assert submission.state == State.INSPECTING
    record_inspection(fast, inspection=inspection)
    submission.refresh_from_db()
    assert submission.state == State.IN_REVIEW


def test_after_three_attempts_it_is_held(receive: Receive) -> None:
    submission = receive()
    for _ in range(MOST_ATTEMPTS):
        assert begin(submission.pk)
        aged(submission)
    assert begin(submission.pk) is None
    submission.refresh_from_db()
    assert (submission.state, submission.trouble) == (State.HELD, Trouble.INTERRUPTED)
    assert kinds()[-1] == Kind.HELD
    assert not is_cleared(submission)


def test_recovery_puts_back_what_was_left(receive: Receive) -> None:
    submission = receive()
    assert recover() == 0
    begin(submission.pk)
    assert recover() == 0
    aged(submission)
    assert recover() == 1
    aged(submission)
    inspect_submission.call(str(submission.pk))
    submission.refresh_from_db()
    assert submission.state == State.IN_REVIEW


def test_recovery_finds_what_nobody_took_up(receive: Receive) -> None:
    submission = receive()
    aged(submission)
    assert recover() == 1
    assert recover() == 0, "once is enough for a while"


@pytest.mark.parametrize("damage", ["flip", "cut", "gone", "swap"])
def test_tampered_ciphertext_is_held(
    damage: str, receive: Receive, home: Path, producer: Person, client: Client
) -> None:
    submission, other = receive(), receive(b"lain;isi\n1;2\n", name="lain.csv")
    place = home / "submissions" / submission.storage_key
    data = bytearray(place.read_bytes())
    if damage == "flip":
        data[5] ^= 1
        place.write_bytes(data)
    elif damage == "cut":
        place.write_bytes(data[:-7])
    elif damage == "gone":
        place.unlink()
    else:
        place.write_bytes((home / "submissions" / other.storage_key).read_bytes())
    inspect_submission.call(str(submission.pk))
    submission.refresh_from_db()
    assert (submission.state, submission.trouble) == (State.HELD, Trouble.DAMAGED)
    client.force_login(producer)
    assert "tidak lagi sama" in client.get(submission.get_absolute_url()).content.decode()


def test_without_key_file_it_is_held(receive: Receive, home: Path) -> None:
    submission = receive()
    (home / "keys.json").unlink()
    inspect_submission.call(str(submission.pk))
    submission.refresh_from_db()
    assert (submission.state, submission.trouble) == (State.HELD, Trouble.DAMAGED)


def test_a_failing_gate_leaves_no_words(receive: Receive, monkeypatch: pytest.MonkeyPatch) -> None:
    """The text of an error may quote a cell; a gate that fails is put in place of the real one to provoke it."""

    def fail(*_: object, **__: object) -> None:
        raise ValueError("3308010101909001")

    monkeypatch.setattr(gate, "inspect", fail)
    submission = receive()
    with pytest.raises(WorkFailed) as caught:
        inspect_submission.call(str(submission.pk))
    assert str(caught.value) == "ValueError"
    assert caught.value.__suppress_context__
    submission.refresh_from_db()
    assert submission.state == State.INSPECTING


def test_inspected_again_when_asked(inspected: Receive, actor: Actor) -> None:
    submission = inspected()
    actions.inspect_again(submission, by=actor, because="aturan berubah")
    submission.refresh_from_db()
    assert (submission.state, submission.attempts) == (State.RECEIVED, 0)
    inspect_submission.call(str(submission.pk))
    submission.refresh_from_db()
    assert submission.state == State.IN_REVIEW


WORKER = """
import os, sys, django
from django.conf import settings
django.setup()
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from lumbung import gate
def never(*_, **__):
    print("at it", flush=True)
    sys.stdin.read()
gate.inspect = never  # a file that takes for ever
from lumbung.portal.intake.jobs import inspect_submission
inspect_submission.call(sys.argv[2])
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_loses_nothing(receive: Receive, home: Path) -> None:
    """A real process takes the file up, is killed with SIGKILL in the middle, and another ends the work."""
    submission = receive()
    environment = {
        **os.environ,
        "LUMBUNG_HOME": str(home),
        "LUMBUNG_KEY_FILE": str(home / "keys.json"),
        "DJANGO_SETTINGS_MODULE": "lumbung.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    environment.pop("LUMBUNG_STORAGE", None)
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(connection.settings_dict["NAME"]), str(submission.pk)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert worker.stdout and worker.stdin
    assert worker.stdout.readline() == b"at it\n"
    submission.refresh_from_db()
    assert submission.state == State.INSPECTING
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    worker.stdout.close()
    worker.stdin.close()
    assert recover() == 0, "still within its silence"
    aged(submission)
    assert recover() == 1
    inspect_submission.call(str(submission.pk))
    submission.refresh_from_db()
    assert (submission.state, submission.attempts) == (State.IN_REVIEW, 2)
    assert kinds() == [Kind.RECEIVED, Kind.INSPECTION_STARTED, Kind.INSPECTION_STARTED, Kind.SENT_TO_REVIEW]


@pytest.mark.django_db(transaction=True)
def test_a_working_worker_gives_signs_of_life(receive: Receive, monkeypatch: pytest.MonkeyPatch) -> None:
    from lumbung.portal.intake import inspecting

    monkeypatch.setattr(inspecting, "BEAT", 0.05)
    submission = begin(receive().pk)
    assert submission and submission.heartbeat
    until = time.monotonic() + 30
    with inspecting.alive(inspecting.mine(submission)):
        while time.monotonic() < until:
            seen = Submission.objects.get(pk=submission.pk)
            if seen.heartbeat and seen.heartbeat > submission.heartbeat:
                break
    assert seen.heartbeat > submission.heartbeat


def test_the_gate_and_the_door_agree_on_size() -> None:
    """What the door takes in, the gate opens."""
    from lumbung.judge import policy

    assert policy().inspection.largest_megabytes * 2**20 == django_settings.UPLOAD_LIMIT
