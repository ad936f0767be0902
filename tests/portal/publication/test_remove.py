"""Removal removes: a word planted in the table is nowhere afterwards, not in any file of the home."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset, Distribution, ForbiddenDigest, Release
from lumbung.portal.catalogue.vocabulary import ClosingGround
from lumbung.portal.intake.models import Submission
from lumbung.portal.publication.actions import quarantine, remove
from tests.portal.shelves import DESCRIPTION, TABLE, Desk, actor, signed_in

pytestmark = pytest.mark.django_db
PLANTED = "Zamrudkhatulistiwa"
PLANTED_TABLE = f"kecamatan;tahun;{PLANTED}\nSukatani;2024;1\nMekarsari;2024;2\n{PLANTED};2024;3\n".encode()
TITLE = DESCRIPTION["title"]


def closed(desk: Desk, content: bytes = TABLE, **sent: str) -> Dataset:
    dataset = desk.publish(content, **sent)
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    dataset.refresh_from_db()
    return dataset


def refused(dataset: Dataset, person: object, *, title: str = TITLE) -> str:
    with pytest.raises(Refused) as caught:
        remove(dataset, person=person, by=actor(person), because="Harus.", title=title)  # type: ignore[arg-type]
    return caught.value.code


def database_files() -> list[Path]:
    name = Path(str(connection.settings_dict["NAME"]))
    return [path for path in name.parent.glob(f"{name.name}*") if path.is_file()]


def holding(word: str, *places: Path) -> list[Path]:
    files = [file for place in places for file in ([place] if place.is_file() else place.rglob("*")) if file.is_file()]
    return [file for file in files if word.encode() in file.read_bytes()]


@pytest.mark.django_db(transaction=True)
def test_leaves_no_byte_of_a_planted_word(desk: Desk, home: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("looks into the files of SQLite; PostgreSQL keeps dead rows until VACUUM")
    words = {"description": f"Memuat kolom {PLANTED}.", "unit": PLANTED}
    dataset = closed(desk, PLANTED_TABLE, **words)
    assert holding(PLANTED, home / "shelf")
    connection.close()
    assert holding(PLANTED.lower(), *database_files()) or holding(PLANTED, *database_files())
    traces = remove(dataset, person=desk.ppdp, by=actor(desk.ppdp), because="Memuat data pribadi.", title=TITLE)
    assert set(traces.left().values()) == {0}
    connection.close()
    assert holding(PLANTED, home, *database_files()) == []
    assert holding(PLANTED.lower(), home, *database_files()) == []


def test_leaves_a_stone_and_lines_and_nothing_else(desk: Desk, home: Path, client: Client) -> None:
    dataset = closed(desk)
    remove(dataset, person=desk.walidata, by=actor(desk.walidata), because="Memuat data pribadi.", title=TITLE)
    dataset.refresh_from_db()
    assert (dataset.state, dataset.title, dataset.description, dataset.source) == ("removed", "", "", "")
    assert not Release.objects.exists()
    assert not Distribution.objects.exists()
    assert not list((home / "shelf").iterdir())
    assert Submission.objects.get().state == "shredded"
    assert client.get(dataset.get_absolute_url()).status_code == 410
    assert client.get(f"{dataset.get_absolute_url()}/unduh/{dataset.slug}-r1.csv").status_code == 410
    checked = Event.objects.get(kind="removal-checked")
    assert set(checked.details["left"].values()) == {0}
    assert Event.objects.get(kind="removed").details["files"] == 4


def test_the_same_bytes_never_come_back_neither_the_sent_nor_the_rebuilt(desk: Desk) -> None:
    dataset = desk.publish()
    from lumbung.portal.catalogue.shelf import path_of

    rebuilt = path_of(Distribution.objects.get(format="csv")).read_bytes()
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    remove(dataset, person=desk.ppdp, by=actor(desk.ppdp), because="Memuat data pribadi.", title=TITLE)
    assert ForbiddenDigest.objects.count() == 5
    for content in (TABLE, rebuilt):
        with pytest.raises(Refused) as caught:
            desk.send(content, title="Judul lain")
        assert caught.value.code == "forbidden-bytes"


def test_takes_all_releases_and_no_neighbour(desk: Desk, home: Path, client: Client) -> None:
    dataset = desk.publish()
    desk.publish(TABLE + b"Sindang;2024;77\n", dataset=dataset)
    neighbour = desk.publish(TABLE + b"Salam;2024;78\n", title="Tetangga")
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    remove(dataset, person=desk.ppdp, by=actor(desk.ppdp), because="Memuat data pribadi.", title=TITLE)
    assert len(list((home / "shelf").iterdir())) == 1
    assert client.get(neighbour.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("who", ["duty", "admin", "producer", "stranger"])
def test_refuses_who_does_not_keep_the_shelf(desk: Desk, who: str) -> None:
    assert refused(closed(desk), getattr(desk, who)) == "may-not-keep"


def test_refuses_what_is_open(desk: Desk) -> None:
    assert refused(desk.publish(), desk.ppdp) == "wrong-dataset-state"


@pytest.mark.parametrize("title", ["", "Jumlah penduduk", TITLE.upper()])
def test_refuses_without_the_title_typed_again(desk: Desk, title: str) -> None:
    dataset = closed(desk)
    assert refused(dataset, desk.ppdp, title=title) == "title-differs"
    assert dataset.releases.count() == 1


def test_refuses_the_second_time(desk: Desk) -> None:
    dataset = closed(desk)
    remove(dataset, person=desk.ppdp, by=actor(desk.ppdp), because="Memuat data pribadi.", title=TITLE)
    assert refused(dataset, desk.ppdp) == "wrong-dataset-state"


def test_a_disk_that_refuses_changes_nothing(desk: Desk, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = closed(desk)

    def refuse(*_: object) -> None:
        raise OSError(5, "input/output error")

    monkeypatch.setattr("lumbung.portal.publication.shelving.shutil.rmtree", refuse)
    with pytest.raises(OSError, match="input/output"):
        remove(dataset, person=desk.ppdp, by=actor(desk.ppdp), because="Memuat data pribadi.", title=TITLE)
    dataset.refresh_from_db()
    assert dataset.state == "quarantined"
    assert dataset.releases.count() == 1


def test_the_page_says_that_nothing_is_left(desk: Desk) -> None:
    dataset = closed(desk)
    form = {"title": TITLE, "because": "Memuat data pribadi.", "ground": ClosingGround.PERSONAL_DATA.value}
    answer = signed_in(desk.ppdp).post(f"/meja/data/{dataset.slug}/hapus", form, follow=True)
    assert "tidak ada yang tersisa" in answer.content.decode()
