"""Sums of a district from what its villages have published: who may, how many it needs, what stays hidden."""

import csv
import io

import pytest
from django.test import Client

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.accounts.permissions import Conflicting, Refused
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.actors import SYSTEM
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.catalogue.queries import statistics_of
from lumbung.portal.catalogue.vocabulary import ClosingGround, Ground
from lumbung.portal.intake import counting_renewal, counting_rollup, vault
from lumbung.portal.intake.actions import receive, shred
from lumbung.portal.intake.jobs import inspect_submission
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.states import State
from lumbung.portal.intake.weighing import Weighed
from lumbung.portal.publication.actions import publish, quarantine, remove, restore, withdraw
from lumbung.portal.review.actions import decide
from lumbung.portal.review.models import Answer
from lumbung.portal.review.queries import as_seen
from tests.portal.shelves import DESCRIPTION, Desk, actor, desk, signed_in, somebody

__all__ = ["desk"]
pytestmark = pytest.mark.django_db
CODE = "99.01.01"
HEAD = "tabel,kode_wilayah,tingkat,dusun,periode,jenis_kelamin,kategori,nilai,satuan,tanda"


def table(kode: str, *, people: int, married: int | None, day: str = "2026-06-30") -> bytes:
    """The statistics of a village as they stand on the shelf: some numbers, one of them perhaps hidden."""
    start, shown = f"{kode},desa,,{day}", "" if married is None else married
    numbers = [
        ("penduduk", "semua", people), ("perkawinan", "belum_kawin", people - 90), ("perkawinan", "kawin", shown),
        ("perkawinan", "cerai_hidup", 40), ("perkawinan", "cerai_mati", 50 - (married or 0)),
    ]  # fmt: skip
    lines = [
        f"{name},{start},T,{category},{value},jiwa,{'*' if value == '' else ''}" for name, category, value in numbers
    ]
    return "\n".join([HEAD, *lines, ""]).encode()


@pytest.fixture
def district(desk: Desk) -> Organisation:
    """A district of three villages with kode wilayah."""
    place = Organisation.objects.get_parent(desk.village)
    third = Organisation.objects.add_child(place, {"kind": "village", "name": "Desa Cibening", "slug": "ketiga"})
    for number, village in enumerate((desk.village, desk.neighbour, third)):
        Organisation.objects.filter(pk=village.pk).update(kode=f"{CODE}.{2001 + number}")
    Organisation.objects.filter(pk=place.pk).update(kode=CODE)
    Organisation.objects.filter(kind="regency").update(kode="")  # its own sums would come beside the district's
    place.refresh_from_db()
    return place


def shelve(desk: Desk, kode: str, content: bytes, *, period: str = "30 Juni 2026") -> Dataset:
    village = Organisation.objects.get(kode=kode)
    producer = somebody(Role.PRODUSEN, village)
    sealed = vault.seal_bytes([content], name=f"{kode}.csv")
    sent = receive(sealed, person=producer, by=actor(producer), organisation=village, village=kode,
                   dataset=statistics_of(kode).first(),
                   description={**DESCRIPTION, "title": f"Statistik {kode}", "period": period})  # fmt: skip
    inspect_submission.call(str(sent.pk))
    sent.refresh_from_db()
    return publish(desk.approve(sent), person=desk.walidata, by=actor(desk.walidata))


def rows(submission: Submission) -> dict[tuple[str, str], str]:
    with vault.open_plain(submission) as plain:
        lines = csv.DictReader(io.StringIO(plain.read().decode()))
        return {(line["tabel"], line["kategori"]): line["nilai"] or line["tanda"] for line in lines}


def add_up(desk: Desk, place: Organisation) -> Submission:
    result = counting_rollup.add_up(place, person=desk.walidata, by=actor(desk.walidata))
    inspect_submission.call(str(result.pk))
    result.refresh_from_db()
    return result


@pytest.fixture
def published(desk: Desk, district: Organisation) -> Organisation:
    """All three have published; the second hides one number."""
    for number, married in ((1, 10), (2, None), (3, 20)):
        shelve(desk, f"{CODE}.200{number}", table(f"{CODE}.200{number}", people=400 + number, married=married))
    return district


def test_only_printed_numbers_are_added_and_hidden_ones_stay_hidden(desk: Desk, published: Organisation) -> None:
    result = add_up(desk, published)
    assert (result.state, result.village, result.organisation) == (State.IN_REVIEW, CODE, published)
    found = rows(result)
    assert found["penduduk", "semua"] == str(401 + 402 + 403)
    assert found["perkawinan", "kawin"] == "*"
    assert found["perkawinan", "cerai_hidup"] == "120"
    assert "3 dari 3 desa" in result.description and "Desa Cibening" in result.description
    told = Event.objects.get(kind="statistics-summed")
    assert told.subject == result.subject.key and told.details["villages"] == 3


