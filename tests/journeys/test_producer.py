"""A producer's day: files over a line that breaks, and a held table mended in the browser."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from lumbung.invent import nik
from tests.journeys.browser import Walk
from tests.journeys.people import OPERATOR, SEEDS, WALIDATA, credentials

pytestmark = pytest.mark.journey
Visitor = Callable[..., Walk]


def table(folder: Path, name: str, *, width: str, rows: int, remark: str = "lengkap") -> Path:
    """A table of hamlets, different on each screen; `remark` stands in one of its rows."""
    lines = [f"Dusun {n},{100 + n + SEEDS[width]},{remark if n == 3 else 'lengkap'}" for n in range(rows)]
    path = folder / name
    path.write_text("Dusun,Jumlah,Keterangan\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_several_files_over_a_line_that_breaks(visitor: Visitor, width: str, tmp_path: Path) -> None:
    operator = visitor()
    operator.sign_in(*credentials(OPERATOR))
    files = [
        table(tmp_path, f"besar_{width}.csv", width=width, rows=40_000),
        table(tmp_path, f"kecil_{width}.csv", width=width, rows=12),
    ]
    broken: list[str] = []

    def breaks(route: Route) -> None:
        if route.request.method == "PUT" and len(broken) < 2:
            broken.append(route.request.url)
            route.abort("connectionreset")
        else:
            route.continue_()

    operator.page.route("**/meja/unggahan/**", breaks)
    operator.go("/meja/kiriman/baru")
    operator.page.locator("input[type=file]").set_input_files(files)
    operator.page.get_by_role("button", name="Kirim untuk diperiksa").click()
    expect(operator.page.get_by_text("2 berkas diterima")).to_be_visible(timeout=60_000)
    assert len(broken) == 2
    operator.look()
    expect(operator.page.get_by_role("link", name=f"Besar {width}")).to_be_visible()
    expect(operator.page.get_by_role("link", name=f"Kecil {width}")).to_be_visible()
    operator.troubles[:] = [one for one in operator.troubles if "ERR_CONNECTION_RESET" not in one]


def test_a_held_table_is_mended(
    visitor: Visitor, width: str, tmp_path: Path, picture: Callable[..., Path | None]
) -> None:
    operator = visitor()
    operator.sign_in(*credentials(OPERATOR))
    number = nik(region="330801", birth=date(1971, 3, 9), female=False, serial=9040)
    file = table(tmp_path, f"titipan_{width}.csv", width=width, rows=30, remark=f"ktp {number}")
    operator.go("/meja/kiriman/baru")
    operator.page.locator("input[type=file]").set_input_files(file)
    operator.page.get_by_role("button", name="Kirim untuk diperiksa").click()
    page = operator.page
    expect(page.get_by_role("link", name="Buang kolom atau baris")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Buang kolom atau baris").click()
    expect(page.get_by_label("Baris yang tidak ikut")).to_have_value("5")
    assert number not in page.content()
    operator.look(picture("perbaikan"))
    page.get_by_role("button", name="Lihat yang tersisa").click()
    expect(page.get_by_text("tidak menemukan data pribadi lagi")).to_be_visible(timeout=30_000)
    operator.look()
    page.get_by_role("button", name="Kembali memilih").click()
    page.get_by_role("checkbox", name=re.compile("Keterangan")).check()
    page.get_by_role("button", name="Lihat yang tersisa").click()
    page.get_by_role("button", name="Kirim tabel ini").click()
    expect(page.get_by_role("heading", name="Sudah siap menjadi data terbuka?")).to_be_visible(timeout=60_000)
    operator.look()


def test_a_budget_is_filled_in_without_a_file(
    visitor: Visitor, width: str, picture: Callable[..., Path | None]
) -> None:
    operator, walidata = visitor(), visitor()
    operator.sign_in(*credentials(OPERATOR))
    operator.go("/meja/isian/")
    page = operator.page
    operator.look()
    page.locator("a[href^='/meja/isian/apbdes/']").first.click()
    page.get_by_label("Dana desa: Anggaran").fill("sembilan ratus juta")
    page.get_by_role("button", name="Simpan draf").click()
    expect(page.locator(".field-errors").first).to_be_visible(timeout=30_000)
    page.get_by_label("Dana desa: Anggaran").fill("912.500.000")
    page.get_by_label("Bidang pelaksanaan pembangunan desa: Anggaran").fill("912.500.000")
    page.get_by_role("button", name="Simpan draf").click()
    expect(page.get_by_text("Disimpan terakhir oleh")).to_be_visible(timeout=30_000)
    operator.look(picture("isian"))
    walidata.sign_in(*credentials(WALIDATA))
    walidata.go("/meja/isian/")
    expect(walidata.page.get_by_text("Draf, belum dikirim").first).to_be_visible()
    walidata.look()
