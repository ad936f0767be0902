"""Statistics on the shelf: companions beside the table, the village's page, and one figure in every outlet."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from lumbung.aggregate import sid, typed
from lumbung.aggregate.monograph import FIELDS
from lumbung.portal.catalogue import village
from lumbung.portal.catalogue.models import Dataset, Distribution
from lumbung.portal.catalogue.shelf import path_of
from lumbung.portal.catalogue.vocabulary import ClosingGround
from lumbung.portal.intake.blanks.actions import save, send
from lumbung.portal.intake.blanks.definition import blanks
from lumbung.portal.intake.jobs import inspect_submission
from lumbung.portal.intake.models import Attachment
from lumbung.portal.intake.vault import open_plain
from lumbung.portal.publication.actions import publish, quarantine, remove, restore
from tests.portal.counted import KODE, count, register, with_kode
from tests.portal.shelves import Desk, actor, desk

__all__ = ["desk"]
pytestmark = pytest.mark.django_db(transaction=True)  # signs of life and stages come from other threads


@pytest.fixture
def shown(desk: Desk) -> Dataset:
    """A village's statistics, approved and published."""
    one = count(desk, register())
    assert one.result is not None, one.code
    return publish(desk.approve(one.result), person=desk.walidata, by=actor(desk.walidata))


def content(dataset: Dataset, end: str) -> bytes:
    """A public file of the newest release, as a stranger gets it."""
    file = Distribution.objects.get(release__dataset=dataset, name__endswith=end)
    answer = Client().get(f"{dataset.get_absolute_url()}/unduh/{file.name}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def figures(answer: Any) -> dict[str, str]:
    """The tiles of the village page."""
    page = answer.content.decode()
    found = re.findall(r'tile-value">([^<]*)</p><p class="tile-label">([^<]*)</p>', page)
    return {label: value.replace(".", "") for value, label in found}


def lines(page: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every line of the village page's tables, by section and name."""
    for title, body in re.findall(r"<caption[^>]*>([^<]*)</caption>.*?<tbody>(.*?)</tbody>", page, re.DOTALL):
        for name, cells in re.findall(r'<th scope="row">([^<]*)</th>(.*?)</tr>', body, re.DOTALL):
            values = re.findall(r'<td class="num">(?:<abbr[^>]*>)?([^<]*)', cells)
            yield f"{title}/{name}", tuple(value.replace(".", "") for value in values)


def test_one_figure_is_the_same_in_every_outlet(shown: Dataset) -> None:
    rows = list(csv.DictReader(io.StringIO(content(shown, "-r1.csv").decode("utf-8-sig"))))
    key = {(r["tabel"], r["jenis_kelamin"], r["kategori"]): r["nilai"] for r in rows if r["tingkat"] == "desa"}
    with zipfile.ZipFile(io.BytesIO(content(shown, "paket.zip"))) as package:
        tables = [name for name in package.namelist() if name.startswith("tabel-")]
        in_package = {
            (name[6:-4], r["jenis_kelamin"], r["kategori"]): r["nilai"]
            for name in tables
            for r in csv.DictReader(io.StringIO(package.read(name).decode()))
            if r["tingkat"] == "desa"
        }
    assert key == in_package

    page = Client().get(f"/desa/{KODE}")
    on_page = figures(page)
    for label, where in village.FIGURES:
        if where in key:
            assert on_page[str(label)] == (key[where] or "*")
    compared = set()
    for name, values in lines(page.content.decode()):
        title, _, category = name.partition("/")
        table = next((code for code, word in village.TABLES.items() if word == title), "")  # the page has others, too
        compared.add(table)
        for (listed, sex, code), number in key.items():
            if listed == table and village._name(code) == category and (sex == "T" or len(values) == 3):
                shown_number = values[("L", "P", "T").index(sex)] if len(values) == 3 else values[0]
                assert shown_number == (number or "*"), name

    assert len(compared - {""}) >= 3

    topics = json.loads(content(shown, "sid.json"))["statistik"]
    for topic in topics:
        table = next(code for code, (slug, _title) in sid.TOPICS.items() if slug == topic["slug"])
        for row in topic["baris"]:
            match = [(sex, code) for (listed, sex, code) in key if listed == table and sid._name(code) == row["nama"]]
            for sex, code in match:
                number = key[table, sex, code]
                assert row[sid.SEXES[sex][0]] == (int(number) if number else None)

    (form,) = json.loads(content(shown, "monografi.json"))
    fields = {line["bidang"]: line["nilai"] for line in form["isi"] if line["asal"] == "register"}
    assert len(fields) == 16
    for field, where in FIELDS.items():
        number = key.get(tuple(where.split("/")), "")  # type: ignore[arg-type]
        assert fields[field] == (int(number) if number else None), field
    for table in json.loads(content(shown, "tabel.json")):
        for row in table["baris"]:
            if row["tingkat"] == "desa":
                number = key[table["tabel"], row["jenis_kelamin"], row["kategori"]]
                assert row["nilai"] == (int(number) if number else None)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content(shown, "tabel.xlsx")))
    for sheet in book.sheet_names[1:]:
        heads, *grid = book.get_sheet_by_name(sheet).to_python()
        for cells in grid:
            one = dict(zip(heads, cells, strict=True))
            if one["tingkat"] == "desa":
                number = key[sheet, str(one["jenis_kelamin"]), str(one["kategori"])]
                assert one["nilai"] == (int(number) if number else "")


