"""June 2019 again: a village operator uploads the register of 2017 from home, the day after the training.

This time the file is held, nothing of it is public, and who, when, from where is one page.
"""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from lumbung.cli import demo_files, demo_regency
from lumbung.invent import people
from lumbung.invent.incident import FILE_NAME, village_of_2017
from lumbung.invent.offices import LEADING
from lumbung.invent.regency import Regency, invent_regency
from lumbung.portal.accounts.models import Person
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.intake.jobs import inspect_submission
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.states import State

HOME = "198.51.100.23"  # an address that belongs to nobody (RFC 5737)
LAPTOP = "Mozilla/5.0 (Windows NT 6.1) Laptop rumah"
OPERATOR, PPDP, DUTY = "operator.argaloka", "ppdp", "piket"

pytestmark = pytest.mark.django_db


@pytest.fixture
def tirtaloka(db: None, settings: Any) -> None:
    """The demo regency's first district, agencies and people, without datasets; passwords hashed in no time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    demo_regency.add_organisations(Regency(districts=invent_regency().districts[:1]))
    demo_regency.add_people()


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file as the demo leaves it for the replay."""
    folder = tmp_path_factory.mktemp("demo")
    demo_files.leave_incident(folder)
    return folder / FILE_NAME


@pytest.fixture
def uploaded(tirtaloka: None, register: Path) -> Submission:
    """Sent from home and inspected."""
    browser = signed_in(OPERATOR)
    with register.open("rb") as file:
        village = demo_regency.office(demo_regency.VILLAGE).pk
        fields = {"organisation": village, "title": "Statistik penduduk desa", "file": file}
        answer = browser.post("/meja/kiriman/baru", fields, REMOTE_ADDR=HOME, HTTP_USER_AGENT=LAPTOP)
    assert answer.status_code == 302
    submission = Submission.objects.get()
    inspect_submission.call(str(submission.pk))
    submission.refresh_from_db()
    return submission


def signed_in(login: str) -> Client:
    browser = Client()
    browser.force_login(Person.objects.get(email=f"{login}@tirtaloka.example"))
    return browser


def numbers() -> set[str]:
    """Everything in the register that may not be seen anywhere."""
    families = village_of_2017()
    return {home.kk for home in families} | {one.nik for _, one in people(families) if len(one.nik) == 16}


def test_it_is_held_for_what_it_is_and_the_operator_reads_why(uploaded: Submission) -> None:
    assert uploaded.state == State.HELD
    assert uploaded.inspection
    assert {"nik", "nomor-kk", "person-table"} <= uploaded.holding_codes()
    places = [reason["place"] for reason in uploaded.inspection["reasons"] if reason["code"] == "nik"]
    assert {"Table 1", "Table 18"} <= {place["sheet"] for place in places}
    assert {place["column"] for place in places} == {"C"}
    page = signed_in(OPERATOR).get(uploaded.get_absolute_url()).content.decode()
    assert "Table 1" in page
    assert "NIK" in page
    assert not [number for number in numbers() if number in page]


def test_nothing_of_it_is_public_and_no_number_lies_in_clear(uploaded: Submission, tmp_path: Path) -> None:
    public = Client()
    assert not Dataset.objects.exists()
    assert public.get(uploaded.get_absolute_url()).status_code in (302, 404)
    for address in ("/", "/?q=penduduk", "/?q=Argaloka", "/?q=2017"):
        page = public.get(address).content.decode()
        assert str(uploaded.pk) not in page
        assert "Statistik penduduk desa" not in page
    stored = b"".join(path.read_bytes() for path in (tmp_path / "submissions").rglob("*") if path.is_file())
    said = "".join(f"{line.subject_label}{line.because}{line.details}" for line in Event.objects.all())
    assert not [number for number in numbers() if number.encode() in stored or number in said]


def test_one_page_and_one_query_say_who_when_and_from_where(uploaded: Submission) -> None:
    page = signed_in(PPDP).get(f"/meja/jejak/kiriman/{uploaded.pk}").content.decode()
    for fact in ("Karsinah Lestari", "Desa Argaloka", HOME, "Laptop rumah", FILE_NAME):
        assert fact in page, fact
    line = Event.objects.get(subject=f"submission:{uploaded.pk}", kind=Kind.RECEIVED)
    assert (line.actor_name, line.actor_organisation, line.address) == ("Karsinah Lestari", "Desa Argaloka", HOME)
    assert line.sha256 == uploaded.sha256
    assert not Event.objects.filter(kind=Kind.DOWNLOADED).exists()


def test_strangers_do_not_see_it_and_twice_is_once(uploaded: Submission, register: Path) -> None:
    assert signed_in(DUTY).get(uploaded.get_absolute_url()).status_code == 200
    assert signed_in("disdikbud").get(uploaded.get_absolute_url()).status_code == 404
    village = demo_regency.office(demo_regency.VILLAGE).pk
    with register.open("rb") as file:
        fields = {"organisation": village, "title": "Sekali lagi", "file": file}
        answer = signed_in(OPERATOR).post("/meja/kiriman/baru", fields, REMOTE_ADDR=HOME)
    assert answer.status_code == 409
    assert Submission.objects.count() == 1


def test_the_guide_names_the_people_and_the_file(register: Path) -> None:
    guide = (register.parent / demo_files.GUIDE).read_text(encoding="utf-8")
    assert FILE_NAME in guide
    for somebody in LEADING:
        if somebody.email in guide:
            assert str(somebody.password) in guide
    assert f"{OPERATOR}@tirtaloka.example" in guide
