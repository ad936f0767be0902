"""Every kind of file on its way to the shelf: what stands there was written anew, and nothing hidden went along."""

import io
import json
import zipfile
from typing import Any

import docx
import pytest
import shapefile
from django.test import Client
from PIL import Image, ImageDraw
from reportlab.pdfgen import canvas

from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.catalogue.models import Dataset, Distribution
from lumbung.portal.catalogue.shelf import path_of, shelf
from lumbung.portal.publication.actions import publish, quarantine, remove
from lumbung.portal.publication.nothing import FAMILIES, nothing_to_publish
from tests.portal.shelves import Desk, actor, signed_in

pytestmark = pytest.mark.django_db

OFFICES = (("Kantor Desa Sukatani", 110.2012345678), ("Kantor Desa Mekarsari", 110.31), ("Puskesmas Ciwangi", 110.35))
SECRET = "RAHASIA-DAPUR"
BECAUSE = "Uji coba penutupan."


def map_of_offices() -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": {"nama": name, "jenis": "kantor"},
            "geometry": {"type": "Point", "coordinates": [x, -7.5]},
            "catatan": {"dibuat": SECRET},
        }
        for name, x in OFFICES
    ]
    return json.dumps({"type": "FeatureCollection", "metadata": SECRET, "features": features}).encode()