WROTE = {"tipologi_desa": "Nelayan", "tingkat_perkembangan": "Swadaya", "luas_wilayah": 1250.5, "lulusan_tk": 140,
         "batas_utara": "Sungai Cibening & Desa Sukatani", "masjid": 0}  # fmt: skip


def fill_in(desk: Desk, year: int, **changed: Any) -> Dataset:
    """The village fills in its blank of the monograph, and it is published."""
    blank, by = blanks()["monografi"], {"person": desk.producer, "by": actor(desk.producer)}
    entry = save(with_kode(desk.village), blank, year, values={"1": WROTE | changed}, version=0, **by)
    sent = send(entry, blank, **by)
    inspect_submission.call(str(sent.pk))
    sent.refresh_from_db()
    return publish(desk.approve(sent), person=desk.walidata, by=actor(desk.walidata))


def test_what_the_village_wrote_is_the_same_in_its_own_dataset_and_in_every_form(desk: Desk) -> None:
    """Years after the reference date, and specific data, do not go along; what is empty is said to be."""
    fill_in(desk, 2016, masjid=3)
    filled_in = fill_in(desk, 2017)
    fill_in(desk, 2018, masjid=9)
    one = count(desk, register())
    assert one.result is not None, one.code
    shown = publish(desk.approve(one.result), person=desk.walidata, by=actor(desk.walidata))
    (form,) = json.loads(content(shown, "monografi.json"))
    lines = {line["bidang"]: line for line in form["isi"] if line["asal"] == "formulir"}
    assert {name: line["nilai"] for name, line in lines.items() if line["nilai"] is not None} == WROTE
    assert "tahun 2017" in form["sumber_formulir"] and f"{42 - len(WROTE)} bidang" in form["sumber_formulir"]
    own = {
        row["tahun"]: row for row in csv.DictReader(io.StringIO(content(filled_in, "-r3.csv").decode("utf-8-sig")))
    }["2017"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(content(shown, "monografi.xlsx")))
    grid = {row[1]: row[2] for row in book.get_sheet_by_index(0).to_python()}
    document = pypdfium2.PdfDocument(content(shown, "monografi.pdf"))
    page = " ".join(" ".join(one.get_textpage().get_text_bounded() for one in document).split())
    document.close()
    for name, value in WROTE.items():
        assert own[name] == str(value) and grid[lines[name]["label"]] == value
        assert f"{lines[name]['label']} {typed.written(value) if not isinstance(value, str) else value}" in page
    assert form["sumber_formulir"] in page


