"""What programs send: no way round the gate, no value in a refusal, nothing published alone, nobody else's data."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.test import Client

from lumbung.api.ckan import gatekeeping
from lumbung.api.models import Draft, Piece
from lumbung.invent import nik
from lumbung.portal.accounts.models import Scope
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset, Release
from lumbung.portal.catalogue.states import DatasetState, Shut
from lumbung.portal.catalogue.vocabulary import ClosingGround
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.states import State
from lumbung.portal.publication import scopes
from lumbung.portal.publication.actions import publish, quarantine, remove
from tests.api.ckan.asking import call, captured, key_of, rows_of, upload
from tests.portal.counted import register
from tests.portal.shelves import DESCRIPTION, TABLE, Desk, actor, somebody

pytestmark = pytest.mark.django_db
NAMED = {"name": "panen-padi", "owner_org": "desa", "title": "Panen padi"}
NIK = nik(region="990101", birth=date(1990, 1, 1), female=False, serial=9001)
WORDS = {
    **NAMED,
    "notes": DESCRIPTION["description"],
    "license_id": "cc-by",
    "groups": [{"name": "pertanian"}],
    "extras": [
        {"key": name, "value": DESCRIPTION[name]}
        for name in ("period", "source", "unit", "frequency", "classification", "legal_basis")
    ],
}
HARVEST = TABLE.replace(b"jumlah penduduk", b"panen padi")


@pytest.fixture
def key(desk: Desk) -> str:
    """Of the village's producer."""
    return key_of(desk.producer)


@pytest.fixture
def package(key: str) -> str:
    """A new package."""
    return str(call("package_create", WORDS, key=key)["id"])


def states() -> list[str]:
    return list(Submission.objects.order_by("received_at").values_list("state", flat=True))


def describe(submission: Submission) -> Submission:
    """The period that nobody can know for the sender."""
    submission.period = "2025"
    submission.save()
    return submission


def persons(number: int = 12) -> list[dict[str, Any]]:
    born = date(1990, 1, 1)
    numbers = [nik(region="990101", birth=born, female=bool(one % 2), serial=9000 + one) for one in range(number)]
    return [{"nama": f"Warga {one}", "nik": text} for one, text in enumerate(numbers)]


def refused(error: dict[str, Any], *secrets: str) -> None:
    """A refusal of the gate: a code, and no value."""
    assert error["__type"] == "Validation Error"
    assert error["gate"]["reasons"]
    assert not any(secret in json.dumps(error) for secret in (NIK, *secrets))


def test_without_a_key_that_may_send_nothing_is_done(desk: Desk) -> None:
    reading = key_of(desk.producer, Scope.READ)
    for name in ("package_create", "resource_create", "datastore_create", "package_delete", "organization_create"):
        for key in ("", "lumbung_tebakan", reading):
            error = call(name, {"id": "x", "upload": "x"}, key=key, status=403)
            assert error["__type"] == "Authorization Error"
        assert Client().get(f"/api/3/action/{name}").status_code == 400
    assert not Draft.objects.exists()
    assert not Submission.objects.exists()


def test_a_file_without_a_key_is_not_kept_anywhere(desk: Desk, home: Any) -> None:
    upload("resource_create", {"package_id": "x"}, register(), filename="a.csv", key="lumbung_x", status=403)
    assert not list((home / "incoming").glob("*")) if (home / "incoming").exists() else True
    assert not Submission.objects.exists()


@pytest.mark.shared
def test_the_refusal_of_a_wrong_name_is_ckans(key: str, shared: Any) -> None:
    theirs = captured(shared, "package_create_409")["error"]
    assert call("package_create", {"name": "A B"}, key=key, status=409) == theirs


@pytest.mark.parametrize(
    "told",
    [
        {"name": "a"},
        {"name": "x" * 101},
        {"owner_org": "tidak-ada"},
        {"title": "x" * 201},
        {"extras": "x"},
        {"extras": [{"key": "frequency", "value": "sering"}]},
        {"extras": [{"key": "theme", "value": "ramalan"}]},
        {"resources": [{"name": "a", "url": "http://contoh.test/a.csv"}]},
        {"resources": [{"name": "a", "url": "file:///etc/passwd", "url_type": "link"}]},
        {"resources": "x"},
        {"title": ["a"]},
        {"notes": {"a": "b"}},
    ],
)
def test_a_package_that_cannot_be(key: str, told: dict[str, Any]) -> None:
    assert call("package_create", {**NAMED, **told}, key=key, status=409)["__type"] == "Validation Error"
    assert not Draft.objects.exists()


