"""A package from a village's own computer: taken only when it is sound, and known to the portal from then on."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from lumbung.portal.accounts.permissions import Conflicting, Refused, Unfit
from lumbung.portal.audit.models import Event
from lumbung.portal.intake import jobs, parcels, vault
from lumbung.portal.intake.blanks.actions import save, send
from lumbung.portal.intake.blanks.definition import blanks
from lumbung.portal.intake.inspecting import SILENCE
from lumbung.portal.intake.jobs import inspect_submission, look_at_parcel
from lumbung.portal.intake.models import Attachment, Parcel, Submission, VillageMemory
from lumbung.portal.intake.states import CountingState, State
from lumbung.portal.publication.actions import publish
from lumbung.statistics import make
from tests.portal.counted import DAY, KODE, count, register, with_kode
from tests.portal.shelves import Desk, actor, desk, signed_in

__all__ = ["desk"]
pytestmark = pytest.mark.django_db(transaction=True)  # signs of life and stages come from other threads
Change = Callable[[dict[str, bytes]], None]


@cache
def made(seed: int = 7, count: int = 70, day: date = DAY, memory: str = "[]") -> dict[str, bytes]:
    """What `lumbung statistics` leaves in its folder."""
    with TemporaryDirectory() as folder:
        package = Path(folder) / "paket"
        said = make(file=io.BytesIO(register(seed, count)), village=KODE, period=day.isoformat(), mapping={},
                    memory=json.loads(memory), folder=str(package))  # fmt: skip
        assert said["code"] == ""
        return {path.name: path.read_bytes() for path in package.iterdir()}


def packed(files: dict[str, bytes], *, inside: str = "statistik-2017/") -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        for name, content in files.items():
            zipped.writestr(inside + name, content)
    return archive.getvalue()


def hand_in(desk: Desk, content: bytes) -> Parcel:
    """The package lies sealed and waits."""
    sealed = vault.seal_bytes([content], name="paket.zip")
    by = {"person": desk.producer, "by": actor(desk.producer)}
    return parcels.bring(sealed, organisation=with_kode(desk.village), **by)


def looked_at(parcel: Parcel) -> Parcel:
    """The job, at once."""
    look_at_parcel.call(str(parcel.pk))
    parcel.refresh_from_db()
    return parcel


def bring(desk: Desk, content: bytes) -> Submission:
    """What came of it, inspected. Raise Unfit with the code where it was not taken."""
    parcel = looked_at(hand_in(desk, content))
    if parcel.result is None:
        raise Unfit(parcel.code, "")
    inspect_submission.call(str(parcel.result.pk))
    parcel.result.refresh_from_db()
    return parcel.result


def opened(one: Any) -> bytes:
    with vault.open_plain(one) as plain:
        return plain.read()


def test_a_sound_package_becomes_a_submission_and_is_remembered(desk: Desk) -> None:
    result = bring(desk, packed(made()))
    assert (result.state, result.village, result.derived_from) == (State.IN_REVIEW, KODE, None)
    assert result.title == "Statistik penduduk Desa Mekarsari per 31 Desember 2017"
    assert VillageMemory.objects.get(village=KODE).releases == json.loads(made()["ingatan.json"])
    assert Event.objects.filter(kind="statistics-brought", subject=result.subject.key).count() == 1


def test_what_stands_beside_the_tables_is_made_here_and_is_the_same(desk: Desk) -> None:
    """Nothing of an archive is kept as it came; of an honest one, everything comes out as it was."""
    forged = made() | {"monografi.pdf": b"%PDF-1.7 SITI AMINAH", "sid.json": b"[]", "catatan.txt": b"SITI AMINAH"}
    result = bring(desk, packed(forged))
    files = {one.name: opened(one) for one in result.attachments.all()}
    for name in ("monografi.json", "tabel.json", "sid.json", "sid.csv", "bukti.json"):
        assert files[name] == made()[name], name
    assert b"AMINAH" not in b"".join(files.values()) and "catatan.txt" not in files
    with zipfile.ZipFile(io.BytesIO(files["paket.zip"])) as archive:
        assert json.loads(archive.read("ingatan.json")) == json.loads(made()["ingatan.json"])


def test_a_later_release_here_is_protected_against_it(desk: Desk) -> None:
    bring(desk, packed(made()))
    soon = count(desk, register(seed=8), day=date(2018, 3, 1))
    assert (soon.state, soon.code) == (CountingState.STOPPED, "too-soon")
    same = count(desk, register(layout="opensid-impor-kode"), day=date(2018, 12, 31))
    assert same.code == "same-as-last"


def test_the_memory_of_the_portal_goes_along_and_comes_back(desk: Desk) -> None:
    """Counted here, then at the village's desk: without the memory it is refused, with it it is taken."""
    count(desk)
    later = {"seed": 9, "count": 90, "day": date(2018, 12, 31)}
    with pytest.raises(Unfit) as refusal:
        bring(desk, packed(made(**later)))
    assert refusal.value.code == "memory-behind"
    assert len(VillageMemory.objects.get(village=KODE).releases) == 1
    taken = signed_in(desk.producer).get(f"/meja/paket/{KODE}/ingatan.json")
    assert f'filename="{KODE}.json"' in taken["Content-Disposition"]
    bring(desk, packed(made(**later, memory=taken.content.decode())))
    assert len(VillageMemory.objects.get(village=KODE).releases) == 2


