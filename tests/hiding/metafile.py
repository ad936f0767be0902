"""Windows metafiles, alone and in Office files: words, bitmaps, shapes, comments."""

import gzip
import struct
from collections.abc import Callable

from tests.hiding import HidingPlace
from tests.hiding.docx import document
from tests.hiding.odt import document as open_document
from tests.read.cards import card, saved
from tests.read.old_office import word
from tests.read.planted_metafile import (
    comment,
    drawn_string,
    emf,
    enhanced_in_escapes,
    many_texts,
    small_text,
    stretched,
    svm,
    svm_record,
    svm_text,
    text,
    wmf,
    wmf_comment,
    wmf_extended,
    wmf_text,
)


def row(format: str, where: str, plant: Callable[[str], bytes], answer: str = "nik") -> HidingPlace:
    """A row about a picture by itself, or the file around it."""
    return HidingPlace(format=format, where=where, plant=plant, answer=answer)


def one_by_one(nik: str) -> bytes:
    """Each digit by a record of its own, in no order."""
    letters = [text(digit, (100 + 10 * index, 50)) for index, digit in enumerate(nik)]
    return emf(*letters[::2], *letters[1::2])


def replacement(*records: bytes) -> bytes:
    """A text of LibreOffice with a chart, whose picture is drawn so."""
    return open_document({"ObjectReplacements/Object 1": svm(*records)})


def shown_object(nik: str) -> bytes:
    """A letter of 1997 with an object that was shown so when it was last open."""
    picture = wmf(wmf_text(f"NIK {nik}"), placeable=False)
    stream = struct.pack("<IIIIIII8xI", 0xFFFFFFFF, 3, 4, 1, 0, 0, 0, len(picture)) + picture
    return word({"main": "Surat biasa\r"}, more={"\2OlePres000": stream})


PLACES = (
    row("emf", "a text", lambda nik: emf(text(f"NIK {nik}"))),
    row("emf", "a text of eight bits", lambda nik: emf(text(f"NIK {nik}", wide=False))),
    row("emf", "digits drawn one by one, in no order", one_by_one),
    row("emf", "a small text", lambda nik: emf(small_text(f"NIK {nik}", wide=True))),
    row("emf", "several texts of one record", lambda nik: emf(many_texts("NIK", nik))),
    row("emf", "a string of EMF+", lambda nik: emf(drawn_string(f"NIK {nik}"))),
    row("emf", "the pixels of a bitmap", lambda nik: emf(stretched(saved(card(number=nik), "BMP")))),
    row("emf", "a program's comment", lambda nik: emf(comment(f"lain NIK {nik}".encode()))),
    row(
        "emf", "glyphs in place of letters", lambda nik: emf(text("".join(chr(ord(d) - 29) for d in nik), options=16))
    ),
    row("emf", "bytes behind its end", lambda nik: emf(text("x")) + f"NIK {nik}".encode()),
    row("emz", "a text", lambda nik: gzip.compress(emf(text(f"NIK {nik}")))),
    row("odt", "the picture of a chart", lambda nik: replacement(svm_text(f"NIK {nik}"))),
    row("odt", "the picture of a chart, in two-byte letters", lambda nik: replacement(svm_text(nik, wide=True))),
    row(
        "odt",
        "the picture of a chart, digit by digit",
        lambda nik: replacement(*[svm_text(digit, (100 + 90 * index, 50)) for index, digit in enumerate(nik)]),
    ),
    row(
        "odt",
        "a bitmap in the picture of a chart",
        lambda nik: replacement(svm_record(116, saved(card(number=nik), "BMP"))),
    ),
    row(
        "odt",
        "a program's comment in the picture of a chart",
        lambda nik: replacement(svm_record(512, b"\x04\0catatan" + nik.encode())),
    ),
    row("wmf", "a text", lambda nik: wmf(wmf_text(f"NIK {nik}"))),
    row("wmf", "a text with a box", lambda nik: wmf(wmf_extended(f"NIK {nik}"))),
    row("wmf", "a comment", lambda nik: wmf(wmf_comment(f"NIK {nik}".encode()))),
    row("wmf", "an enhanced metafile in comments", lambda nik: wmf(*enhanced_in_escapes(emf(text(nik)), 40))),
    row("docx", "a metafile's text", lambda nik: document({"word/media/a.emf": emf(text(f"NIK {nik}"))})),
    row(
        "docx",
        "a packed metafile's text",
        lambda nik: document({"word/media/a.wmz": gzip.compress(wmf(wmf_text(f"NIK {nik}")))}),
    ),
    row("doc", "how an object was shown", shown_object),
    row(
        "rtf",
        "a metafile's text",
        lambda nik: b"{\\rtf1 {\\pict\\wmetafile8 %b}}" % wmf(wmf_text(nik), placeable=False).hex().encode(),
    ),
)
