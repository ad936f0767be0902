"""The public pages: what they show, what they never show, and how they bear hostile tables and addresses."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.finding import Wish, found, spread
from lumbung.portal.catalogue.models import Dataset, Distribution
from lumbung.portal.catalogue.shelf import path_of
from tests.portal.shelves import TABLE, Desk, signed_in

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
BROWSER = {"User-Agent": "Mozilla/5.0"}


def page(path: str, *, status: int = 200) -> str:
    answer = Client().get(path)
    assert answer.status_code == status
    return answer.content.decode()


def file_of(dataset: Dataset, format_: str = "csv") -> Distribution:
    return Distribution.objects.get(release__dataset=dataset, format=format_)


def address_of(dataset: Dataset, format_: str = "csv") -> str:
    return f"{dataset.get_absolute_url()}/unduh/{file_of(dataset, format_).name}"


def test_an_empty_shelf_says_so() -> None:
    assert "Lumbung masih kosong" in page("/")


def test_the_front_page_leads_to_the_dataset(desk: Desk) -> None:
    dataset = desk.publish()
    front = page("/")
    assert dataset.title in front
    assert dataset.get_absolute_url() in front
    assert "1 dataset dari 1 organisasi, 3 baris" in front


@pytest.mark.parametrize("path", ["/?q=kependudukan", "/?tema=kependudukan", "/?tahun=2024", "/?organisasi=kabupaten"])
def test_finding_by_word_theme_year_and_organisation_with_all_below_it(desk: Desk, path: str) -> None:
    assert desk.publish().title in page(path)


@pytest.mark.parametrize(
    "path",
    [
        "/?q=xyzabc",
        "/?tema=lain",
        "/?tahun=1999",
        "/?tahun=²",
        "/?tahun=99999999999999999999",
        "/?organisasi=tetangga",
    ],
)
def test_a_search_that_finds_nothing_says_what_to_try(desk: Desk, path: str) -> None:
    desk.publish()
    assert "Coba kata yang lebih umum" in page(path)


def test_a_mistyped_search_is_led_on(desk: Desk) -> None:
    word = max(desk.publish().title.lower().split(), key=len)
    answer = page(f"/?q={word[:3]}{word[4:]}")
    assert f'Mungkin maksud Anda: <a href="/?q={word}">' in " ".join(answer.split())
    assert "Mungkin maksud" not in page("/?q=zzzqqq")


@pytest.mark.parametrize(
    "path", ["/?page=0", "/?page=99", "/?page=x", "/?q=%00", f"/?q={SCRIPT}", "/?q=" + "a" * 5000]
)
def test_odd_questions_are_answered(desk: Desk, path: str) -> None:
    desk.publish()
    assert SCRIPT not in page(path)


def test_facets_count_what_is_visible(desk: Desk) -> None:
    desk.publish()
    hidden = desk.publish(TABLE + b"Salam;2024;78\n", title="Lain")
    Dataset.objects.filter(pk=hidden.pk).update(state="quarantined", ground="data-pribadi")
    counts = {key: [(one.value, one.count) for one in values] for key, values in spread(Wish()).facets.items()}
    assert counts == {
        "tema": [("kependudukan", 1)],
        "organisasi": [("kabupaten", 1), ("kecamatan", 1), ("desa", 1)],
        "wilayah": [],
        "tahun": [("2024", 1)],
        "format": [("csv", 1), ("json", 1), ("parquet", 1), ("xlsx", 1)],
        "lisensi": [("CC-BY-4.0", 1)],
        "kekerapan": [("tahunan", 1)],
    }
    assert found(Wish(words="penduduk")).count() == 1


def test_the_dataset_page_says_what_it_is(desk: Desk) -> None:
    dataset = desk.publish()
    shown = page(dataset.get_absolute_url())
    words = (
        dataset.title,
        dataset.description,
        "Disdukcapil",
        "jiwa",
        "2024",
        "Terbuka",
        "CC BY 4.0",
        "12.450",
        "Sukatani",
    )
    for word in (word for word in words if word != "Disdukcapil"):
        assert word in shown
    assert file_of(dataset).sha256 in shown
    assert "karantina" not in shown


def test_a_year_is_not_written_as_a_quantity(desk: Desk) -> None:
    shown = page(desk.publish().get_absolute_url())
    assert ">2024<" in shown
    assert "2.024" not in shown


def test_the_preview_pages_through_the_table(desk: Desk) -> None:
    rows = b"".join(b"Tempat%d;%d\n" % (n, n) for n in range(60))
    dataset = desk.publish(b"tempat;jumlah\n" + rows)
    address = dataset.get_absolute_url()
    first, last = page(f"{address}/pratinjau"), page(f"{address}/pratinjau?halaman=3")
    assert ("Tempat24<" in first, "Tempat25<" in first) == (True, False)
    assert ("Tempat59<" in last, "Tempat49<" in last) == (True, False)
    assert page(f"{address}/pratinjau?halaman=999") == last
    for odd in ("0", "-1", "x", "1e9", "²", "9" * 30):
        assert page(f"{address}/pratinjau?halaman={odd}&tabel={odd}")
    assert "Tempat25<" in page(f"{address}?halaman=2")  # without JavaScript


def test_markup_anywhere_is_text(desk: Desk) -> None:
    table = f'tempat,{SCRIPT}\n{SCRIPT},1\n"""onload=\'x\'",2\nSalam,3\n'.encode()
    dataset = desk.publish(table, title=f"Judul {SCRIPT}", description=SCRIPT, source=SCRIPT, unit=SCRIPT)
    for path in ("/", "/?q=judul", dataset.get_absolute_url(), f"{dataset.get_absolute_url()}/pratinjau"):
        shown = page(path)
        assert SCRIPT not in shown
        assert "alert(1)" in shown


