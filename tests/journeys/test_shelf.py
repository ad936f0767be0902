"""A clean table goes to the public; a duty officer shuts one dataset in a click and its neighbour never notices."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import Walk
from tests.journeys.people import DUTY, OPERATOR, PPDP, WALIDATA, clean_table, credentials
from tests.journeys.test_held import hand_in

pytestmark = pytest.mark.journey
Visitor = Callable[..., Walk]


def describe(page: Page) -> None:
    """Fill in everything that a review asks for."""
    page.get_by_role("link", name="Ubah keterangan").click()
    page.get_by_label("Uraian").fill("Jumlah penduduk menurut dusun, dihitung dari laporan kepala dusun.")
    page.get_by_label("Tema").select_option(label="Kependudukan")
    page.get_by_label("Periode").fill("2024")
    page.get_by_label("Satuan").fill("orang")
    page.get_by_label("Kekerapan").select_option(label="Tahunan")
    page.get_by_label("Sumber").fill("Laporan kepala dusun")
    page.get_by_label("Klasifikasi").select_option(label="Terbuka")
    page.get_by_label("Dasar hukum").fill("UU 14/2008 pasal 9")
    page.get_by_label("Lisensi").select_option(index=1)
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Keterangan disimpan.")).to_be_visible()


def review_and_publish(walidata: Walk, title: str, picture: Path | None = None) -> None:
    """Find it in the queue, see the table as it will be, say yes, publish."""
    page = walidata.page
    walidata.go("/meja/tinjau/")
    walidata.look()
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("cell", name="Krajan")).to_be_visible(timeout=30_000)
    walidata.look(picture)
    page.get_by_label("Setujui").check()
    page.get_by_label("Alasan").fill("Jumlahnya cocok dan tidak memuat data orang.")
    page.get_by_role("button", name="Simpan keputusan").click()
    page.get_by_role("button", name="Terbitkan").click()
    expect(page.get_by_text("Data terbit dan sudah dapat dicari")).to_be_visible(timeout=30_000)


def first_datasets(walker: Walk, count: int) -> list[str]:
    """Addresses of the seeded datasets, the oldest first."""
    walker.go("/")
    links = walker.page.locator("main h3 a").all()
    return [str(link.get_attribute("href")) for link in reversed(links)][:count]


def test_a_clean_table_reaches_the_public(
    visitor: Visitor, width: str, tmp_path: Path, picture: Callable[..., Path | None]
) -> None:
    title = f"Penduduk menurut dusun {width}"
    operator, walidata, public = visitor(), visitor(), visitor()
    operator.sign_in(*credentials(OPERATOR))
    hand_in(operator, clean_table(tmp_path, width=width), title=title)
    expect(operator.page.get_by_text("Menunggu tinjauan walidata")).to_be_visible(timeout=30_000)
    operator.look()
    describe(operator.page)

    walidata.sign_in(*credentials(WALIDATA))
    review_and_publish(walidata, title, picture("tinjauan"))

    public.go("/")
    public.look(picture("katalog"))
    public.page.get_by_label("Cari data").fill(f"penduduk dusun {width}")
    public.page.get_by_role("button", name="Cari").click()
    public.look(picture("cari"))
    public.page.get_by_role("link", name=title).click()
    expect(public.page.get_by_role("cell", name="Krajan")).to_be_visible()
    public.look(picture("data"))
    with public.page.expect_download() as taken:
        public.page.get_by_role("link", name=re.compile("Unduh CSV")).click()
    rows = list(csv.DictReader(io.StringIO(Path(taken.value.path()).read_text(encoding="utf-8"))))
    assert [row["Dusun"] for row in rows] == ["Krajan", "Mulyosari", "Tegalrejo", "Wonosari"]


def test_one_click_closes_one_dataset(visitor: Visitor, width: str) -> None:
    duty, keeper, public = visitor(), visitor(), visitor()
    closing, neighbour = first_datasets(public, 2)[:: 1 if width == "phone" else -1]
    assert public.go(closing) == 200
    with public.page.expect_download() as taken:
        public.page.get_by_role("link", name=re.compile("Unduh CSV")).click()
    file = taken.value.url.removeprefix(public.site)

    duty.sign_in(*credentials(DUTY))
    duty.go(closing)
    duty.page.get_by_role("button", name="Tutup sekarang").click()
    expect(duty.page.get_by_text("Data ditutup")).to_be_visible()
    duty.look()

    assert public.go(closing) == 410
    expect(public.page.get_by_role("heading", name="Data ini ditutup")).to_be_visible()
    public.look()
    assert public.page.request.get(public.site + file).status == 410
    assert public.go(neighbour) == 200
    public.go("/")
    expect(public.page.locator(f'main a[href="{closing}"]')).to_have_count(0)

    keeper.sign_in(*credentials(WALIDATA))
    keeper.go("/meja/data" + closing.removeprefix("/dataset"))
    keeper.look()
    keeper.page.get_by_label("Alasan").first.fill("Sudah diperiksa: tidak ada data pribadi di dalamnya.")
    keeper.page.get_by_role("button", name="Buka kembali").click()
    expect(keeper.page.get_by_text("Data dibuka kembali")).to_be_visible(timeout=30_000)
    assert public.go(closing) == 200


def test_the_record_answers(visitor: Visitor, width: str, picture: Callable[..., Path | None]) -> None:
    ppdp, public = visitor(), visitor()
    wanted = first_datasets(public, 4)[2]
    public.go(wanted)
    with public.page.expect_download():
        public.page.get_by_role("link", name=re.compile("Unduh CSV")).click()

    ppdp.sign_in(*credentials(PPDP))
    ppdp.go("/meja/jejak/")
    ppdp.look()
    ppdp.go("/meja/jejak" + wanted)
    page = ppdp.page
    for question in ("Siapa", "Kapan", "Dari mana", "Diunduh"):
        expect(page.locator("dt", has_text=re.compile(f"^{question}$"))).to_be_visible()
    expect(page.get_by_text("WIB").first).to_be_visible()
    expect(page.locator("#unduhan ~ *").get_by_text("127.0.0.1").first).to_be_visible()
    ppdp.look(picture("jejak"))