def test_nobody_sends_for_another_village(desk: Desk, key: str, package: str) -> None:
    assert call("package_create", {**NAMED, "owner_org": "tetangga"}, key=key, status=403)
    other = key_of(somebody(Role.PRODUSEN, desk.neighbour))
    assert call("package_show", {"id": package}, key=other, status=404)
    for name in ("package_patch", "package_update", "package_delete"):
        assert call(name, {"id": package, "title": "Milik saya"}, key=other, status=404)
    told = {"package_id": package}
    assert upload("resource_create", told, HARVEST, filename="a.csv", key=other, status=404)
    shown = desk.publish()
    assert call("package_patch", {"id": shown.slug, "title": "Milik saya"}, key=other, status=403)
    assert call("package_delete", {"id": shown.slug}, key=key, status=403)
    assert call("dataset_purge", {"id": shown.slug}, key=key_of(desk.walidata), status=403)


@pytest.mark.parametrize(
    "told",
    [
        {"title": f"Data {NIK}"},
        {"notes": f"a {NIK[:6]} {NIK[6:12]} {NIK[12:]} b"},
        {"extras": [{"key": "catatan", "value": NIK}]},
        {"extras": [{"key": NIK, "value": "x"}]},
        {"tags": [{"name": NIK}]},
        {"author": NIK},
        {"id": NIK},
        {"resources": [{"name": NIK, "url_type": "upload"}]},
        {"data": {"package": {"activity": [{"body": f"<p>{NIK}</p>"}]}}},
        {"schema": {"fields": [{"name": "nik", "example": int(NIK)}]}},
        {"keterangan": persons()},
    ],
    ids=range(11),
)
def test_no_word_carries_a_person_past_the_gate(key: str, told: dict[str, Any]) -> None:
    refused(call("package_create", {**NAMED, **told}, key=key, status=409))
    assert not Draft.objects.exists()
    draft = call("package_create", NAMED, key=key)["id"]
    changed = told if "id" not in told else {"url": NIK}
    refused(call("package_patch", {"id": draft, **changed}, key=key, status=409))


def test_a_list_of_persons_is_refused_with_codes(desk: Desk, key: str, package: str) -> None:
    told = {"package_id": package, "name": "warga"}
    error = upload("resource_create", told, register(), filename="warga.csv", key=key, status=409)
    refused(error)
    assert error["gate"]["state"] == "held"
    assert {"nik", "person-table"} <= {one["code"] for one in error["gate"]["reasons"]}
    assert all(set(one["place"]) <= {"column", "row", "page"} for one in error["gate"]["reasons"])
    assert error["upload"][0].startswith("Ditahan: ")
    assert states() == [State.HELD]
    assert not Piece.objects.exists()
    number = upload("resource_create", told, HARVEST, filename=f"{NIK}.csv", key=key, status=409)
    refused(number)


def test_no_other_way_for_a_persons_row(desk: Desk, key: str, package: str) -> None:
    secrets = [one["nik"] for one in persons()]
    table = {"resource": {"package_id": package, "name": "tabel"}}
    refused(call("datastore_create", {**table, "records": persons()}, key=key, status=409), *secrets)
    harmless = [{"nama": f"Sawah {number}", "nik": number} for number in range(5)]
    made = call("datastore_create", {**table, "records": harmless}, key=key)
    told = {"resource_id": made["resource_id"], "method": "insert", "records": persons(30)}
    refused(call("datastore_upsert", told, key=key, status=409), *secrets)
    changed = [{"_id": one + 1, **row} for one, row in enumerate(persons(5))]
    told = {"resource_id": made["resource_id"], "method": "update", "records": changed}
    refused(call("datastore_upsert", told, key=key, status=409), *secrets)
    number = {"id": made["resource_id"]}
    for name in ("resource_patch", "resource_update"):
        refused(upload(name, number, register(seed=len(name)), filename="a.csv", key=key, status=409))
    example = json.dumps({"resources": [{"schema": {"fields": [{"name": "nik"}], "examples": persons()}}]}).encode()
    refused(
        upload("resource_create", {"package_id": package}, example, filename="datapackage.json", key=key, status=409)
    )
    told = {"package_id": package, "name": "x"}
    refused(upload("resource_create", told, example + b" ", filename="a.json", key=key, status=409))
    refused(upload("resource_create", told, example + b" ", filename="b.json", key=key, status=409))


