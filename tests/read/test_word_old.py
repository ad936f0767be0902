"""Documents of Word 6 and 95: their text is read and told, and the file is named unread."""

import io

import pytest

from lumbung.document import Document
from lumbung.gate import Verdict, inspect
from lumbung.judge.sentence import sentence
from lumbung.read import Unreadable, read
from tests.read.compound import compound
from tests.read.old_office import word_95
from tests.read.planted import NIK


def opened(data: bytes) -> Document:
    return read(io.BytesIO(data), name="surat")


def seen(document: Document) -> str:
    return "\n".join(passage.text for passage in document.passages if not passage.swept)


@pytest.mark.parametrize("fast", [False, True])
def test_the_text_is_told_in_its_order(fast: bool) -> None:
    document = opened(word_95(f"Surat biasa\rNIK {NIK}\r", footnotes="catatan\r", fast=fast))
    assert f"Surat biasa\nNIK {NIK}" in seen(document)
    assert "catatan" in seen(document)
    assert [missed.why for missed in document.unread] == ["old-word"]
    assert document.format == "doc"


def test_cells_make_a_table() -> None:
    (table,) = opened(word_95("Daftar\rNama\x07NIK\x07\x07Sekar\x071\x07\x07selesai\r")).tables
    assert table.texts.rows() == [("Nama", "NIK"), ("Sekar", "1")]


def test_the_way_on_is_named() -> None:
    inspection = inspect(io.BytesIO(word_95("Surat biasa\r")))
    assert inspection.verdict is Verdict.HOLD
    assert any("DOCX" in sentence(reason).next_step for reason in inspection.reasons)


def test_a_password_is_told_apart() -> None:
    with pytest.raises(Unreadable, match="encrypted"):
        opened(word_95("x\r", flags=0x0100))


@pytest.mark.parametrize("size", [0, 2, 0x20, 0x301])
def test_a_stream_that_is_cut_is_named(size: int) -> None:
    assert opened(compound({"WordDocument": b"\xdc\xa5\x65\0" + bytes(size)})).unread


def test_every_flip_ends_in_an_answer() -> None:
    sound = word_95("Surat\x07a\x07\x07", fast=True)
    for position in range(0x200, 0x900, 5):
        try:
            opened(sound[:position] + bytes([sound[position] ^ 0xFF]) + sound[position + 1 :])
        except Unreadable:
            continue
