"""A filled blank among ordinary uploads is led to its form, and nothing else is kept out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.accounts.permissions import Conflicting
from lumbung.portal.intake.blanks.definition import blanks
from lumbung.portal.intake.blanks.recognising import check_no_blank
from lumbung.portal.intake.blanks.workbook import written
from lumbung.portal.intake.models import Entry, Submission
from tests.portal.conftest import Regency
from tests.portal.shelves import TABLE, Desk, desk, signed_in

__all__ = ["desk"]

YEAR = timezone.localdate().year
KODE = "99.01.01.2001"
NAME = f"blangko-apbdes-{YEAR}-desa.xlsx"


def address(name: str, organisation: object) -> str:
    with pytest.raises(Conflicting) as caught:
        check_no_blank(name, organisation)  # type: ignore[arg-type]
    assert caught.value.code == "filled-blank"
    return caught.value.address


def test_its_form_is_offered(regency: Regency) -> None:
    form = f"/meja/isian/apbdes/{regency.village.slug}/{YEAR}"
    for name in (NAME, NAME.upper(), f"C:\\Unduhan\\{NAME}", NAME.replace(".xlsx", " (1).xlsx")):
        assert address(name, regency.village) == form
    assert address(NAME, regency.top) == "/meja/isian/"
    assert address(NAME.replace(str(YEAR), "1999"), regency.village) == "/meja/isian/"


@pytest.mark.parametrize(
    "name", ["blangko.xlsx", "blangko-lain-2026-desa.xlsx", "apbdes-2026.xlsx", NAME[:-4] + "csv", ""]
)
def test_everything_else_passes(regency: Regency, name: str) -> None:
    check_no_blank(name, regency.village)


def test_the_upload_page_leads_there_and_keeps_nothing(regency: Regency, producer: Person, client: Client) -> None:
    client.force_login(producer)
    book = written(blanks()["apbdes"], year=YEAR, kode="99.01.01.2001", village="Desa", values={})
    sent = {"organisation": regency.village.pk, "file": SimpleUploadedFile(NAME, book)}
    answer = client.post("/meja/kiriman/baru", sent)
    assert answer.status_code == 409
    assert f"/meja/isian/apbdes/{regency.village.slug}/{YEAR}" in answer.content.decode()
    assert not Submission.objects.exists()


@pytest.fixture
def at_home(desk: Desk) -> Desk:
    """The village has its kode wilayah, so that it can fill in."""
    Organisation.objects.filter(pk=desk.village.pk).update(kode=KODE)
    return desk


def book(kode: str = KODE, year: int = YEAR) -> bytes:
    values = {"4.2.1": {"anggaran": 850_250_000}}
    return written(blanks()["apbdes"], year=year, kode=kode, village="Desa Mekarsari", values=values)


def test_a_renamed_one_is_known_by_its_mark_and_goes_into_its_form(at_home: Desk) -> None:
    sent = at_home.send(book(), name="laporan keuangan desa.xlsx")
    assert sent.seems == f"apbdes {YEAR} {KODE}"
    producer = signed_in(at_home.producer)
    page = producer.get(sent.get_absolute_url()).content.decode()
    assert "Ini blangko isian" in page
    answer = producer.post(f"{sent.get_absolute_url()}/ke-isian")
    assert answer.status_code == 200
    assert "850250000" in answer.content.decode()
    assert f"/meja/isian/apbdes/{at_home.village.slug}/{YEAR}" in answer.content.decode()
    assert not Entry.objects.exists()  # nothing is saved before the person has looked
    review = signed_in(at_home.walidata).get(f"/meja/tinjau/{sent.pk}").content.decode()
    assert "dikirim sebagai berkas biasa" in review


@pytest.mark.parametrize("kode", ["99.01.01.2999", KODE])
def test_of_another_village_or_year_it_leads_to_the_list_of_forms(at_home: Desk, kode: str) -> None:
    sent = at_home.send(book(kode, year=1999 if kode == KODE else YEAR), name="apbdes desa sebelah.xlsx")
    producer = signed_in(at_home.producer)
    page = producer.get(sent.get_absolute_url()).content.decode()
    assert "Ini blangko isian" in page and "Buka isian desa" in page
    assert producer.post(f"{sent.get_absolute_url()}/ke-isian").status_code == 404


def test_nobody_else_brings_it_over_and_not_after_the_decision(at_home: Desk) -> None:
    sent = at_home.send(book(), name="apbdes.xlsx")
    for someone in (at_home.walidata, at_home.stranger, at_home.admin):
        assert signed_in(someone).post(f"{sent.get_absolute_url()}/ke-isian").status_code == 404
    at_home.approve(sent)
    assert signed_in(at_home.producer).post(f"{sent.get_absolute_url()}/ke-isian").status_code == 404


def test_an_ordinary_table_seems_nothing_else(at_home: Desk) -> None:
    assert at_home.send(TABLE).seems == ""
    spoken = b"catatan;n\nlihat lumbung-blangko apbdes 2026 99.01.01.2001 ya;7\nlain;8\n"
    assert at_home.send(spoken).seems == ""  # a sentence about the mark is not the mark
