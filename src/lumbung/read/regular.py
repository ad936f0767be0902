"""Delimited text in bulk, by Polars, with a proof that nothing fell out.

RFC 4180 and what Polars 2.1 makes of it: a blank line is a row of nulls, a short row is filled with nulls, a long row
raises, a quote in the middle of a bare cell is kept, a damaged quoted cell raises, bytes that are not UTF-8 raise.
"""

import mmap
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

import polars as pl

from lumbung.read.encoding import SAMPLE
from lumbung.read.letters import letters
from lumbung.read.limits import Limits
from lumbung.read.opened import QUOTE
from lumbung.read.proof import Irregular, prove_whole
from lumbung.read.unreadable import Unreadable

NOWHERE = "\0"  # parts nothing: NUL characters are taken out beforehand
UNPACKED = (b"\x1f\x8b", b"x\x01", b"x\x5e", b"x\x9c", b"x\xda", b"\x28\xb5\x2f\xfd")  # Polars would decompress these
BARE_RETURN = re.compile(rb"\r[^\n]")  # the line end of old Macintoshes, which Polars takes for content


@dataclass(frozen=True, slots=True)
class Text:
    """UTF-8 text in two views: `source` for Polars (a file maps faster than bytes copy), `data` for looking at it.

    `quoted` says whether a quotation mark is anywhere in it, and may take as long as going through all of it.
    """

    source: BinaryIO | bytes
    data: mmap.mmap | bytes
    quoted: Callable[[], bool]


def frame_of_text(text: Text, *, delimiter: str | None, width: int, limits: Limits) -> pl.DataFrame:
    """Every cell of the text, columns named by letter, null where empty. Raise Irregular where that is not certain.

    `delimiter` None makes one column of lines. `width` is a guess at the number of columns, corrected when too low.
    """
    if text.data[:4].startswith(UNPACKED) or BARE_RETURN.search(text.data[:SAMPLE]):
        raise Irregular
    if not _shows_quotes(text.data):
        frame = _unquoted(text, delimiter=delimiter, width=width, limits=limits)
        if frame is not None:
            return frame
    frame = _parsed(text, delimiter=delimiter, width=width, quoted=True, limits=limits)
    prove_whole(frame, text.data, delimiter)
    return frame.with_columns(pl.when(pl.all() != "").then(pl.all()))


def _shows_quotes(data: mmap.mmap | bytes) -> bool:
    """Whether a quotation mark stands where one looks first: at the beginning, in the middle, at the end."""
    places = {0, len(data) // 2, max(0, len(data) - SAMPLE)}
    return any(QUOTE in data[place : place + SAMPLE] for place in places)


def _unquoted(text: Text, *, delimiter: str | None, width: int, limits: Limits) -> pl.DataFrame | None:
    """The cells of a text that looks as if it had no quotation marks; None where it turns out to have one."""
    try:
        frame = _bare(text, delimiter=delimiter, width=width, limits=limits)
    except (Irregular, Unreadable):
        if text.quoted():
            return None
        raise
    return None if text.quoted() else frame


def _bare(text: Text, *, delimiter: str | None, width: int, limits: Limits) -> pl.DataFrame:
    try:
        return _parsed(text, delimiter=delimiter, width=width, quoted=False, limits=limits)
    except Irregular:
        if delimiter is None:
            raise
        return _parsed(text, delimiter=delimiter, width=_longest(text, delimiter), quoted=False, limits=limits)


def _parsed(text: Text, *, delimiter: str | None, width: int, quoted: bool, limits: Limits) -> pl.DataFrame:
    if width > limits.columns:
        raise Unreadable("too-large")
    if not isinstance(text.source, bytes):
        text.source.seek(0)
    if isinstance(text.data, mmap.mmap):
        text.data.madvise(mmap.MADV_DONTNEED)  # Polars maps the file once more; what was looked at need not stay
    most = limits.cells // width
    frame = _read_csv(text.source, delimiter=delimiter or NOWHERE, width=width, quoted=quoted, most=most + 1)
    if frame.height > most:
        raise Unreadable("too-large")
    return frame


def _read_csv(
    source: BinaryIO | bytes, *, delimiter: str, width: int, quoted: bool, most: int | None = None
) -> pl.DataFrame:
    """`most` rows at most, so that no text makes a table that outgrows the memory."""
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
            n_rows=most,
        )
    except pl.exceptions.PolarsError as error:
        raise Irregular from error


def _longest(text: Text, delimiter: str) -> int:
    """Cells in the longest line of a text without quotation marks."""
    lines = _read_csv(text.data[:], delimiter=NOWHERE, width=1, quoted=False)
    return int(lines.select(pl.col("A").str.count_matches(delimiter, literal=True).max()).item() or 0) + 1
