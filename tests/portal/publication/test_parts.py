"""What was put together out of a dataset follows it: closed with it, on every route, and gone when it is removed."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.accounts.permissions import Conflicting
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset, ForbiddenDigest
from lumbung.portal.catalogue.search import ranked
from lumbung.portal.catalogue.vocabulary import ClosingGround
from lumbung.portal.intake.jobs import inspect_submission
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.states import State
from lumbung.portal.publication.actions import close_by_itself, publish, quarantine, remove, restore, withdraw
from lumbung.portal.publication.derived import PART_CLOSED
from lumbung.portal.publication.stacking import freshen
from tests.portal.conftest import Regency
from tests.portal.publication.test_closing import routes, statuses
from tests.portal.publication.test_remove import database_files, holding
from tests.portal.publication.test_stacking import County, latest, rows_of
from tests.portal.shelves import somebody

PLANTED = 987_654_123  # a number of schools that no village has

# Closes or removes as the site does, and is killed at the moment that its argument names.
KILLED = """
import os, signal, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "lumbung.config.settings"
import django
from django.conf import settings
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from lumbung.portal.accounts.models import Person
from lumbung.portal.audit.actors import SYSTEM
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.publication import actions, shelving
part, person = Dataset.objects.get(slug=sys.argv[2]), Person.objects.get(pk=sys.argv[3])
room, name = {"closing": (actions, "close_made"), "recording": (actions, "record"),
              "bytes": (shelving.shutil, "rmtree"), "checking": (actions, "_forget_old_pages")}[sys.argv[4]]
