"""An incident from the report to the evidence: a citizen, an officer on a telephone of 360 pixels, the PPDP."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lumbung.portal.incidents import age
from tests.journeys.browser import Walk
from tests.journeys.people import DUTY, PPDP, credentials
from tests.journeys.test_report import follow, reopen, told
from tests.journeys.test_shelf import first_datasets

pytestmark = pytest.mark.journey
Visitor = Callable[..., Walk]
PATIENCE = 60_000  # milliseconds, on a busy machine


def saved(page: Page, button: str, to: Path) -> bytes:
    """What a button or a link hands out."""
    with page.expect_download(timeout=PATIENCE) as coming:
        page.get_by_text(button, exact=True).click()
    coming.value.save_as(to)
    return to.read_bytes()


def closed_on_a_telephone(officer: Walk) -> None:
    officer.page.set_viewport_size({"width": 360, "height": 740})
    officer.sign_in(*credentials(DUTY))
    officer.go("/meja/laporan/")
    officer.page.locator("tbody tr th a").first.click()
    officer.page.get_by_role("button", name="Tutup sekarang").click()
    expect(officer.page.get_by_text(re.compile("Data ditutup:"))).to_be_visible(timeout=PATIENCE)
    officer.page.get_by_role("link", name="Jam dan kronologi").click()
    for heading in ("Jam 3 × 24 jam", "Yang harus dilakukan", "Kronologi"):
        expect(officer.page.get_by_role("heading", name=heading)).to_be_visible(timeout=PATIENCE)
    officer.look()


def letter_written(ppdp: Walk, folder: Path) -> None:
    page = ppdp.page
    page.get_by_role("link", name="T1 Pemberitahuan kepada lembaga").click()
    page.get_by_role("button", name="Susun rancangan").click()
    expect(page.get_by_role("heading", name="Pratinjau")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("a. Data pribadi yang terungkap").last).to_be_visible()
    ppdp.look()
    assert saved(page, "Unduh PDF", folder / "surat.pdf").startswith(b"%PDF")
    assert saved(page, "Unduh DOCX", folder / "surat.docx").startswith(b"PK")


@pytest.mark.parametrize("width", ["desktop"])
def test_from_the_report_to_the_evidence(visitor: Visitor, width: str, tmp_path: Path) -> None:
    citizen, officer, ppdp = visitor(), visitor(), visitor()
    address = first_datasets(citizen, 4)[3]
    code = told(citizen, address)
    closed_on_a_telephone(officer)
    assert citizen.go(address) == 410
    ppdp.sign_in(*credentials(PPDP))
    incident = officer.page.url
    ppdp.page.goto(incident)
    ppdp.look()
    letter_written(ppdp, tmp_path)
    ppdp.page.goto(incident)
    _secret, public = age.new_key()
    ppdp.page.get_by_label("Kunci publik penerima").fill(public)
    assert saved(ppdp.page, "Buat dan unduh bundel", tmp_path / "bukti.zip").startswith(b"PK")
    follow(citizen, code, "Data ditutup")
    reopen(ppdp, address)