def shapes_of_offices() -> bytes:
    """A zipped shapefile with a deleted row, metadata and a note beside it."""
    parts = {name: io.BytesIO() for name in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts, shapeType=shapefile.POINT, encoding="utf-8") as writer:  # type: ignore[arg-type]
        writer.field("nama", "C", 40)
        for name, x in (*OFFICES, (SECRET, 110.4)):
            writer.point(x, -7.5)
            writer.record(name)
    made = {name: part.getvalue() for name, part in parts.items()}
    last = len(made["dbf"].rstrip(b"\x1a")) - 41
    made["dbf"] = made["dbf"][:last] + b"*" + made["dbf"][last + 1 :]
    made |= {
        "prj": b'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]]',
        "shp.xml": f"<metadata>{SECRET}</metadata>".encode(),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for extension, content in made.items():
            archive.writestr(f"kantor.{extension}", content)
    return file.getvalue()


def document() -> bytes:
    made = docx.Document()
    made.core_properties.comments = SECRET
    made.add_paragraph("Luas panen padi menurut kecamatan.")
    table = made.add_table(rows=0, cols=3)
    for row in (("kecamatan", "tahun", "luas panen"), ("Sukatani", "2024", "120"), ("Mekarsari", "2024", "98")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def paper() -> bytes:
    file = io.BytesIO()
    page = canvas.Canvas(file)
    page.setAuthor(SECRET)
    page.setSubject(SECRET)
    page.drawString(72, 720, "Rencana kerja pembangunan kecamatan tahun 2024")
    page.showPage()
    page.save()
    return file.getvalue()


def photograph() -> bytes:
    picture = Image.new("RGB", (640, 400), "white")
    ImageDraw.Draw(picture).ellipse((200, 100, 440, 300), fill="green")
    exif = Image.Exif()
    exif[0x010E] = SECRET
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=exif)
    return file.getvalue()


def file_of(dataset: Dataset, format_: str) -> Distribution:
    return Distribution.objects.get(release__dataset=dataset, format=format_)


def downloaded(dataset: Dataset, format_: str) -> bytes:
    answer = Client().get(f"{dataset.get_absolute_url()}/unduh/{file_of(dataset, format_).name}")
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    return b"".join(answer.streaming_content)


def page_of(dataset: Dataset) -> str:
    answer = Client().get(dataset.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def nothing_went_along(dataset: Dataset) -> bool:
    files = Distribution.objects.filter(release__dataset=dataset)
    return not any(SECRET.encode() in path_of(file).read_bytes() for file in files)


def test_a_map_is_published_as_geojson_and_as_a_table(desk: Desk) -> None:
    dataset = desk.publish(map_of_offices(), name="kantor.geojson")
    made = json.loads(downloaded(dataset, "geojson"))
    assert made["bbox"] == [110.201235, -7.5, 110.35, -7.5]
    assert made["features"][0]["properties"] == {"nama": "Kantor Desa Sukatani", "jenis": "kantor"}
    assert set(made) == {"type", "bbox", "features"}
    assert downloaded(dataset, "csv").splitlines()[:2] == [
        b"nama,jenis,bujur,lintang",
        b"Kantor Desa Sukatani,kantor,110.201235,-7.5",
    ]
    shown = page_of(dataset)
    assert "Kantor Desa Sukatani" in shown
    assert "3 fitur" in shown
    assert nothing_went_along(dataset)


def test_a_shapefile_is_published_as_geojson_without_its_deleted_rows(desk: Desk) -> None:
    dataset = desk.publish(shapes_of_offices(), name="kantor.zip")
    made = json.loads(downloaded(dataset, "geojson"))
    assert [feature["properties"]["nama"] for feature in made["features"]] == [name for name, _ in OFFICES]
    assert made["features"][1]["geometry"] == {"type": "Point", "coordinates": [110.31, -7.5]}
    assert nothing_went_along(dataset)


def test_the_table_of_a_document_is_published_and_the_document_is_not(desk: Desk) -> None:
    dataset = desk.publish(document(), name="laporan.docx")
    assert downloaded(dataset, "csv") == (b"kecamatan,tahun,luas panen\r\nSukatani,2024,120\r\nMekarsari,2024,98\r\n")
    assert nothing_went_along(dataset)


def test_a_pdf_is_published_bare(desk: Desk) -> None:
    dataset = desk.publish(paper(), name="rencana.pdf")
    made = downloaded(dataset, "pdf")
    assert made.startswith(b"%PDF")
    assert made != paper()
    assert {file.format for file in dataset.releases.get().distributions.all()} == {"pdf"}
    shown = page_of(dataset)
    assert "1 halaman" in shown
    assert "<img" not in shown.partition('id="isi-data"')[2].partition("</section>")[0]
    assert nothing_went_along(dataset)


def test_a_picture_is_published_bare_and_shown_with_its_title(desk: Desk) -> None:
    dataset = desk.publish(photograph(), name="peta.jpg")
    picture = Image.open(io.BytesIO(downloaded(dataset, "jpg")))
    assert picture.size == (640, 400)
    assert not picture.getexif()
    shown = page_of(dataset)
    assert f'alt="{dataset.title}"' in shown
    assert 'width="640" height="400"' in shown
    assert nothing_went_along(dataset)


@pytest.mark.parametrize(
    ("content", "name", "format_"),
    [
        (map_of_offices(), "kantor.geojson", "geojson"),
        (paper(), "rencana.pdf", "pdf"),
        (photograph(), "peta.jpg", "jpg"),
        (document(), "laporan.docx", "csv"),
    ],
)
def test_what_is_closed_is_gone_and_what_is_removed_leaves_nothing(
    desk: Desk, content: bytes, name: str, format_: str
) -> None:
    dataset = desk.publish(content, name=name)
    address = f"{dataset.get_absolute_url()}/unduh/{file_of(dataset, format_).name}"
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because=BECAUSE)
    assert {Client().get(path).status_code for path in (address, dataset.get_absolute_url())} == {410}
    by = {"person": desk.walidata, "by": actor(desk.walidata), "because": BECAUSE}
    dataset.refresh_from_db()
    traces = remove(dataset, title=dataset.title, **by)  # type: ignore[arg-type]
    assert not any(traces.left().values())
    assert not [path for path in shelf().rglob("*") if path.is_file()]
    assert Client().get(address).status_code == 410


def test_a_reviewer_sees_what_would_be_published(desk: Desk) -> None:
    walidata = signed_in(desk.walidata)
    for content, name, said in (
        (map_of_offices(), "kantor.geojson", "3 baris punya letak di peta"),
        (paper(), "rencana.pdf", "Unduh PDF yang akan terbit"),
        (photograph(), "peta.jpg", "<img"),
    ):
        address = f"/meja/tinjau/{desk.send(content, name=name).pk}"
        assert said in walidata.get(f"{address}/pratinjau").content.decode()
        sheet = walidata.get(f"{address}/lembar")
        assert sheet.status_code == (404 if name.endswith("geojson") else 200)
        assert SECRET.encode() not in sheet.content
        assert signed_in(desk.stranger).get(f"{address}/lembar").status_code == 404


def archive_of_nothing() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("kosong.json", b"{}")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [(archive_of_nothing(), "data.zip", "satu per satu"), (b'{"a": 1}', "catatan.json", "GeoJSON")],
)
def test_where_there_is_nothing_to_publish_the_answer_says_what_to_send(
    desk: Desk, content: bytes, name: str, said: str
) -> None:
    submission = desk.approve(desk.send(content, name=name))
    with pytest.raises(Refused) as caught:
        publish(submission, person=desk.walidata, by=actor(desk.walidata))
    assert caught.value.code == "no-table"
    assert said in str(caught.value.next_step)


def test_every_family_of_formats_has_its_own_answer() -> None:
    answers: dict[str, Any] = {format_: nothing_to_publish(format_) for format_ in (*FAMILIES, "never-heard-of")}
    assert len({str(answer.sentence) for answer in answers.values()}) == 5
    assert all(answer.status == 422 for answer in answers.values())
