"""Quarantine and withdrawal: closed on every route within the request, and the neighbours untouched."""

import pytest
from django.test import Client

from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.catalogue.search import ranked
from lumbung.portal.catalogue.shelf import ClosedWhileSending, chunks
from lumbung.portal.catalogue.vocabulary import ClosingGround
from lumbung.portal.publication.actions import quarantine, withdraw
from tests.portal.shelves import TABLE, Desk, actor, signed_in

pytestmark = pytest.mark.django_db


def routes(dataset: Dataset) -> list[str]:
    """Every public address of a dataset."""
    page = dataset.get_absolute_url()
    names = [file.name for release in dataset.releases.all() for file in release.distributions.all()]
    return [page, f"{page}?halaman=2", f"{page}/pratinjau", *(f"{page}/unduh/{name}" for name in names)]


def statuses(dataset: Dataset) -> set[int]:
    return {Client().get(path).status_code for path in routes(dataset)}


def test_one_click_closes_every_route_and_no_neighbour(desk: Desk) -> None:
    dataset, neighbour = desk.publish(), desk.publish(TABLE + b"Sindang;2024;77\n", title="Tetangga")
    assert (statuses(dataset), statuses(neighbour)) == ({200}, {200})
    assert signed_in(desk.duty).post(f"/meja/data/{dataset.slug}/karantina").status_code == 302
    assert (statuses(dataset), statuses(neighbour)) == ({410}, {200})
    assert {Client().head(path).status_code for path in routes(dataset)} == {410}
    assert ranked(Dataset.objects.all(), "penduduk jiwa") == [neighbour.pk]
    assert dataset.title not in Client().get("/").content.decode()


@pytest.mark.parametrize("who", ["duty", "walidata", "ppdp", "admin"])
def test_who_is_on_duty_sees_the_button_and_it_works(desk: Desk, who: str) -> None:
    dataset, client = desk.publish(), signed_in(getattr(desk, who))
    assert f"/meja/data/{dataset.slug}/karantina" in client.get(dataset.get_absolute_url()).content.decode()
    client.post(f"/meja/data/{dataset.slug}/karantina")
    assert statuses(dataset) == {410}


@pytest.mark.parametrize("who", ["producer", "stranger"])
def test_nobody_else_can(desk: Desk, who: str) -> None:
    dataset, person = desk.publish(), getattr(desk, who)
    client = signed_in(person)
    assert "karantina" not in client.get(dataset.get_absolute_url()).content.decode()
    assert client.post(f"/meja/data/{dataset.slug}/karantina").status_code == 404
    with pytest.raises(Refused):
        quarantine(dataset, person=person, by=actor(person), because="Ingin saja.")
    assert Client().post(f"/meja/data/{dataset.slug}/karantina").headers["Location"].startswith("/masuk")
    assert statuses(dataset) == {200}


def test_a_look_closes_nothing(desk: Desk) -> None:
    dataset = desk.publish()
    assert signed_in(desk.duty).get(f"/meja/data/{dataset.slug}/karantina").status_code == 405
    assert statuses(dataset) == {200}


def test_leaves_one_line_and_does_nothing_the_second_time(desk: Desk) -> None:
    dataset = desk.publish()
    for _ in range(2):
        quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Ada laporan warga.")
    line = Event.objects.get(kind="quarantined")
    assert (line.subject, line.because, line.actor) == (dataset.subject.key, "Ada laporan warga.", actor(desk.duty).id)


def test_the_stone_says_why_and_since_when_and_nothing_else(desk: Desk, client: Client) -> None:
    dataset = desk.publish(title="Judul yang membocorkan", description="Uraian yang membocorkan")
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Alasan yang tertulis di catatan.")
    answer = client.get(dataset.get_absolute_url())
    page = answer.content.decode()
    assert "Diduga memuat data pribadi" in page
    assert "WIB" in page
    for word in ("yang membocorkan", "Alasan yang tertulis", "Sukatani", "12450", "12.450"):
        assert word not in page
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_download_under_way_is_cut(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = desk.publish()
    monkeypatch.setattr("lumbung.portal.catalogue.shelf.CHUNK", 16)
    pieces = chunks(dataset.releases.get().distributions.get(format="csv"), dataset)
    next(pieces)
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    with pytest.raises(ClosedWhileSending):
        next(pieces)


def test_a_kept_copy_is_not_called_fresh(desk: Desk, client: Client) -> None:
    dataset = desk.publish()
    path = routes(dataset)[-1]
    etag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 410


def test_withdrawing_closes_too_and_tells_its_own_ground(desk: Desk, client: Client) -> None:
    dataset = desk.publish()
    form = {"because": "Sudah ada yang baru.", "ground": ClosingGround.OUTDATED.value}
    signed_in(desk.walidata).post(f"/meja/data/{dataset.slug}/tarik", form)
    assert statuses(dataset) == {410}
    assert "Sudah digantikan data lain" in client.get(dataset.get_absolute_url()).content.decode()
    assert Event.objects.get(kind="withdrawn").because == "Sudah ada yang baru."


@pytest.mark.parametrize("who", ["duty", "admin", "stranger"])
def test_withdrawing_is_for_those_who_keep_the_shelf(desk: Desk, who: str) -> None:
    dataset, person = desk.publish(), getattr(desk, who)
    with pytest.raises(Refused):
        withdraw(dataset, person=person, by=actor(person), because="x", ground=ClosingGround.WRONG)
    assert statuses(dataset) == {200}


def test_withdrawing_twice_is_refused_kindly(desk: Desk) -> None:
    dataset, client = desk.publish(), signed_in(desk.walidata)
    form = {"because": "Usang.", "ground": ClosingGround.OUTDATED.value}
    assert client.post(f"/meja/data/{dataset.slug}/tarik", form).status_code == 302
    assert client.post(f"/meja/data/{dataset.slug}/tarik", form).status_code == 409


@pytest.mark.parametrize("act", ["tarik", "buka", "hapus"])
def test_every_act_but_the_quick_one_wants_a_reason(desk: Desk, act: str) -> None:
    dataset = desk.publish()
    assert signed_in(desk.walidata).post(f"/meja/data/{dataset.slug}/{act}", {}).status_code == 422
    assert statuses(dataset) == {200}
