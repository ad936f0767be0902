"""Delimited text in bulk, by Polars, with a proof that nothing fell out.

RFC 4180 and what Polars 2.1 makes of it: a blank line is a row of nulls, a short row is filled with nulls, a long row
raises, a quote in the middle of a bare cell is kept, a damaged quoted cell raises, bytes that are not UTF-8 raise.
"""

import mmap
from dataclasses import dataclass
from typing import BinaryIO

import polars as pl

from lumbung.read.letters import letters
from lumbung.read.limits import Limits
from lumbung.read.opened import STEP
from lumbung.read.unreadable import Unreadable

NOWHERE = "\0"  # parts nothing: NUL characters are taken out beforehand
LONGEST_CELL = 100  # line breaks; more means that a stray quotation mark swallowed the rows
UNPACKED = (b"\x1f\x8b", b"x\x01", b"x\x5e", b"x\x9c", b"x\xda", b"\x28\xb5\x2f\xfd")  # Polars would decompress these


@dataclass(frozen=True, slots=True)
class Text:
    """UTF-8 text in two views: `source` for Polars (a file maps faster than bytes copy), `data` for looking at it."""

    source: BinaryIO | bytes
    data: mmap.mmap | bytes


class Irregular(Exception):
    """Polars would drop, merge or misread something of this text."""


def frame_of_text(text: Text, *, delimiter: str | None, width: int, limits: Limits) -> pl.DataFrame:
    """Every cell of the text, columns named by letter, null where empty. Raise Irregular where that is not certain.

    `delimiter` None makes one column of lines. `width` is a guess at the number of columns, corrected when too low.
    """
    quoted = text.data.find(b'"') >= 0
    if text.data[:4].startswith(UNPACKED) or _has_bare_returns(text.data):
        raise Irregular
    try:
        frame = _parsed(text, delimiter=delimiter, width=width, quoted=quoted, limits=limits)
    except Irregular:
        if quoted or delimiter is None:
            raise
        frame = _parsed(text, delimiter=delimiter, width=_longest(text, delimiter), quoted=False, limits=limits)
    return _proven(frame, text.data, delimiter) if quoted else frame


def _parsed(text: Text, *, delimiter: str | None, width: int, quoted: bool, limits: Limits) -> pl.DataFrame:
    if width > limits.columns or _too_many(text.data, width, limits):
        raise Unreadable("too-large")
    if not isinstance(text.source, bytes):
        text.source.seek(0)
    return _read_csv(text.source, delimiter=delimiter or NOWHERE, width=width, quoted=quoted)


def _read_csv(source: BinaryIO | bytes, *, delimiter: str, width: int, quoted: bool) -> pl.DataFrame:
    try:
        return pl.read_csv(
            source,
            has_header=False,
            schema=dict.fromkeys(letters(width), pl.String),
            infer_schema=False,
            separator=delimiter,
            quote_char='"' if quoted else None,
            missing_columns="insert",
            glob=False,
        )
    except pl.exceptions.PolarsError as error:
        raise Irregular from error


def _too_many(data: mmap.mmap | bytes, width: int, limits: Limits) -> bool:
    """Whether the table would have more cells than the limit; lines are counted only where that is possible at all."""
    return len(data) * width > limits.cells and (count(data, b"\n") + 1) * width > limits.cells


def _longest(text: Text, delimiter: str) -> int:
    """Cells in the longest line of a text without quotation marks."""
    lines = _read_csv(text.data[:], delimiter=NOWHERE, width=1, quoted=False)
    return int(lines.select(pl.col("A").str.count_matches(delimiter, literal=True).max()).item() or 0) + 1


def _proven(frame: pl.DataFrame, data: mmap.mmap | bytes, delimiter: str | None) -> pl.DataFrame:
    """The frame, if every byte that is not a delimiter, quotation mark or line end stands in one of its cells."""
    marks = ['"', "\n", "\r", *([delimiter] if delimiter else [])]
    inside = {mark: frame.select(pl.all().str.count_matches(mark, literal=True)) for mark in marks}
    if (inside["\n"].select(pl.max_horizontal(pl.all().max())).item() or 0) > LONGEST_CELL:
        raise Irregular
    kept = _total(frame.select(pl.all().str.len_bytes())) - sum(map(_total, inside.values()))
    there = len(data) - sum(count(data, mark.encode()) for mark in marks)
    if kept != there - 3 * (data[:3] == b"\xef\xbb\xbf"):
        raise Irregular
    return frame.with_columns(pl.when(pl.all() != "").then(pl.all()))


def _total(counts: pl.DataFrame) -> int:
    return int(counts.select(pl.sum_horizontal(pl.all().cast(pl.UInt64).sum())).item() or 0)


def _has_bare_returns(data: mmap.mmap | bytes) -> bool:
    """Whether some carriage return is not followed by a line feed (old Macintosh line ends, or one inside a cell)."""
    if data.find(b"\r") < 0:
        return False
    return count(data, b"\r") != count(data, b"\r\n")


def count(data: mmap.mmap | bytes, mark: bytes) -> int:
    """How often `mark` stands in the data, which may be a memory map."""
    overlap = len(mark) - 1
    return sum(data[start : start + STEP + overlap].count(mark) for start in range(0, len(data), STEP))
