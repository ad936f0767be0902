"""The page of a dataset and all its routes: what they answer, that they close together, that programs can use them."""

import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from itertools import product
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote
from wsgiref.simple_server import WSGIRequestHandler, make_server

import polars as pl
import pytest
from django.core.wsgi import get_wsgi_application
from django.test import Client
from django.urls import URLPattern
from PIL import Image

from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.catalogue.urls import urlpatterns
from lumbung.portal.publication.actions import quarantine
from tests.portal.shelves import TABLE, Desk, actor

pytestmark = pytest.mark.django_db
LONG = b"kecamatan;tahun;jumlah penduduk\n" + b"".join(b"Tempat %d;%d;%d\n" % (n, 2000 + n % 3, n) for n in range(90))
POINTS = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"nama": f"Kantor {n}"}, "geometry": place}
            for n, place in enumerate([{"type": "Point", "coordinates": [110.2, -7.5]}, None])
        ],
    }
).encode()
HTMX = {"HX-Request": "true"}


def page(path: str, *, status: int = 200, **headers: str) -> str:
    answer = Client().get(path, headers=headers)
    assert answer.status_code == status, path
    return answer.content.decode()


def body(path: str) -> bytes:
    answer: Any = Client().get(path)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def routes(dataset: Dataset) -> list[str]:
    """Every public address that names a dataset, out of the table of addresses, so that a new one is not forgotten."""
    file = dataset.releases.first().distributions.first()  # type: ignore[union-attr]
    parts = {"slug": dataset.slug, "name": file.name, "number": "1", "format": "csv"}  # type: ignore[union-attr]
    named = [one for one in urlpatterns if isinstance(one, URLPattern) and "<slug:slug>" in str(one.pattern)]
    patterns = [one for one in named if not str(one.pattern).startswith("meja/")]
    return ["/" + re.sub(r"<\w+:(\w+)>", lambda found: parts[found[1]], str(one.pattern)) for one in patterns]


def rows_of(shown: str) -> list[str]:
    table = shown.split('class="table data-table"', 1)[1].split("</table>", 1)[0]
    return re.findall(r"<tr><td>([^<]*)<", table)


def test_every_route_answers_and_every_route_closes_together(desk: Desk) -> None:
    dataset, neighbour = desk.publish(POINTS, name="kantor.geojson"), desk.publish(title="Lain")
    addresses = routes(dataset)
    assert len(addresses) >= 11
    for path in addresses:
        assert Client().get(path).status_code == 200, path
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Uji coba.")
    for path in addresses:
        for headers in ({}, HTMX):
            for query in ("", "?q=a&bagan=batang"):
                answer = Client().get(path + query, headers=headers)
                assert answer.status_code == 410, path
                assert answer["Cache-Control"] == "no-store"
                assert b"Kantor" not in answer.content
    assert page(neighbour.get_absolute_url())


def test_a_closed_one_s_routes_take_no_writing_and_unknown_ones_are_the_same_404(desk: Desk) -> None:
    dataset = desk.publish()
    for path in routes(dataset):
        assert Client().post(path).status_code == 405
        assert Client().get(path.replace(dataset.slug, "tidak-ada")).status_code == 404


def test_sorting_and_narrowing_work_by_address_alone(desk: Desk) -> None:
    address = desk.publish(LONG).get_absolute_url()
    order = quote("jumlah penduduk")
    assert rows_of(page(f"{address}?urut={order}&arah=turun"))[0] == "Tempat 89"
    shown = page(f"{address}?k.tahun=2001&q=tempat&k.{order}=%3E80&urut=kecamatan")
    assert rows_of(shown) == ["Tempat 82", "Tempat 85", "Tempat 88"]
    assert "3 dari 90 baris cocok" in shown
    assert 'aria-sort="ascending"' in shown
    assert shown.count("aria-sort") == 1
    for kept in ('name="urut" value="kecamatan"', "Unduh 3 baris ini"):
        assert kept in shown
    assert "belum terbaca sebagai angka" in page(f"{address}?k.tahun=dua")


