"""The gate looks again; the duty officer closes, answers, reads a contact; two officers at once."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from lumbung.portal.accounts.permissions import Conflicting, Refused
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.incidents.actions import close, receive, settle
from lumbung.portal.incidents.jobs import keep_incidents, look_at_reported
from lumbung.portal.incidents.models import Incident, Matter, Report, Seen
from lumbung.portal.incidents.permissions import check_calls
from lumbung.portal.incidents.telling import Told, sender_of
from lumbung.portal.publication.actions import quarantine, restore
from tests.portal.publication.test_looking_again import register, replaced
from tests.portal.shelves import Desk, actor, signed_in

pytestmark = pytest.mark.django_db
CLOSES = re.compile(r"/meja/laporan/\d+/tutup")


def reported(dataset: Dataset, *, contact: str = "", address: str = "203.0.113.9") -> tuple[Matter, str]:
    """One report; the matter and the code."""
    code = receive(dataset, told=Told(seen=Seen.NUMBER, contact=contact), sender=sender_of(address))
    return Matter.objects.get(told__digest=Report.objects.first().digest), code


def status(dataset: Dataset) -> int:
    return Client().get(dataset.get_absolute_url()).status_code


def followed(code: str) -> str:
    return Client().post("/laporan", {"code": code}).content.decode()


def test_what_the_gate_confirms_is_closed_at_once_by_itself(dataset: Dataset) -> None:
    replaced(dataset.releases.get(), register())
    matter, code = reported(dataset)
    look_at_reported.call(matter.pk)
    matter.refresh_from_db()
    assert (status(dataset), matter.state) == (410, "closed")
    assert Event.objects.get(kind="quarantined").actor == "system"
    assert Incident.objects.get().aware == Event.objects.get(kind="reported").sequence
    page = followed(code)
    assert "Data ditutup" in page and "NIK" not in page


def test_what_it_does_not_confirm_waits_for_the_officer_and_stays_open(desk: Desk, dataset: Dataset) -> None:
    matter, code = reported(dataset)
    look_at_reported.call(matter.pk)
    look_at_reported.call(matter.pk)
    matter.refresh_from_db()
    assert (status(dataset), matter.state, Event.objects.filter(kind="looked-again").count()) == (200, "waiting", 1)
    assert "Sedang dilihat petugas" in followed(code)
    page = signed_in(desk.duty).get("/meja/laporan/").content.decode()
    assert dataset.title in page and "Tutup sekarang" in page


def test_many_reports_are_one_line_and_one_look(desk: Desk, dataset: Dataset) -> None:
    for number in range(5):
        reported(dataset, address=f"203.0.113.{number}")
    assert (Matter.objects.count(), Matter.objects.get().reports) == (1, 5)
    page = signed_in(desk.duty).get("/meja/laporan/").content.decode()
    assert len(CLOSES.findall(page)) == 1


def test_one_click_closes_answers_and_opens_the_incident(desk: Desk, dataset: Dataset) -> None:
    neighbour = desk.publish(title="Tetangga", content=b"desa;jumlah\nSukatani;120\nMekarsari;98\nCiwangi;150\n")
    matter, code = reported(dataset)
    assert signed_in(desk.duty).post(f"/meja/laporan/{matter.pk}/tutup").status_code == 302
    assert (status(dataset), status(neighbour)) == (410, 200)
    assert Event.objects.get(kind="quarantined").actor == actor(desk.duty).id
    assert Incident.objects.count() == 1
    assert "Data ditutup" in followed(code)


def test_it_is_reversible_and_the_visitor_reads_so(desk: Desk, dataset: Dataset) -> None:
    matter, code = reported(dataset)
    close(matter, person=desk.duty, by=actor(desk.duty), because="Dilihat: kolom B.")
    dataset.refresh_from_db()
    restore(dataset, person=desk.walidata, by=actor(desk.walidata), because="Ternyata kode barang.")
    assert status(dataset) == 200
    assert "Dibuka kembali" in followed(code)


def test_an_answer_reaches_the_visitor_and_leaves_the_desk(desk: Desk, dataset: Dataset) -> None:
    matter, code = reported(dataset)
    client = signed_in(desk.duty)
    sent = client.post(f"/meja/laporan/{matter.pk}/jawab", {"answer": "Itu kode barang, bukan NIK."})
    assert (sent.status_code, status(dataset)) == (302, 200)
    assert "Itu kode barang, bukan NIK." in followed(code)
    assert dataset.title not in client.get("/meja/laporan/").content.decode().partition("<table")[2]
    assert dataset.title in client.get("/meja/laporan/?semua=1").content.decode()


def test_an_answer_with_a_long_number_is_refused(desk: Desk, dataset: Dataset) -> None:
    matter, _code = reported(dataset)
    answer = signed_in(desk.duty).post(
        f"/meja/laporan/{matter.pk}/jawab", {"answer": "3 3 0 8 1 2 0 1 0 1 0 1 9 0 0 0"}
    )
    matter.refresh_from_db()
    assert (answer.status_code, matter.answered_at) == (422, None)


def test_of_two_officers_the_second_who_leaves_open_is_told(desk: Desk, dataset: Dataset) -> None:
    matter, _code = reported(dataset)
    close(matter, person=desk.duty, by=actor(desk.duty), because="Tampak NIK.")
    with pytest.raises(Conflicting):
        settle(matter, person=desk.walidata, by=actor(desk.walidata), answer="Tidak ada apa-apa.")
    assert (status(dataset), Event.objects.filter(kind="report-closed").count()) == (410, 1)


def test_of_two_officers_the_one_who_closes_is_heard_also_as_second(desk: Desk, dataset: Dataset) -> None:
    matter, _code = reported(dataset)
    settle(matter, person=desk.walidata, by=actor(desk.walidata), answer="Tidak ada apa-apa.")
    for officer in (desk.duty, desk.ppdp):
        close(matter, person=officer, by=actor(officer), because="Tampak NIK.")
    matter.refresh_from_db()
    assert (status(dataset), matter.state, matter.answered_by) == (410, "closed", desk.duty)
    assert Event.objects.filter(kind="quarantined").count() == 1


def test_a_report_about_a_stone_waits_for_a_person(desk: Desk, dataset: Dataset) -> None:
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    matter, _code = reported(dataset)
    keep_incidents()
    matter.refresh_from_db()
    assert matter.state == "waiting"
    settle(matter, person=desk.duty, by=actor(desk.duty), answer="Sudah ditutup, salinannya juga.")
    matter.refresh_from_db()
    assert matter.state == "closed"


def test_what_another_desk_closes_is_answered(desk: Desk, dataset: Dataset) -> None:
    matter, code = reported(dataset)
    quarantine(dataset, person=desk.walidata, by=actor(desk.walidata), because="Tampak NIK.")
    keep_incidents()
    matter.refresh_from_db()
    assert (matter.state, "Data ditutup" in followed(code)) == ("closed", True)


def test_a_lost_look_reaches_the_officer_and_is_asked_for_again(dataset: Dataset) -> None:
    matter, _code = reported(dataset)
    DBTaskResult.objects.all().delete()
    Matter.objects.update(opened_at=matter.opened_at - timedelta(hours=2))
    keep_incidents()
    keep_incidents()
    matter.refresh_from_db()
    assert (matter.state, DBTaskResult.objects.count()) == ("waiting", 1)
    look_at_reported.call(matter.pk)
    matter.refresh_from_db()
    assert matter.looked_at


@pytest.mark.parametrize(("who", "sees"), [("duty", True), ("ppdp", True), ("walidata", False), ("admin", False)])
def test_a_contact_is_opened_by_few_and_every_look_is_recorded(
    desk: Desk, dataset: Dataset, who: str, sees: bool
) -> None:
    matter, _code = reported(dataset, contact="warga@contoh.test")
    person, number = getattr(desk, who), matter.told.get().pk
    page = signed_in(person).get(f"/meja/laporan/{matter.pk}").content.decode()
    assert "warga@contoh.test" not in page
    answer = signed_in(person).post(f"/meja/laporan/{matter.pk}/kontak/{number}")
    assert ("warga@contoh.test" in answer.content.decode(), Event.objects.filter(kind="contact-seen").count()) == (
        sees,
        int(sees),
    )
    if not sees:
        with pytest.raises(Refused):
            check_calls(person, dataset)


@pytest.mark.parametrize("who", ["producer", "stranger"])
def test_nobody_else_sees_or_does_anything(desk: Desk, dataset: Dataset, who: str) -> None:
    matter, _code = reported(dataset, contact="warga@contoh.test")
    client = signed_in(getattr(desk, who))
    number = matter.told.get().pk
    assert dataset.title not in client.get("/meja/laporan/").content.decode()
    assert client.get(f"/meja/laporan/{matter.pk}").status_code == 404
    for act in ("tutup", "jawab", f"kontak/{number}"):
        assert client.post(f"/meja/laporan/{matter.pk}/{act}", {"answer": "x"}).status_code == 404
        assert Client().post(f"/meja/laporan/{matter.pk}/{act}").headers["Location"].startswith("/masuk")
    with pytest.raises(Refused):
        close(matter, person=getattr(desk, who), by=actor(desk.duty), because="Ingin saja.")
    assert (status(dataset), Matter.objects.get().state) == (200, "received")


def test_a_look_changes_nothing(desk: Desk, dataset: Dataset) -> None:
    matter, _code = reported(dataset)
    for act in ("tutup", "jawab", "kontak/1"):
        assert signed_in(desk.duty).get(f"/meja/laporan/{matter.pk}/{act}").status_code == 405
    assert status(dataset) == 200


def test_the_desk_finds_by_title_and_organisation(desk: Desk, dataset: Dataset) -> None:
    reported(dataset)
    client = signed_in(desk.duty)
    for asked, there in ((dataset.title[:10], True), (desk.village.name, True), ("tidak ada", False), ("\0", True)):
        page = client.get("/meja/laporan/", {"q": asked}).content.decode()
        assert bool(CLOSES.search(page)) is there, asked
