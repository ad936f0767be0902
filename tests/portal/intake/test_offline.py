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

from lumbung.portal.accounts.permissions import Refused, Unfit
from lumbung.portal.audit.models import Event
from lumbung.portal.intake import counting_offline, vault
from lumbung.portal.intake.jobs import inspect_submission
from lumbung.portal.intake.models import Attachment, Submission, VillageMemory
from lumbung.portal.intake.states import CountingState, State
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


def bring(desk: Desk, content: bytes) -> Submission:
    by = {"person": desk.producer, "by": actor(desk.producer)}
    result = counting_offline.take(content, organisation=with_kode(desk.village), **by)
    inspect_submission.call(str(result.pk))
    result.refresh_from_db()
    return result


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
    with pytest.raises(Refused):
        counting_offline.take(packed(made()), person=desk.walidata, organisation=village, by=actor(desk.walidata))
    assert signed_in(desk.walidata).get(f"/meja/paket/{KODE}/ingatan.json").status_code == 404


def test_the_page_takes_it_and_says_why_not(desk: Desk) -> None:
    village = with_kode(desk.village)
    browser = signed_in(desk.producer)
    page = browser.get("/meja/paket").content.decode()
    assert "belum ada rilis" in page and "--memory" in page
    wrong = browser.post("/meja/paket", {"village": village.pk, "file": SimpleUploadedFile("a.zip", b"apa saja")})
    assert wrong.status_code == 422 and "bukan paket statistik" in wrong.content.decode()
    answer = browser.post("/meja/paket", {"village": village.pk, "file": SimpleUploadedFile("p.zip", packed(made()))})
    assert answer.status_code == 302
    assert answer["Location"] == Submission.objects.get().get_absolute_url()
    assert "unduh catatan 1 rilis" in browser.get("/meja/paket").content.decode()
