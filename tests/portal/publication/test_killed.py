"""A process killed in the middle of a publication: nothing is public of it, and nothing of it stays on the disk."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from lumbung.portal.catalogue.models import Release
from lumbung.portal.catalogue.shelf import shelf
from lumbung.portal.intake.states import State
from lumbung.portal.publication.actions import publish, quarantine
from lumbung.portal.publication.jobs import sweep_shelf
from tests.portal.shelves import Desk, actor

LONG_AGO = time.time() - 2 * 3600

# Publishes as the site does, and is killed at the moment that its argument names.
KILLED = """
import os, signal, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "lumbung.config.settings"
import django
from django.conf import settings
django.setup()
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from lumbung.portal.accounts.models import Person
from lumbung.portal.audit.actors import SYSTEM
from lumbung.portal.intake.models import Submission
from lumbung.portal.publication import actions, rebuilding, shelving
from lumbung.portal.catalogue import search
die = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
setattr(*{"making": (rebuilding, "check_words"), "standing": (actions, "put_up"), "rows": (search, "index"),
          "recording": (actions, "record")}[sys.argv[3]], die)
actions.publish(Submission.objects.get(pk=sys.argv[2]), person=Person.objects.get(pk=sys.argv[4]), by=SYSTEM)
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moment", ["making", "standing", "rows", "recording"])
def test_nothing_stands_and_it_can_be_done_again(desk: Desk, home: Path, moment: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the killed process opens the test's database by its file")
    submission = desk.approve(desk.send())
    database = str(connection.settings_dict["NAME"])
    arguments = [database, str(submission.pk), moment, str(desk.walidata.pk)]
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, *arguments], env={**os.environ, "LUMBUNG_HOME": str(home)}, check=False
    )
    assert ended.returncode == -signal.SIGKILL
    submission.refresh_from_db()
    assert submission.state == State.APPROVED
    assert not Release.objects.exists()
    (left,) = shelf().iterdir()
    assert sweep_shelf() == 0  # it might still be at work
    os.utime(left, (LONG_AGO, LONG_AGO))
    assert sweep_shelf() == 1
    dataset = publish(submission, person=desk.walidata, by=actor(desk.walidata))
    assert Client().get(dataset.get_absolute_url()).status_code == 200


def test_what_has_rows_is_not_swept(desk: Desk) -> None:
    open_, closed = desk.publish(), desk.publish(b"desa;jumlah\nMekarsari;4\nCiwangi;9\n", title="Sumur")
    quarantine(closed, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    for folder in shelf().iterdir():
        os.utime(folder, (LONG_AGO, LONG_AGO))
    assert sweep_shelf() == 0
    assert len(list(shelf().iterdir())) == open_.releases.count() + closed.releases.count()


def test_the_housekeeper_sweeps_the_shelf(desk: Desk) -> None:
    from lumbung.config.management.commands.keep_house import go_round

    left = shelf() / ".making-left"
    left.mkdir(parents=True)
    os.utime(left, (LONG_AGO, LONG_AGO))
    go_round()
    assert not left.exists()
