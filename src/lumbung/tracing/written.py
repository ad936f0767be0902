"""A copy as a file, in memory: CSV, a spreadsheet, or print that is ready to be signed. Nothing touches a disk."""

import io

import polars as pl
import xlsxwriter

from lumbung.rebuild.formats import A_FIXED_MOMENT
from lumbung.rebuild.formulas import defused
from lumbung.tracing.printed import Stamp, write_pdf

FORMATS = ("pdf", "xlsx", "csv")


def as_file(table: pl.DataFrame, *, form: str, stamp: Stamp) -> bytes:
    """The bytes of a copy as `copies.copied` gives it. Raise KeyError for another form than FORMATS."""
    lines, cells = table["line"].to_list(), table.drop("line")
    makers = {
        "csv": lambda: _csv(cells),
        "xlsx": lambda: _xlsx(cells, stamp),
        "pdf": lambda: _pdf(cells, lines, stamp),
    }
    return makers[form]()


def _csv(table: pl.DataFrame) -> bytes:
    """UTF-8, comma, CRLF; formulas are defused. It has no place for a code."""
    written = io.BytesIO()
    defused(table).write_csv(written, line_terminator="\r\n")
    return written.getvalue()


def _xlsx(table: pl.DataFrame, stamp: Stamp) -> bytes:
    """One sheet, texts as texts; the properties of the file say for whom it is."""
    written = io.BytesIO()
    plainly = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(written, {"in_memory": True, **plainly})
    said = {"title": "Salinan terbatas", "subject": stamp.recipient, "comments": f"{stamp.sentence} {stamp.code}"}
    book.set_properties({"created": A_FIXED_MOMENT, **said})
    sheet = book.add_worksheet("Data")
    for number, row in enumerate([tuple(table.columns), *table.rows()]):
        for position, cell in enumerate(row):
            if cell is not None:
                sheet.write_string(number, position, cell)
    book.close()
    return written.getvalue()


def _pdf(table: pl.DataFrame, lines: list[int], stamp: Stamp) -> bytes:
    from lumbung.tracing.signable import signable

    written = io.BytesIO()
    write_pdf(table, lines, written, stamp=stamp)
    return signable(written.getvalue())
