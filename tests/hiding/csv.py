"""Delimited text: cells and lines that a spreadsheet program would not show."""

import codecs

from tests.hiding import HidingPlace

TABLE = "Dusun,Jumlah\r\nKrajan,812\r\nKauman,640\r\n"


def with_line(line: str) -> bytes:
    """A small harmless table with one more line."""
    return (TABLE + line).encode()


PLACES = (
    HidingPlace(
        format="csv", where="a cell beyond the last heading", plant=lambda nik: with_line(f"Jati,3,,,{nik}\r\n")
    ),
    HidingPlace(
        format="csv",
        where="a cell of UTF-16 with its byte order mark",
        plant=lambda nik: codecs.BOM_UTF16_BE + f"{TABLE}{nik},1\r\n".encode("utf-16-be"),
    ),
)
