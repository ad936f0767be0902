"""A village operator brings the register: it is held, the page thanks, says where, and leads on."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Walk
from tests.journeys.people import OPERATOR, PPDP, WALIDATA, credentials, register

pytestmark = pytest.mark.journey
Visitor = Callable[..., Walk]


def hand_in(operator: Walk, file: Path, *, title: str) -> None:
    """Fill in the upload page and send it."""
    operator.go("/meja/kiriman/baru")
    operator.page.locator("input[type=file]").set_input_files(file)
    operator.page.get_by_label("Judul").fill(title)
    operator.page.get_by_role("button", name="Kirim untuk diperiksa").click()
    operator.page.wait_for_url(re.compile(r"/meja/kiriman/[0-9a-f-]{36}$"), timeout=60_000)


def test_the_register_is_held(visitor: Visitor, width: str, tmp_path: Path, picture: Callable) -> None:
    file, families = register(tmp_path, width=width)
    operator = visitor()
    operator.sign_in(*credentials(OPERATOR))
    operator.look()
    operator.go("/meja/kiriman/baru")
    operator.look()
    hand_in(operator, file, title=f"Data penduduk 2017 ({width})")

    page = operator.page
    expect(page.get_by_role("heading", name="Terima kasih sudah memeriksakannya dulu")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("heading", name="Nomor Induk Kependudukan (NIK)")).to_be_visible()
    expect(page.get_by_text("Lembar Table 1").first).to_be_visible()
    expect(page.get_by_text("Kolom C “NIK”").first).to_be_visible()
    expect(page.get_by_role("link", name="Buat statistik")).to_be_visible()
    operator.look(picture("temuan"))

    shown = page.content()
    numbers = [person.nik for family in families for person in family.members] + [family.kk for family in families]
    assert not [number for number in numbers if len(number) == 16 and number in shown], "a number reached the screen"

    page.get_by_role("link", name="Kirim perbaikan").click()
    expect(page.get_by_label("Judul")).to_have_value(f"Data penduduk 2017 ({width})")
    operator.look()


def test_evidence_is_masked_and_only_for_those_who_may(visitor: Visitor, width: str, tmp_path: Path) -> None:
    operator, walidata, ppdp = visitor(), visitor(), visitor()
    operator.sign_in(*credentials(OPERATOR))
    operator.go("/meja/")
    operator.page.get_by_role("link", name=f"Data penduduk 2017 ({width})").first.click()
    address = operator.page.url.removeprefix(operator.site)
    expect(operator.page.get_by_role("button", name=re.compile("disamarkan"))).to_have_count(0)

    walidata.sign_in(*credentials(WALIDATA))
    walidata.go(address)
    walidata.page.get_by_role("button", name=re.compile("disamarkan")).click()
    expect(walidata.page.locator("code", has_text="•").first).to_be_visible()
    walidata.look()

    ppdp.sign_in(*credentials(PPDP))
    ppdp.go(address.replace("/meja/kiriman/", "/meja/jejak/kiriman/"))
    expect(ppdp.page.get_by_text(WALIDATA.name).first).to_be_visible()
    ppdp.look()
