"""Hurried hands: wrong passwords, double clicks, the back button, empty forms, wrong files. Each gets a kind word."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Walk
from tests.journeys.people import ADMIN, DUTY, OPERATOR, PPDP, WALIDATA, clean_table, credentials

pytestmark = pytest.mark.journey
Visitor = Callable[..., Walk]


def try_to_sign_in(walker: Walk, email: str, password: str) -> None:
    """Without waiting to come in."""
    walker.go("/masuk")
    walker.page.get_by_label("Surel").fill(email)
    walker.page.get_by_label("Kata sandi").fill(password)
    walker.page.locator("main").get_by_role("button", name="Masuk").click()
    walker.page.wait_for_load_state()


def test_wrong_passwords_are_slowed_down_kindly(visitor: Visitor, width: str) -> None:
    walker = visitor()
    walker.go("/masuk")
    walker.look()
    email = f"bukan-siapa-siapa-{width}@contoh.example"
    for _ in range(6):
        try_to_sign_in(walker, email, "keliru")
    expect(walker.page.get_by_role("heading", name="Istirahat sebentar")).to_be_visible()
    walker.look()
    walker.sign_in(*credentials(DUTY))  # the others come in as ever


def test_a_double_click_sends_once(visitor: Visitor, width: str, tmp_path: Path) -> None:
    operator = visitor()
    operator.sign_in(*credentials(OPERATOR))
    file = clean_table(tmp_path, width=width)
    file.write_text(file.read_text(encoding="utf-8").replace("Krajan", "Dusun Satu"), encoding="utf-8")
    title = f"Sekali saja {width}"
    operator.go("/meja/kiriman/baru")
    operator.page.locator("input[type=file]").set_input_files(file)
    operator.page.get_by_label("Judul").fill(title)
    operator.page.get_by_role("button", name="Kirim untuk diperiksa").dblclick()
    operator.page.wait_for_url(re.compile(r"/meja/kiriman/[0-9a-f-]{36}$"))
    operator.go("/meja/")
    expect(operator.page.get_by_role("link", name=title)).to_have_count(1)

    operator.go("/meja/kiriman/baru")  # and the very same file once more
    operator.page.locator("input[type=file]").set_input_files(file)
    operator.page.get_by_label("Judul").fill(title)
    operator.page.get_by_role("button", name="Kirim untuk diperiksa").click()
    expect(operator.page.get_by_text("tidak perlu diunggah dua kali")).to_be_visible()
    operator.look()


def test_the_back_button_loses_nothing_and_sends_nothing(visitor: Visitor, width: str, tmp_path: Path) -> None:
    operator = visitor()
    operator.sign_in(*credentials(OPERATOR))
    file = clean_table(tmp_path, width=width)
    file.write_text(file.read_text(encoding="utf-8").replace("Krajan", "Dusun Dua"), encoding="utf-8")
    title = f"Kembali {width}"
    operator.go("/meja/kiriman/baru")
    operator.page.locator("input[type=file]").set_input_files(file)
    operator.page.get_by_label("Judul").fill(title)
    operator.page.get_by_role("button", name="Kirim untuk diperiksa").click()
    operator.page.wait_for_url(re.compile(r"/meja/kiriman/[0-9a-f-]{36}$"))
    operator.page.go_back()
    expect(operator.page.get_by_role("button", name="Kirim untuk diperiksa")).to_be_enabled()
    operator.go("/meja/")
    expect(operator.page.get_by_role("link", name=title)).to_have_count(1)


def test_an_empty_form_says_what_is_missing(visitor: Visitor) -> None:
    operator = visitor()
    operator.sign_in(*credentials(OPERATOR))
    operator.go("/meja/kiriman/baru")
    operator.page.evaluate("document.querySelector('main form').noValidate = true")
    operator.page.get_by_role("button", name="Kirim untuk diperiksa").click()
    alert = operator.page.get_by_role("alert")
    expect(alert).to_contain_text("Ada yang perlu dilengkapi")
    expect(alert.get_by_role("link", name="Berkas")).to_be_visible()
    operator.look()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("gambar.psd", b"8BPS\0\1" + bytes(200), "Jenis berkas belum dikenal"),
        ("kosong.csv", b"", "Berkas ini kosong"),
    ],
)
def test_the_wrong_file_is_held_with_a_way_on(
    visitor: Visitor, width: str, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    operator = visitor()
    operator.sign_in(*credentials(OPERATOR))
    file = tmp_path / name
    file.write_bytes(content + width.encode() if content else content)
    operator.go("/meja/kiriman/baru")
    operator.page.locator("input[type=file]").set_input_files(file)
    operator.page.get_by_label("Judul").fill(f"{name} {width}")
    operator.page.get_by_role("button", name="Kirim untuk diperiksa").click()
    main = operator.page.locator("main")
    told = main.get_by_text(said).or_(main.get_by_text("tidak perlu diunggah dua kali"))
    expect(told.first).to_be_visible(timeout=30_000)
    operator.look()


def test_what_is_not_there_and_what_is_not_theirs_look_the_same(visitor: Visitor) -> None:
    public, operator = visitor(), visitor()
    assert public.go("/dataset/tidak-ada") == 404
    public.look()
    operator.sign_in(*credentials(OPERATOR))
    assert operator.go("/meja/tinjau/00000000-0000-4000-8000-000000000000") == 404
    assert operator.go("/meja/jejak/") == 404


@pytest.mark.parametrize("who", [WALIDATA, PPDP, ADMIN], ids=lambda one: one.role)
def test_every_desk_can_be_read_in_the_dark_and_in_english(visitor: Visitor, who) -> None:
    walker = visitor(scheme="dark")
    walker.go("/aturan")
    walker.look()
    walker.sign_in(*credentials(who))
    walker.page.get_by_role("button", name="English").click()
    expect(walker.page.locator("html")).to_have_attribute("lang", "en")
    addresses = [str(link.get_attribute("href")) for link in walker.page.locator("nav.desk-menu a").all()]
    assert len(addresses) > 1
    for address in ["/", "/aturan", *addresses]:
        assert walker.go(address) == 200
        walker.look()


def test_reading_and_downloading_need_no_javascript(site: str, browser, width: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="id-ID")
    page = context.new_page()
    page.goto(site)
    page.get_by_label("Cari data").fill("penduduk")
    page.get_by_role("button", name="Cari").click()
    page.locator("main h3 a").first.click()
    expect(page.get_by_role("table").first).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name=re.compile("Unduh CSV")).click()
    assert Path(taken.value.path()).stat().st_size > 0
    context.close()
