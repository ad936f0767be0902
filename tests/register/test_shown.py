"""A heading is shown to nobody where it may be a person's name or number."""

import io
from datetime import date
from typing import Any

import pytest

from lumbung.invent import invent_households, nik, people
from lumbung.invent.layouts.record import lettered
from lumbung.register import shown
from lumbung.statistics import make

VILLAGE = "99.01.01.2001"
HEADS = ["Nama", "NIK", "No KK", "JK", "Tgl Lahir", "Keyakinan", "Ijazah", "Mata Pencaharian", "Status Kawin", "SHDK"]
KEYS = ("nama", "nik", "no_kk", "sex", "tanggallahir", "agama_id", "pendidikan_kk_id", "pekerjaan_id",
        "status_kawin", "kk_level")  # fmt: skip


def answered(heads: list[str], folder: str) -> dict[str, Any]:
    rows = [
        [lettered(home, one, number=1)[key] for key in KEYS]
        for home, one in people(invent_households(seed=3, count=40))
    ]
    text = "\n".join(";".join(str(cell) for cell in row) for row in [heads, *rows])
    return make(file=io.BytesIO(text.encode()), village=VILLAGE, period="2017-12-31", mapping={}, memory=[],
                folder=f"{folder}/paket")  # fmt: skip


@pytest.mark.parametrize(
    "heading", ["Keyakinan", "GOL. DARAH", "Nama Kepala Keluarga", "status_kawin", "Umur (Tahun)"]
)
def test_headings_of_known_words_are_shown(heading: str) -> None:
    assert shown(heading) == heading


@pytest.mark.parametrize("heading", ["", None, "SITI AMINAH", "Bapak Slamet", "12", "Agama: Budi", "0812-3456-789"])
def test_everything_else_is_not(heading: str | None) -> None:
    assert shown(heading) == ""


def test_a_number_of_a_person_is_not_shown() -> None:
    number = nik(region="330801", birth=date(1990, 5, 6), female=False, serial=9123)
    assert shown(number) == shown(f"NIK {number}") == ""


def test_columns_with_known_headings_are_asked_about_by_name(tmp_path: Any) -> None:
    said = answered(HEADS, str(tmp_path))
    assert said["code"] == "needs-confirmation"
    assert {one["heading"]: one["field"] for one in said["proposal"]["columns"]}["Keyakinan"] == "agama"


def test_columns_headed_by_a_name_are_asked_about_by_letter(tmp_path: Any) -> None:
    number = nik(region="330801", birth=date(1990, 5, 6), female=False, serial=9124)
    heads = [*HEADS[:5], "SITI AMINAH", number, *HEADS[7:]]
    said = answered(heads, str(tmp_path))
    assert said["code"] == "needs-confirmation"
    asked = {one["letter"]: (one["heading"], one["field"]) for one in said["proposal"]["columns"]}
    assert (asked["F"], asked["G"]) == (("", "agama"), ("", "pendidikan"))
    assert "AMINAH" not in str(said) and number not in str(said)
