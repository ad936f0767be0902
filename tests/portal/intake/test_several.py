"""Several files in one form: each on its own, none silently left out, all of them bounded."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lumbung.portal.accounts.models import Person
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.prefill import title_for, title_of
from tests.portal.conftest import CSV, Regency
from tests.portal.intake.conftest import Receive, secret_numbers
from tests.portal.intake.test_receive import stored


@pytest.fixture
def signed_in(producer: Person, client: Client) -> Client:
    client.force_login(producer)
    return client


def files(*contents: bytes) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"tabel_{n}_2024.csv", content) for n, content in enumerate(contents, start=1)]


def post(client: Client, regency: Regency, *contents: bytes, **more: object):
    about = {"organisation": regency.village.pk, "file": files(*contents), **more}
    return client.post("/meja/kiriman/baru", about, follow=True)


def test_every_file_is_taken(signed_in: Client, regency: Regency, home) -> None:
    page = post(signed_in, regency, b"a;b\n1;2\n", b"a;b\n3;4\n", CSV).content.decode()
    assert "3 berkas diterima" in page
    titles = set(Submission.objects.values_list("title", flat=True))
    assert titles == {"Tabel 1 2024", "Tabel 2 2024", "Tabel 3 2024"}
    assert len(stored(home)) == 3


def test_one_that_is_not_fit_keeps_no_other_out(signed_in: Client, regency: Regency, home) -> None:
    page = post(signed_in, regency, CSV, b"", CSV, b"a;b\n1;2\n").content.decode()
    assert "2 berkas diterima" in page
    assert "tabel_2_2024.csv: Berkas ini kosong" in page
    assert "tabel_3_2024.csv: Berkas yang persis sama" in page
    assert len(stored(home)) == 2


def test_one_text_stands_for_all_of_them(signed_in: Client, regency: Regency) -> None:
    post(signed_in, regency, CSV, b"a;b\n1;2\n", title="Penduduk")
    titles = set(Submission.objects.values_list("title", flat=True))
    assert titles == {"Penduduk: Tabel 1 2024", "Penduduk: Tabel 2 2024"}


def test_too_many(signed_in: Client, regency: Regency, home) -> None:
    answer = post(signed_in, regency, *[b"a;b\n%d;2\n" % n for n in range(21)])
    assert answer.status_code == 413
    assert "paling banyak 20 berkas" in answer.content.decode()
    assert (Submission.objects.count(), stored(home)) == (0, [])


def test_the_limit_holds_for_all_together(signed_in: Client, regency: Regency, home, settings) -> None:
    settings.UPLOAD_LIMIT = 1000
    assert post(signed_in, regency, b"x" * 600, b"y" * 600).status_code == 413
    assert stored(home) == []


def test_a_form_of_unknown_length_is_told_so(signed_in: Client, regency: Regency) -> None:
    answer = signed_in.generic("POST", "/meja/kiriman/baru", b"", HTTP_TRANSFER_ENCODING="chunked")
    assert answer.status_code == 411
    assert "tidak menyebut ukurannya" in answer.content.decode()
    assert "kedaluwarsa" not in answer.content.decode()


def dataset(regency: Regency, submission: Submission) -> Dataset:
    about = {"title": "Penduduk", "unit": "jiwa", "licence": "CC-BY-4.0", "period": "2023"}
    moment = {"state_since": submission.received_at, "released_at": submission.received_at}
    law = {"classification": "terbuka", "legal_basis": "UU 14/2008", "source": "Pendataan"}
    return Dataset.objects.create(slug="penduduk", organisation=regency.village, **about, **moment, **law)


def test_the_last_release_is_known(signed_in: Client, regency: Regency, receive: Receive) -> None:
    known = dataset(regency, receive(b"x;y\n1;2\n"))
    page = signed_in.get("/meja/kiriman/baru?data=penduduk").content.decode()
    assert 'value="jiwa"' in page
    assert 'value="2023"' not in page
    post(signed_in, regency, CSV, dataset=known.pk, period="2024")
    sent = Submission.objects.get(dataset=known)
    assert (sent.title, sent.unit, sent.period, sent.licence) == ("Penduduk", "jiwa", "2024", "CC-BY-4.0")


def test_a_dataset_gets_one_file(signed_in: Client, regency: Regency, receive: Receive) -> None:
    known = dataset(regency, receive(b"x;y\n1;2\n"))
    assert post(signed_in, regency, CSV, b"a;b\n1;2\n", dataset=known.pk).status_code == 422


@pytest.mark.parametrize("slug", ["tidak-ada", "", "../x"])
def test_but_not_what_is_not_theirs(slug: str, signed_in: Client) -> None:
    assert signed_in.get("/meja/kiriman/baru", {"data": slug}).status_code == 200


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("penduduk_dusun-2024.xlsx", "Penduduk dusun 2024"),
        ("2023-2024.csv", "2023-2024"),
        ("C:\\Data\\APBDes 2024.XLSX", "APBDes 2024"),
        (".csv", ""),
        ("", ""),
        ("arsip.tar.gz", "Arsip.tar"),
        (f"KTP {secret_numbers()[0]}.csv", "KTP ••••••••"),
    ],
)
def test_a_title_from_a_name(name: str, title: str) -> None:
    assert title_of(name) == title
    assert title_for(name, typed="Judul", several=False) == "Judul"