def small(files: dict[str, bytes]) -> None:
    """A number that is printed becomes a small one, in table and memory alike."""
    table = files["tabel-kepala_keluarga.csv"].decode().splitlines()
    cells = table[1].split(",")
    shown, cells[6], cells[8] = cells[6], "3", ""
    files["tabel-kepala_keluarga.csv"] = "\n".join([table[0], ",".join(cells), *table[2:], ""]).encode()
    memory = json.loads(files["ingatan.json"])
    memory[-1]["cells"][f"{KODE}/kepala_keluarga/{cells[4]}/{cells[5]}"] = 3
    files["ingatan.json"] = json.dumps(memory).encode()
    assert shown != "3"


def revealed(files: dict[str, bytes]) -> None:
    files["tabel-umur.csv"] = files["tabel-umur.csv"].replace(b",,jiwa,*", b",12,jiwa,")


def named(files: dict[str, bytes]) -> None:
    """A name where a category stands."""
    files["tabel-umur.csv"] = files["tabel-umur.csv"].replace(b",00-04,", b",siti_aminah,")


def talking(files: dict[str, bytes]) -> None:
    """A name among the pieces of the proof."""
    proof = json.loads(files["bukti.json"])
    proof["pieces"][0] = "SITI AMINAH 9001"
    files["bukti.json"] = json.dumps(proof).encode()


def elsewhere(files: dict[str, bytes]) -> None:
    for name, content in list(files.items()):
        files[name] = content.replace(KODE.encode(), b"99.01.01.2002")


def other_rules(files: dict[str, bytes]) -> None:
    memory = json.loads(files["ingatan.json"])
    memory[-1]["policy"] = "0" * 64
    files["ingatan.json"] = json.dumps(memory).encode()


def without_memory(files: dict[str, bytes]) -> None:
    del files["ingatan.json"]


def unproven(files: dict[str, bytes]) -> None:
    proof = json.loads(files["bukti.json"])
    proof["claims"] = []
    files["bukti.json"] = json.dumps(proof).encode()


@pytest.mark.parametrize(
    ("change", "code"),
    [(small, "small-number"), (named, "not-a-package"), (talking, "not-a-package"), (elsewhere, "not-a-package"),
     (other_rules, "other-policy"), (without_memory, "not-a-package"), (unproven, "audit-failed"),
     (revealed, "audit-failed")],
)  # fmt: skip
def test_a_package_that_is_not_what_it_should_be_is_not_taken(change: Change, code: str, desk: Desk) -> None:
    files = dict(made(count=45))
    change(files)
    with pytest.raises(Unfit) as refusal:
        bring(desk, packed(files))
    assert refusal.value.code == code
    assert not Submission.objects.exists() and not VillageMemory.objects.exists() and not Attachment.objects.exists()


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 and nothing more", packed({}), packed({"tabel-umur.csv": b"\xff"})]
)
def test_rubbish_is_no_package(content: bytes, desk: Desk) -> None:
    with pytest.raises(Unfit) as refusal:
        bring(desk, content)
    assert refusal.value.code == "not-a-package"


def test_who_does_not_produce_for_the_village_brings_nothing(desk: Desk) -> None:
    village = with_kode(desk.village)
    sealed = vault.seal_bytes([packed(made())], name="paket.zip")
    with pytest.raises(Refused):
        parcels.bring(sealed, person=desk.walidata, organisation=village, by=actor(desk.walidata))
    sealed.discard()
    assert not Parcel.objects.exists() and not list(vault.incoming().glob("*"))
    assert signed_in(desk.walidata).get(f"/meja/paket/{KODE}/ingatan.json").status_code == 404
    waiting = hand_in(desk, packed(made()))
    for somebody_else in (desk.walidata, desk.stranger):
        assert signed_in(somebody_else).get(f"/meja/paket/{waiting.pk}").status_code == 404


@pytest.mark.parametrize("content", [packed(made()), b"apa saja"], ids=["taken", "not taken"])
def test_its_bytes_lie_sealed_and_are_gone_in_the_end(content: bytes, desk: Desk) -> None:
    parcel = hand_in(desk, content)
    (stored,) = [path for path in vault.incoming().parent.rglob("*") if path.is_file()]
    assert content[:64] not in stored.read_bytes()
    assert opened(parcel) == content
    assert jobs.sweep() == 0 and stored.exists()
    looked_at(parcel)
    assert (parcel.storage_key, bytes(parcel.wrapped_key)) == ("", b"") and not stored.exists()
    assert looked_at(parcel).attempts == 1  # the same job again does nothing


