"""The dictionary of a dataset: headers, types and words of people, and never a cell; closed with its dataset."""

import csv
import io
import json
import re

import pytest
from django.test import Client

from lumbung.portal.catalogue.column_words import Said
from lumbung.portal.catalogue.columns import Column, Role
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.intake import column_words
from lumbung.portal.publication.actions import publish, quarantine
from tests.portal.shelves import Desk, actor

pytestmark = pytest.mark.django_db
NASTY = b'kecamatan,tahun,"=1+1;+A1",Luas (km2)\nSukatani,2024,7,1.5\nMekarsari,2024,8,2.25\n'  # a header that runs
SAID = {"kecamatan": Said(description="Nama kecamatan."), "=1+1;+A1": Said(description="Rumah.", unit="rumah")}


@pytest.fixture
def told(desk: Desk) -> Dataset:
    submission = desk.send(NASTY)
    column_words.tell(submission, SAID, by=actor(desk.producer))
    submission.refresh_from_db()
    return publish(desk.approve(submission), person=desk.walidata, by=actor(desk.walidata))


def get(dataset: Dataset, ending: str) -> str:
    return Client().get(f"{dataset.get_absolute_url()}/kamus.{ending}").content.decode()


def test_as_csv(told: Dataset) -> None:
    head, *lines = csv.reader(io.StringIO(get(told, "csv")))
    assert head == ["tabel", "kolom", "uraian", "isi", "tipe", "satuan"]
    assert lines[0] == ["1", "kecamatan", "Nama kecamatan.", "teks", "string", ""]
    assert lines[1][1:] == ["tahun", "Tahun yang digambarkan baris ini", "tahun", "integer", ""]
    assert lines[2][1].startswith("'=")
    assert lines[2][2:] == ["Rumah.", "angka", "integer", "rumah"]
    assert lines[3][3:] == ["angka", "number", "km2"]


def test_as_a_package(told: Dataset) -> None:
    said = json.loads(get(told, "json"))
    assert said["name"] == told.slug and said["version"] == "1"
    resource = said["resources"][0]
    assert resource["path"] == f"http://testserver{told.get_absolute_url()}.csv"
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    assert fields["=1+1;+A1"] == {
        "name": "=1+1;+A1",
        "type": "integer",
        "description": "Rumah.",
        "unit": "rumah",
    }
    assert list(fields) == next(csv.reader(io.StringIO(body(resource["path"]))))


def body(address: str) -> str:
    answer = Client().get(address.removeprefix("http://testserver"))
    return b"".join(answer.streaming_content).decode("utf-8-sig").replace("'=1+1;'+A1", "=1+1;+A1")  # type: ignore[attr-defined]


def test_no_cell_and_no_record(told: Dataset) -> None:
    for ending in ("csv", "json"):
        assert not re.search("Sukatani|2024|2[.,]25", get(told, ending).replace(told.title, ""))
    assert Client().get(f"{told.get_absolute_url()}/kamus.xlsx").status_code == 404


def test_closed_with_its_dataset(told: Dataset, desk: Desk) -> None:
    quarantine(told, person=desk.duty, by=actor(desk.duty), because="Uji coba.")
    for ending in ("csv", "json"):
        answer = Client().get(f"{told.get_absolute_url()}/kamus.{ending}")
        assert answer.status_code == 410 and b"Rumah" not in answer.content


def test_where_the_table_is_and_for_search_engines(told: Dataset) -> None:
    page = Client().get(told.get_absolute_url()).content.decode()
    assert "Arti kolom" in page and "/kamus.csv" in page
    assert '"unitText": "rumah"' in page and '"description": "Nama kecamatan."' in page
    chart = Client().get(f"{told.get_absolute_url()}/bagan?y=%3D1%2B1%3B%2BA1").content.decode()
    assert "=1+1;+A1 (rumah) menurut kecamatan" in chart


@pytest.mark.parametrize(
    ("name", "unit", "shown"),
    [
        ("Jumlah", "", "Jumlah"),
        ("Jumlah", "jiwa", "Jumlah (jiwa)"),
        ("Luas (km2)", "km2", "Luas (km2)"),
        ("luas_HA", "ha", "luas_HA"),
        ("Jumlah harga", "ha", "Jumlah harga (ha)"),  # not the "ha" inside a word
        ("Cakupan", "%", "Cakupan (%)"),
        ("a+b", "(", "a+b (()"),  # no pattern
    ],
)
def test_a_header_with_its_unit(name: str, unit: str, shown: str) -> None:
    assert Column(name=name, role=Role.MEASURE, unit=unit, numeric=True).with_unit == shown
