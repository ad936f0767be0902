"""Archives of every kind: opened from memory, within one budget, and named unread where they are not whole."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from lumbung.document import Document
from lumbung.read import Limits, Unreadable, packed, read
from tests.hiding.sevenzip import archive as sevenzip
from tests.read.planted import zipped

CSV = b"pasar,kios\nWage,3\nPahing,5\n"


def opened(data: bytes, **limits: int) -> Document:
    return read(io.BytesIO(data), name="", limits=Limits(**limits))


def refusal(data: bytes, **limits: int) -> str:
    with pytest.raises(Unreadable) as refused:
        opened(data, **limits)
    return refused.value.code


def tar(*members: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, content in members:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "kind", "part"),
    [
        (zipped({"a/b.csv": CSV}), "zip", "a/b.csv"),
        (tar(("b.csv", CSV)), "tar", "b.csv"),
        (gzip.compress(CSV), "gz", "(isi)"),
        (bz2.compress(CSV), "bz2", "(isi)"),
        (lzma.compress(CSV), "xz", "(isi)"),
        (gzip.compress(tar(("b.csv", CSV))), "gz", "(isi)!b.csv"),
    ],
)
def test_a_table_inside_is_a_table(data: bytes, kind: str, part: str) -> None:
    document = opened(data)
    assert (document.format, document.unread) == (kind, ())
    assert [table.place.part for table in document.tables] == [part]


def test_a_table_in_7z_is_a_table() -> None:
    document = opened(sevenzip("b.csv", CSV))
    assert document.format == "7z"
    assert {table.place.part for table in document.tables} == {"pasar.csv", "b.csv"}
    assert not document.unread


def test_without_the_library_its_archives_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = sevenzip("b.csv", CSV)
    monkeypatch.setattr(packed, "library", lambda: None)
    assert refusal(data) == "unknown-format"
    assert opened(zipped({"b.7z": data})).unread


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress], ids=["gz", "bz2", "xz"])
def test_a_bomb_is_not_unpacked(pack: Callable[[bytes], bytes]) -> None:
    data = pack(bytes(80 * 2**20))
    assert refusal(data) == "bomb"


def test_a_bomb_of_members_is_not_unpacked() -> None:
    assert refusal(zipped({f"{n}.csv": "a" for n in range(20)}), members=10) == "bomb"
    assert refusal(tar(*((f"{n}.csv", b"a") for n in range(20))), members=10) == "bomb"


def test_the_whole_nest_shares_one_budget() -> None:
    """Each archive keeps within the limits; all of them together do not."""
    inner = zipped({f"{n}.csv": CSV for n in range(8)})
    document = opened(zipped({f"{n}.zip": inner for n in range(4)}), members=20)
    assert {missed.why for missed in document.unread} == {"too-large"}
    deep = opened(zipped({"a.zip": zipped({"b.zip": zipped({"c.csv": CSV * 99})})}), bytes=len(CSV) * 90)
    assert [missed.why for missed in deep.unread] == ["too-large"]


def test_an_archive_of_itself_ends() -> None:
    data = zipped({"a.csv": CSV})
    for _ in range(9):
        data = zipped({"a.zip": data})
    assert [missed.why for missed in opened(data).unread] == ["too-deep"]


def test_an_archive_under_a_password_says_so() -> None:
    assert refusal(sevenzip("b.csv", CSV, password="x")) == "encrypted"


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_cut_archive_is_refused_or_named_unread(cut: int) -> None:
    for data in (zipped({"a.csv": CSV}), gzip.compress(CSV), sevenzip("a.csv", CSV), lzma.compress(CSV)):
        try:
            document = opened(data[:-cut])
        except Unreadable:
            continue
        assert document.unread


def test_a_member_that_two_headers_tell_differently_is_broken() -> None:
    data = bytearray(zipped({"a.csv": CSV}))
    data[data.index(b"a.csv")] = ord("b")
    assert [missed.why for missed in opened(bytes(data)).unread] == ["broken"]


def test_a_part_of_a_split_archive_is_not_the_whole() -> None:
    data = bytearray(zipped({"a.csv": CSV}))
    data[data.rfind(b"PK\5\6") + 4] = 1
    assert opened(bytes(data)).unread


def test_a_way_of_packing_that_is_not_known_is_named() -> None:
    data = bytearray(zipped({"a.csv": CSV}))
    for at in (8, data.rfind(b"PK\1\2") + 10):
        data[at : at + 2] = (98).to_bytes(2, "little")
    assert [missed.why for missed in opened(bytes(data)).unread] == ["unknown-format"]


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    opened(zipped({"../keluar.csv": CSV, "/tmp/mutlak.csv": CSV}))
    opened(tar(("../keluar.csv", CSV)))
    assert not list(tmp_path.iterdir())


def test_damage_in_lzma_is_damage() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.csv", CSV * 50)
    data = bytearray(file.getvalue())
    data[45:60] = bytes(255 for _ in range(15))
    assert [missed.why for missed in opened(bytes(data)).unread] == ["broken"]


def test_an_empty_member_without_a_name_is_no_stumbling_block() -> None:
    data = zipped({"~": b"", "a.csv": "a,b\nKrajan,2\n"}).replace(b"~", b"\0")  # Python ends a name at a zero
    assert [table.place.part for table in opened(data).tables] == ["a.csv"]
