"""Publishing: bound to bytes, rules and two people; what stands on the shelf is rebuilt and inspected again."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from lumbung import gate
from lumbung.portal.accounts.models import Membership
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset, Distribution, ForbiddenDigest
from lumbung.portal.catalogue.search import ranked
from lumbung.portal.catalogue.shelf import path_of
from lumbung.portal.intake.actions import DESCRIPTION as FIELDS
from lumbung.portal.intake.models import Submission
from lumbung.portal.publication import actions
from lumbung.portal.publication.actions import publish, quarantine
from tests.portal.shelves import DESCRIPTION, TABLE, Desk, actor

pytestmark = pytest.mark.django_db


def refused(submission: Submission, person: Any) -> str:
    with pytest.raises(Refused) as caught:
        publish(submission, person=person, by=actor(person))
    return caught.value.code


def nothing_on_the_shelf(home: Path) -> bool:
    return not Dataset.objects.exists() and not list((home / "shelf").glob("*/*"))


def test_works(desk: Desk, home: Path) -> None:
    submission = desk.approve(desk.send())
    dataset = publish(submission, person=desk.walidata, by=actor(desk.walidata))
    release = dataset.releases.get()
    assert (dataset.slug, dataset.year, dataset.state) == ("jumlah-penduduk-menurut-kecamatan", 2024, "published")
    assert all(getattr(dataset, name) == DESCRIPTION[name] for name in FIELDS)
    assert (release.sha256, release.rules_version) == (submission.sha256, gate.rules_version())
    assert {file.format for file in release.distributions.all()} == {"csv", "xlsx", "json", "parquet"}
    submission.refresh_from_db()
    assert submission.state == "published"
    assert ranked(Dataset.objects.all(), "kependudukan") == [dataset.pk]


def test_what_stands_there_is_not_what_was_sent(desk: Desk, home: Path) -> None:
    desk.publish()
    csv = path_of(Distribution.objects.get(format="csv")).read_bytes()
    assert csv.startswith(b"kecamatan,tahun,jumlah penduduk\r\nSukatani,2024,12450\r\n")
    assert not [path for path in (home / "shelf").rglob("*") if path.is_file() and path.read_bytes() == TABLE]


def test_leaves_a_line_for_the_file_and_one_for_the_dataset(desk: Desk) -> None:
    dataset = desk.publish()
    lines = Event.objects.filter(kind=Kind.PUBLISHED)
    assert {line.subject.partition(":")[0] for line in lines} == {"submission", "dataset"}
    assert dataset.subject.key in {line.subject for line in lines}


def test_refuses_a_stranger(desk: Desk, home: Path) -> None:
    submission = desk.approve(desk.send())
    for person in (desk.stranger, desk.duty, desk.ppdp, desk.admin, desk.producer):
        assert refused(submission, person) == "not-walidata-here"
    assert nothing_on_the_shelf(home)


def test_refuses_the_producer_who_is_also_walidata(desk: Desk, home: Path) -> None:
    submission = desk.approve(desk.send())
    Membership.objects.create(person=desk.producer, organisation=desk.village, role="walidata")
    assert refused(submission, desk.producer) == "own-submission"
    assert nothing_on_the_shelf(home)


@pytest.mark.parametrize("state", ["received", "inspecting", "held", "in_review", "rejected", "published", "shredded"])
def test_refuses_in_every_other_state(desk: Desk, home: Path, state: str) -> None:
    submission = desk.approve(desk.send())
    Submission.objects.filter(pk=submission.pk).update(
        state=state, **({"storage_key": "", "shredded_at": submission.received_at} if state == "shredded" else {})
    )
    submission.refresh_from_db()
    assert refused(submission, desk.walidata) == "not-approved"
    assert nothing_on_the_shelf(home)
    assert Event.objects.filter(kind=Kind.PUBLICATION_REFUSED, subject=submission.subject.key).exists()


def test_does_nothing_the_second_time(desk: Desk) -> None:
    submission = desk.approve(desk.send())
    publish(submission, person=desk.walidata, by=actor(desk.walidata))
    assert refused(submission, desk.walidata) == "not-approved"
    assert Dataset.objects.count() == 1


def test_refuses_without_a_decision_whatever_the_state_says(desk: Desk, home: Path) -> None:
    submission = desk.send()
    Submission.objects.filter(pk=submission.pk).update(state="approved")
    submission.refresh_from_db()
    assert refused(submission, desk.walidata) == "not-the-inspected-file"
    assert nothing_on_the_shelf(home)


@pytest.mark.parametrize("field", ["sha256", "rules_version"])
def test_refuses_where_the_decision_is_about_something_else(desk: Desk, home: Path, field: str) -> None:
    submission = desk.approve(desk.send())
    submission.decisions.update(**{field: "lain"})  # type: ignore[attr-defined]
    assert refused(submission, desk.walidata) == "not-the-inspected-file"
    assert nothing_on_the_shelf(home)


def test_refuses_bytes_that_were_exchanged_in_the_vault(desk: Desk, home: Path) -> None:
    submission = desk.approve(desk.send())
    other = "0" * 64
    inspection = {**(submission.inspection or {}), "sha256": other}
    Submission.objects.filter(pk=submission.pk).update(sha256=other, inspection=inspection)
    submission.decisions.update(sha256=other)  # type: ignore[attr-defined]
    submission.refresh_from_db()
    assert refused(submission, desk.walidata) == "not-the-inspected-file"
    assert nothing_on_the_shelf(home)


def test_new_rules_send_the_file_back_to_be_inspected(desk: Desk, home: Path) -> None:
    submission = desk.approve(desk.send())
    Submission.objects.filter(pk=submission.pk).update(rules_version="kemarin")
    submission.decisions.update(rules_version="kemarin")  # type: ignore[attr-defined]
    submission.refresh_from_db()
    assert refused(submission, desk.walidata) == "rules-changed"
    submission.refresh_from_db()
    assert submission.state == "received"
    assert nothing_on_the_shelf(home)


@pytest.mark.parametrize("digits", ["3308134504909001", "3308 1345 0490 9001", "3308.1345.0490.9001"])
def test_refuses_a_description_that_holds_a_person_s_number(desk: Desk, home: Path, digits: str) -> None:
    submission = desk.approve(desk.send(description=f"Hubungi pemilik NIK {digits} untuk keterangan."))
    assert refused(submission, desk.walidata) == "personal-data-in-words"
    assert nothing_on_the_shelf(home)


def test_refuses_what_was_removed_once(desk: Desk, home: Path) -> None:
    submission = desk.approve(desk.send())
    ForbiddenDigest.objects.create(sha256=submission.sha256, since=submission.received_at, ground="data-pribadi")
    assert refused(submission, desk.walidata) == "forbidden-bytes"
    assert nothing_on_the_shelf(home)


def test_a_second_release_stands_beside_the_first(desk: Desk) -> None:
    dataset = desk.publish()
    again = desk.publish(TABLE + b"Sindang;2024;77\n", dataset=dataset, period="2025")
    assert again == dataset
    assert [release.number for release in dataset.releases.all()] == [2, 1]
    assert Dataset.objects.get().year == 2025
    assert len(set(Distribution.objects.values_list("name", flat=True))) == 8


def test_a_closed_dataset_takes_no_release(desk: Desk) -> None:
    dataset = desk.publish()
    submission = desk.approve(desk.send(TABLE + b"Sindang;2024;77\n", dataset=dataset))
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    assert refused(submission, desk.walidata) == "dataset-closed"
    assert dataset.releases.count() == 1


def test_the_same_title_gets_an_address_of_its_own(desk: Desk) -> None:
    first = desk.publish()
    second = desk.publish(TABLE + b"Sindang;2024;77\n")
    assert (first.slug, second.slug) == ("jumlah-penduduk-menurut-kecamatan", "jumlah-penduduk-menurut-kecamatan-2")


def test_a_full_disk_leaves_nothing_behind(desk: Desk, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    submission = desk.approve(desk.send())

    def no_room(*_: Any, **__: Any) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr(actions, "record", no_room)
    with pytest.raises(OSError, match="no room"), transaction.atomic():
        publish(submission, person=desk.walidata, by=actor(desk.walidata))
    assert nothing_on_the_shelf(home)
    assert not list((home / "shelf").iterdir())


def test_a_lost_folder_is_a_404_and_not_a_page_of_code(desk: Desk, home: Path, client: Client) -> None:
    dataset = desk.publish()
    file = Distribution.objects.get(format="csv")
    shutil.rmtree(path_of(file).parent)
    assert client.get(f"{dataset.get_absolute_url()}/unduh/{file.name}").status_code == 404
    assert client.get(dataset.get_absolute_url()).status_code == 200
