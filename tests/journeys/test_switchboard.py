"""The duty officer closes a service with one touch; a citizen reads why; two people let it open again."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Walk
from tests.journeys.people import DUTY, PPDP, WALIDATA, credentials

pytestmark = pytest.mark.journey
Visitor = Callable[..., Walk]
PATIENCE = 60_000  # milliseconds, on a busy machine
DESK, CARD = "/meja/status/", "#document-requests"
REASON = "Ditutup sementara selagi keamanannya diperiksa."


def test_one_touch_closes_and_two_hands_open(visitor: Visitor, width: str) -> None:
    citizen, officer = visitor(), visitor(scheme="dark")
    page = officer.page
    if width == "phone":
        page.set_viewport_size({"width": 360, "height": 740})
    officer.sign_in(*credentials(DUTY))
    assert officer.go(DESK) == 200
    page.locator("#open-data").get_by_role("button", name=re.compile("^Terganggu")).click()
    citizen.go("/")
    expect(citizen.page.get_by_text("Layanan sedang terganggu dan kami perbaiki.")).to_be_visible()
    page.locator("#open-data").get_by_role("button", name=re.compile("^Urungkan")).click()
    expect(page.get_by_text(re.compile("^Diurungkan"))).to_be_visible(timeout=PATIENCE)
    page.locator(CARD).get_by_role("button", name=re.compile("^Tutup sekarang")).click()
    expect(page.get_by_text(re.compile("^Sudah tampil"))).to_be_visible(timeout=PATIENCE)
    officer.look()
    citizen.go("/status")
    expect(citizen.page.locator(CARD)).to_contain_text(REASON)
    citizen.look()
    assert citizen.go("/layanan") == 503
    expect(citizen.page.get_by_text(REASON)).to_be_visible()
    citizen.look()
    for one in (WALIDATA, PPDP):
        officer.sign_out()
        officer.sign_in(*credentials(one))
        officer.go(DESK)
        for point in page.locator(CARD).get_by_role("checkbox").all():
            point.check()
        page.locator(CARD).get_by_role("button", name=re.compile("^Tandatangani")).click()
        expect(page.get_by_text("Tanda tangan Anda tercatat.")).to_be_visible(timeout=PATIENCE)
    page.locator(CARD).get_by_role("button", name=re.compile("^Buka kembali")).click()
    expect(page.get_by_text(re.compile("^Sudah tampil"))).to_be_visible(timeout=PATIENCE)
    assert citizen.go("/layanan") == 200
