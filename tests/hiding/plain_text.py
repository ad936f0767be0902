"""Plain text: sentences over several lines, and lists."""

import base64
import binascii
import gzip
from collections.abc import Callable

from tests.hiding import HidingPlace

LETTER = "Berita acara rapat desa\n\nPada hari ini telah hadir di balai desa seorang warga dari dusun timur,\n{}\n"


def row(where: str, text: Callable[[str], str], **at: object) -> HidingPlace:
    """A row about a text without a delimiter."""
    return HidingPlace(format="txt", where=where, plant=lambda nik: LETTER.format(text(nik)).encode(), at=at)


def code(where: str, written: Callable[[bytes], bytes], *, inside: str = "") -> HidingPlace:
    """A row about a text that is another one in a code."""
    return HidingPlace(
        format="txt",
        where=where,
        plant=lambda nik: written(f"desa,kode\nMadusari,{nik}\n".encode()),
        at={"part": f"(isi yang disandikan){inside}"},
    )


def escaped(before: str, behind: str = "", *, base: str = "02x") -> Callable[[bytes], bytes]:
    """Every sign as an escape."""
    return lambda text: "".join(f"{before}{sign:{base}}{behind}" for sign in text).encode()


PLACES = (
    row("a sentence", lambda nik: f"pemegang nomor {nik}, untuk bermusyawarah bersama.", row="3-4"),
    row(
        "a sentence, its number parted by the end of a line",
        lambda nik: f"untuk bermusyawarah bersama, yang membawa kartu {nik[:9]}\n{nik[9:]} dan surat pengantar.",
        row="3-5",
    ),
    row("a list", lambda nik: f"\n- {nik}\n- menyusul\n"),
    row(
        "groups of four with blanks",
        lambda nik: f"pemegang nomor {' '.join(nik[i : i + 4] for i in range(0, 16, 4))}.",
    ),
    code("the whole text in hexadecimal digits", lambda text: text.hex().encode()),
    code("the whole text in Base32", base64.b32encode),
    code(
        "the whole text in Base64, packed by gzip before",
        lambda text: base64.b64encode(gzip.compress(text, mtime=0)),
        inside="!(isi)",
    ),
    code("the whole text in Base85", base64.b85encode),
    code("the whole text in Ascii85", lambda text: base64.a85encode(text, adobe=True)),
    code("the whole text by uuencode", lambda text: b"begin 644 a.csv\n" + binascii.b2a_uu(text) + b"`\nend\n"),
    code("digits as escapes of an address", escaped("%")),
    code("digits as escapes of quoted-printable", escaped("=", base="02X")),
    code("digits as references of a page, outside a page", escaped("&#", ";", base="d")),
    code("digits as escapes of a program", escaped("\\u", base="04x")),
    code("digits turned into other signs by ROT47", lambda text: bytes(33 + (sign + 14) % 94 for sign in text)),
)
