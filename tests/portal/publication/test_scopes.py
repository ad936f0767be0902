"""One release, one organisation, the whole portal: who may, what closes with it, what opens again, and two at once."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.accounts.permissions import Conflicting, Refused
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.heads import sign_head
from lumbung.portal.audit.models import Event, Head
from lumbung.portal.catalogue.models import Closing, Dataset, Release
from lumbung.portal.catalogue.search import ranked
from lumbung.portal.catalogue.states import DatasetState, Shut
from lumbung.portal.catalogue.vocabulary import ClosingGround
from lumbung.portal.intake.models import Submission
from lumbung.portal.publication import scopes, snapshot
from lumbung.portal.publication.actions import publish, quarantine, undo
from tests.portal.shelves import TABLE, Desk, actor, signed_in, somebody

OTHER = TABLE + b"Sindang;2024;77\n"


def status(dataset: Dataset) -> int:
    return Client().get(dataset.get_absolute_url()).status_code


def shut(desk: Desk, where: Organisation, **told: Any) -> Closing:
    who = told.pop("person", desk.duty)
    kept = {"person": who, "by": actor(who), "because": "Ada laporan.", "ground": ClosingGround.PERSONAL_DATA}
    return scopes.close_organisation(where, **{**kept, **told})


def shut_all(desk: Desk, how: Shut, **told: Any) -> Closing:
    who = told.pop("person", desk.duty)
    kept = {"person": who, "by": actor(who), "because": "Diserang.", "ground": ClosingGround.LAW, "shut": how}
    return scopes.close_portal(**{**kept, **told})


@pytest.mark.django_db
def test_a_village_closes_and_its_regency_does_not(desk: Desk) -> None:
    village = desk.publish()
    regency = desk.publish(OTHER, title="Milik kabupaten")
    Dataset.objects.filter(pk=regency.pk).update(organisation=Organisation.objects.get(depth=1))
    closing = shut(desk, desk.village)
    assert (status(village), status(regency)) == (410, 200)
    page = Client().get(village.get_absolute_url()).content.decode()
    assert "Diduga memuat data pribadi" in page
    assert "Ada laporan" not in page
    assert village.title not in page
    assert village.title not in Client().get(f"/lapor/{village.slug}").content.decode()
    scopes.end_closing(closing, person=desk.ppdp, by=actor(desk.ppdp), because="Aman.")
    assert (status(village), status(regency)) == (200, 200)
    kinds = list(Event.objects.order_by("sequence").values_list("kind", flat=True))
    assert kinds[-2:] == ["organisation-closed", "organisation-opened"]


@pytest.mark.django_db
def test_the_page_of_a_closed_village_says_so_and_why(desk: Desk) -> None:
    Organisation.objects.filter(pk=desk.village.pk).update(kode="3308122001")
    closing = shut(desk, Organisation.objects.get(slug="kecamatan"))
    page = Client().get("/desa/3308122001").content.decode()
    assert f"Data {desk.village.name} ditutup" in page and "Ditutup sejak" in page
    assert "Diduga memuat data pribadi" in page and "Ada laporan" not in page and "Belum ada statistik" not in page
    scopes.end_closing(closing, person=desk.ppdp, by=actor(desk.ppdp), because="Aman.")
    assert f"Data {desk.village.name} ditutup" not in Client().get("/desa/3308122001").content.decode()


@pytest.mark.django_db
def test_districts_regencies_and_what_an_organisation_gave_say_so_as_well(desk: Desk) -> None:
    desk.publish()
    Organisation.objects.filter(slug="kecamatan").update(kode="33.08.12")
    top = Organisation.objects.get(depth=1)
    Organisation.objects.filter(pk=top.pk).update(kode="33.08")
    district = Organisation.objects.get(slug="kecamatan")
    pages = {
        "/kecamatan/33.08.12": district.name, f"/?organisasi={desk.village.slug}": desk.village.name,
        "/kabupaten/33.08": top.name,
    }  # fmt: skip
    closing = shut(desk, district)
    told = {address: f"Data {name} ditutup" in _page(address) for address, name in pages.items()}
    assert list(told.values()) == [True, True, False], told
    assert "Diduga memuat data pribadi" in _page("/kecamatan/33.08.12")
    scopes.end_closing(closing, person=desk.ppdp, by=actor(desk.ppdp), because="Aman.")
    assert not [address for address, name in pages.items() if f"Data {name} ditutup" in _page(address)]
    shut(desk, top)
    assert not [address for address, name in pages.items() if f"Data {name} ditutup" not in _page(address)]


def _page(address: str) -> str:
    return Client().get(address).content.decode()


@pytest.mark.django_db
def test_what_was_closed_for_itself_meanwhile_stays_closed(desk: Desk) -> None:
    dataset, neighbour = desk.publish(), desk.publish(OTHER)
    closing = shut(desk, desk.village)
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Memang memuat NIK.")
    scopes.end_closing(closing, person=desk.ppdp, by=actor(desk.ppdp), because="Aman.")
    assert (status(dataset), status(neighbour)) == (410, 200)


@pytest.mark.django_db
@pytest.mark.parametrize("sums", [False, True])
def test_what_others_made_of_it_closes_too(desk: Desk, sums: bool) -> None:
    part, made = desk.publish(), desk.publish(OTHER, title="Disusun dari desa")
    Dataset.objects.filter(pk=made.pk).update(organisation=Organisation.objects.get(depth=1))
    whole = Submission.objects.get(pk=made.releases.get().submission)
    whole.made_from.add(Submission.objects.get(pk=part.releases.get().submission))
    Submission.objects.filter(pk=whole.pk).update(blank="" if sums else "budget")
    shut(desk, desk.village, ground=ClosingGround.WRONG)
    assert status(made) == (200 if sums else 410)
    Closing.objects.all().delete()
    shut(desk, desk.village)
    assert status(made) == 410


@pytest.mark.django_db
def test_nothing_is_published_into_what_is_closed(desk: Desk) -> None:
    waiting = desk.approve(desk.send())
    closing = shut(desk, Organisation.objects.get(slug="kecamatan"))
    with pytest.raises(Conflicting, match="shut"):
        publish(waiting, person=desk.walidata, by=actor(desk.walidata))
    scopes.end_closing(closing, person=desk.ppdp, by=actor(desk.ppdp), because="Aman.")
    shut_all(desk, Shut.READ_ONLY)
    with pytest.raises(Conflicting, match="shut"):
        publish(waiting, person=desk.walidata, by=actor(desk.walidata))
    assert not Release.every.exists()


@pytest.mark.django_db
def test_who_may_shut_what(desk: Desk) -> None:
    desk.publish()
    local = somebody(Role.PETUGAS_PIKET, desk.neighbour)
    for who in (local, desk.producer, desk.stranger):
        with pytest.raises(Refused):
            shut(desk, desk.village, person=who)
        with pytest.raises(Refused):
            shut_all(desk, Shut.CLOSED, person=who)
    assert not Closing.objects.exists()
    assert shut(desk, desk.neighbour, person=local).organisation == desk.neighbour
    closing = shut(desk, desk.village)
    Closing.objects.update(since=timezone.now() - timedelta(hours=1))
    for who in (local, desk.producer, desk.duty, desk.stranger):
        with pytest.raises(Refused):
            scopes.end_closing(closing, person=who, by=actor(who), because="Ingin saja.")
    assert signed_in(desk.producer).post(f"/meja/tutup/organisasi/{desk.village.slug}").status_code == 404


@pytest.mark.django_db
def test_the_second_officer_is_told_and_nothing_changes(desk: Desk) -> None:
    desk.publish()
    shut(desk, desk.village)
    with pytest.raises(Conflicting, match="shut-already"):
        shut(desk, desk.village)
    first = shut_all(desk, Shut.READ_ONLY)
    second = shut_all(desk, Shut.CLOSED)
    with pytest.raises(Conflicting):
        shut_all(desk, Shut.CLOSED)
    first.refresh_from_db()
    assert first.ended_at is not None
    assert list(Closing.objects.filter(path="", ended_at=None)) == [second]
    for _ in range(2):
        scopes.end_closing(second, person=desk.ppdp, by=actor(desk.ppdp), because="Aman.")
    assert Event.objects.filter(kind="portal-opened").count() == 1


@pytest.mark.django_db
def test_the_record_is_signed_and_what_stood_is_written_down_first(desk: Desk) -> None:
    dataset = desk.publish()
    before = Event.objects.count()
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    line = Event.objects.get(kind="quarantined")
    head = Head.objects.first()
    assert head is not None
    assert (line.details["head"], head.size, line.sequence) == (before, before, before + 1)
    assert (line.details["datasets"], line.details["releases"]) == (1, 1)
    stood = snapshot.taken(Dataset.objects.filter(pk=dataset.pk))["stood"]
    assert line.details["stood"] == stood


@pytest.mark.django_db
def test_without_the_key_and_after_very_many_lines_it_closes_all_the_same(
    desk: Desk, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = desk.publish(), desk.publish(OTHER)
    sign_head()
    signed = Head.objects.count()
    monkeypatch.setattr(snapshot, "MOST_LINES", -1)
    quarantine(one, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    assert (status(one), Head.objects.count()) == (410, signed)
    monkeypatch.undo()
    (home / "keys.json").unlink()
    closing = shut(desk, desk.village)
    assert (status(two), closing.head) == (410, Head.objects.latest("pk").size)


@pytest.mark.django_db
def test_a_slip_is_undone_by_the_same_hand_within_minutes(desk: Desk) -> None:
    dataset = desk.publish()
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Salah baris.")
    dataset.refresh_from_db()
    for other in (desk.admin, desk.stranger, desk.producer):
        with pytest.raises(Refused):
            undo(dataset, person=other, by=actor(other))
    page = signed_in(desk.duty).get("/meja/tutup/").content.decode()
    assert "Urungkan" in page
    assert signed_in(desk.duty).post(f"/meja/tutup/data/{dataset.slug}/urungkan").status_code == 302
    assert status(dataset) == 200
    assert ranked(Dataset.objects.all(), "penduduk") == [dataset.pk]
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Sungguh.")
    Dataset.objects.update(state_since=timezone.now() - timedelta(minutes=11))
    dataset.refresh_from_db()
    with pytest.raises(Refused, match="may-not-undo"):
        undo(dataset, person=desk.duty, by=actor(desk.duty))


@pytest.mark.django_db
def test_the_page_finds_by_word_by_place_and_by_address(desk: Desk) -> None:
    dataset, client = desk.publish(title="Panen zamrud"), signed_in(desk.duty)
    for words in (
        "zamrud",
        "PANEN",
        f"https://lumbung.test/dataset/{dataset.slug}/unduh/x.csv",
        dataset.slug,
        "zam\0rud",
        "",
    ):
        page = client.get("/meja/tutup/", {"q": words}).content.decode()
        assert f"/meja/tutup/data/{dataset.slug}" in page, words
    assert "/meja/tutup/organisasi/desa" in client.get("/meja/tutup/", {"q": "mekar"}).content.decode()
    assert dataset.title not in signed_in(desk.stranger).get("/meja/tutup/", {"q": "zamrud"}).content.decode()
    assert "Tidak ada yang cocok" in client.get("/meja/tutup/", {"q": "%' OR 1=1 --"}).content.decode()
    client.post(f"/meja/tutup/data/{dataset.slug}", {"ground": "keliru", "because": "Angkanya\0 tertukar."})
    dataset.refresh_from_db()
    assert (dataset.state, dataset.ground) == (DatasetState.QUARANTINED, "keliru")


@pytest.mark.django_db
def test_a_reason_never_holds_a_number_of_somebody(desk: Desk) -> None:
    dataset, client = desk.publish(), signed_in(desk.duty)
    answer = client.post(f"/meja/tutup/data/{dataset.slug}", {"because": "NIK 3308" + "1" * 8 + "9001 terlihat"})
    assert answer.status_code == 422
    assert status(dataset) == 200


def at_once(*acts: Callable[[], Any]) -> list[BaseException | None]:
    """Let all begin in the same moment; what each raised."""
    start, ended = Barrier(len(acts)), {}

    def run(number: int, act: Callable[[], Any]) -> None:
        start.wait()
        try:
            act()
            ended[number] = None
        except Refused as refused:
            ended[number] = refused
        finally:
            connection.close()

    threads = [Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ended) == len(acts), "one of them broke"
    return [ended[number] for number in range(len(acts))]


@pytest.mark.django_db(transaction=True)
def test_two_officers_shut_the_same_in_the_same_moment(desk: Desk) -> None:
    dataset = desk.publish()

    def act(who: Person) -> Callable[[], Any]:
        return lambda: shut(desk, desk.village, person=who)

    ended = at_once(act(desk.duty), act(desk.ppdp), act(desk.walidata))
    assert [one for one in ended if one is None] == [None]
    assert Closing.objects.filter(ended_at=None).count() == 1
    assert Event.objects.filter(kind="organisation-closed").count() == 1
    assert status(dataset) == 410


@pytest.mark.django_db(transaction=True)
def test_one_closes_while_another_opens(desk: Desk) -> None:
    dataset = desk.publish()
    for _ in range(3):
        closing = shut(desk, desk.village)
        at_once(
            lambda closing=closing: scopes.end_closing(
                closing, person=desk.ppdp, by=actor(desk.ppdp), because="Aman."
            ),
            lambda: shut(desk, desk.village, person=desk.walidata),
        )
        is_shut = Closing.objects.filter(ended_at=None).exists()
        last = Event.objects.filter(kind__startswith="organisation-").order_by("-sequence").first()
        assert last is not None
        assert (last.kind == "organisation-closed") == is_shut
        assert status(dataset) == (410 if is_shut else 200)
        for left in Closing.objects.filter(ended_at=None):
            scopes.end_closing(left, person=desk.ppdp, by=actor(desk.ppdp), because="Aman.")


@pytest.mark.django_db(transaction=True)
def test_a_closing_while_a_publication_runs(desk: Desk) -> None:
    dataset = desk.publish()
    waiting = desk.approve(desk.send(OTHER, dataset=dataset))
    at_once(
        lambda: publish(waiting, person=desk.walidata, by=actor(desk.walidata)),
        lambda: quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Ada laporan."),
    )
    dataset.refresh_from_db()
    assert dataset.state == DatasetState.QUARANTINED
    assert status(dataset) == 410
    assert dataset.title not in Client().get("/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_an_organisation_closes_while_its_publication_runs(desk: Desk) -> None:
    waiting = desk.approve(desk.send())
    at_once(
        lambda: publish(waiting, person=desk.walidata, by=actor(desk.walidata)),
        lambda: shut(desk, desk.village),
    )
    for dataset in Dataset.objects.all():
        assert status(dataset) == 410
    assert waiting.title not in Client().get("/").content.decode()
