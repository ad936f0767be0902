"""A SID sends: aggregates go through the gate, persons are refused before a byte is read, and leave no trace."""

import base64
import io
import json
import logging
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.test.client import ClientHandler

from lumbung.portal.audit.models import Event
from lumbung.portal.intake import sid, vault
from lumbung.portal.intake.models import SidKey, Submission
from tests.portal.counted import KODE, register, with_kode
from tests.portal.intake.conftest import secret_numbers
from tests.portal.intake.test_secret import everything_in_the_database
from tests.portal.shelves import Desk, actor, desk, signed_in

__all__ = ["desk"]
pytestmark = pytest.mark.django_db
PERSON_CALLS = (
    "penduduk", "penduduk/storedata", f"penduduk/{secret_numbers()[0]}", "laporan-penduduk", "program-bantuan",
    "program-bantuan/peserta", "keluarga", "surat/kirim",
)  # fmt: skip


@pytest.fixture
def key(desk: Desk) -> str:
    """The key of the village's SID."""
    with_kode(desk.village)
    return sid.make_key(person=desk.producer, organisation=desk.village, by=actor(desk.producer))


def send(called: str, body: Any, key: str, **more: Any) -> Any:
    """As OpenSID does."""
    content = body if isinstance(body, bytes) else json.dumps(body)
    kind = more.pop("kind", "application/json")
    return Client().post(f"/api/v1/{called}", content, content_type=kind, headers={"Authorization": f"Bearer {key}"})


