"""Word and PowerPoint files of 1997 to 2003, written record by record."""

import struct
import zlib
from collections.abc import Callable, Mapping

from tests.hiding import HidingPlace
from tests.read.compound import compound
from tests.read.old_office import STORIES, powerpoint, record, word, word_95
from tests.read.planted import package as workbook

SEEN = {"main": "Surat biasa\r"}
PACKED = 0x1011


def doc(where: str, plant: Callable[[str], bytes], at: Mapping[str, object] | None = None) -> HidingPlace:
    """A row about a document."""
    return HidingPlace(format="doc", where=where, plant=plant, at=at or {})


def ppt(where: str, plant: Callable[[str], bytes], at: Mapping[str, object] | None = None) -> HidingPlace:
    """A row about a presentation."""
    return HidingPlace(format="ppt", where=where, plant=plant, at=at or {})


def story(where: str, name: str) -> HidingPlace:
    """A row about one of the texts beside the main one; in wide characters at an odd place."""
    assert name in STORIES
    return doc(where, lambda nik: word({**SEEN, name: f"lihat {nik}\r"}, wide=True))


def look(code: int, value: int = 1) -> bytes:
    """A modifier of characters with an operand of one byte."""
    return struct.pack("<HB", code, value)


def parted(nik: str, between: str, modifiers: bytes) -> bytes:
    """The number with something between its halves that looks otherwise."""
    return word({"main": f"Surat\r{nik[:7]}{between}{nik[7:]}\r"}, looks=[(between, modifiers)])


def native(data: bytes) -> bytes:
    """The stream of a packaged file."""
    body = b"\2\0a.csv\0C:\\a.csv\0\0\0\3\0" + struct.pack("<I", 4) + b"C:\\\0" + struct.pack("<I", len(data)) + data
    return struct.pack("<I", len(body)) + body


def csv(nik: str) -> bytes:
    """A small table of people."""
    return f"nik;nama\n{nik};A\n".encode()


PLACES = (
    doc("a document of Word 95", lambda nik: word_95(f"Surat\rNIK {nik}\r")),
    doc("a document of Word 95 that was saved fast", lambda nik: word_95(f"milik {nik} ini\r", fast=True)),
    doc("the text itself", lambda nik: word({"main": f"milik {nik} ini\r"})),
    doc("a cell of a table", lambda nik: word({"main": f"a\rNIK\x07{nik}\x07\x07b\r"}), {"sheet": "Tabel 1"}),
    story("a footnote", "footnotes"),
    story("a header", "headers"),
    story("a comment", "comments"),
    story("an endnote", "endnotes"),
    story("a text box", "boxes"),
    story("a text box in a header", "header boxes"),
    story("a story that programs no longer use", "macros"),
    doc("digits with hidden letters between them", lambda nik: parted(nik, "xyz", look(0x083C)), {"hidden": True}),
    doc("digits around an insertion", lambda nik: parted(nik, "abc", look(0x0801)), {"hidden": True}),
    doc(
        "a tracked deletion",
        lambda nik: word({"main": f"a\r{nik}\r"}, looks=[(nik, look(0x0800))]),
    ),
    doc(
        "a symbol font's characters",
        lambda nik: word(
            {"main": "a\rbcdefghijklmnopq\r"},
            looks=[
                (letter, struct.pack("<HHH", 0x6A09, 1, 0xF000 + ord(digit)))
                for letter, digit in zip("bcdefghijklmnopq", nik, strict=True)
            ],
        ),
    ),
    doc(
        "the code of a field",
        lambda nik: word({"main": f"a\x13QUOTE {nik[:5]}{nik[5:]}\x14b\x15\r"}),
        {"hidden": True},
    ),
    doc("text left behind by a fast save", lambda nik: word(SEEN, stray=f"lama {nik}".encode()), {"hidden": True}),
    doc(
        "a packaged file",
        lambda nik: word(SEEN, more={"ObjectPool/_1/\x01Ole10Native": native(csv(nik))}),
    ),
    doc(
        "custom XML",
        lambda nik: word(
            SEEN, more={"MsoDataStore/A/Item": f"<data>{nik[:4]}&#{ord(nik[4])};{nik[5:]}</data>".encode()}
        ),
    ),
    doc("a property", lambda nik: word(SEEN, more={"\x05SummaryInformation": b"\0" * 8 + nik.encode() + b"\0"})),
    doc(
        "a property that is a number",
        lambda nik: word(
            SEEN, more={"\x05DocumentSummaryInformation": b"\0" * 8 + struct.pack("<Id", 5, float(nik)) + b"\0"}
        ),
    ),
    doc("a stream that nobody knows", lambda nik: word(SEEN, more={"Lain": nik.encode()})),
    ppt("a text in wide characters", lambda nik: powerpoint(record(0x0FA0, nik.encode("utf-16-le")))),
    ppt(
        "a slide's text",
        lambda nik: powerpoint(record(0x03EE, record(0x0FA8, nik.encode()), container=True)),
        {"page": 1},
    ),
    ppt(
        "a slide of an earlier save",
        lambda nik: powerpoint(record(0x03F8, record(0x0FA8, nik.encode()), container=True)),
    ),
    ppt("a header or a name", lambda nik: powerpoint(record(0x0FBA, f"kepala {nik}".encode("utf-16-le")))),
    ppt(
        "a comment in a binary tag",
        lambda nik: powerpoint(
            record(0x138B, record(0x2EE0, record(0x0FBA, nik.encode("utf-16-le"), instance=1), container=True))
        ),
    ),
    ppt(
        "a packed embedded object",
        lambda nik: powerpoint(
            record(
                PACKED,
                struct.pack("<I", 1 << 16) + zlib.compress(compound({"\x01Ole10Native": native(csv(nik))})),
                instance=1,
            )
        ),
    ),
    ppt(
        "an embedded workbook",
        lambda nik: powerpoint(record(0x0400, workbook({"xl/sharedStrings.xml": f"<a>{nik}</a>"}))),
    ),
    ppt("a record that nobody knows", lambda nik: powerpoint(record(0x7777, b"\1\2" + nik.encode()))),
)