def test_a_blank_that_is_closed_is_in_no_new_monograph(desk: Desk) -> None:
    quarantine(fill_in(desk, 2017), person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    one = count(desk, register())
    assert one.result is not None, one.code
    with open_plain(one.result.attachments.get(name="monografi.json")) as plain:
        (form,) = json.load(plain)
    assert form["sumber_formulir"] == ""
    assert not [line for line in form["isi"] if line["asal"] == "formulir" and line["nilai"] is not None]


def test_a_hidden_number_is_hidden_everywhere(shown: Dataset) -> None:
    hidden = [r for r in csv.DictReader(io.StringIO(content(shown, "-r1.csv").decode("utf-8-sig"))) if r["tanda"]]
    assert hidden
    assert not [row for row in hidden if row["nilai"]]
    page = Client().get(f"/desa/{KODE}").content.decode()
    assert "disembunyikan" in page
    assert "Tanda * berarti" in page


def test_the_village_page_tells_period_source_and_data(shown: Dataset) -> None:
    page = Client().get(f"/desa/{KODE}").content.decode()
    for words in ("Desa Mekarsari", KODE, "31 Desember 2017", "Register penduduk Desa Mekarsari",
                  shown.get_absolute_url(), "monografi.json", "bukti.json", "sid.csv"):  # fmt: skip
        assert words in page, words
    english = Client(headers={"cookie": "django_language=en"}).get(f"/desa/{KODE}").content.decode()
    assert "Key figures" in english
    assert f"/desa/{KODE}" in Client().get(shown.get_absolute_url()).content.decode()


def test_a_closed_dataset_takes_the_page_along(shown: Dataset, desk: Desk) -> None:
    files = list(Distribution.objects.filter(release__dataset=shown))
    addresses = [f"{shown.get_absolute_url()}/unduh/{file.name}" for file in files]
    quarantine(shown, person=desk.duty, by=actor(desk.duty), because="Ada laporan.", ground=ClosingGround.WRONG)
    page = Client().get(f"/desa/{KODE}")
    assert page.status_code == 410
    assert "Statistik desa ini ditutup" in page.content.decode()
    assert figures(page) == {}
    assert {Client().get(address).status_code for address in addresses} == {410}
    shown.refresh_from_db()
    restore(shown, person=desk.walidata, by=actor(desk.walidata), because="Sudah diperiksa.")
    assert Client().get(f"/desa/{KODE}").status_code == 200


def test_removal_leaves_no_companion(shown: Dataset, desk: Desk) -> None:
    paths = [path_of(file) for file in Distribution.objects.filter(release__dataset=shown)]
    assert Attachment.objects.exists()
    title = shown.title
    quarantine(shown, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    shown.refresh_from_db()
    traces = remove(shown, person=desk.walidata, by=actor(desk.walidata), because="Selesai.", title=title)
    assert not any(traces.left().values())
    assert not Attachment.objects.exists()
    assert not [path for path in paths if path.exists()]
    assert Client().get(f"/desa/{KODE}").status_code == 410


def test_a_village_without_statistics_has_a_page_and_another_has_none(desk: Desk) -> None:
    with_kode(desk.village)
    page = Client().get(f"/desa/{KODE}")
    assert page.status_code == 200
    assert "Belum ada statistik" in page.content.decode()
    for other in ("99.01.01.2999", "99.01.01", "apa", "%00"):
        assert Client().get(f"/desa/{other}").status_code == 404


def test_what_is_not_approved_is_not_on_the_page(desk: Desk) -> None:
    one = count(desk, register())
    assert one.result is not None
    page = Client().get(f"/desa/{KODE}").content.decode()
    assert "Belum ada statistik" in page
    assert Client().get(f"{one.result.get_absolute_url()}/lampiran/bukti.json").status_code == 302
