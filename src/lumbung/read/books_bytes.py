"""The book of a delimited text: its bytes, counted without a second reading, against the bytes of its cells.

RFC 4180: what is no delimiter, quotation mark or line end is content. A text without quotation marks must come out to
the byte; in one with them, marks inside the cells may hide as many bytes as they are themselves. Of a long text
without them only the lines are counted, in the one pass that hashes it (`opened.Seen`): there no cell can be lost but
with its line.
"""

import mmap
from collections.abc import Sequence

import polars as pl

from lumbung.document import Passage, Table
from lumbung.read.delimiter import delimiter_of, sample_of
from lumbung.read.encoding import SAMPLE, encoding_of, to_utf8, wide_encoding_of
from lumbung.read.opened import EMPTY, QUOTE, STEP, Opened

MARK = b"\xef\xbb\xbf"
LONG = 4 * 2**20


def is_whole(opened: Opened, *, tables: Sequence[Table], passages: Sequence[Passage]) -> bool:
    """Whether the cells, and raw text beside them, hold every byte that is content; of a long text, every line."""
    seen = opened.seen()
    plain = wide_encoding_of(opened.data[:SAMPLE]) is None and EMPTY not in seen.signs
    if opened.size > LONG and plain and QUOTE not in seen.signs:
        return seen.lines <= sum(map(_rows_of, tables))
    given = sum(map(_bytes_of, tables))
    given += sum(len(passage.text.encode()) for passage in passages if passage.swept)
    if plain and given == _content(opened.data):
        return True
    return given >= _content(to_utf8(opened, encoding_of(opened))[0])


def _bytes_of(table: Table) -> int:
    return sum(table.texts.select(pl.all().str.len_bytes().sum()).row(0)) if table.texts.width else 0


def _rows_of(table: Table) -> int:
    return table.texts.height


def _content(data: mmap.mmap | bytes) -> int:
    """How many bytes are content, if the delimiter is what its lines say."""
    marks = ('\r\n"' + (delimiter_of(sample_of(data)) or "")).encode()
    pieces = (data[start : start + STEP] for start in range(0, len(data), STEP))
    return sum(len(piece.translate(None, marks)) for piece in pieces) - len(MARK) * (data[: len(MARK)] == MARK)
