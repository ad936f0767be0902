"""Full disks, lost connections, two at once: nothing kept by halves, nothing acknowledged and lost."""

import errno
import io
import resource
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import IntegrityError, connection
from django.test import Client, RequestFactory

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Conflicting
from lumbung.portal.audit.actors import Actor
from lumbung.portal.intake import actions, vault
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.upload_views import new
from tests.portal.conftest import CSV, Regency
from tests.portal.intake.conftest import Receive
from tests.portal.intake.test_receive import form, stored

FULL_DISK = """
import resource, signal, sys
from pathlib import Path
import django
from django.conf import settings
django.setup()
settings.STORED = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))
from lumbung.portal.accounts.permissions import OutOfRoom
from lumbung.portal.intake.uploads import SealingHandler
handler = SealingHandler(None, limit=10**9)
handler.new_file("file", "a.csv", "text/csv", None)
try:
    for step in range(200):
        handler.receive_data_chunk(bytes(65_536), step * 65_536)
except OutOfRoom as refusal:
    print(refusal.code)
finally:
    handler.tidy()
"""


def test_a_disk_that_fills_up(home: Path) -> None:
    """A real limit of the kernel on the size of files, in a process of its own, stands for the full disk."""
    assert resource.RLIMIT_FSIZE
    run = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(home)],
        env={
            "PYTHONPATH": ":".join(sys.path),
            "DJANGO_SETTINGS_MODULE": "lumbung.config.settings",
            "LUMBUNG_HOME": str(home),
        },
        capture_output=True,
        text=True,
    )
    assert run.stdout == "disk-full\n", run.stderr
    assert stored(home) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_no_room_in_kind_words(
    number: int, producer: Person, regency: Regency, client: Client, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kernel's own answer for a full disk, raised by a write that is put in place of the real one."""

    def full(*_: object) -> None:
        raise OSError(number, "no room")

    monkeypatch.setattr(vault.Arriving, "_put", full)
    client.force_login(producer)
    answer = client.post("/meja/kiriman/baru", form(regency))
    assert answer.status_code == 507
    assert "sedang penuh" in answer.content.decode()
    assert (Submission.objects.count(), stored(home)) == (0, [])


@pytest.mark.parametrize("after", [0, 300, 70_000])
def test_a_lost_connection_leaves_nothing(
    after: int, producer: Person, regency: Regency, home: Path, rf: RequestFactory
) -> None:
    class Lost(io.BytesIO):
        def read(self, size: int = -1) -> bytes:
            if self.tell() >= after:
                raise OSError("connection reset")
            return super().read(min(size, max(1, after - self.tell())) if size > 0 else after - self.tell())

    request = rf.post("/meja/kiriman/baru", form(regency, CSV * 3000))
    request.user = producer
    request._dont_enforce_csrf_checks = True
    request._stream.__init__(Lost(request.read()), 300_000)
    request._read_started = False
    with pytest.raises(OSError):
        new(request)
    assert (Submission.objects.count(), stored(home)) == (0, [])


def test_the_database_fails_after_the_file_is_kept(
    receive: Receive, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What queues the job fails in the transaction: neither row nor file stays."""

    def fail(*_: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(actions, "_queue", fail)
    with pytest.raises(IntegrityError):
        receive()
    assert (Submission.objects.count(), stored(home)) == (0, [])


Taker = Callable[[], None]


@pytest.mark.django_db(transaction=True)
def test_the_same_file_twice_at_the_same_moment(producer: Person, regency: Regency, actor: Actor, home: Path) -> None:
    together = threading.Barrier(2)
    outcomes: list[str] = []

    def take() -> None:
        sealed = vault.seal_bytes([CSV], name="a.csv")
        together.wait()
        try:
            actions.receive(
                sealed, person=producer, organisation=regency.village, by=actor, description={"title": "x"}
            )
            outcomes.append("received")
        except Conflicting as refusal:
            outcomes.append(refusal.code)
        finally:
            sealed.discard()
            connection.close()

    takers = [threading.Thread(target=take) for _ in range(2)]
    for taker in takers:
        taker.start()
    for taker in takers:
        taker.join()
    assert sorted(outcomes) == ["already-here", "received"]
    submission = Submission.objects.get()
    assert [path.name for path in stored(home)] == [str(submission.pk)]
    with vault.open_plain(submission) as plain:
        assert plain.read() == CSV