def test_a_part_of_the_page_puts_its_question_into_the_address_bar(desk: Desk) -> None:
    address = desk.publish(LONG).get_absolute_url()
    answer = Client().get(f"{address}/pratinjau?halaman=2&k.tahun=&asing=1", headers=HTMX)
    assert answer["HX-Push-Url"] == f"{address}?halaman=2"
    assert "HX-Push-Url" not in Client().get(f"{address}/pratinjau?halaman=2").headers
    assert answer["Cache-Control"] == "no-cache"


ODD = [
    "urut=<script>", "k.=1", "k.x=" + "9" * 900, "baris=7", "bagan=<script>&x=<script>", "saat.x=<script>", "q=%00",
    "y=" + "&y=".join("abcdefgh"), "&".join(f"k.{n}=1" for n in range(300)), "tabel=99", "arah=turun", "menurut=",
    "halaman=²", "halaman=-1", "k.tahun=" + quote("(?i)[") + "&q=" + quote("\\ [ ( *"),
]  # fmt: skip


def test_odd_questions_are_answered_on_every_route(desk: Desk) -> None:
    addresses = routes(desk.publish(LONG))
    for path, query in product(addresses, ODD):
        answer = Client().get(f"{path}?{query}")
        assert answer.status_code in (200, 404), path
        assert b"<script>" not in getattr(answer, "content", b""), path


def test_what_is_narrowed_can_be_taken_along_and_stands_in_the_record_without_the_question(desk: Desk) -> None:
    dataset = desk.publish(LONG)
    taken = body(f"{dataset.get_absolute_url()}/saring.csv?k.tahun=2001&q=tempat")
    assert pl.read_csv(io.BytesIO(taken))["tahun"].to_list() == [2001] * 30
    line = Event.objects.get(kind="downloaded")
    assert line.details["narrowed"]
    assert "2001" not in json.dumps(line.details)


def test_a_narrowed_download_runs_nothing(desk: Desk) -> None:
    dataset = desk.publish(b"tempat;jumlah\n=cmd|' /C calc'!A0;1\nSalam;3\n")
    assert b"\r\n'=cmd" in body(f"{dataset.get_absolute_url()}/saring.csv?q=cmd")


def test_the_newest_file_has_an_address_that_stays(desk: Desk) -> None:
    dataset = desk.publish()
    before = body(f"{dataset.get_absolute_url()}.csv")
    desk.publish(TABLE + b"Salam;2024;78\n", dataset=dataset)
    assert body(f"{dataset.get_absolute_url()}.csv") == before + b"Salam,2024,78\r\n"
    assert Event.objects.filter(kind="downloaded").count() == 2
    for odd in (".exe", ".csv?tabel=9", ".", ".zip"):
        assert Client().get(dataset.get_absolute_url() + odd).status_code == 404


def test_what_a_release_changed(desk: Desk) -> None:
    dataset = desk.publish()
    changed = TABLE.replace(b"9811", b"9812") + b"Salam;2024;78\n"
    desk.publish(changed, dataset=dataset)
    shown = page(f"{dataset.get_absolute_url()}/perubahan/2")
    for said in ("3 menjadi 4", "jumlah penduduk: 1", "Baris dikenali dari kolom kecamatan"):
        assert said in shown
    assert "9812" not in shown
    assert "Ini rilis pertama" in page(f"{dataset.get_absolute_url()}/perubahan/1")
    assert "<html" not in page(f"{dataset.get_absolute_url()}/perubahan/2", **HTMX)
    assert Client().get(f"{dataset.get_absolute_url()}/perubahan/3").status_code == 404
    whole = page(dataset.get_absolute_url())
    assert f"{dataset.get_absolute_url()}/perubahan/2" in whole


def test_the_chart_is_asked_for_later_and_is_in_the_address_when_chosen(desk: Desk) -> None:
    address = desk.publish(LONG).get_absolute_url()
    first = page(address)
    assert "data-chart=" not in first
    assert f"{address}/bagan" in first
    part = page(f"{address}/bagan", **HTMX)
    assert "data-chart=" in part
    chosen = page(f"{address}?bagan=batang&x=tahun&menurut=")
    figures = json.loads(re.search(r'data-chart="([^"]*)"', chosen)[1].replace("&quot;", '"'))  # type: ignore[index]
    assert figures["labels"] == ["2000", "2001", "2002"]
    assert figures["values"] == [[1305, 1335, 1365]]
    assert 'role="img" aria-label="jumlah penduduk menurut tahun."' in chosen
    assert '<th scope="row">2001</th><td class="num">1.335</td>' in chosen


