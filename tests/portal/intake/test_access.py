"""Who sees a submission, and that strangers cannot tell it from one that never was."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.intake.models import Submission
from tests.portal.conftest import Regency
from tests.portal.intake.conftest import MakePerson, Receive, kinds, register

SEES = [
    ("produsen", "village", True),
    ("produsen", "district", True),
    ("produsen", "neighbour", False),
    ("produsen", "agency", False),
    ("walidata", "top", True),
    ("walidata", "neighbour", False),
    ("ppdp", "top", True),
    ("ppdp", "agency", False),
    ("petugas_piket", "top", True),
    ("admin", "top", False),
    ("", "top", False),
]
PAGES = ["", "/keadaan"]


@pytest.mark.parametrize(("role", "where", "sees"), SEES)
@pytest.mark.parametrize("page", PAGES)
def test_who_sees_it(
    role: str,
    where: str,
    sees: bool,
    page: str,
    receive: Receive,
    regency: Regency,
    person: MakePerson,
    client: Client,
) -> None:
    submission = receive()
    client.force_login(person(role, getattr(regency, where) if role else None))
    answer = client.get(submission.get_absolute_url() + page)
    assert answer.status_code == (200 if sees else 404)
    listed = str(submission.pk) in client.get("/meja/kiriman/").content.decode()
    assert listed is sees


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_cannot_tell_it_from_nothing(
    page: str, receive: Receive, regency: Regency, person: MakePerson, client: Client
) -> None:
    client.force_login(person("produsen", regency.neighbour))
    answers = [client.get(f"/meja/kiriman/{number}{page}").content for number in (receive().pk, uuid4())]
    changing = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|/meja/kiriman/[0-9a-f-]+')
    assert changing.sub(b"", answers[0]) == changing.sub(b"", answers[1])


ACTS = ["keterangan", "pelepasan", "musnahkan", "contoh"]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(("role", "where"), [("produsen", "neighbour"), ("admin", "top"), ("petugas_piket", "top")])
def test_strangers_act_on_nothing(
    act: str, role: str, where: str, inspected: Receive, regency: Regency, person: MakePerson, client: Client
) -> None:
    submission = inspected(register())
    before = kinds()
    client.force_login(person(role, getattr(regency, where)))
    said = {"title": "x", "because": "x", "legal_basis": "x"}
    assert client.post(f"{submission.get_absolute_url()}/{act}", said).status_code == 404
    assert kinds() == before


@pytest.mark.parametrize("act", ["pelepasan", "musnahkan", "contoh"])
def test_nothing_happens_by_looking(act: str, inspected: Receive, client: Client) -> None:
    submission = inspected(register())
    client.force_login(submission.submitted_by)
    assert client.get(f"{submission.get_absolute_url()}/{act}").status_code == 405


@pytest.mark.parametrize(
    ("role", "where", "sees"),
    [
        ("walidata", "top", True),
        ("ppdp", "district", True),
        ("produsen", "village", False),
        ("walidata", "agency", False),
    ],
)
def test_masked_evidence(
    role: str, where: str, sees: bool, inspected: Receive, regency: Regency, person: MakePerson, client: Client
) -> None:
    submission = inspected(register())
    client.force_login(person(role, getattr(regency, where)))
    answer = client.post(f"{submission.get_absolute_url()}/contoh")
    assert answer.status_code == (200 if sees else 404)
    assert Event.objects.filter(kind=Kind.EVIDENCE_SEEN).count() == sees
    if sees:
        assert answer.headers["Cache-Control"] == "no-store"
        assert "••" in answer.content.decode()
        assert not re.search(r"\d{13}", re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", answer.content.decode()))
        again = client.get(submission.get_absolute_url()).content.decode()
        assert '<p class="mono">' not in again
        assert not any(reason["masked"] for reason in Submission.objects.get().inspection["reasons"])


def test_every_look_is_recorded(inspected: Receive, regency: Regency, person: MakePerson, client: Client) -> None:
    submission = inspected(register())
    client.force_login(person("walidata", regency.top))
    for _ in range(3):
        client.post(f"{submission.get_absolute_url()}/contoh")
    assert Event.objects.filter(kind=Kind.EVIDENCE_SEEN).count() == 3


@pytest.mark.parametrize("role", ["walidata", "ppdp", "petugas_piket", "admin", ""])
def test_the_upload_page_is_for_producers(
    role: str, regency: Regency, person: MakePerson, client: Client, home: Path
) -> None:
    client.force_login(person(role, regency.top if role else None))
    file = SimpleUploadedFile("a.csv", b"a;b\n1;2\n")
    for answer in (
        client.get("/meja/kiriman/baru"),
        client.post("/meja/kiriman/baru", {"organisation": regency.top.pk, "title": "a", "file": file}),
    ):
        assert answer.status_code == 403
        assert "tugas produsen data" in answer.content.decode()
    assert not (home / "submissions").exists(), "a byte of it was read"


@pytest.mark.parametrize(
    ("role", "lands"),
    [
        ("walidata", "/meja/tinjau/"),
        ("ppdp", "/meja/pelepasan/"),
        ("petugas_piket", "/meja/tutup/"),
        ("admin", "/meja/orang/"),
    ],
)
def test_everybody_lands_on_their_own_desk(
    role: str, lands: str, regency: Regency, person: MakePerson, client: Client
) -> None:
    client.force_login(person(role, regency.top))
    assert client.get("/meja/").headers["Location"] == lands
    assert client.get(lands).status_code == 200


def test_a_producer_lands_on_what_was_sent(regency: Regency, person: MakePerson, client: Client) -> None:
    someone = person("produsen", regency.village)
    someone.memberships.create(organisation=regency.top, role="walidata")
    client.force_login(someone)
    assert "Kiriman" in client.get("/meja/").content.decode()
