"""No cell of a CSV that Lumbung writes is run as a formula by the spreadsheet that opens it.

Source: OWASP, "CSV Injection". A cell that begins with = + - @, a tab or a carriage return (also in their full-width
forms) and is not a plain number gets an apostrophe in front, which spreadsheets read as "this is text". The same
is done behind a semicolon, a tab or a line break within a cell: an Indonesian spreadsheet splits at semicolons, and
what stands behind one would then begin a cell of its own.
"""

import re

import polars as pl

DANGEROUS = r"(^|[;|\t\r\n])\s*[=+\-@＝＋－＠]|^[\t\r]"
HARMLESS = r"^([+-]?\d[\d.,]*%?|-+)$"
BEGINNING = re.compile(r"(^|[;|\t\r\n])(\s*)(?=[=+\-@＝＋－＠])")


def defused(table: pl.DataFrame) -> pl.DataFrame:
    """The same table with every dangerous text and column name made harmless. Numbers are not touched."""
    columns = [_defused_column(column) if column.dtype == pl.String else column for column in table]
    return pl.DataFrame([column.alias(_defused_cell(column.name)) for column in columns])


def _defused_column(column: pl.Series) -> pl.Series:
    dangerous = column.str.contains(DANGEROUS) & ~column.str.contains(HARMLESS)
    if not dangerous.any():
        return column
    rewritten = [_defused_cell(cell) for cell in column.filter(dangerous)]
    return column.scatter(dangerous.arg_true(), rewritten)


def _defused_cell(cell: str) -> str:
    if re.search(HARMLESS, cell):
        return cell
    made = BEGINNING.sub(r"\1\2'", cell)
    return f"'{made}" if made[:1] in "\t\r" and made else made
