"""Tables folded into one column: lines of delimited text that a spreadsheet took for single cells.

Excel does this to a CSV whose delimiter is not the one of its country, and people save it so.
"""

from collections import Counter
from dataclasses import replace

import polars as pl

from lumbung.document import Table

DELIMITERS = (";", "|", "\t", ",")
LEAST, TALLEST, SAMPLE = 3, 20_000, 200
"""So many lines at least; a taller sheet is not looked at; so many lines tell the delimiter."""
SHARE = 0.6
"""This share of the lines must have the same number of delimiters, two at least."""


def unfolded(table: Table) -> Table | None:
    """The table that the lines make, or None where the cells are no such lines."""
    texts = table.texts
    if not texts.width or not LEAST <= texts.height <= TALLEST:
        return None
    filled = [column for column in texts.columns if (texts[column].str.len_bytes() > 0).any()]
    if len(filled) != 1:
        return None
    cells = texts[filled[0]]
    cut = _delimiter([cell for cell in cells.drop_nulls().head(SAMPLE) if cell.strip()])
    if cut is None:
        return None
    sign, count = cut
    parts = cells.str.strip_chars('"').str.splitn(sign, count + 1).struct.unnest()
    names = {old: f"P{number}" for number, old in enumerate(parts.columns, start=1)}
    trimmed = parts.rename(names).with_columns(pl.all().str.strip_chars(" \"'"))
    return replace(table, texts=trimmed, numbers=pl.DataFrame(), layer=None)


def _delimiter(lines: list[str]) -> tuple[str, int] | None:
    for sign in DELIMITERS:
        counts = Counter(line.count(sign) for line in lines)
        count, times = counts.most_common(1)[0] if counts else (0, 0)
        if count >= 2 and times >= max(LEAST, SHARE * len(lines)):
            return sign, count
    return None
