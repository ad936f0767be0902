"""A citizen applies on a telephone, an officer opens it at the desk: nothing in clear ever leaves either browser."""

import base64
import os
import re
import struct
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Request, Route, expect

from tests.journeys.browser import Walk
from tests.journeys.people import SERVES, credentials

pytestmark = pytest.mark.journey
Visitor = Callable[..., Walk]
PATIENCE = 90_000  # milliseconds, on a busy machine
PASSPHRASE = "padi-di-lumbung-terkunci"
NAME, NIK = "Sekar Tanjung Wulandari", "9901014707909001"
SLUG = "dinas-kependudukan-dan-pencatatan-sipil"
OFFICE = f"/meja/loket/{SLUG}"


def photo(path: Path) -> Path:
    """A PNG of one colour, with a text in it that says where it was taken."""

    def part(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = zlib.compress(b"".join(b"\0" + b"\x66\x99\x66" * 300 for _ in range(200)))
    head = part(b"IHDR", struct.pack(">IIBBBBB", 300, 200, 8, 2, 0, 0, 0))
    told = part(b"tEXt", b"Comment\0Diambil di rumah Sekar")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + head + told + part(b"IDAT", rows) + part(b"IEND", b""))
    return path


def film(path: Path) -> Path:
    path.write_bytes(b"\0\0\0\x18ftypmp42\0\0\0\0" + os.urandom(500))
    return path


def listened(walker: Walk) -> list[bytes]:
    """Everything that this browser sends from now on."""
    sent: list[bytes] = []

    def heard(request: Request) -> None:
        sent.append(request.url.encode() + (request.post_data_buffer or b""))

    walker.page.on("request", heard)
    return sent


def arranged(officer: Walk) -> None:
    """Address, hours, working days."""
    officer.go(OFFICE)
    officer.page.get_by_label("Alamat kantor").fill("Jalan Lumbung Raya 7")
    officer.look()
    officer.page.get_by_role("button", name="Simpan", exact=True).click()
    expect(officer.page.get_by_text("Loket tersimpan.")).to_be_visible(timeout=PATIENCE)
    officer.look()


def new_key(officer: Walk, folder: Path) -> Path:
    """Made in the browser, saved, proven, registered: the private half is never sent."""
    page, sent = officer.page, listened(officer)
    officer.go(f"{OFFICE}/kunci")
    page.locator("#sandi-1").fill(PASSPHRASE)
    page.locator("#sandi-2").fill(PASSPHRASE)
    page.get_by_role("button", name="Buat kunci di peramban ini").click()
    expect(page.locator("[data-key-file]")).to_be_visible(timeout=PATIENCE)
    content = str(page.locator("[data-key-file]").get_attribute("href")).partition(",")[2]
    file = folder / "kunci.age"
    file.write_text(content.replace("%20", " ").replace("%0A", "\n").replace("%2B", "+").replace("%2F", "/")
                    .replace("%3D", "="), encoding="ascii")  # fmt: skip
    assert b"AGE-SECRET-KEY" not in base64.b64decode("".join(file.read_text().splitlines()[1:-1]))
    prove = page.locator("form[data-prove]")
    prove.locator("#kunci").set_input_files(file)
    prove.locator("#sandi").fill(PASSPHRASE)
    prove.get_by_role("button", name="Periksa").click()
    page.get_by_role("button", name="Daftarkan kunci ini").click(timeout=PATIENCE)
    expect(page.get_by_text("Kunci kantor terdaftar.")).to_be_visible(timeout=PATIENCE)
    officer.look()
    assert not [one for one in sent if b"AGE-SECRET-KEY" in one or PASSPHRASE.encode() in one]
    return file


def filled(citizen: Walk, file: Path) -> None:
    page = citizen.page
    page.get_by_label("Nama lengkap pemohon").fill(NAME)
    page.get_by_label("NIK pemohon").fill(NIK)
    page.get_by_label("KK lama, bila ada").set_input_files(file)
    page.get_by_role("button", name="Segel dan kirim").click()