def test_one_at_a_time_for_each_village(desk: Desk) -> None:
    parcel = hand_in(desk, packed(made()))
    with pytest.raises(Conflicting):
        hand_in(desk, packed(made(count=45)))
    assert Parcel.objects.get() == parcel and len(list(vault.incoming().parent.glob("??/*"))) == 1
    looked_at(parcel)
    with pytest.raises(Unfit) as refusal:
        bring(desk, packed(made(count=45)))
    assert refusal.value.code == "memory-behind"


def test_a_dead_worker_is_noticed_and_the_third_time_ends_it(desk: Desk) -> None:
    parcel = hand_in(desk, packed(made()))
    for attempt in (1, 2, 3):
        assert parcels.begin(str(parcel.pk)).attempts == attempt  # type: ignore[union-attr]
        assert parcels.begin(str(parcel.pk)) is None  # alive, so it is left in its hands
        Parcel.objects.update(heartbeat=timezone.now() - 2 * SILENCE)
        assert parcels.take_up_the_left() == 1
    assert parcels.begin(str(parcel.pk)) is None
    parcel.refresh_from_db()
    assert (parcel.state, parcel.code, parcel.storage_key) == (CountingState.REFUSED, "interrupted", "")
    told = list(Event.objects.filter(subject=parcel.subject.key).order_by("sequence").values_list("kind", flat=True))
    assert told == ["package-received", "package-refused"]


def test_an_attempt_that_was_overtaken_changes_nothing(desk: Desk) -> None:
    parcel = hand_in(desk, packed(made()))
    late = parcels.begin(str(parcel.pk))
    assert late is not None
    Parcel.objects.update(heartbeat=timezone.now() - 2 * SILENCE)
    assert looked_at(parcel).state == CountingState.DONE or parcel.attempts == 2
    parcels.refuse(late, code="crash")
    parcel.refresh_from_db()
    assert parcel.state == CountingState.DONE and Submission.objects.count() == 1


def test_the_page_follows_it_and_says_why_not(desk: Desk) -> None:
    village = with_kode(desk.village)
    browser = signed_in(desk.producer)
    page = browser.get("/meja/paket").content.decode()
    assert "belum ada rilis" in page and "--memory" in page
    wrong = browser.post("/meja/paket", {"village": village.pk, "file": SimpleUploadedFile("a.zip", b"apa saja")})
    parcel = Parcel.objects.get()
    assert wrong["Location"] == f"/meja/paket/{parcel.pk}"
    waiting = browser.get(wrong["Location"]).content.decode()
    assert "Menunggu giliran" in waiting and f"/meja/paket/{parcel.pk}/keadaan" in waiting
    assert wrong["Location"] in browser.get("/meja/paket").content.decode()
    assert "HX-Refresh" not in browser.get(f"/meja/paket/{parcel.pk}/keadaan")
    looked_at(parcel)
    assert browser.get(f"/meja/paket/{parcel.pk}/keadaan")["HX-Refresh"] == "true"
    assert "bukan paket statistik" in browser.get(wrong["Location"]).content.decode()
    taken = browser.post("/meja/paket", {"village": village.pk, "file": SimpleUploadedFile("p.zip", packed(made()))})
    looked_at(Parcel.objects.exclude(pk=parcel.pk).get())
    answer = browser.get(taken["Location"])
    assert answer["Location"] == Submission.objects.get().get_absolute_url()
    assert "unduh catatan 1 rilis" in browser.get("/meja/paket").content.decode()
    assert browser.post("/meja/paket", {"village": village.pk}).status_code == 302  # no file: the job says what it is


def test_the_monograph_of_a_package_has_what_the_village_published_here(desk: Desk) -> None:
    """What the archive itself says of it is not taken: nobody has looked at that."""
    files = made() | {"monografi.json": made()["monografi.json"].replace(b'"Tipologi desa"', b'"SITI AMINAH"')}
    blank, by = blanks()["monografi"], {"person": desk.producer, "by": actor(desk.producer)}
    wrote = {"1": {"tipologi_desa": "Nelayan", "tingkat_perkembangan": "Swadaya", "luas_wilayah": 12.5}}
    sent = send(save(with_kode(desk.village), blank, 2016, values=wrote, version=0, **by), blank, **by)
    inspect_submission.call(str(sent.pk))
    sent.refresh_from_db()
    publish(desk.approve(sent), person=desk.walidata, by=actor(desk.walidata))
    result = bring(desk, packed(files))
    (form,) = json.loads(opened(result.attachments.get(name="monografi.json")))
    given = {line["bidang"]: line["nilai"] for line in form["isi"] if line["asal"] == "formulir" and line["nilai"]}
    assert given == wrote["1"]
    assert "tahun 2016" in form["sumber_formulir"]
