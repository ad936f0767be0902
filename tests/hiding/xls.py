"""Old workbooks (BIFF8): records beside the cells, streams beside the workbook, sectors that belong to nothing."""

import struct
from collections.abc import Callable

import xlwt

from tests.hiding import HidingPlace
from tests.read.planted_xls import saved, with_record


def place(where: str, plant: Callable[[str], bytes]) -> HidingPlace:
    """A row of this format."""
    return HidingPlace(format="xls", where=where, plant=plant)


def filled(fill: Callable[[xlwt.Workbook, xlwt.Worksheet], object]) -> bytes:
    """A workbook of one sheet and one harmless cell, and what `fill` does to it."""

    def build(book: xlwt.Workbook) -> None:
        sheet = book.add_sheet("Data")
        sheet.write(2, 3, 7)
        fill(book, sheet)

    return saved(build)


def in_state(nik: str, state: int) -> bytes:
    """The number on a second sheet in this state."""

    def fill(book: xlwt.Workbook, _: xlwt.Worksheet) -> None:
        sheet = book.add_sheet("Belakang")
        sheet.visibility = state
        sheet.write(0, 0, int(nik))

    return filled(fill)


def recorded(kind: int, payload: bytes) -> bytes:
    """One more record in the only sheet."""
    return with_record(filled(lambda book, sheet: None), kind, payload)


def in_loose_sectors(nik: str) -> bytes:
    """The number in a sector behind the last, of which no table speaks."""
    return filled(lambda book, sheet: None) + (nik.encode() + b"\0" * 16) * 16


PLACES = (
    place("a cell stored as a number", lambda nik: filled(lambda book, sheet: sheet.write(0, 0, int(nik)))),
    place("a cell with text", lambda nik: filled(lambda book, sheet: sheet.write(0, 0, nik))),
    place("a hidden sheet", lambda nik: in_state(nik, 1)),
    place("a very hidden sheet", lambda nik: in_state(nik, 2)),
    place("the name of a sheet", lambda nik: filled(lambda book, sheet: book.add_sheet(f"n {nik}").write(0, 0, 1))),
    place(
        "the header of a printed page",
        lambda nik: filled(lambda book, sheet: setattr(sheet, "header_str", f"&L{nik}".encode())),
    ),
    place(
        "a number in a formula",
        lambda nik: filled(lambda book, sheet: sheet.write(0, 0, xlwt.Formula(f"MOD({nik};7)"))),
    ),
    place(
        "a text in a formula", lambda nik: filled(lambda book, sheet: sheet.write(0, 0, xlwt.Formula(f'LEN("{nik}")')))
    ),
    place(
        "two texts that a formula joins",
        lambda nik: filled(lambda book, sheet: sheet.write(0, 0, xlwt.Formula(f'LEN("{nik[:8]}"&"{nik[8:]}")'))),
    ),
    place(
        "the target of a link",
        lambda nik: filled(lambda book, sheet: sheet.write(0, 0, xlwt.Formula(f'HYPERLINK("http://x/{nik}","buka")'))),
    ),
    place("a string that no cell shows", lambda nik: filled(lambda book, sheet: book.add_str(f"lama {nik}"))),
    place("a header's own record", lambda nik: recorded(0x14, struct.pack("<HB", 16, 0) + nik.encode())),
    place("a footer in UTF-16", lambda nik: recorded(0x15, struct.pack("<HB", 16, 1) + nik.encode("utf-16-le"))),
    place("a record nobody ever heard of", lambda nik: recorded(0x8FF, b"\0\0" + nik.encode("utf-16-le"))),
    place(
        "a cell under another of the same address",
        lambda nik: recorded(0x203, struct.pack("<HHHd", 2, 3, 0, float(nik))),
    ),
    place("a validation", lambda nik: recorded(0x1BE, b"\0" * 8 + nik.encode())),
    place(
        "a number kept from another workbook",
        lambda nik: recorded(0x5A, struct.pack("<BBHBd", 0, 0, 4, 1, float(nik))),
    ),
    place(
        "a text kept from another workbook",
        lambda nik: recorded(0x5A, struct.pack("<BBHBHB", 0, 0, 4, 2, 16, 0) + nik.encode()),
    ),
    place("sectors that belong to nothing", in_loose_sectors),
)
