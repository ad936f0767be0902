"""Statistics from a held register: what comes out, what is left of the register, who may ask."""

import csv
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from lumbung.aggregate import check_proof
from lumbung.portal.audit.models import Event
from lumbung.portal.intake import vault
from lumbung.portal.intake.models import Counting, Submission, VillageMemory
from lumbung.portal.intake.seal import Tampered
from lumbung.portal.intake.states import CountingState, State
from tests.portal.counted import DAY, KODE, ask, count, register, run, with_kode
from tests.portal.shelves import Desk, desk, signed_in

__all__ = ["desk"]
pytestmark = pytest.mark.django_db(transaction=True)  # signs of life and stages come from other threads


def opened(one: object) -> bytes:
    with vault.open_plain(one) as plain:  # type: ignore[arg-type]
        return plain.read()


def test_a_register_becomes_statistics_and_is_shredded(desk: Desk) -> None:
    one = count(desk)
    assert (one.state, one.code) == (CountingState.DONE, "")
    held = Submission.objects.get(pk=one.submission_id)
    assert held.state == State.SHREDDED
    with pytest.raises(Tampered):
        opened(held)
    result = one.result
    assert result is not None
    assert (result.state, result.derived_from, result.village) == (State.IN_REVIEW, held, KODE)
    assert result.inspection["verdict"] == "open"
    assert result.title == "Statistik penduduk Desa Mekarsari per 31 Desember 2017"
    rows = list(csv.DictReader(io.StringIO(opened(result).decode())))
    assert {"tabel", "kode_wilayah", "periode", "nilai", "satuan", "tanda"} <= set(rows[0])
    assert {row["kode_wilayah"] for row in rows} == {KODE}
    whole = next(row for row in rows if (row["tabel"], row["jenis_kelamin"]) == ("penduduk", "T"))
    assert int(whole["nilai"]) == one.report["counted"]


def test_the_companions_hold_the_proof(desk: Desk, tmp_path) -> None:
    result = count(desk).result
    assert result is not None
    files = {one.name: opened(one) for one in result.attachments.all()}
    assert {"bukti.json", "paket.zip", "sid.csv", "sid.json", "panduan.txt", "monografi.json"} <= set(files)
    zipfile.ZipFile(io.BytesIO(files["paket.zip"])).extractall(tmp_path / "paket")
    assert not check_proof.problems(tmp_path / "paket")


def test_the_record_tells_it(desk: Desk) -> None:
    one = count(desk)
    told = Event.objects.filter(subject=one.submission.subject.key).order_by("sequence")
    kinds = list(told.values_list("kind", flat=True))
    assert kinds[-4:] == ["statistics-asked", "statistics-started", "statistics-made", "shredded"]
    assert told.get(kind="statistics-made").details["result"] == str(one.result_id)


def test_the_memory_holds_what_was_handed_out(desk: Desk) -> None:
    one = count(desk)
    memory = VillageMemory.objects.get(village=KODE)
    assert [release["period"] for release in memory.releases] == [DAY.isoformat()]
    rows = csv.DictReader(io.StringIO(opened(one.result).decode()))
    printed = {row["nilai"] for row in rows if row["nilai"]}
    assert {str(value) for value in memory.releases[0]["cells"].values() if value is not None} == printed


def test_the_second_release_is_protected_with_the_first(desk: Desk) -> None:
    count(desk)
    soon = count(desk, register(seed=8), day=DAY + timedelta(days=60))
    assert (soon.state, soon.code) == (CountingState.STOPPED, "too-soon")
    later = count(desk, register(seed=9, count=90), day=DAY + timedelta(days=400))
    assert later.state == CountingState.DONE, later.code
    memory = VillageMemory.objects.get(village=KODE)
    assert len(memory.releases) == 2
    archive = next(one for one in later.result.attachments.all() if one.name == "paket.zip")
    with zipfile.ZipFile(io.BytesIO(opened(archive))) as package:
        assert json.loads(package.read("ingatan.json")) == memory.releases


def test_last_years_register_says_so(desk: Desk) -> None:
    count(desk)
    again = count(desk, register(layout="opensid-impor-kode"), day=DAY + timedelta(days=365))
    assert (again.state, again.code) == (CountingState.STOPPED, "same-as-last")
    assert len(VillageMemory.objects.get(village=KODE).releases) == 1
    page = signed_in(desk.producer).get(again.submission.get_absolute_url()).content.decode()
    assert "sama dengan yang sudah dihitung" in page


def test_the_same_register_for_the_same_day_is_here_already(desk: Desk) -> None:
    count(desk)
    again = count(desk, register(layout="opensid-impor-kode"))
    assert again.code == "already-here"


def test_a_village_too_small_is_refused_and_its_register_shredded(desk: Desk) -> None:
    one = count(desk, register(count=15))
    assert (one.state, one.code) == (CountingState.REFUSED, "nothing-left")
    assert Submission.objects.get(pk=one.submission_id).state == State.SHREDDED
    assert not VillageMemory.objects.exists()
    page = signed_in(desk.producer).get(one.submission.get_absolute_url()).content.decode()
    assert "terlalu sedikit" in page


def test_three_failures_end_it(desk: Desk) -> None:
    with_kode(desk.village)
    held = desk.send(register(), name="penduduk.xlsx", title="Data")
    for state in (CountingState.STOPPED, CountingState.STOPPED, CountingState.REFUSED):
        one = run(ask(desk, held, day=DAY - timedelta(days=365 * 60)))
        assert one.state == state, one.code
    held.refresh_from_db()
    assert held.state == State.SHREDDED


