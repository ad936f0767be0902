"""A resident asks on a telephone whether their data are affected; what they type never leaves the browser."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Request, expect

from tests.journeys.browser import ROOT, Walk
from tests.journeys.people import OPERATOR, PPDP, TRACER, credentials
from tests.portal.tracing.people import register, row

pytestmark = pytest.mark.journey
Visitor = Callable[..., Walk]
PATIENCE = 60_000  # milliseconds, on a busy machine


@pytest.fixture(scope="module")
def check(site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A check that stands open while these walks last."""
    home = tmp_path_factory.getbasetemp() / "home0"
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment = {**kept, "LUMBUNG_HOME": str(home), "LUMBUNG_URL": site}
    command = [sys.executable, "-m", "tests.journeys.seed_check", str(home)]
    made = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    yield f"/cek-warga/{made.stdout.split()[-1]}"
    subprocess.run([*command, "end"], cwd=ROOT, env=environment, check=True, capture_output=True)


def asked(walker: Walk, answer: str, **numbers: str) -> None:
    for label, number in numbers.items():
        walker.page.locator(f"#{label}").fill(number)
    walker.page.get_by_role("button", name=re.compile("^Periksa")).click()
    expect(walker.page.get_by_text(answer, exact=True)).to_be_visible(timeout=PATIENCE)


def test_a_resident_asks_and_nobody_learns_who(visitor: Visitor, check: str) -> None:
    resident, sent = visitor(), []

    def heard(request: Request) -> None:
        sent.append(request.url.encode() + (request.post_data_buffer or b""))

    resident.page.on("request", heard)
    resident.go("/cek-warga")
    resident.look()
    resident.page.locator(f"a[href='{check}']").click()
    resident.look()
    nik, kk = row(3).split(";")[:2]
    other_nik, other_kk = row(700).split(";")[:2]
    asked(resident, "Ya, termasuk", nik=f"{nik[:6]} {nik[6:]}", kk=kk)
    resident.look()
    assert resident.page.locator("#nik").input_value() == ""
    asked(resident, "Tidak ditemukan", nik=nik, kk=other_kk)
    asked(resident, "Tidak ditemukan", nik=other_nik, kk=other_kk)
    asked(resident, "Nomornya belum lengkap", nik="12", kk="34")
    everything = b" ".join(sent)
    assert not [number for number in (nik, kk, other_nik, other_kk) if number.encode() in everything]
    blinded = [one for one in sent if b"/hitung" in one]
    assert len(blinded) == len(set(blinded)) == 3


def test_an_officer_asks_for_who_stands_there(visitor: Visitor, check: str) -> None:
    officer, ppdp = visitor(), visitor(scheme="dark")
    officer.sign_in(*credentials(OPERATOR))
    officer.go("/meja/cek-warga/")
    officer.look()
    officer.go(f"/meja{check}")
    officer.look()
    asked(officer, "Ya, termasuk", nik=row(5).split(";")[0])
    ppdp.sign_in(*credentials(PPDP))
    ppdp.go("/meja/cek-warga/")
    expect(ppdp.page.get_by_text(re.compile("Terbuka sejak"))).to_be_visible(timeout=PATIENCE)
    ppdp.look()
    ppdp.go("/meja/telusur/sidik")
    ppdp.look()


def test_a_tracer_asks_on_a_sunday(visitor: Visitor, tmp_path: Path, picture: Callable[..., Path | None]) -> None:
    tracer = visitor()
    tracer.sign_in(*credentials(TRACER))
    tracer.go("/meja/telusur/")
    tracer.look()
    tracer.page.get_by_role("link", name="Tanyakan contoh").click()
    (tmp_path / "contoh.csv").write_bytes(register(6000, 40))
    tracer.page.locator("#id_file").set_input_files(tmp_path / "contoh.csv")
    tracer.page.get_by_label("Mengapa ditanyakan?").fill("Ditawarkan di sebuah forum.")
    tracer.look()
    tracer.page.get_by_role("button", name="Tanyakan").click()
    verdict = re.compile("Belum dapat dipastikan|Bukan dari yang kita uji")
    expect(tracer.page.get_by_text(verdict).first).to_be_visible(timeout=PATIENCE)
    tracer.look(picture("telusur"))
    tracer.go("/meja/telusur/klaim")
    tracer.look()
    tracer.go("/meja/telusur/sidik")
    tracer.look()


def test_pictures_of_the_page(visitor: Visitor, check: str, picture: Callable[..., Path | None]) -> None:
    reader = visitor()
    reader.go(check)
    reader.look(picture("cek-warga"))
