"""A visitor without an account reports, follows by a code, and the duty officer closes and reads the chronology."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Walk
from tests.journeys.people import DUTY, PPDP, credentials
from tests.journeys.test_shelf import first_datasets

pytestmark = pytest.mark.journey
Visitor = Callable[..., Walk]
PATIENCE = 30_000  # milliseconds, on a busy machine


def told(walker: Walk, address: str) -> str:
    """Report what stands at an address; the code."""
    page = walker.page
    walker.go(address)
    page.get_by_role("link", name="Laporkan data pribadi").click()
    walker.look()
    page.get_by_label("NIK atau nomor KK").check()
    page.get_by_label("Di kolom mana?").fill("B")
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_role("heading", name="Laporan diterima")).to_be_visible(timeout=PATIENCE)
    walker.look()
    return page.locator("#kode").inner_text()


def follow(walker: Walk, code: str, outcome: str) -> None:
    walker.go("/laporan")
    walker.page.get_by_label("Kode laporan").fill(code)
    walker.page.get_by_role("button", name="Lihat").click()
    expect(walker.page.get_by_role("heading", name=outcome)).to_be_visible(timeout=PATIENCE)
    walker.look()


def reopen(walker: Walk, address: str) -> None:
    """Back on the shelf, for what was reported was no person."""
    walker.go(f"/meja/data/{address.rpartition('/')[2]}")
    walker.page.get_by_label("Alasan").first.fill("Dilihat: kolom itu hanya jumlah.")
    walker.page.get_by_role("button", name="Buka kembali").click()
    expect(walker.page.get_by_text(re.compile("Data dibuka kembali"))).to_be_visible(timeout=PATIENCE)


def test_a_report_is_followed_and_answered_by_closing(visitor: Visitor, width: str) -> None:
    citizen, officer, ppdp = visitor(), visitor(), visitor(scheme="dark")
    address = first_datasets(citizen, 4)[{"phone": 2, "desktop": 3}[width]]
    code = told(citizen, address)
    officer.sign_in(*credentials(DUTY))
    officer.go("/meja/laporan/")
    officer.look()
    officer.page.locator("tbody tr th a").first.click()
    officer.look()
    officer.page.get_by_role("button", name="Tutup sekarang").click()
    expect(officer.page.get_by_text(re.compile("Data ditutup:"))).to_be_visible(timeout=PATIENCE)
    officer.look()
    follow(citizen, code, "Data ditutup")
    assert citizen.go(address) == 410
    citizen.look()
    ppdp.sign_in(*credentials(PPDP))
    ppdp.go("/meja/insiden/")
    ppdp.look()
    ppdp.page.locator("tbody tr th a").first.click()
    expect(ppdp.page.get_by_role("heading", name="Kronologi")).to_be_visible(timeout=PATIENCE)
    ppdp.look()
    reopen(ppdp, address)
    follow(citizen, code, "Data ditutup")
    expect(citizen.page.get_by_text(re.compile("Dibuka kembali setelah diperiksa"))).to_be_visible(timeout=PATIENCE)
    ppdp.go("/meja/insiden/")
    ppdp.page.locator("tbody tr th a").first.click()
    ppdp.page.get_by_role("button", name="English").click()
    expect(ppdp.page.get_by_role("heading", name="Chronology")).to_be_visible(timeout=PATIENCE)
