"""The package as spreadsheets: all tables in one workbook, the monograph in another. Printed numbers only.

No formula, no hidden sheet, no cached value: a cell that is hidden in the tables is empty here too.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from lumbung.aggregate.monograph import Form

Row = Sequence[str | int | None]
_A_FIXED_MOMENT = datetime(2019, 6, 18)  # the same release gives the same bytes
_PLAINLY = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_A4 = 9
_LONGEST_NAME = 31  # of a sheet, says the format


def write_tables(path: Path, tables: Mapping[str, Sequence[Row]], *, guide: Iterable[str]) -> None:
    """One sheet for each table (its first row holds the headings), after one with the reading guide."""
    with xlsxwriter.Workbook(str(path), _PLAINLY) as book:
        book.set_properties({"created": _A_FIXED_MOMENT})
        bold = book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        page = book.add_worksheet("panduan")
        page.set_column(0, 0, 110)
        for number, line in enumerate(guide):
            page.write_string(number, 0, line, wrapped)
        for name, rows in tables.items():
            _fill(book.add_worksheet(name[:_LONGEST_NAME]), rows, bold)


def write_monograph(path: Path, forms: Sequence[Form]) -> None:
    """A sheet for each village, set up to be printed on A4."""
    with xlsxwriter.Workbook(str(path), _PLAINLY) as book:
        book.set_properties({"created": _A_FIXED_MOMENT, "title": "Monografi desa, bagian A"})
        formats = {
            "bold": book.add_format({"bold": True}),
            "big": book.add_format({"bold": True, "font_size": 14}),
            "framed": book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
            "number": book.add_format({"border": 1, "num_format": "#,##0", "align": "right", "valign": "top"}),
            "decimal": book.add_format({"border": 1, "num_format": "#,##0.####", "align": "right", "valign": "top"}),
            "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        for form in forms:
            _fill_form(book.add_worksheet(form.village), form, formats)


def _fill(page: Any, rows: Sequence[Row], bold: Any) -> None:
    for number, row in enumerate(rows):
        for position, cell in enumerate(row):
            if isinstance(cell, int):
                page.write_number(number, position, cell)
            elif cell:
                page.write_string(number, position, cell, *([bold] if number == 0 else []))
    page.freeze_panes(1, 0)
    page.set_column(0, len(rows[0]) - 1, 16)


def _fill_form(page: Any, form: Form, formats: Mapping[str, Any]) -> None:
    page.set_paper(_A4)
    page.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    page.fit_to_pages(1, 0)
    for column, width in enumerate((7, 58, 26, 12, 12)):
        page.set_column(column, column, width)
    page.write_string(0, 0, "MONOGRAFI DESA", formats["big"])
    page.write_string(1, 0, "Bagian A. Data umum", formats["bold"])
    page.write_string(2, 0, f"Kode wilayah {form.village}. {form.title}.")
    for column, heading in enumerate(("No.", "Uraian", "Isi", "Satuan", "Diisi dari")):
        page.write_string(4, column, heading, formats["bold"])
    for number, line in enumerate(form.lines, start=5):
        page.write_string(number, 0, line.number, formats["framed"])
        page.write_string(number, 1, line.label, formats["framed"])
        if isinstance(line.value, int | float):
            decimal = formats["number"] if line.value == int(line.value) else formats["decimal"]
            page.write_number(number, 2, line.value, decimal)
        else:
            page.write_string(number, 2, line.shown, formats["framed"])
        page.write_string(number, 3, line.unit, formats["framed"])
        page.write_string(number, 4, "register" if line.counted else "formulir", formats["framed"])
    page.repeat_rows(4)
    for number, note in enumerate(form.remarks, start=len(form.lines) + 6):
        page.merge_range(number, 0, number, 4, note, formats["wrapped"])
        page.set_row(number, 32)
