"""An admin invites a walidata by link; they choose a password, set up a second step, and come in with it again."""

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from tests.journeys.browser import Walk
from tests.journeys.people import ADMIN, credentials

pytestmark = pytest.mark.journey
Visitor = Callable[..., Walk]
CHOSEN = "gabah-kering-panen-7"


def code_of(secret: str) -> str:
    """What the telephone shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def invite(admin: Walk, *, email: str) -> str:
    """The link for a new walidata, as the admin sees it once."""
    admin.sign_in(*credentials(ADMIN))
    admin.go("/meja/orang/")
    admin.look()
    admin.page.get_by_role("link", name="Undang orang").click()
    admin.page.get_by_label("Nama").fill("Kirana Lestari")
    admin.page.get_by_label("Surel").fill(email)
    admin.page.get_by_label("Organisasi", exact=True).select_option(index=1)
    admin.page.get_by_label("Peran", exact=True).select_option(label="Walidata")
    admin.look()
    admin.page.get_by_role("button", name="Buat tautan undangan").click()
    expect(admin.page.get_by_role("heading", name="Undangan untuk Kirana Lestari")).to_be_visible()
    admin.look()
    return str(admin.page.locator("#tautan").text_content())


def choose_password(invited: Walk, link: str) -> None:
    """Open the link and be led to the page of the second step."""
    invited.page.goto(link)
    expect(invited.page).to_have_url(re.compile("/undangan$"))
    invited.look()
    invited.page.get_by_label("Kata sandi", exact=True).fill(CHOSEN)
    invited.page.get_by_label("Kata sandi sekali lagi").fill(CHOSEN)
    invited.page.get_by_role("button", name="Simpan dan masuk").click()
    expect(invited.page.get_by_text("Satu langkah lagi sebelum meja Anda terbuka")).to_be_visible()
    invited.look()


def with_password(walker: Walk, email: str) -> None:
    """As far as the second step."""
    walker.go("/masuk")
    walker.page.get_by_label("Surel").fill(email)
    walker.page.get_by_label("Kata sandi").fill(CHOSEN)
    walker.page.locator("main").get_by_role("button", name="Masuk").click()
    expect(walker.page.get_by_role("heading", name="Pengaman kedua")).to_be_visible()


def test_an_invited_walidata_sets_up_a_telephone(visitor: Visitor, width: str) -> None:
    admin, invited = visitor(), visitor()
    email = f"kirana.{width}@contoh.example"
    choose_password(invited, invite(admin, email=email))
    page = invited.page
    invited.go("/meja/tinjau/")
    expect(page).to_have_url(re.compile("/meja/akun/$"))
    page.get_by_role("link", name="Pasang").click()
    page.get_by_text("Tidak dapat memindai?").click()
    secret = str(page.locator("#kunci").text_content())
    invited.look()
    page.get_by_label("Kode").fill(code_of(secret))
    page.get_by_role("button", name="Pasang").click()
    expect(page.locator("#kode li")).to_have_count(10)
    recovery = str(page.locator("#kode li").first.text_content())
    invited.look()
    page.get_by_role("link", name="Sudah saya catat").click()
    expect(page.get_by_role("heading", name="Antrean tinjauan")).to_be_visible()

    invited.sign_out()
    with_password(invited, email)
    invited.look()
    page.get_by_label("Kode").fill("000000")
    page.get_by_role("button", name="Lanjutkan").click()
    expect(page.get_by_role("alert")).to_contain_text("Kodenya belum cocok")
    page.get_by_label("Kode").fill(code_of(secret))
    page.get_by_role("button", name="Lanjutkan").click()
    page.wait_for_url(f"{invited.site}/meja/**")
    invited.go("/meja/akun/")
    expect(page.get_by_role("cell", name="yang ini")).to_be_visible()
    invited.look()
    page.get_by_role("link", name="Buat kode cadangan baru").click()
    expect(page.get_by_role("heading", name="Pastikan ini Anda")).to_be_visible()
    invited.look()

    invited.sign_out()
    with_password(invited, email)
    page.get_by_label("Kode").fill(recovery)
    page.get_by_role("button", name="Lanjutkan").click()
    page.wait_for_url(f"{invited.site}/meja/**")


def test_a_passkey_opens_the_desk(visitor: Visitor, width: str) -> None:
    admin, invited = visitor(), visitor()
    invited.site = invited.site.replace("127.0.0.1", "localhost")  # a passkey belongs to a name, not to a number
    device = invited.context.new_cdp_session(invited.page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "automaticPresenceSimulation": True}})
    email = f"kunci.{width}@contoh.example"
    link = invite(admin, email=email)
    choose_password(invited, link.replace("127.0.0.1", "localhost"))
    page = invited.page
    page.get_by_role("link", name="Tambah kunci sandi").click()
    invited.look()
    page.get_by_role("button", name="Buat kunci sandi").click()
    expect(page.locator("#kode li")).to_have_count(10)

    invited.sign_out()
    with_password(invited, email)
    invited.look()
    page.get_by_role("button", name="Pakai kunci sandi").click()
    page.wait_for_url(f"{invited.site}/meja/**")
    expect(page.get_by_role("heading", name="Antrean tinjauan")).to_be_visible()
