"""A class in the training house: accounts on a sheet, a first upload, a table mended; nothing of it counts outside."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browser import ROOT, Walk, walk
from tests.journeys.conftest import free_port, wait_until_up

pytestmark = pytest.mark.journey
FIELDS = {"email": re.compile(r"peserta\d+@latihan\.example"), "password": re.compile(r"[a-z]+-[a-z]+-\d{4}")}


@pytest.fixture(scope="module")
def house(site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a training house beside the portal, and its trainer's sign-in."""
    home = tmp_path_factory.mktemp("practice")
    address = f"http://127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "lumbung.cli", "serve", "--training", "--port", address.rsplit(":", 1)[1]]
    environment = {**os.environ, "LUMBUNG_HOME": str(home), "LUMBUNG_URL": address}
    with (home / "portal.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        wait_until_up(address, process)
        yield address, json.loads((home / "training" / "trainer.json").read_text(encoding="utf-8"))
    finally:
        process.terminate()
        process.wait(timeout=60)


def saved(trainee: Walk, name: str, folder: Path) -> Path:
    """The practice file, as the browser saves it."""
    with trainee.page.expect_download() as taken:
        trainee.page.get_by_role("link", name=f"Simpan {name}").click()
    taken.value.save_as(folder / name)
    return folder / name


def hand_in(trainee: Walk, file: Path) -> None:
    """Through the same door as anywhere."""
    trainee.go("/meja/kiriman/baru")
    trainee.page.locator("input[type=file]").set_input_files(file)
    trainee.page.get_by_role("button", name="Kirim untuk diperiksa").click()


def test_a_class_practises(
    house: tuple[str, dict[str, str]], browser: Browser, site: str, width: str, tmp_path: Path,
    picture: Callable[..., Path | None],
) -> None:  # fmt: skip
    address, trainer = house
    with walk(browser, site=address, width=width) as teacher, walk(browser, site=address, width=width) as trainee:
        teacher.sign_in(trainer["email"], trainer["password"])
        teacher.go("/meja/latihan/peserta")
        teacher.page.get_by_label("Banyaknya peserta").fill("2")
        teacher.page.get_by_role("button", name="Buat akun").click()
        slip = teacher.page.locator(".practice-slips li").first
        expect(slip).to_be_visible()
        teacher.look()
        words = {name: form.findall(slip.inner_text())[0] for name, form in FIELDS.items()}

        trainee.sign_in(words["email"], words["password"])
        trainee.go("/meja/latihan")
        expect(trainee.page.get_by_text("LATIHAN", exact=True)).to_be_visible()
        trainee.look()
        hand_in(trainee, saved(trainee, "penduduk-per-dusun.csv", tmp_path))
        ready = trainee.page.get_by_role("heading", name="Sudah siap menjadi data terbuka?")
        expect(ready).to_be_visible(timeout=60_000)
        trainee.go("/meja/latihan")
        expect(trainee.page.get_by_text("3 dari 4 langkah selesai")).to_be_visible()

        hand_in(trainee, saved(trainee, "bantuan-per-kelompok.csv", tmp_path))
        expect(trainee.page.get_by_role("link", name="Buang kolom atau baris")).to_be_visible(timeout=60_000)
        trainee.page.get_by_role("link", name="Buang kolom atau baris").click()
        for column in ("Nama ketua", "NIK ketua"):
            trainee.page.get_by_role("checkbox", name=re.compile(column)).check()
        trainee.page.get_by_role("button", name="Lihat yang tersisa").click()
        trainee.page.get_by_role("button", name="Kirim tabel ini").click()
        expect(ready).to_be_visible(timeout=60_000)
        trainee.go("/meja/latihan")
        expect(trainee.page.get_by_text("5 dari 5 langkah selesai")).to_be_visible()
        trainee.look(picture("latihan"))
        trainee.page.get_by_role("button", name="English").click()
        expect(trainee.page.get_by_role("heading", name="Three lessons")).to_be_visible()
        trainee.look()

        trainee.page.goto(f"{site}/meja/")  # the same browser, the same host, all its cookies: a stranger there
        expect(trainee.page).to_have_url(re.compile(r"/masuk"))
        trainee.troubles[:] = [one for one in trainee.troubles if site not in one]
