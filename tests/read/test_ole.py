"""Compound files whose directory lies: a stream longer than its file is a ring of sectors."""

import io
import struct

import pytest

from lumbung.read import read
from tests.read.old_office import word

SIZE = 120  # of an entry of the directory, where it stands


def _said(data: bytes, name: str, *, size: int) -> bytes:
    """The file with another size written into the entry of this name."""
    at = data.index(name.encode("utf-16-le"))
    return data[: at + SIZE] + struct.pack("<Q", size) + data[at + SIZE + 8 :]


@pytest.mark.parametrize("name", ["Catatan", "Panjang", "Root Entry"])
def test_a_stream_longer_than_its_file_is_named_and_not_followed(name: str) -> None:
    whole = word({"main": "laporan"}, more={"Catatan": b"pendek" * 20, "Panjang": b"panjang " * 1000})
    lied = _said(whole, name, size=2**31 - 1)
    unread = {(part.place.part, part.why) for part in read(io.BytesIO(lied), name="x").unread}
    assert {("Catatan" if name == "Root Entry" else name, "broken")} <= unread


@pytest.mark.parametrize("shift", [63, 200, 0x206])
def test_sectors_of_an_absurd_size_are_damage(shift: int) -> None:
    whole = word({"main": "laporan"}, more={"Catatan": b"pendek" * 20})
    lied = whole[:32] + struct.pack("<H", shift) + whole[34:]
    assert [part for part in read(io.BytesIO(lied), name="x").unread if part.why == "broken"]