def works(*rows: str) -> bytes:
    """The ZIP of `pembangunan`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("pembangunan.csv", "\n".join(["desa_id,judul,anggaran,tahun_anggaran", *rows, ""]))
    return out.getvalue()


class Unread(io.RawIOBase):
    """A body that must not be read."""

    def read(self, *args: object) -> bytes:
        """Fails the test."""
        raise AssertionError("the body was read")

    readline = readinto = readlines = read  # type: ignore[assignment]


def without_reading(called: str, **headers: str) -> str:
    """The status of an answer that was given before the body was read."""
    environment = {
        "REQUEST_METHOD": "POST", "PATH_INFO": f"/api/v1/{called}", "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.input": Unread(), "wsgi.url_scheme": "http", "wsgi.errors": io.StringIO(),
        "CONTENT_LENGTH": "5000", "CONTENT_TYPE": "multipart/form-data; boundary=x", **headers,
    }  # fmt: skip
    answer = ClientHandler(enforce_csrf_checks=True)(environment)
    return f"{answer.status_code} {answer.content.decode()}"


@pytest.mark.parametrize("called", PERSON_CALLS)
@pytest.mark.parametrize("known", [True, False])
def test_persons_are_refused_before_the_body_is_read(called: str, known: bool, key: str) -> None:
    said = without_reading(called, HTTP_AUTHORIZATION=f"Bearer {key if known else 'lain'}")
    assert said.startswith("403")
    assert "tidak menerima data orang" in said
    assert Event.objects.filter(kind="sid-push-refused").count() == known
    assert secret_numbers()[0] not in json.dumps(list(Event.objects.values_list("details", flat=True)))


@pytest.mark.parametrize(
    "called", ["apa-saja", "identitas-desa/lain", "identitas-desa/../penduduk", "pembangunan/dokumentasi"]
)
def test_what_is_not_on_the_list_is_refused_before_the_body_is_read(called: str, key: str) -> None:
    assert without_reading(called, HTTP_AUTHORIZATION=f"Bearer {key}").startswith("403")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer lain", "Basic x", "Bearer " + "x" * 5000])
def test_without_a_key_nothing_is_read(header: str, key: str) -> None:
    assert without_reading("identitas-desa", HTTP_AUTHORIZATION=header).startswith("401")


def test_the_size_is_asked_first(key: str) -> None:
    authorised = {"HTTP_AUTHORIZATION": f"Bearer {key}"}
    assert without_reading("pembangunan", CONTENT_LENGTH=str(1 << 30), **authorised).startswith("413")
    assert without_reading("pembangunan", CONTENT_LENGTH="", **authorised).startswith("413")


@pytest.mark.parametrize("field", ["sebutan_desa", "website", "lain", "\\udfff"])
def test_half_a_sign_is_another_shape(field: str, key: str) -> None:
    body = f'{{"desa_id": "{KODE}", "{field}": "\\ud800"}}'.encode()
    assert send("identitas-desa", body, key).status_code == 422
    assert not Submission.objects.exists()


def test_a_length_in_other_digits_is_none(key: str) -> None:
    said = without_reading("pembangunan", CONTENT_LENGTH="²", HTTP_AUTHORIZATION=f"Bearer {key}")
    assert said.startswith("413")


def test_the_identity_of_a_village(key: str, desk: Desk) -> None:
    fields = f"kode_desa={KODE}&sebutan_desa=Desa&website=https%3A%2F%2Fmekarsari.contoh.test&path=%5B%5D"
    answer = send("identitas-desa", fields.encode(), key, kind="application/x-www-form-urlencoded")
    assert (answer.status_code, answer.json()["status"]) == (200, "success")
    one = Submission.objects.get()
    assert (one.organisation, one.submitted_by) == (desk.village, desk.producer)
    with vault.open_plain(one) as plain:
        assert plain.read().decode().splitlines()[1] == f"{KODE},Desa,https://mekarsari.contoh.test"
    assert Event.objects.get(kind="received").device.startswith("SID")


def test_the_same_again_is_a_success_and_one_submission(key: str) -> None:
    for _ in range(2):
        assert send("identitas-desa", {"kode_desa": KODE, "sebutan_desa": "Desa"}, key).status_code == 200
    assert Submission.objects.count() == 1


def test_budget_reports(key: str) -> None:
    listed = [{"id": 1, "judul": "APBDes 2026", "tahun": 2026, "semester": 1, "nama_file": "a.pdf"}]
    answer = send("laporan-apbdes", {"desa_id": KODE, "laporan_apbdes": listed}, key)
    assert answer.status_code == 200, answer.content
    assert Submission.objects.get().title == "Daftar laporan APBDes Desa Mekarsari"


def test_works(key: str) -> None:
    body = {"desa_id": KODE, "file": io.BytesIO(works(f"{KODE},Jalan dusun,250000000,2026"))}
    body["file"].name = "pembangunan.zip"
    answer = Client().post("/api/v1/pembangunan", body, headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 200, answer.content
    assert Submission.objects.get().title == "Pembangunan Desa Mekarsari"


@pytest.mark.parametrize(
    ("called", "body"),
    [
        ("identitas-desa", b"\xff\xfe not json"),
        ("identitas-desa", []),
        ("identitas-desa", {"kode_desa": "99.01.01.2002"}),
        ("laporan-apbdes", {"desa_id": KODE}),
        ("laporan-apbdes", {"desa_id": KODE, "laporan_apbdes": ["x"]}),
        ("laporan-apbdes", {"desa_id": KODE, "laporan_apbdes": [{"tahun": secret_numbers()[0]}]}),
        ("laporan-apbdes", {"desa_id": KODE, "laporan_apbdes": [{"tahun": 2026, "file": "%%"}]}),
        ("pembangunan", {"desa_id": KODE}),
    ],
)
def test_another_shape_is_refused_in_words(called: str, body: Any, key: str) -> None:
    answer = send(called, body, key)
    assert answer.status_code == 422
    assert answer.json()["status"] == "danger"
    assert not Submission.objects.exists()


def person_payloads() -> dict[str, Callable[[str], Any]]:
    """A register pushed where aggregates belong, in every way that the three calls allow."""
    people = [{"nik": number, "nama": "Wening Lestari"} for number in secret_numbers()]
    table = "\n".join(["nik;nama;alamat", *(f"{number};Wening;Jl. Padi" for number in secret_numbers())])

    def as_file(key: str) -> Any:
        file = io.BytesIO(works(*(f"{number},Jalan,1,2026" for number in secret_numbers())))
        file.name = f"{secret_numbers()[0]}.zip"
        body = {"desa_id": KODE, "file": file, "catatan": secret_numbers()[1]}
        return Client().post("/api/v1/pembangunan", body, headers={"Authorization": f"Bearer {key}"})

    listed = {"judul": "APBDes", "tahun": 2026, "semester": 1, "nama_file": "a.pdf"}
    document = {**listed, "file": base64.b64encode(table.encode()).decode()}
    titles = [{**listed, "judul": number} for number in secret_numbers()]
    return {
        "person endpoint": lambda key: send("penduduk/storedata", register(count=12), key, kind="application/zip"),
        "unknown field": lambda key: send("identitas-desa", {"kode_desa": KODE, "penduduk": people}, key),
        "in a title": lambda key: send("laporan-apbdes", {"desa_id": KODE, "laporan_apbdes": titles}, key),
        "as a document": lambda key: send("laporan-apbdes", {"desa_id": KODE, "laporan_apbdes": [document]}, key),
        "in the archive": as_file,
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", list(person_payloads()))
def test_a_pushed_register_leaves_no_trace(
    way: str, key: str, home: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = person_payloads()[way](key)
    assert answer.status_code in (403, 422), answer.content
    assert not Submission.objects.exists()
    said = capfd.readouterr()
    places = {
        "answer": answer.content,
        "log": caplog.text.encode(),
        "output": (said.out + said.err).encode(),
        "database": everything_in_the_database(),
        "storage": b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file()),
    }
    secrets = [*secret_numbers(), "Wening"]
    assert not [(place, one) for place, text in places.items() for one in secrets if one.encode() in text]
    assert Event.objects.filter(kind="sid-push-refused").exists()
    assert not list((home / "submissions").rglob("*.part")) if (home / "submissions").exists() else True


def test_a_key_is_shown_once_and_kept_as_a_digest(desk: Desk) -> None:
    with_kode(desk.village)
    browser = signed_in(desk.producer)
    page = browser.post(f"/meja/sid/{desk.village.slug}/kunci").content.decode()
    text = page.split('id="kunci">')[1].split("<")[0]
    assert sid.key_of(f"Bearer {text}") is not None
    assert text not in browser.get("/meja/sid/").content.decode()
    assert text not in json.dumps(list(SidKey.objects.values_list("digest", flat=True)))
    browser.post(f"/meja/sid/{desk.village.slug}/cabut")
    assert sid.key_of(f"Bearer {text}") is None
    assert send("identitas-desa", {"kode_desa": KODE}, text).status_code == 401
    assert list(Event.objects.values_list("kind", flat=True).order_by("sequence")) == [
        "sid-key-made",
        "sid-key-revoked",
    ]


def test_a_new_key_ends_the_old_one(key: str, desk: Desk) -> None:
    sid.make_key(person=desk.producer, organisation=desk.village, by=actor(desk.producer))
    assert sid.key_of(f"Bearer {key}") is None


@pytest.mark.parametrize("who", ["walidata", "ppdp", "admin", "stranger"])
def test_only_the_village_makes_its_key(who: str, desk: Desk) -> None:
    with_kode(desk.village)
    assert signed_in(getattr(desk, who)).post(f"/meja/sid/{desk.village.slug}/kunci").status_code == 404
    assert not SidKey.objects.exists()


def test_who_lost_the_role_sends_nothing_any_more(key: str, desk: Desk) -> None:
    desk.producer.memberships.all().delete()
    assert send("identitas-desa", {"kode_desa": KODE}, key).status_code == 403
    assert not Submission.objects.exists()
