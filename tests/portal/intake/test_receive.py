"""A file arrives: kept whole and sealed, or not at all."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks_db.models import DBTaskResult

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import ForbiddenDigest
from lumbung.portal.intake import vault
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.states import State
from tests.portal.conftest import CSV, Regency
from tests.portal.intake.conftest import MakePerson, Receive, kinds, secret_numbers

Post = Callable[..., object]


def stored(home: Path) -> list[Path]:
    return [path for path in (home / "submissions").rglob("*") if path.is_file()]


@pytest.fixture
def signed_in(producer: Person, client: Client) -> Client:
    client.force_login(producer)
    return client


def form(regency: Regency, content: bytes = CSV, *, name: str = "penduduk 2024.csv", **more: object) -> dict:
    file = SimpleUploadedFile(name, content)
    return {"organisation": regency.village.pk, "title": "Penduduk 2024", "file": file, **more}


def test_works(signed_in: Client, regency: Regency, producer: Person, home: Path) -> None:
    answer = signed_in.post("/meja/kiriman/baru", form(regency, unit="orang"))
    submission = Submission.objects.get()
    assert answer.headers["Location"] == f"/meja/kiriman/{submission.pk}"
    assert (submission.state, submission.size, submission.submitted_by) == (State.RECEIVED, len(CSV), producer)
    assert (submission.title, submission.unit) == ("Penduduk 2024", "orang")
    assert kinds() == [Kind.RECEIVED]
    line = Event.objects.get()
    assert (line.sha256, line.organisation, line.address) == (submission.sha256, "desa", "127.0.0.1")
    assert DBTaskResult.objects.count() == 1
    with vault.open_plain(submission) as plain:
        assert plain.read() == CSV
    assert vault.true_name(submission) == "penduduk 2024.csv"
    assert [path.name for path in stored(home)] == [str(submission.pk)]
    assert CSV[:20] not in stored(home)[0].read_bytes()


def test_refuses_a_stranger(signed_in: Client, regency: Regency, home: Path) -> None:
    answer = signed_in.post("/meja/kiriman/baru", form(regency, organisation=regency.neighbour.pk))
    assert answer.status_code == 422
    assert (Submission.objects.count(), stored(home), kinds()) == (0, [], [])


def test_refuses_who_is_no_producer_there(receive: Receive, regency: Regency, person: MakePerson) -> None:
    with pytest.raises(Refused, match="not-producer-here"):
        receive(by=person("walidata", regency.top))


def test_the_public_must_sign_in(client: Client, regency: Regency, home: Path) -> None:
    assert client.post("/meja/kiriman/baru", form(regency)).headers["Location"].startswith("/masuk")
    assert stored(home) == []


def test_an_empty_file(signed_in: Client, regency: Regency, home: Path) -> None:
    answer = signed_in.post("/meja/kiriman/baru", form(regency, b""))
    assert answer.status_code == 422
    assert "kosong" in answer.content.decode()
    assert (Submission.objects.count(), stored(home)) == (0, [])


def test_no_file_at_all(signed_in: Client, regency: Regency) -> None:
    answer = signed_in.post("/meja/kiriman/baru", {**form(regency), "file": ""})
    assert answer.status_code == 422
    assert Submission.objects.count() == 0


def test_a_second_file_in_the_form_is_not_taken(signed_in: Client, regency: Regency, home: Path) -> None:
    signed_in.post("/meja/kiriman/baru", {**form(regency), "lain": SimpleUploadedFile("b.csv", b"rahasia")})
    assert len(stored(home)) == 1


def test_too_large_while_it_streams(signed_in: Client, regency: Regency, home: Path, settings: object) -> None:
    settings.UPLOAD_LIMIT = 1000
    answer = signed_in.post("/meja/kiriman/baru", form(regency, b"x" * 20_000))
    assert answer.status_code == 413
    assert "lebih besar" in answer.content.decode()
    assert (Submission.objects.count(), stored(home)) == (0, [])


def test_too_large_by_announcement(signed_in: Client, regency: Regency, home: Path, settings: object) -> None:
    settings.UPLOAD_LIMIT = 1000
    answer = signed_in.post("/meja/kiriman/baru", form(regency, b"x" * 100_000))
    assert answer.status_code == 413
    assert not (home / "submissions" / "incoming").exists(), "a byte of it was read"


def test_twice_leads_to_the_first(signed_in: Client, regency: Regency, home: Path) -> None:
    signed_in.post("/meja/kiriman/baru", form(regency))
    first = Submission.objects.get()
    answer = signed_in.post("/meja/kiriman/baru", form(regency, name="nama lain.csv"))
    assert answer.status_code == 409
    assert f"/meja/kiriman/{first.pk}" in answer.content.decode()
    assert (Submission.objects.count(), len(stored(home)), kinds()) == (1, 1, [Kind.RECEIVED])


@pytest.mark.parametrize("state", [State.REJECTED, State.SHREDDED])
def test_again_once_the_first_is_finished(state: State, receive: Receive) -> None:
    first = receive()
    changes = {"storage_key": "", "shredded_at": first.received_at} if state == State.SHREDDED else {}
    Submission.objects.filter(pk=first.pk).update(state=state, **changes)
    assert receive().pk != first.pk


def test_another_organisation_may_send_the_same(receive: Receive, regency: Regency, person: MakePerson) -> None:
    receive()
    receive(by=person("produsen", regency.neighbour), organisation=regency.neighbour)
    assert Submission.objects.count() == 2


def test_forbidden_bytes(signed_in: Client, regency: Regency, receive: Receive, home: Path) -> None:
    first = receive()
    ForbiddenDigest.objects.create(sha256=first.sha256, since=first.received_at, ground="data-pribadi")
    Submission.objects.filter(pk=first.pk).update(state=State.REJECTED)
    answer = signed_in.post("/meja/kiriman/baru", form(regency))
    assert answer.status_code == 422
    assert len(stored(home)) == 1


def test_a_number_in_the_name_is_masked_and_sealed(signed_in: Client, regency: Regency) -> None:
    number = secret_numbers()[0]
    signed_in.post("/meja/kiriman/baru", form(regency, name=f"KTP {number}.csv"))
    submission = Submission.objects.get()
    assert number not in str(Submission.objects.values()) + str(Event.objects.values())
    assert submission.filename_masked == "KTP ••••••••.csv"
    assert vault.true_name(submission) == f"KTP {number}.csv"


@pytest.mark.parametrize("field", ["title", "description", "source", "unit", "period", "legal_basis"])
def test_a_number_in_the_description_is_refused(field: str, signed_in: Client, regency: Regency, home: Path) -> None:
    answer = signed_in.post("/meja/kiriman/baru", form(regency, **{field: f"punya {secret_numbers()[0]}"}))
    assert answer.status_code == 422
    assert "nomor panjang" in answer.content.decode()
    assert stored(home) == []


def test_a_licence_needs_an_open_class(signed_in: Client, regency: Regency) -> None:
    more = {"licence": "CC-BY-4.0", "classification": "terbatas"}
    assert signed_in.post("/meja/kiriman/baru", form(regency, **more)).status_code == 422


def test_no_other_page_takes_a_file(signed_in: Client, home: Path) -> None:
    signed_in.post("/masuk", {"login": "a", "password": "b", "file": SimpleUploadedFile("a.csv", b"rahasia")})
    assert stored(home) == []


def test_the_form_needs_its_token(producer: Person, regency: Regency, home: Path) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(producer)
    answer = strict.post("/meja/kiriman/baru", form(regency))
    assert answer.status_code == 403
    assert (Submission.objects.count(), stored(home)) == (0, [])


def test_the_key_file_is_gone(signed_in: Client, regency: Regency, home: Path) -> None:
    (home / "keys.json").unlink()
    answer = signed_in.post("/meja/kiriman/baru", form(regency))
    assert answer.status_code == 507
    assert "berkas kunci" in answer.content.decode()
    assert stored(home) == []


def test_the_description_is_carried_over(signed_in: Client, regency: Regency, receive: Receive) -> None:
    first = receive(title="Penduduk menurut umur", source="Pendataan desa")
    page = signed_in.get(f"/meja/kiriman/baru?dari={first.pk}").content.decode()
    assert 'value="Penduduk menurut umur"' in page
    assert 'value="Pendataan desa"' in page


@pytest.mark.parametrize("origin", ["", "bukan", str(UUID(int=7))])
def test_but_not_from_anywhere(origin: str, signed_in: Client) -> None:
    assert signed_in.get(f"/meja/kiriman/baru?dari={origin}").status_code in (200, 404)
