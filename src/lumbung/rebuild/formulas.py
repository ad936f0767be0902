"""No cell of a CSV that Lumbung writes is run as a formula by the spreadsheet that opens it.

Source: OWASP, "CSV Injection". A cell that begins with = + - @, a tab or a carriage return (also in their full-width
forms) and is not a plain number gets an apostrophe in front, which spreadsheets read as "this is text"; so does one
with such a sign behind blanks and signs that nobody sees, which some programs drop first. The same is done behind a
semicolon, a tab or a line break within a cell: an Indonesian spreadsheet splits at semicolons, and what stands behind
one, or behind one and a quotation mark, would then begin a cell of its own.
"""

import re

import polars as pl

from lumbung.rebuild.header import unique_names

# Blanks, control signs and signs without a shape: the same class for both engines of regular expressions.
UNSEEN = (
    r"\s\x00-\x1f\x7f-\x9f"
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
)
SIGNS = "=+\\-@＝＋－＠"
DANGEROUS = rf"(?:^[{UNSEEN}]*|[;|\t\r\n][{UNSEEN}\"]*)[{SIGNS}]|^[\t\r]"
HARMLESS = r"^([+-]?\d[\d.,]*([eE][+-]?\d{1,3})?%?|-+)$"
# Each run of what may stand before a sign is looked at once, from its beginning: cells of a million tabs are sent too.
BEFORE_SIGN = re.compile(rf"(?<![{UNSEEN};|\"])[{UNSEEN};|\"]*+(?=[{SIGNS}])")
BEGINS_CELL = re.compile(r"[;|\t\r\n]")


def defused(table: pl.DataFrame) -> pl.DataFrame:
    """The same table with every dangerous text and column name made harmless. Numbers are not touched."""
    columns = [_defused_column(column) if column.dtype == pl.String else column for column in table]
    names: tuple[str, ...] = tuple(_defused_cell(column.name) for column in columns)
    if len(set(names)) < len(names):  # "=a" beside "'=a"
        names = unique_names(names)
    return pl.DataFrame([column.alias(name) for column, name in zip(columns, names, strict=True)])


def _defused_column(column: pl.Series) -> pl.Series:
    dangerous = column.str.contains(DANGEROUS) & ~column.str.contains(HARMLESS)
    if not dangerous.any():
        return column
    rewritten = [_defused_cell(cell) for cell in column.filter(dangerous)]
    return column.scatter(dangerous.arg_true(), rewritten)


def _defused_cell(cell: str) -> str:
    if re.search(HARMLESS, cell):
        return cell
    made = BEFORE_SIGN.sub(_with_apostrophe, cell)
    return f"'{made}" if made[:1] in "\t\r" and made else made


def _with_apostrophe(before: re.Match[str]) -> str:
    """What stands before a sign, with an apostrophe behind it where a cell begins: here, or for who splits there."""
    begins = BEGINS_CELL.search(before[0]) or (before.start() == 0 and '"' not in before[0])
    return f"{before[0]}'" if begins else before[0]