def test_the_map_shows_what_has_a_place_and_counts_what_has_none(desk: Desk) -> None:
    address = desk.publish(POINTS, name="kantor.geojson").get_absolute_url()
    assert f'data-features="{address}/peta.json"' in page(address)
    told = json.loads(page(f"{address}/peta.json"))
    assert told["counts"] == {"shown": 1, "of": 2, "without": 1}
    assert told["features"][0]["properties"]["nama"] == "Kantor 0"


def test_codes_without_borders_are_said_to_have_none(desk: Desk) -> None:
    dataset = desk.publish(b"kode_desa;jumlah\n99.01.01.2001;4\n99.01.01.2002;5\n99.01.01.2003;6\n")
    assert "batas wilayahnya belum tersedia" in page(dataset.get_absolute_url())
    assert Client().get(f"{dataset.get_absolute_url()}/peta.json").status_code == 404


def test_what_the_columns_hold(desk: Desk) -> None:
    shown = page(f"{desk.publish(LONG).get_absolute_url()}/kolom")
    for said in ("2000–2002", "0 – 89", "Tahun yang digambarkan baris ini"):
        assert said in shown


def test_how_it_is_cited_and_shared(desk: Desk) -> None:
    dataset = desk.publish(title="Luas {sawah} & 100% \\ kebun")
    shown = page(dataset.get_absolute_url())
    assert "[Kumpulan data]. Lumbung. http://testserver" in shown
    assert r"Luas \{sawah\} \&amp; 100\% \textbackslash{} kebun" in shown
    assert f'<meta property="og:image" content="http://testserver{dataset.get_absolute_url()}/gambar.png">' in shown
    said = json.loads(re.search(r"ld\+json\">(.*?)</script>", shown)[1])  # type: ignore[index]
    assert said["version"] == "1"
    assert [one["name"] for one in said["variableMeasured"]] == ["kecamatan", "tahun", "jumlah penduduk"]


def test_the_picture_is_drawn_and_known_again(desk: Desk) -> None:
    dataset = desk.publish(LONG, title="Judul yang sangat panjang sekali " * 5)
    answer = Client().get(f"{dataset.get_absolute_url()}/gambar.png")
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)
    again = Client().get(f"{dataset.get_absolute_url()}/gambar.png", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_english_too(desk: Desk) -> None:
    client = Client(headers={"Accept-Language": "en"})
    client.post("/bahasa", {"language": "en", "next": "/"})
    shown = client.get(f"{desk.publish(LONG).get_absolute_url()}?bagan=batang&q=tempat").content.decode()
    for said in ("Search in the table", "Cite this data", "Chart", "90 rows"):
        assert said in shown


class Quiet(WSGIRequestHandler):
    """Tells nobody what it was asked."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served() -> Iterator[str]:
    """The portal behind a real socket, on the database of the tests; its host and port."""
    with make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.django_db(transaction=True)
def test_the_lines_for_programs_do_what_they_say(desk: Desk, tmp_path: Path) -> None:
    dataset = desk.publish()
    run: Any = {"cwd": tmp_path, "check": True, "capture_output": True, "text": True}
    with served() as host:
        shown = page(dataset.get_absolute_url(), Host=host)
        codes = dict(re.findall(r'id="kode-(\w+)" tabindex="0">(.*?)</pre>', shown, re.DOTALL))
        assert {"curl", "python", "r"} <= set(codes)
        said = subprocess.run([sys.executable, "-c", unescape(codes["python"])], **run).stdout
        assert said.startswith("3 {'kecamatan': 'Sukatani', 'tahun': '2024'")
        subprocess.run(["sh", "-c", unescape(codes["curl"])], **run)
        assert (tmp_path / "data.csv").read_text().startswith("kecamatan,tahun,jumlah penduduk")
        if shutil.which("Rscript"):
            assert "3 obs" in subprocess.run(["Rscript", "-e", unescape(codes["r"])], **run).stdout