def applied(citizen: Walk, folder: Path) -> tuple[str, str]:
    """The ticket and the link, over a line that breaks once in the middle."""
    citizen.go("/layanan/")
    citizen.look()
    citizen.go(f"/layanan/ajukan/{SLUG}/kk")
    expect(citizen.page.get_by_role("button", name="Segel dan kirim")).to_be_visible(timeout=PATIENCE)
    citizen.look()
    filled(citizen, film(folder / "video.jpg"))
    expect(citizen.page.locator("[data-say]")).to_contain_text("Itu video, bukan foto.", timeout=PATIENCE)
    broken: list[str] = []

    def break_once(route: Route) -> None:
        broken.append(route.request.url)
        route.abort() if len(broken) == 1 else route.continue_()

    citizen.page.route(re.compile("/layanan/kirim/[0-9a-f]{32}$"), break_once)
    filled(citizen, photo(folder / "kk.png"))
    expect(citizen.page.locator("[data-ticket]")).to_be_visible(timeout=PATIENCE)
    assert broken and citizen.troubles and all("ERR_FAILED" in one for one in citizen.troubles)
    citizen.troubles.clear()  # the line that was broken on purpose
    citizen.look()
    ticket = citizen.page.locator("[data-ticket]").inner_text()
    link = str(citizen.page.locator("[data-link]").get_attribute("href"))
    citizen.page.get_by_role("button", name="Sudah saya simpan").click()
    return ticket, link


def opened(officer: Walk, ticket: str, key: Path) -> None:
    """From the list to the content, the key asked for once."""
    page = officer.page
    officer.go("/meja/layanan/")
    officer.look()
    page.locator("#kunci").set_input_files(key)
    page.locator("#sandi").fill("keliru-sama-sekali")
    page.get_by_role("button", name="Pakai kunci ini").click()
    expect(page.locator("[data-said]")).to_contain_text("Kunci tidak terbuka", timeout=PATIENCE)
    page.locator("#sandi").fill(PASSPHRASE)
    page.get_by_role("button", name="Pakai kunci ini").click()
    expect(page.locator("[data-opening]")).to_contain_text("Kunci kantor terpasang", timeout=PATIENCE)
    page.get_by_role("link", name=ticket).click()
    expect(page.get_by_text(NAME)).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text(NIK)).to_be_visible()
    expect(page.locator("canvas")).to_have_count(1)
    officer.look()


def test_from_the_telephone_to_the_desk(
    visitor: Visitor, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    officer, citizen = visitor(), visitor(scheme="dark")
    officer.sign_in(*credentials(SERVES))
    arranged(officer)
    key = new_key(officer, tmp_path)
    sent = listened(citizen)
    ticket, link = applied(citizen, tmp_path)
    for planted in (NAME.encode(), NIK.encode(), b"Diambil di rumah", link.rpartition("#")[2].encode()):
        assert not [one for one in sent if planted in one]
    officer.go("/meja/layanan/")
    for _ in range(PATIENCE // 500):  # until the housekeeper has brought it from the counter
        if officer.page.get_by_role("link", name=ticket).count():
            break
        officer.page.wait_for_timeout(1_000)
        officer.go("/meja/layanan/")
    opened(officer, ticket, key)
    officer.page.get_by_role("button", name="Kerjakan").click()
    expect(officer.page.get_by_text(NAME)).to_be_visible(timeout=PATIENCE)
    officer.page.get_by_role("button", name="Dokumen siap diambil").click()
    expect(officer.page.locator("main").get_by_text("Siap diambil").first).to_be_visible(timeout=PATIENCE)
    citizen.page.goto(link)
    expect(citizen.page.locator("main").get_by_text("Siap diambil").first).to_be_visible(timeout=PATIENCE)
    assert "#" not in citizen.page.url
    citizen.look()
    looked_at = 0
    for path in (tmp_path_factory.getbasetemp() / "home0").rglob("*"):
        with suppress(FileNotFoundError, IsADirectoryError):  # the house goes on: files pass while we look
            content = path.read_bytes()
            assert NAME.encode() not in content and NIK.encode() not in content, path
            looked_at += len(content)
    assert looked_at, "nothing was looked at"
