"""Rich Text Format: what a program shows, what it skips, and what is written out in hexadecimal."""

from collections.abc import Callable, Mapping

from tests.hiding import HidingPlace
from tests.hiding.docx import hexadecimal
from tests.read.planted import package as workbook


def place(where: str, content: Callable[[str], bytes], at: Mapping[str, object] | None = None) -> HidingPlace:
    """A row whose number stands in a small sound document."""
    return HidingPlace(
        format="rtf",
        where=where,
        plant=lambda nik: b"{\\rtf1\\ansi\\ansicpg1252 Surat biasa\\par " + content(nik) + b"\\par}",
        at=at or {},
    )


def unicode_escapes(nik: str) -> bytes:
    """The digits as Unicode escapes, each with another sign behind it for old programs."""
    return b"".join(b"\\u%d?" % ord(digit) for digit in nik)


def behind_escapes(nik: str) -> bytes:
    """The digits as what only old programs show, behind Unicode escapes of letters."""
    return b"".join(b"\\u97\\'%02x" % ord(digit) for digit in nik)


def old_object(data: bytes) -> bytes:
    """An OLE 1.0 object that is a file in a package."""
    label = b"a.csv\0C:\\a.csv\0"
    native = b"\2\0" + label + b"\0\0\3\0" + (8).to_bytes(4, "little") + b"C:\\a.cs\0"
    native += len(data).to_bytes(4, "little") + data
    head = (0x0501).to_bytes(4, "little") + (2).to_bytes(4, "little") + (8).to_bytes(4, "little") + b"Package\0"
    return head + bytes(8) + len(native).to_bytes(4, "little") + native


def rows(nik: str) -> bytes:
    """A table of two cells."""
    return b"\\trowd\\cellx1\\cellx2\\pard\\intbl NIK\\cell %b\\cell\\row\\pard" % nik.encode()


PLACES = (
    place("a number parted by formatting", lambda nik: b"{\\b %b}%b" % (nik[:6].encode(), nik[6:].encode())),
    place("digits as hexadecimal escapes", hexadecimal),
    place("digits as Unicode escapes", unicode_escapes),
    place("digits that only old programs show", behind_escapes, {"hidden": True}),
    place("a cell of a table", rows, {"sheet": "Tabel 1"}),
    place(
        "a table inside a table",
        lambda nik: (
            b"\\trowd\\cellx9\\pard\\intbl a\\itap2 %b\\nestcell\\nestrow\\pard\\intbl\\cell\\row\\pard"
            % hexadecimal(nik)
        ),
        {"sheet": "Tabel 1"},
    ),
    place("hidden text", lambda nik: b"{\\v %b}" % hexadecimal(nik)),
    place(
        "digits with hidden letters between them",
        lambda nik: b"%b{\\v x}%b" % (nik[:7].encode(), nik[7:].encode()),
        {"hidden": True},
    ),
    place("deleted text", lambda nik: b"{\\deleted %b}" % hexadecimal(nik), {"hidden": True}),
    place("a header", lambda nik: b"{\\header %b\\par}" % hexadecimal(nik)),
    place("a footnote", lambda nik: b"{\\footnote %b}" % hexadecimal(nik)),
    place("a comment", lambda nik: b"{\\*\\annotation %b}" % hexadecimal(nik)),
    place("a property", lambda nik: b"{\\info{\\subject %b}}" % hexadecimal(nik), {"hidden": True}),
    place("the code of a field", lambda nik: b"{\\field{\\*\\fldinst QUOTE %b}}" % hexadecimal(nik), {"hidden": True}),
    place("a bookmark's name", lambda nik: b"{\\*\\bkmkstart n%b}" % hexadecimal(nik), {"hidden": True}),
    place("a destination that nobody knows", lambda nik: b"{\\*\\lain %b}" % hexadecimal(nik), {"hidden": True}),
    place("a property of a shape", lambda nik: b"{\\shp{\\*\\shpinst{\\sp{\\sn a}{\\sv %b}}}}" % hexadecimal(nik)),
    place(
        "a file in an embedded package",
        lambda nik: b"{\\object{\\*\\objdata %b}}" % old_object(f"nik;nama\n{nik};A\n".encode()).hex().encode(),
    ),
    place(
        "an embedded workbook, in binary",
        lambda nik: (
            b"{\\*\\themedata\\bin%d %b}" % (len(data := workbook({"xl/sharedStrings.xml": f"<a>{nik}</a>"})), data)
        ),
    ),
    HidingPlace(
        format="rtf", where="behind the last brace", plant=lambda nik: b"{\\rtf1 Surat\\par}\n" + nik.encode(), at={}
    ),
)
