"""A register is asked for, approved, copied, handed over by link and code; a leaked copy names its recipient."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import libarchive
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import Walk
from tests.journeys.people import OPERATOR, PPDP, WALIDATA, credentials, register
from tests.journeys.test_held import hand_in

pytestmark = pytest.mark.journey
Visitor = Callable[..., Walk]
DAY = date.today() + timedelta(days=30)


def fill_in(page: Page) -> None:
    """What the law asks for, with the proposals left as they are."""
    page.get_by_label("Petikan register").check()
    page.get_by_label("Kepada siapa?").fill("BPS Kabupaten; Kepala\nDinas Sosial; Kepala Bidang")
    page.get_by_label("Dasar hukum").fill("Peraturan contoh pasal 1")
    page.get_by_label("Untuk keperluan apa?").fill("Pemutakhiran data.")
    page.get_by_label("Lembar kerja").check()
    page.get_by_label("Kembali atau musnah").fill(DAY.isoformat())


def unzipped(path: Path, code: str) -> bytes:
    with libarchive.memory_reader(path.read_bytes(), passphrase=code) as archive:
        return b"".join(block for entry in archive for block in entry.get_blocks())


def test_a_copy_on_its_way(visitor: Visitor, width: str, tmp_path: Path) -> None:
    operator, ppdp, recipient = visitor(), visitor(), visitor()
    file, _families = register(tmp_path, width=width, story=1)
    file = file.rename(tmp_path / "salinan.xlsx")
    operator.sign_in(*credentials(OPERATOR))
    page = operator.page
    operator.go("/meja/salinan/")
    if not page.get_by_role("link", name=re.compile("Minta salinan")).count():
        hand_in(operator, file, title="Register untuk disalin")
        expect(page.get_by_role("heading", name="Terima kasih sudah memeriksakannya dulu")).to_be_visible(
            timeout=60_000
        )
        operator.go("/meja/salinan/")
    operator.look()
    page.get_by_role("link", name=re.compile("Minta salinan")).first.click()
    operator.look()
    fill_in(page)
    page.get_by_role("button", name="Kirim permintaan").click()
    expect(page.get_by_text("belum ada salinan yang dibuat")).to_be_visible()
    operator.look()
    address = page.url.removeprefix(operator.site)

    ppdp.sign_in(*credentials(PPDP))
    ppdp.go(address)
    ppdp.look()
    ppdp.page.get_by_label("Setujui", exact=True).check()
    ppdp.page.get_by_label("Alasan").fill("Ada dasar hukumnya.")
    ppdp.page.get_by_role("button", name="Simpan keputusan").click()
    wait_for_copies(operator, address)
    operator.look()

    page.get_by_role("link", name="Dinas Sosial").click()
    offering = page.get_by_role("button", name="Buat tautan dan kode")
    expect(offering).to_be_visible()
    operator.look()
    offering.click()
    expect(page.locator("#kode")).to_be_visible()
    operator.look()
    link, code = page.locator("#tautan").inner_text(), page.locator("#kode").inner_text()
    taken = received(recipient, link, code, tmp_path)

    ppdp.go(f"{address}/lacak")
    ppdp.look()
    ppdp.page.locator("input[type=file]").set_input_files(taken)
    ppdp.page.get_by_role("button", name="Tanyakan").click()
    expect(ppdp.page.get_by_text("Tertunjuk", exact=True)).to_have_count(1)
    expect(ppdp.page.locator("strong", has_text="Dinas Sosial")).to_be_visible()
    ppdp.look()
    operator.go("/meja/salinan/")
    expect(page.get_by_role("heading", name="Sedang dipegang penerima")).to_be_visible()
    operator.look()


def wait_for_copies(operator: Walk, address: str) -> None:
    """Reload until the worker is done."""
    for _time in range(60):
        operator.go(address)
        if operator.page.get_by_role("link", name="Dinas Sosial").count():
            return
        operator.page.wait_for_timeout(1000)
    raise AssertionError("the copies were not made")


def received(recipient: Walk, link: str, code: str, folder: Path) -> Path:
    """The recipient signs and has the file, once."""
    recipient.go(link.removeprefix(recipient.site))
    recipient.look()
    page = recipient.page
    page.get_by_label("Nama dan jabatan Anda").fill("Kepala Bidang Data")
    page.get_by_label("Kode").first.fill(code)
    page.get_by_label(re.compile("Saya menerima salinan")).check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Saya terima, unduh berkasnya").click()
    path = folder / "salinan.zip"
    download.value.save_as(path)
    recipient.go("/salinan/terima")
    expect(page.get_by_text("Berkas ini sudah diambil")).to_be_visible()
    recipient.look()
    plain = folder / "bocor.xlsx"
    plain.write_bytes(unzipped(path, code))
    return plain


def test_the_viewing_room_asks_for_a_second_step(visitor: Visitor, width: str) -> None:
    operator, ppdp, reader = visitor(), visitor(), visitor()
    operator.sign_in(*credentials(OPERATOR))
    page = operator.page
    operator.go("/meja/salinan/")
    page.get_by_role("link", name=re.compile("Minta izin baca")).first.click()
    operator.look()
    page.get_by_label("Surel orang yang akan membaca").fill(WALIDATA.email)
    page.get_by_label("Dasar hukum").fill("Peraturan contoh pasal 3")
    page.get_by_label("Untuk keperluan apa?").fill(f"Mencocokkan ({width}).")
    page.get_by_label("Sampai tanggal").fill((date.today() + timedelta(days=2)).isoformat())
    page.get_by_role("button", name="Kirim permintaan").click()
    ppdp.sign_in(*credentials(PPDP))
    ppdp.go("/meja/salinan/")
    ppdp.page.get_by_role("row", name=re.compile(f"Mencocokkan .{width}")).get_by_role("link").click()
    ppdp.look()
    ppdp.page.get_by_label("Setujui", exact=True).check()
    ppdp.page.get_by_label("Alasan").first.fill("Boleh.")
    ppdp.page.get_by_role("button", name="Simpan keputusan").click()
    address = ppdp.page.url.removeprefix(ppdp.site)
    reader.sign_in(*credentials(WALIDATA))
    reader.go(address)
    expect(reader.page.get_by_text("Pengaman kedua diperlukan")).to_be_visible()
    reader.look()
    assert reader.go(f"{address}/1") == 403
