"""The desk: only the office's own officers, every look a line, answers only out of lists, destroyed in time."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Conflicting, Gone, Refused, Unfit
from lumbung.portal.audit.models import Event
from lumbung.portal.incidents import age
from lumbung.portal.requests import answering, destroying, offices, store, working_hours
from lumbung.portal.requests.models import OfficeKey, Request
from lumbung.portal.requests.states import MOVES, RequestState, check_move
from tests.portal.conftest import PASSWORD, Regency
from tests.portal.requests.conftest import Served, envelope, taken

pytestmark = pytest.mark.django_db


def signed_in(somebody: Person) -> Client:
    client = Client()
    assert client.post("/masuk", {"login": somebody.email, "password": PASSWORD}).status_code == 302
    return client


def test_every_move_is_as_the_table_says() -> None:
    for here in RequestState:
        for there in RequestState:
            if there in MOVES[here]:
                check_move(here, there)
            else:
                with pytest.raises(Conflicting):
                    check_move(here, there)


def test_the_officer_fetches_what_was_sealed_and_it_is_in_the_record(served: Served) -> None:
    one = envelope(served)
    request, client = taken(one), signed_in(served.officer)
    assert request.ticket in client.get("/meja/layanan/").content.decode()
    page = client.get(f"/meja/layanan/{request.pk}").content.decode()
    assert served.key.recipient in page and request.number in page
    answer = client.get(f"/meja/layanan/{request.pk}/amplop")
    assert answer.content == one.body and "no-store" in answer["Cache-Control"]
    assert Event.objects.get(kind="request-seen").subject == f"request:{request.ticket}"


@pytest.mark.parametrize("role", ["produsen", "walidata", "ppdp", "petugas_piket", "admin", "penelusur"])
def test_no_other_role_sees_anything(
    served: Served, person: Callable[..., Person], regency: Regency, role: str
) -> None:
    request = taken(envelope(served))
    stranger = signed_in(person(role, regency.top))
    for path in ("", f"/{request.pk}", f"/{request.pk}/amplop"):
        assert stranger.get(f"/meja/layanan{path or '/'}").status_code == 403, path
    assert not Event.objects.filter(kind="request-seen").exists()


def test_an_officer_counts_in_the_very_office_alone(
    served: Served, person: Callable[..., Person], regency: Regency
) -> None:
    request = taken(envelope(served))
    for elsewhere in (regency.top, regency.district, regency.village):
        with pytest.raises(Refused):
            answering.see(request, person=person("petugas_layanan", elsewhere), by=served.by)


def test_from_arrival_to_the_document(served: Served) -> None:
    request = taken(envelope(served))
    told: dict[str, Any] = {"person": served.officer, "by": served.by}
    for state in (RequestState.WORKING, RequestState.READY, RequestState.DONE):
        answering.move(request, to=state, **told)
    assert request.destroy_on == timezone.localdate() + timedelta(days=served.office.keep_days)
    assert [step.state for step in request.steps.all()] == ["arrived", "working", "collect", "done"]
    with pytest.raises(Conflicting):
        answering.move(request, to=RequestState.READY, **told)


def test_a_slip_is_taken_back_within_ten_minutes(served: Served) -> None:
    one = envelope(served)
    request, client = taken(one), signed_in(served.officer)
    before = request.destroy_on
    for state in ("working", "collect", "done"):
        client.post(f"/meja/layanan/{request.pk}/{state}")
    assert "Urungkan" in client.get(f"/meja/layanan/{request.pk}").content.decode()
    assert client.post(f"/meja/layanan/{request.pk}/urungkan").status_code == 302
    request.refresh_from_db()
    assert request.state == RequestState.READY and request.answered_at is not None
    client.post(f"/meja/layanan/{request.pk}/urungkan")
    request.refresh_from_db()
    assert (request.state, request.answered_at, request.destroy_on) == (RequestState.WORKING, None, before)
    page = Client().post("/layanan/status/", {"ticket": request.ticket, "secret": one.secret}).content.decode()
    assert page.count("dicabut petugas") == 2 and "Ambil di kantor" not in page
    assert Event.objects.filter(kind="request-undone").count() == 2
    answering.move(request, to=RequestState.READY, person=served.officer, by=served.by)


def test_a_refusal_by_slip_loses_its_reasons(served: Served) -> None:
    request = taken(envelope(served))
    told: dict[str, Any] = {"person": served.officer, "by": served.by}
    answering.move(request, to=RequestState.REJECTED, because=["papers-missing"], **told)
    answering.undo(request, **told)
    assert (request.state, request.reasons) == (RequestState.ARRIVED, [])
    with pytest.raises(Refused):
        answering.undo(request, **told)


@pytest.mark.parametrize("why", ["another", "late", "destroyed"])
def test_what_is_not_undone(served: Served, person: Callable[..., Person], regency: Regency, why: str) -> None:
    request = taken(envelope(served))
    told: dict[str, Any] = {"person": served.officer, "by": served.by}
    answering.move(request, to=RequestState.READY, **told)
    if why == "late":
        request.steps.update(at=timezone.now() - timedelta(minutes=11))
    elif why == "destroyed":
        Request.objects.update(destroy_on=timezone.localdate())
        assert destroying.destroy_due() == 1
    else:
        told["person"] = person("petugas_layanan", regency.agency)
    with pytest.raises(Refused):
        answering.undo(request, **told)
    request.refresh_from_db()
    assert request.state == RequestState.READY and not request.steps.filter(taken_back=True).exists()


def test_a_refusal_has_reasons_of_the_list_and_nothing_else(served: Served) -> None:
    one = envelope(served)
    request, client = taken(one), signed_in(served.officer)
    for wrong in ([], ["Siti tidak punya KTP"], ["not-answered"]):
        assert client.post(f"/meja/layanan/{request.pk}/tolak", {"reasons": wrong}).status_code == 422
    with pytest.raises(Unfit):
        answering.move(request, to=RequestState.REJECTED, person=served.officer, by=served.by, because=["bebas"])
    said = {"reasons": ["photo-unreadable", "papers-missing"]}
    assert client.post(f"/meja/layanan/{request.pk}/tolak", said).status_code == 302
    page = Client().post("/layanan/status/", {"ticket": request.ticket, "secret": one.secret}).content.decode()
    assert "Foto dokumen tidak terbaca." in page and "Foto ulang di tempat terang" in page


def test_what_nobody_can_open_any_more_goes_at_once(served: Served) -> None:
    request = taken(envelope(served))
    told: dict[str, Any] = {"person": served.officer, "by": served.by, "because": ["cannot-open"]}
    answering.move(request, to=RequestState.REJECTED, **told)
    assert request.destroy_on == timezone.localdate()


def test_on_its_day_key_and_bytes_are_gone(
    served: Served, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    request, later = taken(envelope(served)), taken(envelope(served))
    Request.objects.filter(pk=request.pk).update(destroy_on=timezone.localdate())
    with django_capture_on_commit_callbacks(execute=True):
        assert destroying.destroy_due() == 1
    request.refresh_from_db()
    assert bytes(request.wrapped_key) == b"" and request.destroyed_at and request.state == RequestState.REJECTED
    assert [path.name for path in store.folder().iterdir()] == [later.number]
    assert Event.objects.filter(kind="request-destroyed").count() == 1
    with pytest.raises(Gone):
        answering.see(request, person=served.officer, by=served.by)
    assert destroying.destroy_due() == 0


@pytest.mark.django_db(transaction=True)
def test_no_older_page_of_sqlite_keeps_a_destroyed_key(served: Served) -> None:
    taken(envelope(served))
    Request.objects.update(destroy_on=timezone.localdate())
    with CaptureQueriesContext(connection) as asked:
        assert destroying.destroy_due() == 1
    emptied = [one["sql"] for one in asked.captured_queries if "wal_checkpoint(TRUNCATE)" in one["sql"]]
    assert len(emptied) == (connection.vendor == "sqlite")


def test_a_new_key_leaves_the_old_requests_to_the_old_one(served: Served) -> None:
    before = taken(envelope(served))
    secret, public = age.new_key()
    key = offices.register_key(served.office, f" {public}\n", person=served.officer, by=served.by)
    assert OfficeKey.objects.get(retired_at=None) == key and OfficeKey.objects.count() == 2
    page = signed_in(served.officer).get(f"/meja/layanan/{before.pk}").content.decode()
    assert served.key.recipient in page and public not in page
    assert public in Client().get(f"/layanan/ajukan/{served.office.organisation.slug}/kk").content.decode()
    offices.register_key(served.office, public, person=served.officer, by=served.by)
    assert OfficeKey.objects.count() == 2
    assert secret not in str(Event.objects.values_list("details", flat=True))


def test_a_secret_key_is_refused_and_never_kept(served: Served) -> None:
    secret, _public = age.new_key()
    with pytest.raises(Unfit) as refused:
        offices.register_key(served.office, secret, person=served.officer, by=served.by)
    assert refused.value.code == "secret-key" and OfficeKey.objects.get() == served.key


def test_an_admin_arranges_but_registers_no_key(
    served: Served, person: Callable[..., Person], regency: Regency
) -> None:
    admin, slug = signed_in(person("admin", regency.top)), served.office.organisation.slug
    said = {"offered": "on", "hours": "3", "requirements": "KK lama\n\nSurat nikah"}
    assert admin.post(f"/meja/loket/{slug}/layanan/kk", said).status_code == 302
    assert "Surat nikah" in Client().get(f"/layanan/ajukan/{slug}/kk").content.decode()
    assert admin.post(f"/meja/loket/{slug}/kunci/daftar", {"recipient": age.new_key()[1]}).status_code == 403
    page = {"address": "Jalan Baru 2", "begins": "08:00", "ends": "07:00", "weekdays": ["0"], "keep_days": "10"}
    assert admin.post(f"/meja/loket/{slug}", page).status_code == 422
    assert admin.post(f"/meja/loket/{slug}", page | {"ends": "16:00"}).status_code == 302
    assert Client().get(f"/layanan/ajukan/{slug}/kk").status_code == 404  # it takes no requests now


def test_working_hours_leave_out_nights_weekends_and_holidays(served: Served) -> None:

    wib = ZoneInfo("Asia/Jakarta")
    offices.set_day(served.office, date(2026, 12, 23), name="Hari jadi", works=False, person=served.officer,
                    by=served.by)  # fmt: skip
    before_christmas = datetime(2026, 12, 22, 14, tzinfo=wib)  # then a day of its own, cuti bersama, Natal, a weekend
    assert working_hours.due(served.office, since=before_christmas, hours=2) == datetime(2026, 12, 28, 9, tzinfo=wib)
    passed = working_hours.between(served.office, since=before_christmas, until=datetime(2026, 12, 28, 10, tzinfo=wib))
    assert passed == timedelta(hours=3)
    offices.set_day(served.office, date(2026, 12, 24), name="Tetap buka", works=True, person=served.officer,
                    by=served.by)  # fmt: skip
    assert working_hours.due(served.office, since=before_christmas, hours=2) == datetime(2026, 12, 24, 9, tzinfo=wib)
