"""What goes wrong around an incident: two officers at once, a witness that is down, a clock set back."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.audit import models
from lumbung.portal.audit.models import Event, Head
from lumbung.portal.incidents import letters
from lumbung.portal.incidents.actions import close, receive, settle
from lumbung.portal.incidents.drafting import unknown
from lumbung.portal.incidents.duties import finish
from lumbung.portal.incidents.gathering import gather
from lumbung.portal.incidents.jobs import gather_incident, keep_incidents
from lumbung.portal.incidents.models import Incident, LetterKind, Matter, Seen, Task
from lumbung.portal.incidents.permissions import MOST_ABOUT_ONE
from lumbung.portal.incidents.telling import Told, sender_of
from lumbung.portal.publication.actions import quarantine, restore
from tests.portal.incidents.test_desk import CLOSES, reported
from tests.portal.shelves import Desk, actor, signed_in


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """All of them in the same moment, each on a connection of its own; the code of each refusal, "" for none."""
    said = [""] * len(acts)
    gate = Barrier(len(acts))

    def run(number: int, act: Callable[[], Any]) -> None:
        gate.wait()
        try:
            act()
        except Refused as refused:
            said[number] = refused.code
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


@pytest.mark.django_db(transaction=True)
def test_two_who_close_and_one_who_leaves_open_in_the_same_moment(desk: Desk) -> None:
    dataset = desk.publish()
    matter, _code = reported(dataset)
    at_once(
        lambda: close(matter, person=desk.duty, by=actor(desk.duty), because="Tampak NIK."),
        lambda: close(matter, person=desk.ppdp, by=actor(desk.ppdp), because="Tampak NIK."),
        lambda: settle(matter, person=desk.walidata, by=actor(desk.walidata), answer="Tidak ada apa-apa."),
    )
    dataset.refresh_from_db()
    matter.refresh_from_db()
    assert (dataset.state, matter.state) == ("quarantined", "closed")
    assert (Incident.objects.count(), Event.objects.filter(kind="quarantined").count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_closing_while_a_colleague_restores_ends_in_one_of_both_and_the_record_says_which(desk: Desk) -> None:
    dataset = desk.publish()
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Tampak NIK.")
    dataset.refresh_from_db()
    at_once(
        lambda: restore(dataset, person=desk.walidata, by=actor(desk.walidata), because="Kode barang."),
        lambda: quarantine(dataset, person=desk.ppdp, by=actor(desk.ppdp), because="Tampak NIK."),
    )
    keep_incidents()
    dataset.refresh_from_db()
    last = Event.objects.filter(kind__in=("quarantined", "restored")).order_by("-sequence").first()
    assert last and {"quarantined": "quarantined", "restored": "published"}[last.kind] == dataset.state
    numbers = list(Event.objects.order_by("sequence").values_list("sequence", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.django_db(transaction=True)
def test_two_editors_two_who_sign_and_two_who_finish_in_the_same_moment(desk: Desk) -> None:
    dataset = desk.publish()
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Tampak NIK.")
    keep_incidents()
    incident = Incident.objects.get()
    written = at_once(
        lambda: letters.write(incident, LetterKind.PUBLIC, person=desk.duty, by=actor(desk.duty)),
        lambda: letters.write(incident, LetterKind.PUBLIC, person=desk.ppdp, by=actor(desk.ppdp)),
    )
    assert written == ["", ""]
    draft = incident.letters.first()
    assert draft
    said = at_once(
        lambda: letters.edit(draft, text="# Satu\n", person=desk.duty, by=actor(desk.duty)),
        lambda: letters.edit(draft, text="# Dua\n", person=desk.ppdp, by=actor(desk.ppdp)),
    )
    assert sorted(said) == ["", "letter-changed"]
    task = Task.objects.first()
    assert task
    done = [lambda: finish(task, person=desk.duty, by=actor(desk.duty), words="Sudah.")] * 2
    assert sorted(at_once(*done)) == ["", "task-done"]


@pytest.mark.django_db
def test_a_witness_that_is_down_holds_no_incident_up(desk: Desk, settings: Any) -> None:
    (settings.LUMBUNG_HOME / "saksi.toml").write_text('[[tsa]]\nname = "Mati"\nurl = "http://127.0.0.1:9"\n')
    dataset = desk.publish()
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Tampak NIK.")
    keep_incidents()
    incident = Incident.objects.get()
    gather_incident.call(incident.pk)
    assert incident.dossiers.exists() and incident.sealed and Head.objects.exists()
    assert set(models.Testimony.objects.values_list("witness", "received")) == {("Mati", False)}


@pytest.mark.django_db
def test_a_clock_that_was_set_back_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = desk.publish()
    reported(dataset)
    now = timezone.now()
    with monkeypatch.context() as patched:
        patched.setattr(timezone, "now", lambda: now - timedelta(hours=5))
        quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Tampak NIK.")
    keep_incidents()
    facts = gather(Incident.objects.get()).facts
    assert facts["clock_set_back"] == [Event.objects.get(kind="quarantined").sequence]
    assert facts["minutes_to_close"] == 0
    assert any("jam server pernah mundur" in sentence for sentence in unknown(facts))


@pytest.mark.django_db
def test_a_flood_from_everywhere_leaves_the_desk_one_line_and_every_voice_counted(desk: Desk) -> None:
    dataset = desk.publish()
    refused = 0
    for number in range(4 * MOST_ABOUT_ONE):
        try:
            receive(dataset, told=Told(seen=Seen.NUMBER), sender=sender_of(f"10.{number // 250}.0.{number % 250 + 1}"))
        except Refused as problem:
            refused += problem.code == "many-reports-about-this"
    matter = Matter.objects.get()
    assert (matter.reports, refused, matter.told.count()) == (4 * MOST_ABOUT_ONE, 3 * MOST_ABOUT_ONE, MOST_ABOUT_ONE)
    page = signed_in(desk.duty).get("/meja/laporan/").content.decode()
    assert len(CLOSES.findall(page)) == 1