def test_nothing_of_it_lies_anywhere_afterwards(
    desk: Desk, key: str, package: str, home: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    secrets = [one["nik"] for one in persons()]
    call("package_create", {**NAMED, "name": "lain", "notes": secrets[0]}, key=key, status=409)
    table = {"resource": {"package_id": package, "name": "tabel"}, "records": persons()}
    call("datastore_create", table, key=key, status=409)
    rows = "nama;nik\n" + "".join(f"{one['nama']};{one['nik']}\n" for one in persons())
    upload(
        "resource_create", {"package_id": package, "name": "x"}, rows.encode(), filename="x.csv", key=key, status=409
    )
    kept = [serializers.serialize("json", model._default_manager.all()) for model in apps.get_models()]
    files = [path.read_bytes() for path in home.rglob("*") if path.is_file()]
    said = "".join((*kept, *capfd.readouterr(), caplog.text))
    for secret in (*secrets, "Warga 3"):
        assert secret not in said
        assert not any(secret.encode() in content for content in files)
    assert states() == [State.HELD, State.HELD]


def test_links_and_pictures_are_not_taken(key: str, package: str) -> None:
    link = {"package_id": package, "url": "http://127.0.0.1:1/a.csv", "name": "a"}
    assert "url" in call("resource_create", link, key=key, status=409)
    assert "upload" in call("resource_create", {"package_id": package}, key=key, status=409)
    from django.core.files.uploadedfile import SimpleUploadedFile

    picture = {"id": "desa", "image_upload": SimpleUploadedFile("a.png", b"\x89PNG" + NIK.encode())}
    answer = Client().post("/api/action/organization_patch", picture, headers={"Authorization": key})
    assert answer.status_code == 403
    assert states() == []


def test_the_same_bytes_twice_are_one_submission(key: str, package: str) -> None:
    told = {"package_id": package, "name": "a"}
    upload("resource_create", told, HARVEST, filename="a.csv", key=key)
    error = upload("resource_create", told, HARVEST, filename="judul-lain.csv", key=key, status=409)
    assert error["code"] == ["already-here"]
    assert states() == [State.IN_REVIEW]


def test_what_passes_waits_for_people_and_then_keeps_its_names(desk: Desk, key: str, package: str) -> None:
    resource = upload("resource_create", {"package_id": package, "name": "panen"}, HARVEST, filename="a.csv", key=key)
    assert (resource["state"], resource["gate"]["state"], resource["gate"]["verdict"]) == (
        "draft",
        "in_review",
        "open",
    )
    waiting = call("package_show", {"id": "panen-padi"}, key=key)
    assert (waiting["private"], waiting["state"], waiting["gate"]["missing"]) == (True, "draft", [])
    assert call("package_show", {"id": package}, status=404)
    assert call("package_search", {"include_private": True, "include_drafts": True}, key=key)["count"] == 0
    assert not Dataset.objects.exists()
    line = Event.objects.get(kind=Kind.RECEIVED)
    assert line.device.startswith("API ")
    assert line.actor == f"person:{desk.producer.pk}"
    sent = desk.approve(Submission.objects.get())
    shown = publish(sent, person=desk.walidata, by=actor(desk.walidata))
    assert (shown.slug, shown.theme, shown.licence) == ("panen-padi", "pertanian", "CC-BY-4.0")
    for name in (package, "panen-padi"):
        assert call("package_show", {"id": name})["state"] == "active"
    assert Draft.objects.get().words == {}
    number = {"id": resource["id"]}
    upload("resource_patch", number, HARVEST + b"Sindang;2025;1\n", filename="b.csv", key=key)
    assert Submission.objects.get(state=State.IN_REVIEW).dataset == shown
    assert Release.objects.count() == 1


def test_rows_for_a_published_table_are_its_next_release(desk: Desk, key: str) -> None:
    shown = desk.publish()
    told = {"resource_id": rows_of(shown), "method": "insert"}
    record = {"kecamatan": "Sindang", "tahun": 2024, "jumlah penduduk": 7001}
    assert call("datastore_upsert", {**told, "records": [{"kolom lain": 1}]}, key=key, status=409)
    made = call("datastore_upsert", {**told, "records": [record]}, key=key)
    assert made["gate"]["state"] == "in_review"
    assert call("datastore_search", {"resource_id": rows_of(shown)})["total"] == 3
    more = {"resource_id": made["resource_id"], "filters": {"kecamatan": "Sukatani"}}
    assert call("datastore_delete", more, key=key)["gate"]["state"] == "in_review"
    assert states() == [State.PUBLISHED, State.SHREDDED, State.IN_REVIEW]
    call("package_patch", {"id": shown.slug, "extras": [{"key": "period", "value": "2025"}]}, key=key)
    sent = desk.approve(Submission.objects.get(state=State.IN_REVIEW))
    publish(sent, person=desk.walidata, by=actor(desk.walidata))
    told = call("datastore_search", {"resource_id": rows_of(shown), "sort": "kecamatan"})
    assert [row["kecamatan"] for row in told["records"]] == ["Ciwangi", "Mekarsari", "Sindang"]
    assert call("package_show", {"id": shown.slug})["version"] == "2"


def test_rows_sent_in_pieces_come_together_in_one_release(desk: Desk, key: str) -> None:
    shown = desk.publish()
    number = rows_of(shown)
    for year in (2025, 2026):
        records = [{"kecamatan": "Sindang", "tahun": year, "jumlah penduduk": year * 3}]
        call("datastore_upsert", {"resource_id": number, "method": "insert", "records": records}, key=key)
    assert states() == [State.PUBLISHED, State.SHREDDED, State.IN_REVIEW]
    sent = desk.approve(describe(Submission.objects.get(state=State.IN_REVIEW)))
    publish(sent, person=desk.walidata, by=actor(desk.walidata))
    assert call("datastore_search", {"resource_id": number})["total"] == 5


def test_of_two_programs_at_once_none_overwrites_the_other(
    key: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = {"resource": {"package_id": package, "name": "tabel"}}
    number = call("datastore_create", {**table, "records": [{"dusun": "Krajan", "sawah": 1}]}, key=key)["resource_id"]
    told = {"resource_id": number, "method": "insert"}
    send = gatekeeping.send

    def overtaken(*args: Any, **kwargs: Any) -> Submission:
        monkeypatch.setattr(gatekeeping, "send", send)
        call("datastore_upsert", {**told, "records": [{"dusun": "Kulon", "sawah": 2}]}, key=key)
        return send(*args, **kwargs)

    monkeypatch.setattr(gatekeeping, "send", overtaken)
    error = call("datastore_upsert", {**told, "records": [{"dusun": "Wetan", "sawah": 3}]}, key=key, status=409)
    assert "diganti oleh kiriman lain" in error["message"][0]
    assert sorted(states()) == [State.IN_REVIEW, State.SHREDDED, State.SHREDDED]
    call("datastore_upsert", {**told, "records": [{"dusun": "Wetan", "sawah": 3}]}, key=key)
    assert Submission.objects.get(state=State.IN_REVIEW).size == len(
        "dusun,sawah\r\nKrajan,1\r\nKulon,2\r\nWetan,3\r\n"
    )


def test_words_are_changed_until_the_decision(desk: Desk, key: str, package: str) -> None:
    upload("resource_create", {"package_id": package, "name": "a"}, HARVEST, filename="a.csv", key=key)
    assert call("package_patch", {"id": package, "title": "Panen gabah"}, key=key)["title"] == "Panen gabah"
    assert Submission.objects.get().title == "Panen gabah"
    call("package_update", {"id": package, "name": "panen-padi", "title": "Panen"}, key=key)
    assert Submission.objects.get().description == ""


def test_words_for_a_published_dataset_wait_for_its_file_and_go_with_it(desk: Desk, key: str) -> None:
    shown = desk.publish()
    waiting = call("package_patch", {"id": shown.slug, "title": "Judul baru"}, key=key)
    assert (waiting["title"], waiting["notes"], waiting["state"]) == ("Judul baru", shown.description, "draft")
    assert call("package_show", {"id": shown.slug})["title"] == shown.title
    assert Draft.objects.get().words == {"title": "Judul baru"}, "nothing of the dataset is kept twice"
    upload("resource_patch", {"id": rows_of(shown)}, HARVEST, filename="a.csv", key=key)
    sent = Submission.objects.get(state=State.IN_REVIEW)
    assert (sent.title, sent.period, sent.dataset) == ("Judul baru", "", shown)
    assert Draft.objects.get().words == {}
    by = {"person": desk.ppdp, "by": actor(desk.ppdp), "because": "Hapus."}
    call("package_patch", {"id": shown.slug, "notes": "Uraian baru"}, key=key)
    assert Submission.objects.get(state=State.IN_REVIEW).description == "Uraian baru"
    quarantine(shown, **by)  # type: ignore[arg-type]
    remove(shown, title=shown.title, **by)  # type: ignore[arg-type]
    call("package_create", NAMED, key=key)
    assert [one.name for one in Draft.objects.all()] == ["panen-padi"]


def test_the_name_of_a_dataset_is_no_obstacle_to_its_own_draft(desk: Desk, key: str, package: str) -> None:
    resource = upload("resource_create", {"package_id": package, "name": "a"}, HARVEST, filename="a.csv", key=key)
    sent = desk.approve(Submission.objects.get())
    shown = publish(sent, person=desk.walidata, by=actor(desk.walidata))
    number = call("package_show", {"id": shown.slug})["id"]
    assert number != package
    for name in (number, package, shown.slug):
        assert call("package_patch", {"id": name, "title": f"Judul {name[:3]}"}, key=key)["id"] == package
    assert call("resource_show", {"id": resource["id"]}, key=key)["gate"]["state"] == "published"
    desk.publish(TABLE + b"X;2020;1\n", title="Lain sama sekali")
    call("package_create", {**NAMED, "name": "lain-sama-sekali-2"}, key=key)


def test_giving_up_leaves_nothing(desk: Desk, key: str, package: str) -> None:
    resource = upload("resource_create", {"package_id": package, "name": "a"}, HARVEST, filename="a.csv", key=key)
    assert call("resource_delete", {"id": resource["id"]}, key=key) is None
    assert states() == [State.SHREDDED]
    upload("resource_create", {"package_id": package, "name": "a"}, HARVEST, filename="a.csv", key=key)
    assert call("dataset_purge", {"id": package}, key=key) is None
    assert states() == [State.SHREDDED, State.SHREDDED]
    assert not Draft.objects.exists()


def test_a_keeper_withdraws_by_the_same_verb_as_at_the_desk(desk: Desk) -> None:
    shown = desk.publish()
    assert call("package_delete", {"id": shown.slug}, key=key_of(desk.walidata)) is None
    shown.refresh_from_db()
    assert shown.state == DatasetState.WITHDRAWN
    assert call("package_show", {"id": shown.slug}, status=404)
    assert Event.objects.get(kind=Kind.WITHDRAWN).actor == f"person:{desk.walidata.pk}"


def test_a_portal_that_may_only_be_read(desk: Desk, key: str) -> None:
    shown = desk.publish()
    told: dict[str, Any] = {"person": desk.duty, "by": actor(desk.duty), "because": "x", "ground": ClosingGround.LAW}
    scopes.close_portal(shut=Shut.READ_ONLY, **told)
    assert call("package_show", {"id": shown.slug})["name"] == shown.slug
    assert call("package_create", NAMED, key=key, status=503)["__type"] == "Service Unavailable"


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"resource": {"package_id": "tidak-ada"}, "records": [{"a": 1}]},
        {"resource": {}, "records": [{"a": 1}]},
        {"records": "x"},
        {"records": [1]},
        {"fields": [{"id": "a"}, {"id": "a"}]},
        {"fields": [{"x": "a"}]},
        {"fields": [{"id": "a"}], "records": [{"b": 1}]},
        {"records": [{"a": {"dalam": 1}}]},
        {"records": [{"a": [1]}]},
    ],
)
def test_rows_that_cannot_be(key: str, package: str, told: dict[str, Any]) -> None:
    asked = {"resource": {"package_id": package}, **told}
    status = 404 if told.get("resource", {}).get("package_id") else 409
    assert call("datastore_create", asked, key=key, status=status)["__type"]
    assert states() == []
