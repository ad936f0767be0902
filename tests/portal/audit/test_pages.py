"""The pages that answer who, when, from where, why, and who took it away; and to whom they answer."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from lumbung.portal.accounts.models import Person
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import SYSTEM, Actor, Subject
from lumbung.portal.audit.kinds import Kind
from tests.portal.conftest import Regency

MakePerson = Callable[..., Person]
NUMBER = UUID("0b7e9c0a-52d1-4f0e-9a33-6d2f0c1e7a10")
FILE = Subject(kind="submission", id=str(NUMBER), label="register-2017.xls", organisation="desa", sha256="ab" * 32)
DATASET = Subject(kind="dataset", id="penduduk-desa", label="Penduduk desa", organisation="desa", sha256="ab" * 32)
OPERATOR = Actor(
    id="person:7", name="Operator Desa", organisation="Desa Mekarsari", address="203.0.113.9", device="Ponsel"
)
PUBLIC = Actor(id="public", name="Umum", address="198.51.100.4", device="curl")


@pytest.fixture
def story(regency: Regency) -> None:
    record_now(Kind.RECEIVED, by=OPERATOR, subject=FILE)
    record_now(Kind.PUBLISHED, by=SYSTEM, subject=DATASET, because="sudah ditinjau")
    taken = Subject(kind="dataset", id="penduduk-desa", label="Penduduk desa", organisation="desa", sha256="cd" * 32)
    record_now(Kind.DOWNLOADED, by=PUBLIC, subject=taken)


@pytest.mark.parametrize("role", ["walidata", "ppdp", "petugas_piket", "admin"])
@pytest.mark.parametrize("address", [f"/meja/jejak/kiriman/{NUMBER}", "/meja/jejak/dataset/penduduk-desa"])
def test_one_page_answers_all(
    role: str, address: str, story: None, regency: Regency, person: MakePerson, client: Client
) -> None:
    client.force_login(person(role, regency.top))
    page = client.get(address).content.decode()
    for fact in ("Operator Desa", "Desa Mekarsari", "203.0.113.9", "Ponsel", "sudah ditinjau", "198.51.100.4"):
        assert fact in page, fact


@pytest.mark.parametrize(
    ("role", "where"), [("produsen", "village"), ("walidata", "neighbour"), ("ppdp", "agency"), ("", "village")]
)
@pytest.mark.parametrize(
    "address", ["/meja/jejak/", f"/meja/jejak/kiriman/{NUMBER}", "/meja/jejak/dataset/penduduk-desa"]
)
def test_strangers_learn_nothing(
    role: str, where: str, address: str, story: None, regency: Regency, person: MakePerson, client: Client
) -> None:
    client.force_login(person(role, getattr(regency, where) if role else None))
    answer = client.get(address)
    assert answer.status_code == 404 or "203.0.113.9" not in answer.content.decode()


def test_the_public_is_asked_to_sign_in(story: None, client: Client) -> None:
    assert client.get("/meja/jejak/").headers["Location"].startswith("/masuk")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ({"subject": str(NUMBER)}, 1),
        ({"subject": "register"}, 1),
        ({"subject": "AB" * 32}, 2),
        ({"person": "operator"}, 1),
        ({"kind": "downloaded"}, 1),
        ({"since": "2019-06-20"}, 3),
        ({"until": "2019-06-20"}, 0),
        ({"since": "bukan tanggal"}, 3),
        ({}, 3),
    ],
)
def test_the_log_is_narrowed(
    question: dict[str, str],
    expected: int,
    story: None,
    regency: Regency,
    person: MakePerson,
    client: Client,
) -> None:
    client.force_login(person("walidata", regency.top))
    answer = client.get("/meja/jejak/", question)
    assert answer.context["page"].paginator.count == expected


@pytest.mark.parametrize("address", ["/meja/jejak/", f"/meja/jejak/kiriman/{NUMBER}"])
def test_the_record_is_only_read(
    address: str, story: None, regency: Regency, person: MakePerson, client: Client
) -> None:
    client.force_login(person("admin", regency.top))
    assert client.post(address).status_code == 405
