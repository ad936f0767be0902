"""Sheets to files: XLSX, XLS (BIFF8), ODS, HTML under an .xls name, CSV. Numbers are stored as numbers.

A file comes out as an office's own program would leave it: numbers as 64-bit floats, dates as numbers with a date
format, hidden sheets still there. Nothing is checked, masked or repaired.
"""

import csv
import html
import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from lumbung.invent.ods import ods_bytes
from lumbung.invent.sheet import Cell, Row, Sheet

WRITTEN = datetime(2024, 1, 2, 8, 0)  # the same rows give the same bytes
FORMATS = ("xlsx", "xls", "ods", "csv", "html")


def write(sheets: Sequence[Sheet], *, to: Path, format: str) -> None:
    """Write to a path in one of FORMATS. CSV and HTML hold the first sheet alone; KeyError for another format."""
    writers = {"xlsx": _xlsx, "xls": _xls, "ods": ods_bytes, "csv": csv_bytes, "html": _html}
    to.write_bytes(writers[format](sheets))


def csv_bytes(sheets: Sequence[Sheet], *, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """The first sheet as delimited text; dates as DD/MM/YYYY, a character the encoding lacks as a question mark."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([shown(cell) for cell in row] for row in sheets[0].rows)
    return out.getvalue().encode(encoding, errors="replace")


def shown(cell: Cell) -> str:
    """The cell as text."""
    if cell is None:
        return ""
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)


def _xlsx(sheets: Sequence[Sheet]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": WRITTEN})
        dates = book.add_format({"num_format": "dd/mm/yyyy"})
        for part in sheets:
            _fill_xlsx(book.add_worksheet(part.name), part, dates)
        next(page for page, part in zip(book.worksheets(), sheets, strict=True) if not part.hidden).activate()
    return out.getvalue()


def _fill_xlsx(page: xlsxwriter.worksheet.Worksheet, part: Sheet, dates: object) -> None:
    for number, row in enumerate(part.rows):
        for index, cell in _filled(row):
            if isinstance(cell, date):
                page.write_datetime(number, index, cell, dates)
            elif isinstance(cell, str):
                page.write_string(number, index, cell)
            else:
                page.write_number(number, index, cell)
    for index in part.hidden_columns:
        page.set_column(index, index, None, None, {"hidden": True})
    for number in part.hidden_rows:
        page.set_row(number, None, None, {"hidden": True})
    if part.hidden:
        page.hide()


def _filled(row: Row) -> list[tuple[int, str | int | float | date]]:
    return [(index, cell) for index, cell in enumerate(row) if cell is not None and cell != ""]


def _xls(sheets: Sequence[Sheet]) -> bytes:
    import xlwt  # comes with the portal; the engine alone does not write old workbooks

    book = xlwt.Workbook()
    dates = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for part in sheets:
        page = book.add_sheet(part.name)
        page.visibility = int(part.hidden)
        for number, row in enumerate(part.rows):
            for index, cell in _filled(row):
                page.write(number, index, cell, *([dates] if isinstance(cell, date) else []))
        for index in part.hidden_columns:
            page.col(index).hidden = True
        for number in part.hidden_rows:
            page.row(number).hidden = True
    book.active_sheet = next(number for number, part in enumerate(sheets) if not part.hidden)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _html(sheets: Sequence[Sheet]) -> bytes:
    rows = ("".join(f"<td>{html.escape(shown(cell))}</td>" for cell in row) for row in sheets[0].rows)
    table = "\n".join(f"<tr>{row}</tr>" for row in rows)
    return f'<html><meta charset="utf-8"><body><table border="1">\n{table}\n</table></body></html>'.encode()
