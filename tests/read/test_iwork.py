"""Packages of Apple's programs: tables with all their digits, stories, and damage that is named."""

import io
import plistlib

import pytest

from lumbung.document import Document
from lumbung.read import Unreadable, read
from tests.read.planted import NIK, zipped
from tests.read.planted_iwork import (
    LIST,
    STORY,
    TABLE,
    TILE,
    archive,
    decimal,
    double,
    inside,
    numbers,
    pages,
    pointing,
    table,
    tile,
    whole,
)


def opened(data: bytes) -> Document:
    """A package, read."""
    return read(io.BytesIO(data), name="berkas")


def cells(document: Document) -> list[tuple[str | None, ...]]:
    """The rows of its only table."""
    (found,) = document.tables
    return found.texts.rows()


def test_a_table_keeps_all_its_digits() -> None:
    rows = [
        [pointing(3, 8, 1), pointing(3, 8, 2)],
        [decimal(int(NIK)), pointing(9, 16, 1)],
        [decimal(125, -1), double(0.5)],
    ]
    document = opened(numbers(table(*rows, strings={1: "NIK", 2: "Nama"}, rich="Sekar")))
    assert cells(document) == [("NIK", "Nama"), (NIK, "Sekar"), ("12.5", "0.5")]
    assert document.tables[0].place.sheet == "Lembar 1 - Warga"
    assert document.tables[0].numbers["A"].to_list() == [None, float(NIK), 12.5]
    assert document.format == "numbers"
    assert not document.unread


def test_a_story_is_prose() -> None:
    document = opened(pages("Kepala desa\nmenetapkan"))
    assert any(not passage.swept and "Kepala desa\nmenetapkan" in passage.text for passage in document.passages)
    assert document.format == "pages"


@pytest.mark.parametrize(
    "document",
    [
        archive((1, 999, inside(7, inside(3, f"milik {NIK}")))),
        archive((1, 999, inside(7, whole(3, int(NIK))))),
        archive((1, TILE, tile([decimal(int(NIK))]))),
        archive((1, LIST, inside(3, whole(1, 1) + inside(3, NIK)))),
        archive((1, 999, bytes(70000)), (2, STORY, inside(3, NIK))),
    ],
)
def test_what_no_table_shows_is_swept(document: bytes) -> None:
    assert any(NIK in passage.text for passage in opened(numbers(document)).passages)


@pytest.mark.parametrize(
    "document",
    [
        b"\0\5\0\0ab",
        b"\1\0\0\0",
        b"\0\4\0\0\xff\xff\xff\xff",
        archive((1, TABLE, inside(4, inside(3, inside(1, inside(2, whole(1, 9))))))),
        archive((1, TILE, inside(5, whole(1, 0) + whole(2, 3)))),  # cells as programs before 2019 kept them
        table([pointing(3, 8, 9)], strings={1: "a"}),
        table([b"\4" + bytes(11)]),
    ],
)
def test_what_is_not_understood_is_named(document: bytes) -> None:
    assert {missed.why for missed in opened(numbers(document)).unread} == {"broken"}


def test_a_password_is_told_apart() -> None:
    with pytest.raises(Unreadable, match="encrypted"):
        opened(numbers(archive((1, 1, b"")), {".iwpv2": b"x"}))


@pytest.mark.parametrize("kind", [plistlib.FMT_XML, plistlib.FMT_BINARY])
def test_property_lists_are_read(kind: plistlib.PlistFormat) -> None:
    content = plistlib.dumps({"a": [int(NIK), {"b": "c"}]}, fmt=kind)
    document = opened(numbers(archive((1, 1, b"")), {"Metadata/Properties.plist": content}))
    assert any(NIK in passage.text for passage in document.passages)
    assert not document.unread


@pytest.mark.parametrize("content", [b"bplist00 no list", b"<?xml version='1.0'?><plist><integer>x</integer></plist>"])
def test_a_damaged_property_list_is_named(content: bytes) -> None:
    document = opened(numbers(archive((1, 1, b"")), {"Metadata/Properties.plist": content}))
    assert [missed.why for missed in document.unread] == ["broken"]


def test_an_index_packed_by_itself_is_opened() -> None:
    """So a folder of a package looks, when it was put into an archive."""
    document = opened(zipped({"a.numbers/Index.zip": numbers(table([decimal(int(NIK))]))}))
    assert cells(document) == [(NIK,)]


def test_every_cut_ends_in_an_answer() -> None:
    sound = table([decimal(int(NIK)), pointing(3, 8, 1)], strings={1: "a"}, rich="b")
    for position in range(0, len(sound), 5):
        opened(numbers(sound[:position] or b"\0"))
        opened(numbers(sound[:position] + bytes([sound[position] ^ 0xFF]) + sound[position + 1 :]))
