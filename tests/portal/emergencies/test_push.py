"""An app pushes: by its own key alone, each call once, nothing of a call in any answer or line."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lumbung.portal.accounts import tokens
from lumbung.portal.accounts.models import Scope
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.emergencies import store, taking
from lumbung.portal.emergencies.models import Call, Printed
from tests.portal.emergencies.conftest import DISTRICTS, Brigade, by, call, last_quarter

pytestmark = pytest.mark.django_db


def test_calls_come_in_once(brigade: Brigade) -> None:
    at = timezone.now() - timedelta(hours=2)
    answer = brigade.push([call("A-1", at), call("A-2", at)])
    assert (answer.status_code, answer.json()) == (200, {"diterima": 2, "diperbarui": 0, "sama": 0, "ditolak": []})
    assert brigade.push([call("A-1", at), call("A-2", at)]).json()["sama"] == 2
    assert brigade.push([call("A-1", at, minutes=9)]).json()["diperbarui"] == 1
    assert Call.objects.count() == 2
    assert brigade.push([call("A-3", at), call("A-3", at)]).json() | {"ditolak": 0} == {
        "diterima": 1, "diperbarui": 0, "sama": 1, "ditolak": 0,
    }  # fmt: skip
    newest = Event.objects.filter(kind=Kind.CALLS_TAKEN).order_by("-sequence")[0]
    assert newest.details == {"new": 1, "same": 1, "refused": {}}


LATER = timezone.now() + timedelta(days=1)
WRONG: list[tuple[Any, str]] = [
    ("teks", "bukan-objek"),
    ({"nomor": "1"}, "jenis-tidak-dikenal"),
    (call("", timezone.now()), "nomor-kosong"),
    (call("1", timezone.now(), ktp="9901"), "isian-tidak-dikenal"),
    (call("1", timezone.now(), uraian="x" * 1001), "isian-terlalu-panjang"),
    (call("1", timezone.now(), uraian=["x"]), "isian-terlalu-panjang"),
    (call("\ud800", timezone.now()), "isian-terlalu-panjang"),
    (call("1", timezone.now(), uraian="\0"), "isian-terlalu-panjang"),
    (call("1", timezone.now(), waktu={"lapor": "kemarin"}), "waktu-tidak-terbaca"),
    (call("1", timezone.now(), waktu={"lapor": "2026-07-03T14:05:00"}), "waktu-tidak-terbaca"),
    (call("1", timezone.now(), waktu={"lapor": 7}), "waktu-tidak-terbaca"),
    (call("1", timezone.now(), waktu=None), "bukan-objek"),
    (call("1", timezone.now(), minutes=-5), "waktu-tidak-runtut"),
    (call("1", timezone.now() - timedelta(days=3), minutes=60 * 30), "waktu-tidak-runtut"),
    (call("1", LATER), "waktu-di-depan"),
    (call("1", timezone.now() - timedelta(days=200)), "terlalu-lama"),
    (call("1", timezone.now() - timedelta(hours=1), district="33.08.20"), "kecamatan-tidak-dikenal"),
    (call("1", timezone.now() - timedelta(hours=1), tempat={"kecamatan": DISTRICTS[0], "lintang": "7"}),
     "koordinat-tidak-terbaca"),
    (call("1", timezone.now() - timedelta(hours=1), tempat={"kecamatan": DISTRICTS[0], "lintang": 91, "bujur": 110}),
     "koordinat-tidak-terbaca"),
    (call("1", timezone.now() - timedelta(hours=1), pelapor={"nik": "1"}), "isian-tidak-dikenal"),
]  # fmt: skip


def test_each_mistake_is_named_and_the_rest_is_taken(brigade: Brigade) -> None:
    good = call("BAIK", timezone.now() - timedelta(hours=1))
    answer = brigade.push([*(entry for entry, _code in WRONG), good])
    said = answer.json()
    assert [(one["urutan"], one["kode"]) for one in said["ditolak"]] == [
        (place, code) for place, (_entry, code) in enumerate(WRONG)
    ]
    assert (answer.status_code, said["diterima"]) == (200, 1)
    assert all(one["pesan"] for one in said["ditolak"])
    assert brigade.push([WRONG[0][0]]).status_code == 422


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 422),
        (b"[1]", "application/json", 422),
        (b'{"panggilan": []}', "application/json", 422),
        (b'{"panggilan": [1], "lain": 2}', "application/json", 422),
        (b'{"panggilan": [' + b"1," * 300 + b"1]}", "application/json", 413),
        (b"[" * 100_000, "application/json", 422),
        (b"\xff\xfe", "application/json", 422),
        (b" " * (2 * 1024 * 1024 + 1), "application/json", 413),
        (b"panggilan=1", "application/x-www-form-urlencoded", 415),
    ],
)
def test_what_is_no_push_is_said_so(brigade: Brigade, body: bytes, kind: str, status: int) -> None:
    bearer = {"Authorization": f"Bearer {brigade.key}"}
    answer = Client().post("/darurat/panggilan", body, content_type=kind, headers=bearer)
    assert answer.status_code == status
    assert answer.json()["pesan"]
    assert not Call.objects.exists()


def test_only_the_key_of_the_feed_opens_it_and_it_opens_nothing_else(brigade: Brigade) -> None:
    one = [call("A-1", timezone.now() - timedelta(hours=1))]
    other = tokens.make(brigade.officer, purpose="x", scope=Scope.WRITE, days=30, by=by(brigade.officer))
    for wrong in (other, "lumbung_darurat_x", brigade.key + "x", "\udcff"):
        bearer = {"Authorization": f"Bearer {wrong}".encode(errors="replace").decode("latin-1")}
        assert Client().post("/darurat/panggilan", {}, headers=bearer).status_code == 401
    assert Client().get("/darurat/panggilan").status_code == 405
    bearer = {"Authorization": f"Bearer {brigade.key}"}
    assert Client().post("/api/3/action/package_create", {}, headers=bearer).status_code in (401, 403)
    assert Client().post("/api/v1/identitas-desa", {}, headers=bearer).status_code == 401
    assert Client().get("/meja/darurat/", headers=bearer).status_code == 302
    taking.make_key(brigade.feed, person=brigade.admin, by=by(brigade.admin))
    assert brigade.push(one).status_code == 401, "a new key ends the old one"


def test_a_printed_quarter_stays_and_destroyed_months_stay_destroyed(brigade: Brigade) -> None:
    at = last_quarter()
    assert brigade.push([call("A-1", at)]).json()["diterima"] == 1
    key = brigade.feed.months.get()
    Printed.objects.create(feed=brigade.feed, quarter=_quarter(key.month), lines=[], made_by=brigade.officer)
    now = timezone.now() - timedelta(hours=1)
    assert brigade.push([call("A-1", now)]).json()["ditolak"][0]["kode"] == "sudah-dicetak"
    assert brigade.push([call("A-1", at, minutes=11)]).json()["diperbarui"] == 1
    store.destroy(key)
    assert not Call.objects.exists()
    assert brigade.push([call("A-1", at)]).json()["ditolak"][0]["kode"] == "terlalu-lama"
    key.refresh_from_db()
    assert bytes(key.wrapped_key) == b""


def _quarter(month: str) -> str:
    from lumbung.aggregate.quarters import quarter_of

    return quarter_of(month)
