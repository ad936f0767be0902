"""A blank as a workbook to fill in without a connection, and what comes back from one.

The second row carries a mark that says which blank, year and village it is. Cells that are not for filling in are
locked, without a password: against slips, not against people.
"""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from lumbung.portal.intake.blanks.definition import Blank, Column, Line
from lumbung.portal.intake.blanks.form import BREAK
from lumbung.portal.intake.blanks.table import Values

MARK = re.compile(r"lumbung-blangko ([a-z]{1,30}) (\d{4}) (\d{2}\.\d{2}\.\d{2}\.\d{4})")
HEAD_ROW = 3  # counted from nought
LONGEST_LIST = 255  # letters of a list of choices that a workbook takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a filled workbook says: which blank, year and village (kode wilayah), and its cells by field name."""

    code: str
    year: int
    kode: str
    cells: Mapping[str, str]


class Lacking(Exception):
    """Some headings of the blank are there and others not; `headings` are those, in the blank's own words."""

    def __init__(self, headings: Sequence[str]) -> None:
        super().__init__("lacking")
        self.headings = headings


def written(blank: Blank, *, year: int, kode: str, village: str, values: Values) -> bytes:
    """The workbook, filled in as far as values are known."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Isian")
    bold, open_cell = book.add_format({"bold": True}), book.add_format({"locked": False, "bg_color": "#FFF8E1"})
    sheet.protect()
    sheet.write_string(0, 0, f"{blank.title}, {village}, {year}", bold)
    sheet.write_string(1, 0, f"lumbung-blangko {blank.code} {year} {kode}")
    heads, rows = _grid(blank)
    for position, head in enumerate(heads):
        sheet.write_string(HEAD_ROW, position, head, bold)
    for number, (about, cells) in enumerate(rows, start=HEAD_ROW + 1):
        for position, text in enumerate(about):
            sheet.write_string(number, position, text)
        for position, (line, column) in enumerate(cells, start=len(about)):
            _write(sheet, number, position, values.get(line.code, {}).get(column.name), column, open_cell)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, len(heads), 26)
    book.close()
    return content.getvalue()


def understood(texts: Sequence[Sequence[str]]) -> Filled | None:
    """The rows of the first sheet, read back; None where they are not those of a blank of ours.

    The mark may stand anywhere, and columns and rows in any order: columns are known by their headings where there are
    any, rows by their code. Raise Lacking where a heading is gone, for then nobody knows whose the cells are.
    """
    from lumbung.portal.intake.blanks.definition import blanks

    marks = [match for row in texts for cell in row if (match := MARK.fullmatch(cell.strip()))]
    blank = blanks().get(marks[0][1]) if marks else None
    if blank is None:
        return None
    cells = dict(_cells(blank, texts))
    return Filled(code=blank.code, year=int(marks[0][2]), kode=marks[0][3], cells=cells)


def _grid(blank: Blank) -> tuple[list[str], list[tuple[list[str], list[tuple[Line, Column]]]]]:
    """The heads of the sheet, and its rows: what is printed, then the cells to fill in."""
    if blank.single:
        line = blank.rows()[0]
        rows = [([one.name, one.label, one.unit], [(line, one)]) for one in blank.columns]
        return ["kode", "bidang", "satuan", "isi"], rows
    heads = [f"{column.label} ({column.unit})" if column.unit else column.label for column in blank.columns]
    printed = ["kode", "kelompok", "uraian"] if blank.lines else ["nomor"]
    lines = [
        ([line.code, line.section, line.label][: len(printed)], [(line, column) for column in blank.columns])
        for line in blank.rows()
    ]
    return [*printed, *heads], lines


def _cells(blank: Blank, texts: Sequence[Sequence[str]]) -> Iterable[tuple[str, str]]:
    """By the code in the first column, so that a row that was moved or left out confuses nothing."""
    heads, rows = _grid(blank)
    start = len(rows[0][0])
    code_at, *places = _places([heads[0], *heads[start:]], texts) or [0, *range(start, len(heads))]
    known = {about[0]: cells for about, cells in rows}
    for row in texts:
        for place, (line, column) in zip(places, known.get(_at(row, code_at), ()), strict=False):
            if place < len(row):
                yield f"{line.code}{BREAK}{column.name}", row[place]


def _places(heads: Sequence[str], texts: Sequence[Sequence[str]]) -> list[int]:
    """Where each heading stands, in the row that has most of them; none where no column to fill in has its heading."""
    wanted = [head.casefold() for head in heads]
    plain = [[cell.strip().casefold() for cell in row] for row in texts]
    best = max(plain, key=lambda row: len(set(row) & set(wanted[1:])), default=[])
    if not set(best) & set(wanted[1:]):
        return []
    lacking = [head for head, name in zip(heads, wanted, strict=True) if name not in best]
    if lacking:
        raise Lacking(lacking)
    return [best.index(name) for name in wanted]


def _at(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def _write(sheet: Any, row: int, position: int, value: object, column: Column, style: Any) -> None:
    if isinstance(value, int | float):
        sheet.write_number(row, position, value, style)
    elif isinstance(value, str):
        sheet.write_string(row, position, value, style)
    else:
        sheet.write_blank(row, position, None, style)
    if column.choices and len(",".join(column.choices)) <= LONGEST_LIST:
        sheet.data_validation(row, position, row, position, {"validate": "list", "source": list(column.choices)})
    elif column.kind in ("whole", "money"):
        rule = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": column.most}
        sheet.data_validation(row, position, row, position, rule)
