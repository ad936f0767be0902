"""The duty officer on a telephone of 360 pixels: find, close, undo, counted in taps; and the status page meanwhile."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.browser import Walk
from tests.journeys.people import DUTY, credentials
from tests.journeys.test_shelf import first_datasets

pytestmark = pytest.mark.journey
Visitor = Callable[..., Walk]
PATIENCE = 60_000  # milliseconds, on a busy machine
MOST_TAPS = 3  # into the field, on "Cari", on "Tutup sekarang"


class Thumb:
    """Taps, and counts."""

    def __init__(self) -> None:
        self.taps = 0

    def tap(self, where: Locator) -> None:
        where.click()
        self.taps += 1


def test_three_taps_close_and_one_undoes(visitor: Visitor, width: str) -> None:
    citizen, officer, thumb = visitor(), visitor(), Thumb()
    if width == "phone":
        officer.page.set_viewport_size({"width": 360, "height": 740})
    address = first_datasets(citizen, 2)[1]
    officer.sign_in(*credentials(DUTY))
    page = officer.page
    expect(page.get_by_role("heading", name="Tutup data")).to_be_visible(timeout=PATIENCE)
    field = page.get_by_role("searchbox")
    thumb.tap(field)
    field.fill(f"{officer.site}{address}")  # as a citizen sent it, pasted
    thumb.tap(page.get_by_role("button", name="Cari"))
    officer.look()
    thumb.tap(page.get_by_role("button", name=re.compile("^Tutup sekarang")))
    expect(page.get_by_text(re.compile("^Tertutup: halaman"))).to_be_visible(timeout=PATIENCE)
    assert thumb.taps <= MOST_TAPS
    officer.look()
    assert citizen.go(address) == 410
    citizen.go("/status")
    citizen.look()
    thumb.tap(page.get_by_role("button", name=re.compile("^Urungkan")).first)
    expect(page.get_by_text(re.compile("Dibuka kembali setelah"))).to_be_visible(timeout=PATIENCE)
    assert thumb.taps == MOST_TAPS + 1
    assert citizen.go(address) == 200


def test_what_stands_behind_the_button(visitor: Visitor, width: str) -> None:
    officer = visitor(scheme="dark")
    if width == "phone":
        officer.page.set_viewport_size({"width": 360, "height": 740})
    officer.sign_in(*credentials(DUTY))
    for path in ("/meja/tutup/?q=argaloka", "/meja/periksa-ulang/", "/meja/cadangan/", "/meja/status/", "/meja/data/"):
        assert officer.go(path) == 200
        officer.look()
