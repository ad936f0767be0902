"""The door: hostile and broken files first, then what a village sends."""

import hashlib
import io
import os
from datetime import date
from pathlib import Path

import pytest

import lumbung
from lumbung import gate
from lumbung.gate import Verdict, inspect
from lumbung.invent import nik

RESIDENTS = [
    nik(
        region="330813",
        birth=date(1950 + age % 60, 1 + age % 12, 1 + age % 28),
        female=bool(age % 2),
        serial=9000 + age,
    )
    for age in range(40)
]


def codes(inspection: gate.Inspection) -> list[str]:
    return [reason.code for reason in inspection.reasons]


def register(folder: Path) -> Path:
    path = folder / "penduduk.csv"
    path.write_text("NIK,L/P\n" + "".join(f"{number},L\n" for number in RESIDENTS))
    return path


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b"\x7fELF\x02\x01\x01" + bytes(200), "unknown-format"),
        (b"%PDF-1.7\n" + bytes(200), "unreadable"),
        (b"PK\x03\x04" + bytes(200), "unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unreadable"),
    ],
)
def test_what_cannot_be_read_is_held(content: bytes, code: str) -> None:
    inspection = inspect(io.BytesIO(content), name="data.xlsx")
    assert (inspection.verdict, codes(inspection)) == (Verdict.HOLD, [code])
    assert inspection.sha256 == hashlib.sha256(content).hexdigest()
    assert inspection.size == len(content)


@pytest.mark.parametrize("kind", ["nothing", "folder", "pipe", "circle", "no permission"])
def test_what_cannot_be_opened_is_held(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    if kind == "folder":
        path.mkdir()
    if kind == "pipe":
        os.mkfifo(path)
    if kind == "circle":
        path.symlink_to(path)
    if kind == "no permission":
        if os.geteuid() == 0:
            pytest.skip("root may open everything")
        path.write_text("a,b")
        path.chmod(0)
    inspection = inspect(path)
    assert (inspection.verdict, codes(inspection), inspection.sha256) == (Verdict.HOLD, ["unreadable"], "")


def test_a_path_with_a_nul_is_held() -> None:
    assert inspect("a\0b").verdict is Verdict.HOLD


def test_a_file_over_the_limit_is_held_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "besar.csv"
    with path.open("wb") as file:
        file.truncate(2 * 2**30)  # no block of it is on the disk
    inspection = inspect(path)
    assert (codes(inspection), inspection.sha256, inspection.size) == (["too-large"], "", 2 * 2**30)
    assert inspection.seconds < 1


def test_a_register_is_held_with_its_place(tmp_path: Path) -> None:
    inspection = inspect(register(tmp_path))
    assert inspection.verdict is Verdict.HOLD
    reason = next(reason for reason in inspection.reasons if reason.code == "nik")
    assert reason.place.as_dict() == {"column": "A", "header": "NIK", "row": "2-41"}
    assert (reason.hits, reason.of, reason.masked) == (40, 40, ())
    assert inspection.rules_version == gate.rules_version()


def test_no_value_of_a_file_is_in_an_inspection(tmp_path: Path) -> None:
    for evidence in (False, True):
        inspection = inspect(register(tmp_path), evidence=evidence)
        assert not [number for number in RESIDENTS if number[4:14] in repr(inspection.as_dict())]
    assert inspection.reasons[0].masked


def test_a_number_in_the_name_of_a_file_is_seen_and_not_repeated(tmp_path: Path) -> None:
    path = tmp_path / f"{RESIDENTS[3]}-foto.csv"
    path.write_text("kecamatan,jumlah\nSecang,12\n")
    inspection = inspect(path)
    assert inspection.verdict is not Verdict.OPEN
    assert RESIDENTS[3] not in repr(inspection)


def test_statistics_are_open(tmp_path: Path) -> None:
    path = tmp_path / "rekap.csv"
    path.write_text("Kecamatan,Laki-laki,Perempuan\nSecang,40123,40987\nGrabag,44001,43876\n")
    inspection = inspect(path)
    assert (inspection.verdict, inspection.reasons, inspection.unread) == (Verdict.OPEN, (), ())
    assert inspection.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_an_open_file_at_any_position_is_read_from_its_beginning(tmp_path: Path) -> None:
    with register(tmp_path).open("rb") as file:
        file.seek(100)
        assert inspect(file, name="penduduk.csv").verdict is Verdict.HOLD


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/rekap\xff\xfe.csv"))
    path.write_text("kecamatan,jumlah\nSecang,12\n")
    assert inspect(path).verdict is Verdict.OPEN


def test_the_package_offers_it() -> None:
    assert lumbung.inspect is inspect
    with pytest.raises(AttributeError):
        lumbung.approve  # noqa: B018