def test_a_colleague_decides_and_it_stands_under_the_districts_code(desk: Desk, published: Organisation) -> None:
    result = add_up(desk, published)
    with pytest.raises(Refused):
        desk.approve(result, person=desk.walidata)
    dataset = publish(desk.approve(result, person=desk.colleague), person=desk.colleague, by=actor(desk.colleague))
    assert (dataset.village, dataset.organisation) == (CODE, published)
    with pytest.raises(Conflicting):
        counting_rollup.add_up(published, person=desk.walidata, by=actor(desk.walidata))
    assert not counting_rollup.standing_of(published).stale
    shelve(desk, f"{CODE}.2002", table(f"{CODE}.2002", people=440, married=30))
    assert counting_rollup.standing_of(published).stale
    newer = add_up(desk, published)
    assert newer.dataset == dataset
    assert rows(newer)["penduduk", "semua"] == str(401 + 440 + 403)


def test_other_days_and_closed_villages_are_not_added(desk: Desk, published: Organisation) -> None:
    shown = shelve(desk, f"{CODE}.2003", table(f"{CODE}.2003", people=500, married=20, day="2026-12-31"))
    with pytest.raises(Conflicting, match="too-few-villages"):
        add_up(desk, published)
    quarantine(shown, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    with pytest.raises(Conflicting, match="too-few-villages"):
        add_up(desk, published)
    assert not Submission.objects.filter(village=CODE).exists()


def summed(desk: Desk, published: Organisation) -> Dataset:
    """The sums on the shelf, and the page without any notice."""
    result = add_up(desk, published)
    dataset = publish(desk.approve(result, person=desk.colleague), person=desk.colleague, by=actor(desk.colleague))
    assert "tidak berlaku lagi" not in signed_in(desk.walidata).get("/meja/jumlah").content.decode()
    return dataset


def test_a_village_closed_for_personal_data_closes_the_sums_that_used_it(desk: Desk, published: Organisation) -> None:
    sums, part = summed(desk, published), statistics_of(f"{CODE}.2002").get()
    quarantine(part, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    sums.refresh_from_db()
    assert (sums.state, sums.ground) == ("quarantined", "bagian")
    assert Client().get(sums.get_absolute_url()).status_code == 410
    assert Event.objects.get(kind="quarantined", subject=sums.subject.key).details["part"] == part.slug
    assert "tidak berlaku lagi" in signed_in(desk.walidata).get("/meja/jumlah").content.decode()
    with pytest.raises(Conflicting, match="part-closed"):
        restore(sums, person=desk.colleague, by=actor(desk.colleague), because="Ingin saja.")
    part.refresh_from_db()
    restore(part, person=desk.walidata, by=actor(desk.walidata), because="Keliru ditutup.")
    assert not counting_rollup.standing_of(published).stale


def test_a_village_withdrawn_makes_the_sums_stale_and_its_removal_closes_them(
    desk: Desk, published: Organisation
) -> None:
    sums, part, by = summed(desk, published), statistics_of(f"{CODE}.2002").get(), actor(desk.walidata)
    withdraw(part, person=desk.walidata, by=by, because="Usang.", ground=ClosingGround.OUTDATED)
    sums.refresh_from_db()
    assert sums.state == "published"
    assert counting_rollup.standing_of(published).stale
    assert "tidak berlaku lagi" in signed_in(desk.walidata).get("/meja/jumlah").content.decode()
    remove(part, person=desk.walidata, by=by, because="Diminta desa.", title=part.title)
    sums.refresh_from_db()
    assert sums.state == "quarantined"


def test_sums_of_a_village_closed_meanwhile_are_not_published(desk: Desk, published: Organisation) -> None:
    result = desk.approve(add_up(desk, published), person=desk.colleague)
    part = statistics_of(f"{CODE}.2001").get()
    quarantine(part, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    with pytest.raises(Conflicting, match="part-closed"):
        publish(result, person=desk.colleague, by=actor(desk.colleague))


def test_who_may_not_add_up(desk: Desk, published: Organisation) -> None:
    for person in (desk.producer, desk.ppdp, desk.stranger):
        with pytest.raises(Refused):
            counting_rollup.add_up(published, person=person, by=actor(person))
    assert signed_in(desk.producer).post(f"/meja/jumlah/{CODE}").status_code == 404


def test_the_page_tells_how_far_each_place_is(desk: Desk, published: Organisation) -> None:
    browser = signed_in(desk.walidata)
    page = browser.get("/meja/jumlah").content.decode()
    assert "Kecamatan Sukatani" in page and "3 dari 3" in page and "Belum pernah dijumlahkan" in page
    answer = browser.post(f"/meja/jumlah/{CODE}")
    assert answer.status_code == 302
    assert answer["Location"] == Submission.objects.get(village=CODE).get_absolute_url()
    assert "Dijumlahkan" in browser.get("/meja/jumlah").content.decode()
    assert "Tidak ada wilayah" in signed_in(desk.producer).get("/meja/jumlah").content.decode()


def renewed(desk: Desk, place: Organisation) -> Submission:
    """What came of itself, inspected."""
    assert counting_renewal.renew() == 1
    newest = counting_rollup.sums_of(place)[0]
    inspect_submission.call(str(newest.pk))
    newest.refresh_from_db()
    return newest


def test_sums_come_by_themselves_and_pass_the_gate_and_two_people(desk: Desk, published: Organisation) -> None:
    result = renewed(desk, published)
    assert (result.state, result.village) == (State.IN_REVIEW, CODE)
    assert result.submitted_by not in (desk.walidata, desk.colleague)
    assert Event.objects.get(kind="statistics-summed").actor_name == SYSTEM.name
    assert counting_renewal.renew() == 0  # nothing has changed since
    page = signed_in(desk.walidata).get("/meja/jumlah").content.decode()
    assert "Jumlah baru: Menunggu tinjauan" in page and result.get_absolute_url() in page
    with pytest.raises(Refused):
        desk.approve(result, person=result.submitted_by)
    dataset = publish(desk.approve(result), person=desk.walidata, by=actor(desk.walidata))
    assert (dataset.village, counting_renewal.renew()) == (CODE, 0)


def test_a_new_release_overtakes_sums_on_their_way(desk: Desk, published: Organisation) -> None:
    first = renewed(desk, published)
    shelve(desk, f"{CODE}.2002", table(f"{CODE}.2002", people=440, married=30))
    second = renewed(desk, published)
    first.refresh_from_db()
    assert (first.state, second.state) == (State.SHREDDED, State.IN_REVIEW)
    assert rows(second)["penduduk", "semua"] == str(401 + 440 + 403)
    dataset = publish(desk.approve(second), person=desk.walidata, by=actor(desk.walidata))
    shelve(desk, f"{CODE}.2003", table(f"{CODE}.2003", people=480, married=30))
    third = renewed(desk, published)
    assert third.dataset == dataset and rows(third)["penduduk", "semua"] == str(401 + 440 + 480)


def test_what_a_walidata_refused_does_not_come_again(desk: Desk, published: Organisation) -> None:
    result = renewed(desk, published)
    decide(result, person=desk.walidata, by=actor(desk.walidata), answer=Answer.REJECT, because="Belum perlu.",
           seen=as_seen(result), weighed=Weighed(ground=Ground.QUALITY))  # fmt: skip
    assert counting_renewal.renew() == 0
    shred(Submission.objects.get(pk=result.pk), by=SYSTEM, because="Masa simpan sudah lewat.")
    assert counting_renewal.renew() == 0


@pytest.mark.parametrize("close", ["quarantine", "withdraw"])
def test_a_village_that_goes_takes_waiting_sums_along_and_brings_them_back(
    desk: Desk, published: Organisation, close: str
) -> None:
    """Two villages are too few: nothing follows until the third is there again, and then the very same sums may."""
    first, part = renewed(desk, published), statistics_of(f"{CODE}.2002").get()
    if close == "quarantine":
        quarantine(part, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    else:
        withdraw(part, person=desk.walidata, by=actor(desk.walidata), because="Usang.", ground=ClosingGround.OUTDATED)
    assert counting_renewal.renew() == 0
    first.refresh_from_db()
    assert first.state == State.SHREDDED
    part.refresh_from_db()
    restore(part, person=desk.walidata, by=actor(desk.walidata), because="Sudah benar.")
    again = renewed(desk, published)
    assert rows(again)["penduduk", "semua"] == str(401 + 402 + 403)
    assert counting_renewal.renew() == 0


def test_villages_of_two_days_do_not_take_turns(desk: Desk, published: Organisation) -> None:
    """Three of one day and three of another: one of the two is added up, once."""
    place = Organisation.objects.get(kode=CODE)
    for number in (4, 5, 6):
        slug = f"desa-{number}"
        village = Organisation.objects.add_child(place, {"kind": "village", "name": f"Desa {number}", "slug": slug})
        Organisation.objects.filter(pk=village.pk).update(kode=f"{CODE}.200{number}")
        content = table(f"{CODE}.200{number}", people=500 + number, married=20, day="2026-12-31")
        shelve(desk, f"{CODE}.200{number}", content, period="31 Desember 2026")
    result = renewed(desk, published)
    assert rows(result)["penduduk", "semua"] == str(504 + 505 + 506)
    assert counting_renewal.renew() == 0
    shelve(desk, f"{CODE}.2001", table(f"{CODE}.2001", people=401, married=11), period="2026")  # its words say less
    assert counting_renewal.renew() == 0


def test_a_file_that_is_gone_ends_nothing(
    desk: Desk, published: Organisation, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The keeper of the house goes on; the next look finds what is there then."""

    def gone(*about: object) -> None:
        raise FileNotFoundError("/srv/rahasia")

    with monkeypatch.context() as patched:
        patched.setattr(counting_rollup, "_printed", gone)
        assert counting_renewal.renew() == 0
    assert "FileNotFoundError" in caplog.text and "rahasia" not in caplog.text
    renewed(desk, published)
