"""Tables folded into one column: lines of delimited text that a spreadsheet took for single cells, and entries of a
few lines each, as pages and letters set them.

Excel does the former to a CSV whose delimiter is not the one of its country, and people save it so.
"""

from collections import Counter
from dataclasses import replace

import polars as pl

from lumbung.document import Table

DELIMITERS = {";": 1, "|": 1, "\t": 1, " — ": 1, " – ": 1, " - ": 1, ",": 2}
"""With how many of each at least a line is parted: a single comma stands before a degree, too."""
MARK = r"^\s*(?:\(?\d{1,5}[.)]\s+|\(?[A-Za-z][.)]\s+|[-–—]\s+|[*•·‣▪◦]\s*)"
"""Before an entry of a list: a number, a letter, a dot."""
_GAP = r"(?:[ \t]*</?[A-Za-z][^<>]{0,300}>[ \t]*)+| {2,}"
"""Between the columns of a line as a screen aligns them, or as the mark-up in a cell parts them."""
LEAST, TALLEST, SAMPLE = 3, 20_000, 200
"""So many lines at least; a taller sheet is not looked at; so many lines tell the delimiter."""
SHARE = 0.6
"""This share of the lines must have the same number of delimiters."""
ENTRY, ENTRIES, ALIKE = (2, 7), 6, 0.95
"""Lines of an entry; so many entries at least; this share of the lines must be like the one that many lines on."""


def unfolded(table: Table) -> Table | None:
    """The table that the lines make, or None where the cells are no such lines."""
    texts = table.texts
    if not texts.width or not LEAST <= texts.height <= TALLEST:
        return None
    filled = [column for column in texts.columns if (texts[column].str.len_bytes() > 0).any()]
    if len(filled) != 1:
        return None
    parted = _parts(texts[filled[0]])
    return replace(table, texts=parted, numbers=pl.DataFrame(), layer=None) if parted is not None else None


def _parts(cells: pl.Series) -> pl.DataFrame | None:
    """The columns that the cells hold, without the marks of a list in front."""
    bare = cells.str.replace(MARK, "").str.replace_all(_GAP, "\t").str.strip_chars("\t ")
    lines = [cell for cell in bare.drop_nulls().head(SAMPLE) if cell.strip()]
    if cut := _delimiter(lines):
        sign, count = cut
        parts = bare.str.strip_chars('"').str.splitn(sign, count + 1).struct.unnest()
        names = {old: f"P{number}" for number, old in enumerate(parts.columns, start=1)}
        return parts.rename(names).with_columns(pl.all().str.strip_chars(" \"'"))
    if entry := _entry(lines):
        return _beside(bare, *entry)
    marked = cells.head(SAMPLE).str.contains(MARK).sum()
    return pl.DataFrame({"P1": bare}) if marked >= max(LEAST, SHARE * len(lines)) else None


def _delimiter(lines: list[str]) -> tuple[str, int] | None:
    for sign, fewest in DELIMITERS.items():
        counts = Counter(line.count(sign) for line in lines)
        count, times = counts.most_common(1)[0] if counts else (0, 0)
        if count >= fewest and times >= max(LEAST, SHARE * len(lines)):
            return sign, count
    return None


def _entry(lines: list[str]) -> tuple[int, int] | None:
    """How many lines an entry has, told by where digits stand, and on which of them the first begins."""
    digits = [any(sign.isdecimal() for sign in line) for line in lines]
    if not ENTRIES * ENTRY[0] <= len(lines) or len(set(digits)) == 1:
        return None
    for size in range(*ENTRY):
        like = [one == other for one, other in zip(digits, digits[size:], strict=False)]
        if len(lines) >= ENTRIES * size and sum(like) >= ALIKE * len(like):
            words = [index for index in range(len(lines)) if not digits[index] and (index == 0 or digits[index - 1])]
            return size, Counter(index % size for index in words).most_common(1)[0][0]
    return None


def _beside(cells: pl.Series, size: int, first: int) -> pl.DataFrame:
    """Each entry as a row; lines before the first are left out, as is an entry that breaks off."""
    lines = [cell for cell in cells.drop_nulls() if cell.strip()][first:]
    rows = [lines[start : start + size] for start in range(0, len(lines) - size + 1, size)]
    return pl.DataFrame(rows, schema=[f"P{number}" for number in range(1, size + 1)], orient="row")