def test_a_hundred_columns(desk: Desk) -> None:
    header = ",".join(f"indikator {n}" for n in range(120))
    dataset = desk.publish(f"{header}\n{','.join(['1'] * 120)}\n{','.join(['2'] * 120)}\n".encode())
    shown = page(dataset.get_absolute_url())
    assert ("indikator 99<" in shown, "indikator 100<" in shown) == (True, False)
    assert "20 kolom lain" in shown


@pytest.mark.parametrize("format_", ["csv", "xlsx", "json", "parquet"])
def test_a_download_is_the_rebuilt_file_with_safe_headers(desk: Desk, format_: str) -> None:
    dataset = desk.publish()
    answer: Any = Client().get(address_of(dataset, format_), headers=BROWSER)
    file = file_of(dataset, format_)
    assert b"".join(answer.streaming_content) == path_of(file).read_bytes()
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{file.name}"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["ETag"] == f'"{file.sha256}"'
    assert answer.headers["Cache-Control"] == "no-cache"
    assert int(answer.headers["Content-Length"]) == file.size


def test_what_is_downloaded_runs_nothing(desk: Desk) -> None:
    dataset = desk.publish(b"tempat;jumlah\n=cmd|' /C calc'!A0;1\n@SUM(A1);2\nSalam;3\n")
    answer: Any = Client().get(address_of(dataset))
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[1].startswith("'=cmd")
    assert lines[2].startswith("'@SUM")
    records: Any = Client().get(address_of(dataset, "json"))
    assert json.loads(b"".join(records.streaming_content))[0]["tempat"].startswith("=cmd")


def test_a_download_is_recorded_and_a_look_is_not(desk: Desk) -> None:
    path = address_of(desk.publish())
    Client().head(path, headers=BROWSER)
    etag = Client().get(path, headers=BROWSER).headers["ETag"]
    Client().get(path, headers={**BROWSER, "If-None-Match": etag})
    line = Event.objects.get(kind="downloaded")
    assert (line.actor, line.details["file"]) == ("public", path.rpartition("/")[2])
    assert line.device == "Mozilla/5.0"


def test_nobody_escapes_the_record_by_calling_himself_a_machine(desk: Desk) -> None:
    Client().get(address_of(desk.publish()), headers={"User-Agent": "Googlebot/2.1"})
    assert Event.objects.get(kind="downloaded").device == "Googlebot/2.1"


@pytest.mark.parametrize(
    "name",
    ["lain.csv", "..%2F..%2Fkeys.json", "....//keys.json", "%2e%2e", "tabel-1.csv", "x" * 300, "%00", "<script>.csv"],
)
def test_no_other_file_has_an_address(desk: Desk, name: str) -> None:
    dataset = desk.publish()
    assert Client().get(f"{dataset.get_absolute_url()}/unduh/{name}").status_code == 404


def test_no_file_under_another_dataset_s_address(desk: Desk) -> None:
    one, other = desk.publish(), desk.publish(TABLE + b"Salam;2024;78\n", title="Lain")
    assert Client().get(f"{one.get_absolute_url()}/unduh/{file_of(other).name}").status_code == 404


def test_a_row_that_points_out_of_the_shelf_serves_nothing(desk: Desk, home: Path) -> None:
    dataset = desk.publish()
    Distribution.objects.filter(pk=file_of(dataset).pk).update(path="../keys.json")
    assert Client().get(address_of(dataset)).status_code == 404


def test_unknown_waiting_and_held_are_the_same_404(desk: Desk) -> None:
    waiting = desk.send(title="Belum terbit")
    answers = {slug: page(f"/dataset/{slug}", status=404) for slug in ("tidak-ada", "belum-terbit")}
    pages = {TOKEN.sub("", answer.replace(slug, "")) for slug, answer in answers.items()}
    assert len(pages) == 1
    assert waiting.state == "in_review"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_shelf_is_only_read(desk: Desk, method: str) -> None:
    dataset = desk.publish()
    for path in ("/", dataset.get_absolute_url(), address_of(dataset)):
        assert getattr(Client(), method)(path).status_code == 405


def test_nobody_keeps_a_page_without_asking(desk: Desk) -> None:
    dataset = desk.publish()
    for path in ("/", dataset.get_absolute_url(), f"{dataset.get_absolute_url()}/pratinjau"):
        assert Client().get(path).headers["Cache-Control"] == "no-cache"
        assert "no-store" in signed_in(desk.duty).get(path).headers["Cache-Control"]


@pytest.mark.parametrize(
    "change",
    [
        {"classification": ""},
        {"classification": "terbatas"},
        {"legal_basis": ""},
        {"state": "quarantined", "ground": ""},
    ],
)
def test_the_database_itself_refuses_what_is_not_open(desk: Desk, change: dict[str, str]) -> None:
    dataset = desk.publish()
    with pytest.raises(IntegrityError), transaction.atomic():
        Dataset.objects.filter(pk=dataset.pk).update(**change)
