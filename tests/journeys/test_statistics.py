"""A register becomes statistics: held, counted, shredded, reviewed, published; the village's page fills itself."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from lumbung.invent import LAYOUTS, invent_households
from lumbung.invent.workbooks import write
from tests.journeys.browser import Walk
from tests.journeys.people import OPERATOR, PPDP, WALIDATA, credentials
from tests.journeys.test_held import hand_in

pytestmark = pytest.mark.journey
Visitor = Callable[..., Walk]
DAYS = {"phone": date(2017, 12, 31), "desktop": date(2019, 12, 31)}  # the same village, two years apart
FAMILIES = {"phone": 90, "desktop": 150}  # and grown: a village that hardly changes keeps its last release


def register(folder: Path, *, width: str) -> Path:
    """A village's whole register, as OpenSID exports it."""
    layout = next(layout for layout in LAYOUTS if layout.name == "opensid-ekspor")
    path = folder / f"penduduk-{width}.xlsx"
    write(
        layout.build(invent_households(seed=len(width), count=FAMILIES[width], on=DAYS[width])), to=path, format="xlsx"
    )
    return path


def test_a_register_becomes_the_villages_page(
    visitor: Visitor, width: str, tmp_path: Path, picture: Callable[..., Path | None]
) -> None:
    operator, walidata, ppdp, public = visitor(), visitor(), visitor(), visitor()
    operator.sign_in(*credentials(OPERATOR))
    hand_in(operator, register(tmp_path, width=width), title=f"Register {width}")
    page = operator.page
    held = page.url.removeprefix(operator.site)
    expect(page.get_by_role("heading", name="Terima kasih sudah memeriksakannya dulu")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Buat statistik").click()
    operator.look()
    page.get_by_label("Keadaan per tanggal").fill(DAYS[width].isoformat())
    page.get_by_role("button", name="Hitung statistiknya").click()
    expect(page.get_by_text("Statistiknya sudah jadi")).to_be_visible(timeout=120_000)
    expect(page.get_by_text("Dimusnahkan").first).to_be_visible()
    operator.look()
    page.get_by_role("link", name="Lihat statistiknya").click()
    expect(page.get_by_text("Menunggu tinjauan walidata")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("link", name="bukti.json")).to_be_visible()
    operator.look()
    made = page.url.removeprefix(operator.site)

    walidata.sign_in(*credentials(WALIDATA))
    walidata.go(made.replace("/meja/kiriman/", "/meja/tinjau/"))
    desk = walidata.page
    desk.get_by_label("Setujui").check()
    desk.get_by_label("Alasan").fill("Tabelnya lengkap dan buktinya berlaku.")
    desk.get_by_role("button", name="Simpan keputusan").click()
    desk.get_by_role("button", name="Terbitkan").click()
    expect(desk.get_by_text("Data terbit dan sudah dapat dicari")).to_be_visible(timeout=120_000)

    desk.get_by_role("link", name=re.compile("Halaman desa")).click()
    address = desk.url.removeprefix(walidata.site)
    assert public.go(address) == 200
    expect(public.page.get_by_role("heading", name="Angka pokok")).to_be_visible()
    expect(public.page.get_by_text("Penduduk", exact=True).first).to_be_visible()
    public.look(picture("desa"))
    with public.page.expect_download() as taken:
        public.page.get_by_role("link", name=re.compile(r"monografi\.pdf")).click()
    assert Path(taken.value.path()).read_bytes().startswith(b"%PDF")
    public.page.get_by_role("button", name="English").click()
    expect(public.page.get_by_role("heading", name="Key figures")).to_be_visible()

    public.page.get_by_role("button", name="Indonesia").click()
    public.page.locator(".crumbs a[href^='/kabupaten/']").click()
    expect(public.page.get_by_role("heading", level=1)).to_be_visible()
    public.look(picture("kabupaten"))

    ppdp.sign_in(*credentials(PPDP))
    ppdp.go(held.replace("/meja/kiriman/", "/meja/jejak/kiriman/"))
    for act in ("meminta statistik dibuat dari register", "selesai membuat statistik", "memusnahkan berkas"):
        expect(ppdp.page.get_by_text(act).first).to_be_visible()
    ppdp.look()
