"""CSV, TSV and every other delimited text (RFC 4180 and its many dialects), and plain text as a table of one column.

Regular text goes through Polars in bulk; what Polars would drop or misread goes through Python's csv module row by
row. Nothing is skipped: title rows, blank lines, and cells beyond the header's width are all in the table.
"""

import csv
import io
import mmap
import re
from collections.abc import Callable, Iterator
from itertools import chain

import polars as pl

from lumbung.document import Passage, Place
from lumbung.read.delimiter import delimiter_of, sample_of, width_of
from lumbung.read.encoding import SAMPLE, encoding_of, to_utf8, wide_encoding_of
from lumbung.read.grid import frame_of_rows, table
from lumbung.read.limits import Limits
from lumbung.read.opened import EMPTY, QUOTE, Opened, Parts
from lumbung.read.proof import LONGEST_CELL, Irregular
from lumbung.read.regular import Text, frame_of_text
from lumbung.read.unreadable import Unreadable

SEPARATOR_LINE = re.compile(rb'(?:\xef\xbb\xbf)?"?sep=([^\w\s"]|\t)"?\r?\n', re.IGNORECASE)
FORMATS = {"\t": "tsv", None: "text"}
REMAINDER = Place(part="teks mentah")
LONGEST_FIELD = 2**31 - 1
LAST = "\0"  # stands for the end of the text: NUL characters were taken out of it


class Unclosed(Exception):
    """A quotation mark opens a cell and swallows the rows after it."""


def read_text(opened: Opened) -> Parts:
    """One table of everything. Raise Unreadable("empty-file") for a text of nothing but blanks."""
    parts = _read_as_it_lies(opened)
    return _read_decoded(opened) if parts is None else parts


def _read_as_it_lies(opened: Opened) -> Parts | None:
    """The text where it is sound UTF-8 as Polars wants it; None where it has to be decoded first.

    An empty character far down shows only when the whole content was gone through, which is done meanwhile.
    """
    if wide_encoding_of(opened.data[:SAMPLE]) or EMPTY in opened.data[:SAMPLE]:
        return None
    text = Text(opened.file, opened.data, quoted=lambda: QUOTE in opened.seen().signs)
    try:
        parts = _read(text, frame_of_text, limits=opened.limits)
    except Irregular:
        return None
    except Unreadable:
        if EMPTY in opened.seen().signs:
            return None
        raise
    return None if EMPTY in opened.seen().signs else parts


def _read_decoded(opened: Opened) -> Parts:
    utf8, remainder = to_utf8(opened, encoding_of(opened))
    swept = (Passage(place=REMAINDER, text=remainder, swept=True),) if remainder else ()
    text = Text(utf8, utf8, quoted=lambda: QUOTE in utf8)
    try:
        return _read(text, frame_of_text, limits=opened.limits, passages=swept)
    except Irregular:
        return _read(text, _frame_row_by_row, limits=opened.limits, passages=swept)


def _read(
    text: Text, frame_of: Callable[..., pl.DataFrame], *, limits: Limits, passages: tuple[Passage, ...] = ()
) -> Parts:
    lines = sample_of(text.data)
    delimiter = _declared(text.data) or delimiter_of(lines)
    width = width_of(lines, delimiter) if delimiter else 1
    frame = frame_of(text, delimiter=delimiter, width=width, limits=limits)
    if not lines and not passages and _is_blank(frame):
        raise Unreadable("empty-file")
    return Parts(format=FORMATS.get(delimiter, "csv"), tables=(table(frame, place=Place()),), passages=passages)


def _declared(data: mmap.mmap | bytes) -> str | None:
    """The delimiter named by a first line "sep=;", which Excel obeys. The line stays in the table."""
    found = SEPARATOR_LINE.match(data[:16])
    return found[1].decode() if found and found[1].isascii() else None


def _is_blank(frame: pl.DataFrame) -> bool:
    return bool(frame.select(pl.all_horizontal(pl.all().str.strip_chars().fill_null("").eq("").all())).item())


def _frame_row_by_row(text: Text, *, delimiter: str | None, width: int, limits: Limits) -> pl.DataFrame:
    """As `frame_of_text`, for any text whatever: slower, and every character that is no mark ends in a cell."""
    utf8 = text.data[:]
    del width
    if delimiter is None:
        return frame_of_rows(([line.rstrip("\r\n")] for line in _lines(utf8)), limits=limits)
    try:
        return frame_of_rows(_closed_rows(utf8, delimiter), limits=limits)
    except Unclosed:
        bare = csv.reader(_lines(utf8), delimiter=delimiter, quoting=csv.QUOTE_NONE)
        return frame_of_rows(bare, limits=limits)


def _closed_rows(utf8: bytes, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_FIELD)
    rows = csv.reader(chain(_lines(utf8), [LAST]), delimiter=delimiter)
    for row in rows:
        if row == [LAST]:
            return
        if any(len(cell) > LONGEST_CELL and cell.count("\n") > LONGEST_CELL for cell in row):
            raise Unclosed
        yield row
    raise Unclosed


def _lines(utf8: bytes) -> Iterator[str]:
    """Lines with their ends, parted by line feeds, carriage returns or both."""
    return iter(io.TextIOWrapper(io.BytesIO(utf8), encoding="utf-8", newline=""))
