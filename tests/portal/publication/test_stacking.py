"""One dataset of all villages: made of published answers alone, fresh by itself, and left to people in doubt."""

import csv
import io
from typing import Any

import pytest
from django.utils import timezone

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.catalogue.shelf import path_of
from lumbung.portal.intake.blanks import actions as blank_actions
from lumbung.portal.intake.blanks.definition import blanks
from lumbung.portal.intake.blanks.queries import entry_of
from lumbung.portal.intake.jobs import inspect_submission
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.states import State
from lumbung.portal.publication.actions import publish, quarantine
from lumbung.portal.publication.stacking import freshen
from lumbung.portal.review.actions import decide
from lumbung.portal.review.models import Answer
from lumbung.portal.review.queries import as_seen
from tests.portal.conftest import Regency

YEAR = timezone.localdate().year


class County:
    """Two villages, a producer in each, and a walidata over both."""

    def __init__(self, regency: Regency, person: Any, actor: Actor) -> None:
        self.regency, self.actor = regency, actor
        self.villages = [regency.village, regency.neighbour]
        for number, village in enumerate(self.villages, start=1):
            Organisation.objects.filter(pk=village.pk).update(kode=f"99.01.01.200{number}")
            village.refresh_from_db()
        self.producers: list[Person] = [person("produsen", village) for village in self.villages]
        self.walidata: Person = person("walidata", regency.top)

    def deliver(self, which: int, count: int, *, code: str = "sarana", values: Any = None) -> Submission:
        """Fill in, send, inspect, approve, publish."""
        blank, person, village = blanks()[code], self.producers[which], self.villages[which]
        draft = entry_of(village, blank, YEAR)
        filled = values or {"K3": {"jumlah": count, "baik": count}, "I1": {"jumlah": 12, "baik": 12}}
        about = {"values": filled, "version": draft.version if draft else 0, "person": person, "by": self.actor}
        entry = blank_actions.save(village, blank, YEAR, **about)
        sent = blank_actions.send(entry, blank, person=person, by=self.actor)
        inspect_submission.call(str(sent.pk))
        sent.refresh_from_db()
        assert sent.state == State.IN_REVIEW, sent.inspection
        answer = {"answer": Answer.APPROVE, "because": "Sesuai.", "seen": as_seen(sent)}
        decide(sent, person=self.walidata, by=self.actor, **answer)
        sent.refresh_from_db()
        publish(sent, person=self.walidata, by=self.actor)
        sent.refresh_from_db()
        return sent

    def settle(self) -> None:
        """What housekeeping and a worker do in a quarter of a minute."""
        for _ in range(3):
            freshen()
            for waiting in Submission.objects.filter(state=State.RECEIVED):
                inspect_submission.call(str(waiting.pk))

    def stack(self) -> Dataset | None:
        return Dataset.objects.filter(organisation=self.regency.top).first()


def rows_of(dataset: Dataset) -> list[dict[str, str]]:
    newest = dataset.releases.first()
    assert newest
    file = newest.distributions.get(format="csv")
    return list(csv.DictReader(io.StringIO(path_of(file).read_text(encoding="utf-8"))))


def latest(county: County) -> Submission:
    return Submission.objects.filter(organisation=county.regency.top).latest("received_at")


@pytest.fixture
def county(regency: Regency, person: Any, actor: Actor) -> County:
    return County(regency, person, actor)


def test_two_villages_make_one_table_and_it_stays_fresh(county: County) -> None:
    county.deliver(0, 10)
    county.settle()
    assert county.stack() is None, "one village alone has its own dataset"
    county.deliver(1, 20)
    county.settle()
    stack = county.stack()
    assert stack
    assert stack.title == "Sarana dan prasarana desa, semua desa, Kabupaten Lumbung Raya"
    posts = {row["kode_wilayah"]: row["jumlah"] for row in rows_of(stack) if row["kode"] == "K3"}
    assert posts == {"99.01.01.2001": "10", "99.01.01.2002": "20"}
    count = Submission.objects.count()
    county.settle()
    assert Submission.objects.count() == count, "nothing changed, nothing sent"

    county.deliver(1, 33)
    county.settle()
    stack.refresh_from_db()
    assert stack.releases.count() == 2
    assert {row["jumlah"] for row in rows_of(stack) if row["kode"] == "K3"} == {"10", "33"}
    by_itself = Event.objects.filter(kind="approved", subject__contains=str(latest(county).pk)).get()
    assert by_itself.because.startswith("Disusun sendiri")


def test_what_is_closed_is_no_part_of_it(county: County) -> None:
    first = county.deliver(0, 10)
    county.deliver(1, 20)
    dataset = Dataset.objects.get(organisation=first.organisation)
    quarantine(dataset, person=county.walidata, by=county.actor, because="Salah.")
    county.settle()
    assert county.stack() is None, "one village alone makes no stack"


def test_no_free_text_gets_there(county: County) -> None:
    values = {"1": {"jenis": "Wisata alam", "nama": "Curug Sewu", "volume": 1200, "satuan": "pengunjung"}}
    for which in (0, 1):
        county.deliver(which, 0, code="potensi", values=values)
    county.settle()
    stack = county.stack()
    assert stack
    assert "nama" not in rows_of(stack)[0]
    assert "Curug" not in str(rows_of(stack))


def test_an_approver_who_has_left_leaves_it_to_people(county: County) -> None:
    county.deliver(0, 10)
    county.deliver(1, 20)
    county.walidata.memberships.all().delete()
    county.settle()
    assert county.stack() is None
    waiting = Submission.objects.get(organisation=county.regency.top)
    assert waiting.state == State.IN_REVIEW
    county.settle()
    assert Submission.objects.filter(organisation=county.regency.top).count() == 1


def test_cut_off_between_approving_and_publishing(county: County) -> None:
    county.deliver(0, 10)
    county.deliver(1, 20)
    freshen()
    waiting = Submission.objects.get(organisation=county.regency.top)
    inspect_submission.call(str(waiting.pk))
    waiting.refresh_from_db()
    answer = {"answer": Answer.APPROVE, "because": "Sesuai.", "seen": as_seen(waiting)}
    decide(waiting, person=county.walidata, by=county.actor, **answer)
    county.settle()
    assert county.stack()
