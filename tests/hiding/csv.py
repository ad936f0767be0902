"""Delimited text: cells and lines that a spreadsheet program would not show, and encodings that mislead it."""

import base64
import codecs
from collections.abc import Callable

from tests.hiding import FOUND, HidingPlace

TABLE = "Dusun,Jumlah\r\nKrajan,812\r\nKauman,640\r\n"
LONG = "Dusun,Jumlah\r\n" + "Krajan,812\r\n" * 6000


def place(where: str, plant: Callable[[str], bytes], answer: str = FOUND) -> HidingPlace:
    """A row of this format."""
    return HidingPlace(format="csv", where=where, plant=plant, answer=answer)


def with_line(line: str) -> bytes:
    """A small harmless table with one more line."""
    return (TABLE + line).encode()


PLACES = (
    place("a cell beyond the last heading", lambda nik: with_line(f"Jati,3,,,{nik}\r\n")),
    place("a title above the headings", lambda nik: f"Data {nik}\r\n\r\n{TABLE}".encode()),
    place("a line of remark signs", lambda nik: f"# {nik}\r\n{TABLE}".encode()),
    place("the heading itself", lambda nik: TABLE.replace("Jumlah", nik).encode()),
    place("the last line, without an end", lambda nik: (LONG + f"Jati,{nik}").encode()),
    place("far below blank lines", lambda nik: with_line("\r\n" * 5000 + f"{nik}\r\n")),
    place("far to the right of a short row", lambda nik: with_line("," * 900 + f"{nik}\r\n")),
    place("a line inside a quoted cell", lambda nik: with_line(f'"Jati\r\n{nik}\r\n",3\r\n')),
    place("a quoted cell that never ends", lambda nik: with_line(f'"Jati,{nik},3\r\nDusun,1\r\n')),
    place("text glued behind a closing quotation mark", lambda nik: with_line(f'"Jati"{nik},3\r\n')),
    place("a formula", lambda nik: with_line(f'"=""{nik}""",3\r\n')),
    place("a formula that joins two texts", lambda nik: with_line(f'"=""{nik[:5]}""&""{nik[5:]}""",3\r\n')),
    place("Base64", lambda nik: with_line(f"{base64.b64encode(nik.encode()).decode()},3\r\n")),
    place(
        "Base64 of letters of two bytes",
        lambda nik: with_line(f"{base64.b64encode(nik.encode('utf-16-le')).decode()},3\r\n"),
    ),
    place("behind two noughts", lambda nik: with_line(f"00{nik},3\r\n")),
    place(
        "one digit on each line, under its label", lambda nik: with_line("NIK,0\r\n" + ",x\r\n".join(nik) + ",x\r\n")
    ),
    place("behind an apostrophe", lambda nik: with_line(f"'{nik},3\r\n")),
    place("behind a NUL character", lambda nik: with_line(f"Jati\0{nik},3\r\n")),
    place("between NUL characters", lambda nik: with_line("\0".join(nik) + ",3\r\n"), "unknown-format"),
    place("behind the sign that ends files under DOS", lambda nik: with_line(f"\x1a\r\n{nik},3\r\n")),
    place("a second byte order mark before it", lambda nik: with_line(f"\ufeff{nik},3\r\n")),
    place("the line that names the delimiter", lambda nik: f"sep=;\r\n{nik};Jumlah\r\nKrajan;1\r\n".encode()),
    place("a line end of old Macintoshes", lambda nik: with_line(f"Jati,3\r{nik},4\rDukuh,5\r\n")),
    place("UTF-16 with its mark", lambda nik: codecs.BOM_UTF16_BE + f"{TABLE}{nik},1\r\n".encode("utf-16-be")),
    place("UTF-16 without its mark", lambda nik: f"{TABLE}{nik},1\r\n".encode("utf-16-le")),
    place("UTF-32 with its mark", lambda nik: codecs.BOM_UTF32_LE + f"{TABLE}{nik},1\r\n".encode("utf-32-le")),
    place("lines of UTF-16 behind long UTF-8", lambda nik: LONG.encode() + f"{nik},1\r\n".encode("utf-16-le")),
    place("full-width digits", lambda nik: with_line("".join(chr(ord(d) + 0xFEE0) for d in nik) + ",3\r\n")),
    place("Arabic-Indic digits", lambda nik: with_line("".join(chr(ord(d) - 48 + 0x660) for d in nik) + ",3\r\n")),
    place("digits parted by zero-width spaces", lambda nik: with_line("\u200b".join(nik) + ",3\r\n")),
    place("bytes that no encoding explains before it", lambda nik: TABLE.encode() + b"\xff\xfe\x81" + nik.encode()),
    place("a column beyond a thousand others", lambda nik: with_line("," * 1000 + nik + "\r\n")),
)
