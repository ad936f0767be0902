"""Registers that are in no cell: three identifiers and more in the parts of a workbook that nobody looks at."""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import xlsxwriter

from lumbung.gate import Verdict
from lumbung.invent import invent_households, people
from tests.corpus.case import Case
from tests.hiding import all_places

NUMBERS = [one.nik for _, one in people(invent_households(seed=77, count=12)) if len(one.nik) == 16][:8]
LINE = ", ".join(NUMBERS)
Book = xlsxwriter.Workbook
Page = xlsxwriter.worksheet.Worksheet


def _comment(book: Book, page: Page) -> None:
    page.write_comment("B2", LINE)


def _property(book: Book, page: Page) -> None:
    book.set_properties({"comments": LINE})


def _own_property(book: Book, page: Page) -> None:
    book.set_custom_property("Penerima", LINE)


def _header(book: Book, page: Page) -> None:
    page.set_header(f"&L{' '.join(NUMBERS)}")


def _text_box(book: Book, page: Page) -> None:
    page.insert_textbox("D2", LINE)


def _validation(book: Book, page: Page) -> None:
    page.data_validation("B2", {"validate": "list", "source": NUMBERS})


def _name(book: Book, page: Page) -> None:
    book.define_name("peserta", f'="{LINE}"')


def _sheet_name(book: Book, page: Page) -> None:
    for number in NUMBERS:
        book.add_worksheet(number)


def _formula(book: Book, page: Page) -> None:
    page.write_formula("B9", f'=LEN("{LINE}")', None, 142)


PLACES: dict[str, Callable[[Book, Page], None]] = {
    "komentar": _comment,
    "properti": _property,
    "properti-sendiri": _own_property,
    "kepala-halaman": _header,
    "kotak-teks": _text_box,
    "daftar-validasi": _validation,
    "nama-terdefinisi": _name,
    "nama-lembar": _sheet_name,
    "rumus": _formula,
}


def hidden_places() -> Iterator[Case]:
    """One harmless workbook for each place, with the identifiers in it."""
    for name, hide in PLACES.items():
        yield Case(
            subject="tempat-tersembunyi",
            damage=name,
            format="xlsx",
            write=lambda path, hide=hide: _write(path, hide),
            must=(("nik", None),),
        )
    yield Case(
        subject="tempat-tersembunyi", damage="bagian-asing", format="xlsx", write=_foreign_part, must=(("nik", None),)
    )


def listed_places() -> Iterator[Case]:
    """Every row of the list of hiding places, with one number in it; a row that is only held unread wants that."""
    for place in all_places():
        yield Case(
            subject=f"tempat-{place.format}",
            damage=place.where,
            format=place.format,
            write=lambda path, place=place: path.write_bytes(place.plant(NUMBERS[0])) and None,
            must=((place.answer, None),),
            least=Verdict.REVIEW,
        )


def _foreign_part(path: Path) -> None:
    """A part that no program asked for: the register as delimited text."""
    _write(path, lambda book, page: None)
    with zipfile.ZipFile(path, "a") as package:
        lines = "\n".join(f"{row},{number},{number},NAMA" for row, number in enumerate(NUMBERS))
        package.writestr("xl/sisipan.bin", lines)


def _write(path: Path, hide: Callable[[Book, Page], None]) -> None:
    with Book(path, {"in_memory": True}) as book:
        page = book.add_worksheet("Rekap")
        for number, row in enumerate([("Dusun", "Jumlah"), ("Krajan", 812), ("Kauman", 640)]):
            page.write_row(number, 0, row)
        hide(book, page)