setattr(room, name, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
if sys.argv[4] in ("closing", "recording"):
    actions.quarantine(part, person=person, by=SYSTEM, because="Salah.")
else:
    actions.remove(part, person=person, by=SYSTEM, because="Salah.", title=part.title)
"""


class ThreeVillages(County):
    """One more village, whose answers carry the planted number."""

    def __init__(self, regency: Regency, person: Any, actor: Actor) -> None:
        super().__init__(regency, person, actor)
        place = Organisation.objects.get_parent(regency.village)
        third = Organisation.objects.add_child(place, {"kind": "village", "name": "Desa Cibening", "slug": "ketiga"})
        Organisation.objects.filter(pk=third.pk).update(kode="99.01.01.2003")
        third.refresh_from_db()
        self.villages.append(third)
        self.producers.append(somebody(Role.PRODUSEN, third))

    def part(self, which: int) -> Dataset:
        return Dataset.objects.filter(organisation=self.villages[which]).latest("pk")

    def open_stack(self) -> Dataset | None:
        return Dataset.objects.filter(organisation=self.regency.top, state="published").first()

    def close(self, which: int) -> None:
        quarantine(self.part(which), person=self.walidata, by=self.actor, because="Salah.")


@pytest.fixture
def three(regency: Regency, person: Any, actor: Actor) -> ThreeVillages:
    """All three have published, and stand in the stack; the last with the planted number."""
    county = ThreeVillages(regency, person, actor)
    for which, count in enumerate((10, 20, PLANTED)):
        county.deliver(which, count)
    county.settle()
    assert county.open_stack()
    return county


def villages_in(dataset: Dataset | None) -> set[str]:
    assert dataset
    return {row["kode_wilayah"][-1] for row in rows_of(dataset)}


def stack_of(three: ThreeVillages) -> Dataset:
    stack = three.open_stack()
    assert stack
    return stack


def by_hand(three: ThreeVillages) -> None:
    three.close(2)


def by_itself(three: ThreeVillages) -> None:
    close_by_itself(three.part(2), because="Tidak lolos lagi.")


def withdrawn(three: ThreeVillages) -> None:
    ground = ClosingGround.OUTDATED
    withdraw(three.part(2), person=three.walidata, by=three.actor, because="Usang.", ground=ground)


@pytest.mark.parametrize("close", [by_hand, by_itself, withdrawn])
def test_a_closed_part_closes_the_stack_everywhere_and_another_follows(three: ThreeVillages, close: Any) -> None:
    stack, neighbour = stack_of(three), three.part(0)
    files = routes(stack)
    assert statuses(stack) == {200}
    close(three)
    assert {Client().get(path).status_code for path in files} == {410}
    assert stack.pk not in ranked(Dataset.objects.all(), "sarana prasarana desa")
    assert statuses(neighbour) == {200}
    assert "Salah satu bagiannya ditutup" in Client().get(stack.get_absolute_url()).content.decode()
    told = Event.objects.get(kind="quarantined", subject=stack.subject.key)
    assert (told.because, told.details["part"], told.details["ground"]) == (PART_CLOSED, three.part(2).slug, "bagian")
    three.settle()
    assert villages_in(three.open_stack()) == {"1", "2"}


def test_fewer_than_two_leave_it_closed_and_say_why(three: ThreeVillages) -> None:
    stack = stack_of(three)
    three.close(2)
    three.close(1)
    three.settle()
    stack.refresh_from_db()
    assert three.open_stack() is None
    assert (stack.state, stack.state_because) == ("quarantined", PART_CLOSED)


def test_a_part_restored_comes_back_by_a_new_stack(three: ThreeVillages) -> None:
    stack, walidata = stack_of(three), three.walidata
    three.close(2)
    stack.refresh_from_db()
    with pytest.raises(Conflicting) as caught:
        restore(stack, person=walidata, by=three.actor, because="Ingin saja.")
    assert caught.value.code == "part-closed"
    assert statuses(stack) == {410}
    three.settle()
    between = stack_of(three)
    restore(three.part(2), person=walidata, by=three.actor, because="Keliru ditutup.")
    three.settle()
    assert stack_of(three) == between
    assert villages_in(between) == {"1", "2", "3"}
    assert between.releases.count() == 2
    assert statuses(stack) == {410}


def test_what_was_on_its_way_with_a_closed_part_is_given_up(three: ThreeVillages) -> None:
    three.deliver(0, 11)
    freshen()
    waiting = latest(three)
    inspect_submission.call(str(waiting.pk))
    three.close(2)
    three.settle()
    waiting.refresh_from_db()
    assert waiting.state == State.SHREDDED
    assert villages_in(three.open_stack()) == {"1", "2"}


def test_nobody_publishes_a_stack_whose_part_was_closed_meanwhile(three: ThreeVillages) -> None:
    from lumbung.portal.review.actions import decide
    from lumbung.portal.review.models import Answer
    from lumbung.portal.review.queries import as_seen

    three.deliver(0, 11)
    freshen()
    waiting = latest(three)
    inspect_submission.call(str(waiting.pk))
    waiting.refresh_from_db()
    decide(waiting, person=three.walidata, by=three.actor, answer=Answer.APPROVE, because="Ya.", seen=as_seen(waiting))
    waiting.refresh_from_db()
    three.close(2)
    with pytest.raises(Conflicting) as caught:
        publish(waiting, person=three.walidata, by=three.actor)
    assert caught.value.code == "part-closed"
    assert three.open_stack() is None


def test_a_part_closed_while_the_stack_is_written_is_not_taken_in(
    three: ThreeVillages, monkeypatch: pytest.MonkeyPatch
) -> None:
    three.deliver(0, 11)
    count = Submission.objects.count()

    def closes_first(*_: object, **__: object) -> dict[str, str]:
        three.close(2)
        return {}

    monkeypatch.setattr("lumbung.portal.publication.stacking.described", closes_first)
    assert freshen() == 0
    assert Submission.objects.count() == count


@pytest.mark.django_db(transaction=True)
def test_removal_leaves_no_byte_in_any_stack(three: ThreeVillages, home: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("looks into the files of SQLite; PostgreSQL keeps dead rows until VACUUM")
    three.deliver(0, 11)
    three.settle()
    stack, part, word = stack_of(three), three.part(2), str(PLANTED)
    assert stack.releases.count() == 2
    assert len(holding(word, home / "shelf")) > 2
    three.close(2)
    traces = remove(part, person=three.walidata, by=three.actor, because="Data pribadi.", title=part.title)
    assert set(traces.left().values()) == {0}
    stack.refresh_from_db()
    assert (stack.state, stack.title, stack.releases.count()) == ("removed", "", 0)
    assert statuses(stack) == {410}
    connection.close()
    assert holding(word, home, *database_files()) == []
    three.settle()
    assert villages_in(three.open_stack()) == {"1", "2"}
    assert holding(word, home / "shelf") == []


def test_removal_takes_what_waits_unpublished_and_forbids_only_the_part(three: ThreeVillages) -> None:
    three.deliver(0, 11)
    freshen()
    waiting, part = latest(three), three.part(2)
    three.close(2)
    remove(part, person=three.walidata, by=three.actor, because="Data pribadi.", title=part.title)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.storage_key) == (State.SHREDDED, "")
    assert not ForbiddenDigest.objects.filter(sha256=waiting.sha256).exists()
    three.deliver(2, 30)
    three.settle()
    assert villages_in(three.open_stack()) == {"1", "2", "3"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moment", ["closing", "recording", "bytes", "checking"])
def test_a_worker_killed_leaves_all_or_nothing(three: ThreeVillages, home: Path, moment: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the killed process opens the test's database by its file")
    stack, part = stack_of(three), three.part(2)
    removing = moment in ("bytes", "checking")
    if removing:
        three.close(2)
    arguments = [str(connection.settings_dict["NAME"]), part.slug, str(three.walidata.pk), moment]
    environment = {**os.environ, "LUMBUNG_HOME": str(home)}
    ended = subprocess.run([sys.executable, "-c", KILLED, *arguments], env=environment, check=False)
    assert ended.returncode == -signal.SIGKILL
    states = set(Dataset.objects.filter(pk__in=(stack.pk, part.pk)).values_list("state", flat=True))
    assert states == ({"removed"} if moment == "checking" else {"quarantined"} if removing else {"published"})
    if not removing:
        three.close(2)
    elif moment == "bytes":
        remove(part, person=three.walidata, by=three.actor, because="Data pribadi.", title=part.title)
    assert statuses(stack) == {410}
    assert bool(holding(str(PLANTED), home / "shelf")) is not removing


@pytest.mark.django_db(transaction=True)
def test_two_parts_closed_at_once(three: ThreeVillages, home: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the other process opens the test's database by its file")
    stack = stack_of(three)
    quiet = KILLED.replace("setattr(room, name", "(lambda *_: None)(room, name")
    arguments = [str(connection.settings_dict["NAME"]), str(three.walidata.pk), "closing"]
    environment = {**os.environ, "LUMBUNG_HOME": str(home)}
    both = [
        subprocess.Popen(
            [sys.executable, "-c", quiet, arguments[0], three.part(which).slug, *arguments[1:]], env=environment
        )
        for which in (1, 2)
    ]
    assert [one.wait() for one in both] == [0, 0]
    assert Event.objects.filter(kind="quarantined", subject=stack.subject.key).count() == 1
    assert statuses(stack) == {410}
    three.settle()
    assert three.open_stack() is None


def test_a_closing_cut_short_by_an_error_closes_nothing(three: ThreeVillages, monkeypatch: pytest.MonkeyPatch) -> None:
    stack = stack_of(three)

    def fails(*_: object, **__: object) -> None:
        raise OSError(5, "input/output error")

    monkeypatch.setattr("lumbung.portal.publication.actions.close_made", fails)
    with pytest.raises(OSError, match="input/output"):
        three.close(2)
    assert (statuses(stack), statuses(three.part(2))) == ({200}, {200})
