"""One writer per format. Each writes the table's own cells and nothing else: no author, no formulas, no styles."""

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import chain
from pathlib import Path

import polars as pl
import xlsxwriter

from lumbung.rebuild.formulas import defused

MOST_SHEET_ROWS = 1_048_576  # the limits of the format itself (ECMA-376)
MOST_SHEET_COLUMNS = 16_384
LONGEST_SHEET_CELL = 32_767
MOST_SHEET_CELLS = 4_000_000  # beyond this a spreadsheet is no help, and writing one takes minutes
ROWS_PER_GROUP = 50_000  # a page of a preview reads one group
BYTES_PER_PAGE = 1 << 16  # of that group it unpacks one such piece of each column: a third of the time, a tenth larger
A_FIXED_MOMENT = datetime(2019, 6, 18)


def write_csv(table: pl.DataFrame, path: Path) -> None:
    """UTF-8 without a mark, comma, CRLF, quotes where needed (RFC 4180); formulas are defused."""
    defused(table).write_csv(path, line_terminator="\r\n")


def write_json(table: pl.DataFrame, path: Path) -> None:
    """An array of records, one per row, keyed by the column names."""
    table.write_json(path)


def write_parquet(table: pl.DataFrame, path: Path) -> None:
    """Zstandard, in groups of rows and pieces of columns small enough to page through."""
    table.write_parquet(path, row_group_size=ROWS_PER_GROUP, data_page_size=BYTES_PER_PAGE)


def write_xlsx(table: pl.DataFrame, path: Path) -> None:
    """One sheet, texts as texts: a formula, a link or a number hidden in a text stays the text that it was."""
    plainly = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent), **plainly})
    book.set_properties({"created": A_FIXED_MOMENT})
    sheet = book.add_worksheet("Data")
    for number, row in enumerate(chain([tuple(table.columns)], table.iter_rows())):
        for position, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, position, cell)
            elif cell is not None:
                sheet.write_number(number, position, cell)
    book.close()


def fits_a_sheet(table: pl.DataFrame) -> bool:
    """Whether XLSX can hold the table without losing anything."""
    if table.height >= MOST_SHEET_ROWS or table.width > MOST_SHEET_COLUMNS:
        return False
    if any(len(name) > LONGEST_SHEET_CELL for name in table.columns):
        return False
    texts = [column for column in table if column.dtype == pl.String]
    shorter = all(bool((column.str.len_chars() <= LONGEST_SHEET_CELL).all()) for column in texts)
    return shorter and table.height * table.width <= MOST_SHEET_CELLS


WRITERS: Mapping[str, Callable[[pl.DataFrame, Path], None]] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "json": write_json,
    "parquet": write_parquet,
}
