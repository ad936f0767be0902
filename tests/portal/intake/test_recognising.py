"""A filled blank among ordinary uploads is led to its form, and nothing else is kept out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Conflicting
from lumbung.portal.intake.blanks.definition import blanks
from lumbung.portal.intake.blanks.recognising import check_no_blank
from lumbung.portal.intake.blanks.workbook import written
from lumbung.portal.intake.models import Submission
from tests.portal.conftest import Regency

YEAR = timezone.localdate().year
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