def test_one_at_a_time_for_a_register_and_for_a_village(desk: Desk) -> None:
    from lumbung.portal.accounts.permissions import Conflicting
    from lumbung.portal.intake import counting

    with_kode(desk.village)
    first = desk.send(register(), name="a.xlsx", title="A")
    second = desk.send(register(seed=8), name="b.xlsx", title="B")
    one, other = ask(desk, first), ask(desk, second)
    with pytest.raises(Conflicting):
        ask(desk, first)
    assert counting.begin(one.pk) is not None
    assert counting.begin(other.pk) is None
    other.refresh_from_db()
    assert other.state == CountingState.WAITING
    assert counting.begin(one.pk) is None, "in other hands"


def test_a_dead_worker_is_followed_by_another_three_times(desk: Desk) -> None:
    from lumbung.portal.intake import counting

    with_kode(desk.village)
    one = ask(desk, desk.send(register(), name="a.xlsx", title="A"))
    long_ago = timezone.now() - timedelta(hours=1)
    for attempt in (1, 2, 3):
        begun = counting.begin(one.pk)
        assert begun is not None
        assert begun.attempts == attempt
        Counting.objects.filter(pk=one.pk).update(heartbeat=long_ago)
        assert counting.take_up_the_left() == 1
    assert counting.begin(one.pk) is None
    one.refresh_from_db()
    assert (one.state, one.code) == (CountingState.REFUSED, "interrupted")


def test_an_overtaken_attempt_writes_nothing(desk: Desk) -> None:
    from lumbung.portal.intake import counting, packaging

    with_kode(desk.village)
    one = ask(desk, desk.send(register(), name="a.xlsx", title="A"))
    slow = counting.begin(one.pk)
    assert slow is not None
    Counting.objects.filter(pk=one.pk).update(heartbeat=timezone.now() - timedelta(hours=1))
    assert counting.begin(one.pk) is not None
    packaging.work(slow)
    one.refresh_from_db()
    assert (one.state, one.result) == (CountingState.WORKING, None)
    assert not VillageMemory.objects.exists()


def test_a_register_shredded_meanwhile_gives_nothing(desk: Desk) -> None:
    from lumbung.portal.intake import counting, packaging
    from lumbung.portal.intake.actions import shred
    from tests.portal.shelves import actor

    with_kode(desk.village)
    held = desk.send(register(), name="a.xlsx", title="A")
    begun = counting.begin(ask(desk, held).pk)
    assert begun is not None
    with vault.open_plain(held) as plain, packaging.folder_for_work() as folder:
        made = packaging._made(begun, plain, folder)
        shred(held, by=actor(desk.producer), because="Berubah pikiran.")
        with pytest.raises(packaging.Stopped, match="register-gone"):
            packaging._store(begun, made)
    assert Submission.objects.filter(derived_from=held).count() == 0


def test_nothing_of_a_resident_stays(desk: Desk, home) -> None:
    from tests.portal.counted import families

    count(desk)
    numbers = [member.nik for family in families() for member in family.members if len(member.nik) == 16]
    stored = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert not list((home / "counting").iterdir())
    assert not [number for number in numbers if number.encode() in stored]


@pytest.mark.parametrize("who", ["walidata", "ppdp", "duty"])
def test_others_see_the_state_and_may_not_ask(desk: Desk, who: str) -> None:
    with_kode(desk.village)
    held = desk.send(register(), name="a.xlsx", title="A")
    browser = signed_in(getattr(desk, who))
    address = f"{held.get_absolute_url()}/statistik"
    assert browser.get(address).status_code == 403
    answer = browser.post(address, {"village": desk.village.pk, "reference_date": "2017-12-31"})
    assert answer.status_code == 403
    assert not Counting.objects.exists()
    run(ask(desk, held))
    page = browser.get(held.get_absolute_url())
    assert "Statistiknya sudah jadi" in page.content.decode()


def test_strangers_find_nothing(desk: Desk) -> None:
    with_kode(desk.village)
    held = desk.send(register(), name="a.xlsx", title="A")
    assert signed_in(desk.stranger).get(f"{held.get_absolute_url()}/statistik").status_code == 404


def test_the_page_asks_follows_and_hands_over(desk: Desk) -> None:
    with_kode(desk.village)
    held = desk.send(register(), name="a.xlsx", title="A")
    browser = signed_in(desk.producer)
    page = browser.get(held.get_absolute_url()).content.decode()
    assert f"{held.get_absolute_url()}/statistik" in page
    asking = browser.get(f"{held.get_absolute_url()}/statistik").content.decode()
    assert "Keadaan per tanggal" in asking
    wrong = browser.post(
        f"{held.get_absolute_url()}/statistik", {"village": desk.village.pk, "reference_date": "2999-01-01"}
    )
    assert wrong.status_code == 422
    answer = browser.post(
        f"{held.get_absolute_url()}/statistik", {"village": desk.village.pk, "reference_date": "2017-12-31"}
    )
    assert answer.status_code == 302
    progress = browser.get(f"{held.get_absolute_url()}/statistik/keadaan")
    assert "Menunggu giliran" in progress.content.decode()
    one = run(Counting.objects.get())
    assert browser.get(f"{held.get_absolute_url()}/statistik/keadaan")["HX-Refresh"] == "true"
    taken = browser.get(f"{one.result.get_absolute_url()}/lampiran/bukti.json")
    assert json.loads(taken.content)["format"] == 1
    assert Event.objects.filter(kind="downloaded", subject=one.result.subject.key).count() == 1
    assert signed_in(desk.stranger).get(f"{one.result.get_absolute_url()}/lampiran/bukti.json").status_code == 404
