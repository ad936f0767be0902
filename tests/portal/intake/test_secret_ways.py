"""The planted secret on every further way in: known numbers go in, and stand in nothing that is written or said."""

import io
import json
import logging
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.audit.actors import Actor
from lumbung.portal.intake import sid
from lumbung.portal.intake.jobs import inspect_submission, look_at_parcel
from lumbung.portal.intake.models import Parcel, Submission
from tests.portal.conftest import Regency
from tests.portal.counted import KODE, with_kode
from tests.portal.intake.conftest import register, secret_numbers
from tests.portal.intake.test_secret import BARE, everything_in_the_database

NUMBERS = secret_numbers(12)
ONE = NUMBERS[0]
Way = Callable[["House"], list[HttpResponseBase]]
pytestmark = pytest.mark.django_db(transaction=True)


class House:
    """A producer who is signed in, and the village."""

    def __init__(self, client: Client, producer: Person, village: Organisation) -> None:
        client.force_login(producer)
        client.raise_request_exception = False
        self.client, self.producer, self.village = client, producer, with_kode(village)

    def arrive(self, content: bytes, name: str) -> HttpResponseBase:
        """In one piece, and handed in."""
        begun = self.client.post("/meja/unggahan/", {"name": name, "size": len(content)}).json()
        about = {"content_type": "application/octet-stream", "HTTP_UPLOAD_OFFSET": "0"}
        self.client.put(f"/meja/unggahan/{begun['id']}", content, **about)
        form = {"organisation": self.village.pk, "arrived": [begun["id"]]}
        return self.client.post("/meja/kiriman/baru", form)

    def pages_of(self, submission: Submission) -> list[HttpResponseBase]:
        """Inspected, and every page about it."""
        inspect_submission.call(str(submission.pk))
        own, mending = submission.get_absolute_url(), f"{submission.get_absolute_url()}/perbaiki"
        asked = [
            {"table": "1", "step": step, "rows": rows, "columns": columns}
            for step in ("look", "send", "back")
            for rows, columns in (("2", ["A"]), ("x", []), ("", ["ZZ"]), ("1-9", ["B"]))
        ]
        said = [self.client.post(mending, one) for one in asked]
        return [self.client.get(own), self.client.get(f"{own}/keadaan"), self.client.get(mending), *said]


def in_pieces(house: House) -> list[HttpResponseBase]:
    """A register, under a name that is a number."""
    answer = house.arrive(register(), f"KTP {ONE}.csv")
    return [answer, house.client.get("/meja/kiriman/"), *house.pages_of(Submission.objects.get())]


def without_heading(house: House) -> list[HttpResponseBase]:
    """The first row of data stands where names of columns do."""
    return [house.arrive(BARE, "a.csv"), *house.pages_of(Submission.objects.get())]


def in_headings(house: House) -> list[HttpResponseBase]:
    """Numbers as names of sheet and columns, and one in the title above."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet(f"NIK {ONE}")
        sheet.write_row(0, 0, [f"Daftar {NUMBERS[1]}"])
        sheet.write_row(2, 0, ["Dusun", f"Jumlah {NUMBERS[2]}", NUMBERS[3]])
        for row in range(3, 12):
            sheet.write_row(row, 0, [f"Dusun {row}", row * 100, row])
    return [house.arrive(content.getvalue(), "a.xlsx"), *house.pages_of(Submission.objects.get())]


def in_a_form(house: House) -> list[HttpResponseBase]:
    """Typed into cells of a blank, and put into its workbook."""
    address = f"/meja/isian/apbdes/desa/{timezone.localdate().year}"
    typed = {"4.2.1__anggaran": ONE, "4.2.1__realisasi": f"Siti {NUMBERS[1]}", "version": "0"}
    pages = [house.client.post(address, {**typed, "step": step}) for step in ("save", "send")]
    filled = SimpleUploadedFile(f"{ONE}.xlsx", register())
    pages.append(house.client.post(f"{address}/dari-blangko", {"file": filled}))
    assert ONE in pages[0].content.decode(), "who typed it sees it again, and nobody else"
    return [house.client.get(address), house.client.get("/meja/isian/"), pages[2]]


def in_a_package(house: House) -> list[HttpResponseBase]:
    """As a table, in its proof, and as names inside the archive."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr(f"../../{ONE}/tabel-penduduk.csv", register())
        packed.writestr("bukti.json", json.dumps({"format": 1, "pieces": NUMBERS}))
        packed.writestr("ingatan.json", json.dumps([{"period": ONE, "cells": {ONE: 1}}]))
    sent = SimpleUploadedFile(f"{ONE}.zip", archive.getvalue())
    answer = house.client.post("/meja/paket", {"village": house.village.pk, "file": sent})
    waiting = [answer, house.client.get(answer.headers["Location"]), house.client.get("/meja/paket")]
    look_at_parcel.call(str(Parcel.objects.get().pk))
    refused = house.client.get(answer.headers["Location"])
    assert "bukan paket statistik" in refused.content.decode()
    return [*waiting, refused]


def by_a_machine(house: House) -> list[HttpResponseBase]:
    """In the fields and in an address of the village's information system."""
    by = Actor(id=f"person:{house.producer.pk}", name="Orang")
    key = sid.make_key(person=house.producer, organisation=house.village, by=by)
    bearer = {"Authorization": f"Bearer {key}"}
    typed = f"ktp {ONE}"
    bodies: list[dict[str, object]] = [
        {"desa_id": KODE, field: typed} for field in ("website", "sebutan_desa", "lain")
    ]
    bodies.append({"desa_id": KODE, "laporan_apbdes": [{"tahun": "2024", "judul": typed}]})
    calls = ["identitas-desa"] * 3 + ["laporan-apbdes"]
    said = [
        Client(raise_request_exception=False).post(
            f"/api/v1/{called}", json.dumps(body), content_type="application/json", headers=bearer
        )
        for called, body in zip([*calls, f"penduduk/{ONE}"], [*bodies, {}], strict=True)
    ]
    assert {answer.status_code for answer in said} <= {403, 422}
    assert not Submission.objects.exists()
    return [*said, house.client.get("/meja/kiriman/")]


@pytest.mark.parametrize("way", [in_pieces, without_heading, in_headings, in_a_form, in_a_package, by_a_machine])
def test_no_number_is_anywhere_in_clear(
    way: Way,
    client: Client,
    producer: Person,
    regency: Regency,
    home: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    house = House(client, producer, regency.village)
    pages = way(house)
    said = capfd.readouterr()
    places = {
        "log": caplog.text.encode(),
        "output": (said.out + said.err).encode(),
        "database": everything_in_the_database(),
        "storage": b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file()),
        "names": "".join(str(path) for path in home.rglob("*")).encode(),
        "pages": b"".join(page.content + str(page.headers).encode() for page in pages),
    }
    assert all(page.status_code < 500 for page in pages)
    assert [(place, number) for place, text in places.items() for number in NUMBERS if number.encode() in text] == []
