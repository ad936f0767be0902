"""What Excel, an export, or a hurried hand does to a register on its way to the portal.

Each damage turns sheets into sheets and leaves every column where it stood. Damages of numbers touch each run of
sixteen digits that does not begin with 0; nothing here is Excel itself, only what its files have been seen to hold.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lumbung.invent.sheet import Cell, Sheet

Sheets = tuple[Sheet, ...]
NUMBER = re.compile(r"(?<!\d)[1-9]\d{15}(?!\d)")
WORKBOOKS = ("xlsx", "xls", "ods")


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """`formats` are those that can carry it; `on_numbers` says that a layout without NIK and KK stays untouched."""

    name: str
    apply: Callable[[Sheets], Sheets]
    formats: tuple[str, ...] = ("xlsx", "xls", "ods", "csv")
    on_numbers: bool = True


def _each_cell(sheets: Sheets, change: Callable[[Cell], Cell]) -> Sheets:
    return tuple(part.but(rows=tuple(tuple(map(change, row)) for row in part.rows)) for part in sheets)


def _text(spell: Callable[[str], str]) -> Callable[[Sheets], Sheets]:
    """Respell every number inside a text, and every number stored as one."""

    def change(cell: Cell) -> Cell:
        if isinstance(cell, str):
            return NUMBER.sub(lambda found: spell(found.group()), cell)
        return spell(str(cell)) if isinstance(cell, int) and NUMBER.fullmatch(str(cell)) else cell

    return lambda sheets: _each_cell(sheets, change)


def as_number(sheets: Sheets) -> Sheets:
    """Stored as a 64-bit float, as Excel does with anything that looks like a number."""
    return _each_cell(sheets, lambda cell: int(cell) if isinstance(cell, str) and NUMBER.fullmatch(cell) else cell)


def without_header(sheets: Sheets) -> Sheets:
    """Bare data. A report of blocks keeps the heads of its later blocks."""
    return tuple(part.but(rows=part.rows[part.head :], head=0) for part in sheets)


def three_rows(sheets: Sheets) -> Sheets:
    """The first three rows under the header; a report of blocks keeps its first block."""
    return tuple(part.but(rows=part.rows[: part.head + (6 if part.blocks else 3)]) for part in sheets)


def under_titles(sheets: Sheets) -> Sheets:
    """Four more rows on top, as a letterhead takes."""
    titles: tuple[tuple[Cell, ...], ...] = (("PEMERINTAH KABUPATEN TIRTALOKA",), ("REKAPITULASI TAHUN 2017",), (), ())
    return tuple(part.but(rows=titles + part.rows, head=part.head + len(titles)) for part in sheets)


def cover() -> Sheet:
    """An innocent first sheet."""
    return Sheet(name="Rekap", rows=(("Dusun", "Jumlah"), ("Krajan", 812), ("Kauman", 640), ("Sawahan", 733)))


def on_hidden_sheets(sheets: Sheets) -> Sheets:
    """Behind a visible sheet of harmless totals."""
    return cover(), *(part.but(hidden=True) for part in sheets)


def in_hidden_columns(sheets: Sheets) -> Sheets:
    """The columns that hold numbers of people are hidden, not deleted."""
    return tuple(part.but(hidden_columns=_number_columns(part)) for part in sheets)


def in_hidden_rows(sheets: Sheets) -> Sheets:
    """Every row under the header is hidden, as a filter leaves it."""
    return tuple(part.but(hidden_rows=frozenset(range(part.head, len(part.rows)))) for part in sheets)


def _number_columns(part: Sheet) -> frozenset[int]:
    return frozenset(
        index for row in part.rows for index, cell in enumerate(row) if NUMBER.search(str(cell if cell else ""))
    )


def _dotted(number: str) -> str:
    return f"{number[:2]}.{number[2:4]}.{number[4:6]}.{number[6:12]}.{number[12:]}"


DAMAGES: Sequence[Damage] = (
    Damage(name="angka", apply=as_number, formats=WORKBOOKS),
    Damage(name="teks-desimal", apply=_text(lambda number: f"{number}.0")),
    Damage(name="digit-akhir-nol", apply=_text(lambda number: f"{number[:15]}0")),
    Damage(name="e15-pendek", apply=_text(lambda number: f"{float(number):.5E}")),
    Damage(name="e15-koma", apply=_text(lambda number: f"{float(number):.5E}".replace(".", ","))),
    Damage(name="e15-penuh", apply=_text(lambda number: f"{float(number):.14E}")),
    Damage(name="apostrof", apply=_text(lambda number: f"'{number}")),
    Damage(name="nbsp-tertulis", apply=_text(lambda number: f"{number}&nbsp")),
    Damage(name="spasi-keras", apply=_text(lambda number: f"\u00a0{number}\u00a0")),
    Damage(name="titik", apply=_text(_dotted)),
    Damage(name="spasi", apply=_text(lambda number: f"{number[:6]} {number[6:12]} {number[12:]}")),
    Damage(name="strip", apply=_text(lambda number: f"{number[:4]}-{number[4:8]}-{number[8:12]}-{number[12:]}")),
    Damage(name="bintang-belakang", apply=_text(lambda number: f"{number[:12]}****")),
    Damage(name="bintang-depan", apply=_text(lambda number: f"{'*' * 12}{number[12:]}")),
    Damage(name="x-belakang", apply=_text(lambda number: f"{number[:8]}XXXXXXXX")),
    Damage(name="14-digit", apply=_text(lambda number: number[:14])),
    Damage(name="15-digit", apply=_text(lambda number: number[:15])),
    Damage(name="17-digit", apply=_text(lambda number: f"{number}1")),
    Damage(name="tanpa-kepala", apply=without_header, on_numbers=False),
    Damage(name="tiga-baris", apply=three_rows, on_numbers=False),
    Damage(name="berjudul", apply=under_titles, on_numbers=False),
    Damage(name="lembar-tersembunyi", apply=on_hidden_sheets, formats=WORKBOOKS, on_numbers=False),
    Damage(name="kolom-tersembunyi", apply=in_hidden_columns, formats=WORKBOOKS),
    Damage(name="baris-tersembunyi", apply=in_hidden_rows, formats=WORKBOOKS, on_numbers=False),
)

# How a CSV of the same rows may be written: a name, its encoding, its delimiter.
CSV_FORMS = (
    ("utf-8-bom", "utf-8-sig", ","),
    ("utf-16", "utf-16", ","),
    ("utf-16-tanpa-bom", "utf-16-le", ";"),
    ("cp1252", "cp1252", ";"),
    ("titik-koma", "utf-8", ";"),
    ("tab", "utf-8", "\t"),
    ("pipa", "utf-8", "|"),
)
