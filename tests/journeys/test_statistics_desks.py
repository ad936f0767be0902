"""The desks around statistics: a package from the village itself, sums, and columns that a person has to name."""

import csv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from lumbung.invent import invent_households, people
from lumbung.invent.layouts.record import lettered
from tests.journeys.browser import Walk
from tests.journeys.people import OPERATOR, WALIDATA, credentials
from tests.journeys.test_held import hand_in

pytestmark = pytest.mark.journey
Visitor = Callable[..., Walk]
HEADS = {
    "Nama": "nama", "NIK": "nik", "No KK": "no_kk", "JK": "sex", "Tgl Lahir": "tanggallahir", "Keyakinan": "agama_id",
    "Pendidikan": "pendidikan_kk_id", "Pekerjaan": "pekerjaan_id", "Status Kawin": "status_kawin", "SHDK": "kk_level",
}  # fmt: skip


def of_its_own(folder: Path, *, width: str) -> Path:
    """A register in a layout of its own, one heading of which nobody knows."""
    path = folder / f"warga-{width}.csv"
    homes = people(invent_households(seed=50 + len(width), count=60))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADS)
        writer.writerows([lettered(home, one, number=1)[key] for key in HEADS.values()] for home, one in homes)
    return path


def test_a_package_is_followed_and_refused_in_words(visitor: Visitor, tmp_path: Path) -> None:
    operator = visitor()
    operator.sign_in(*credentials(OPERATOR))
    operator.go("/meja/paket")
    operator.look()
    with zipfile.ZipFile(tmp_path / "paket.zip", "w") as archive:
        archive.writestr("foto.jpg", b"bukan paket")
    page = operator.page
    page.get_by_label("Paket (ZIP)").set_input_files(tmp_path / "paket.zip")
    page.get_by_role("button", name="Periksa dan kirim").click()
    page.wait_for_url("**/meja/paket/*-*")
    operator.look()
    expect(page.get_by_text("Ini bukan paket statistik")).to_be_visible(timeout=120_000)
    operator.look()
    page.get_by_role("link", name="Kirim paket lagi").click()
    expect(page.get_by_role("heading", name="Catatan rilis dari portal ini")).to_be_visible()


def test_the_desk_of_sums(visitor: Visitor) -> None:
    walidata = visitor()
    walidata.sign_in(*credentials(WALIDATA))
    walidata.go("/meja/jumlah")
    expect(walidata.page.get_by_role("heading", name="Jumlah kecamatan dan kabupaten")).to_be_visible()
    expect(walidata.page.get_by_text("Belum cukup desa").first).to_be_visible()
    walidata.look()


def test_unknown_columns_are_asked_about(visitor: Visitor, width: str, tmp_path: Path) -> None:
    """The form asks by letter; nothing of anybody is on the page."""
    operator = visitor()
    operator.sign_in(*credentials(OPERATOR))
    hand_in(operator, of_its_own(tmp_path, width=width), title=f"Warga {width}")
    page = operator.page
    expect(page.get_by_role("link", name="Buat statistik")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Buat statistik").click()
    page.get_by_label("Keadaan per tanggal").fill("2016-12-31")
    page.get_by_role("button", name="Hitung statistiknya").click()
    page.get_by_role("link", name="Buat statistik").click(timeout=120_000)
    expect(page.get_by_role("heading", name="Cocokkan kolomnya")).to_be_visible()
    expect(page.get_by_label("Keyakinan")).to_be_visible()
    operator.look()
    shown = page.content()
    numbers = [one.nik for _, one in people(invent_households(seed=50 + len(width), count=60))]
    assert not [number for number in numbers if len(number) > 8 and number in shown]  # some registers write 0
