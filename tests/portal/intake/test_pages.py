"""What a producer reads: plain words in every state, and the ways on."""

import pytest
from django.test import Client

from lumbung.document import Place
from lumbung.gate import Reason, Verdict
from lumbung.portal.accounts.models import Person
from lumbung.portal.intake.findings import in_words
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.states import State
from tests.portal.conftest import Regency
from tests.portal.intake.conftest import MakePerson, Receive, register


@pytest.fixture
def at_home(producer: Person, client: Client) -> Client:
    client.force_login(producer)
    return client


def test_an_empty_desk_says_what_to_do(at_home: Client) -> None:
    page = at_home.get("/meja/").content.decode()
    assert "Belum ada kiriman" in page
    assert "/meja/kiriman/baru" in page


def test_a_reader_is_offered_no_upload(regency: Regency, person: MakePerson, client: Client) -> None:
    client.force_login(person("walidata", regency.top))
    assert "/meja/kiriman/baru" not in client.get("/meja/kiriman/").content.decode()


def test_the_upload_page(at_home: Client, regency: Regency) -> None:
    page = at_home.get("/meja/kiriman/baru").content.decode()
    assert 'enctype="multipart/form-data"' in page
    assert "Desa Mekarsari" in page
    assert "Desa Ciwangi" not in page


def test_a_waiting_page_is_followed(at_home: Client, receive: Receive) -> None:
    submission = receive()
    page = at_home.get(submission.get_absolute_url()).content.decode()
    assert f'hx-get="/meja/kiriman/{submission.pk}/keadaan"' in page
    assert "Muat ulang" in page
    assert "HX-Refresh" not in at_home.get(f"/meja/kiriman/{submission.pk}/keadaan").headers


def test_the_page_is_loaded_anew_when_done(at_home: Client, inspected: Receive) -> None:
    submission = inspected()
    assert at_home.get(f"/meja/kiriman/{submission.pk}/keadaan").headers["HX-Refresh"] == "true"


def test_a_held_register(at_home: Client, inspected: Receive) -> None:
    submission = inspected(register(), name="register.csv")
    page = at_home.get(submission.get_absolute_url()).content.decode()
    for words in (
        "Berkas ini kami tahan",
        "Terima kasih",
        "Nomor Induk Kependudukan",
        "Pasal 79",
        "Kirim perbaikan",
        f"/meja/kiriman/baru?dari={submission.pk}",
        f"/meja/kiriman/{submission.pk}/statistik",
        "Musnahkan sekarang",
        "tidak dapat dilepas oleh siapa pun",
        "Dibaca seluruhnya: 1 bagian,",
    ):
        assert words in page, words
    assert "Lihat contoh temuan" not in page
    assert "Jejak berkas ini" not in page


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("role", ["produsen", "walidata", "ppdp"])
def test_every_state_has_a_page(
    state: State, role: str, inspected: Receive, regency: Regency, person: MakePerson, client: Client
) -> None:
    submission = inspected(register())
    shredded = {"storage_key": "", "shredded_at": submission.received_at} if state == State.SHREDDED else {}
    Submission.objects.filter(pk=submission.pk).update(state=state, **shredded)
    client.force_login(person(role, regency.top))
    for page in (submission.get_absolute_url(), "/meja/kiriman/"):
        answer = client.get(page)
        assert answer.status_code == 200
        assert "style=" not in answer.content.decode()


def test_the_description_is_changed_and_recorded(at_home: Client, inspected: Receive) -> None:
    submission = inspected()
    address = f"{submission.get_absolute_url()}/keterangan"
    assert at_home.get(address).status_code == 200
    at_home.post(address, {"title": "Penduduk 2024", "unit": "orang"})
    submission.refresh_from_db()
    assert (submission.title, submission.unit) == ("Penduduk 2024", "orang")
    from tests.portal.intake.conftest import kinds

    assert kinds().count("described") == 1
    at_home.post(address, {"title": "Penduduk 2024", "unit": "orang"})
    assert kinds().count("described") == 1, "nothing changed, nothing recorded"


@pytest.mark.parametrize("state", [State.APPROVED, State.PUBLISHED, State.REJECTED])
def test_a_decided_file_keeps_its_description(state: State, at_home: Client, inspected: Receive) -> None:
    submission = inspected()
    Submission.objects.filter(pk=submission.pk).update(state=state)
    assert at_home.post(f"{submission.get_absolute_url()}/keterangan", {"title": "lain"}).status_code == 409
    submission.refresh_from_db()
    assert submission.title == "Penduduk"


def test_what_a_review_still_needs(at_home: Client, inspected: Receive) -> None:
    page = at_home.get(inspected().get_absolute_url()).content.decode()
    assert "lengkapi dahulu" in page
    assert "dasar hukum" in page


def test_the_public_rules(client: Client, db: None) -> None:
    page = client.get("/aturan").content.decode()
    assert "Nomor Induk Kependudukan" in page
    assert 'id="nik"' in page


def test_what_is_missing_has_a_button_beside_it(at_home: Client, inspected: Receive) -> None:
    submission = inspected()
    page = at_home.get(submission.get_absolute_url()).content.decode()
    assert "Lengkapi keterangan" in page
    form = at_home.get(f"{submission.get_absolute_url()}/keterangan").content.decode()
    assert form.count("perlu sebelum disetujui") == 7
    assert form.count("boleh kosong") == 2


def test_a_refusal_at_the_desk_leads_back_to_the_desk(at_home: Client) -> None:
    assert 'href="/meja/"' in at_home.get("/meja/tidak-ada").content.decode()
    at_home.logout()
    assert 'btn-primary" href="/"' in at_home.get("/meja/tidak-ada").content.decode()


def test_a_number_of_residents_comes_before_any_other() -> None:
    about = {"severity": Verdict.HOLD, "citation": "", "place": Place(), "hits": 1, "of": 1}
    reasons = [Reason(code=code, **about) for code in ("civil-certificate", "phone", "nik")]
    assert [found.code for found in in_words(reasons, released=set())] == ["nik", "phone", "civil-certificate"]
