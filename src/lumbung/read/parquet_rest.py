"""What a Parquet file holds beside its rows: the footer's own text, unused dictionary values, bytes of no column.

Source: the Apache Parquet format specification (file layout, page index, Thrift footer, whose strings are plain).
Numbers in a dictionary that no row shows are not seen.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from lumbung.document import Passage, Place, Unread
from lumbung.read.opened import Opened
from lumbung.read.sweep import swept, text_of_bytes

FOOTER = Place(part="metadata", hidden=True)
BETWEEN = Place(part="(di luar kolom)", hidden=True)


def unused_texts(opened: Opened, schema: pa.Schema, shown: Iterable[pl.Series]) -> Iterator[Passage]:
    """Texts in the dictionaries of flat columns that no row shows."""
    flat = [field.name for field in schema if pa.types.is_string(field.type) or pa.types.is_dictionary(field.type)]
    if not flat:
        return
    coded = pq.ParquetFile(pa.BufferReader(opened.data), read_dictionary=flat).read(columns=flat)
    kept = [
        pl.Series(values=pl.from_arrow(chunk.dictionary), dtype=pl.String)
        for column in coded.columns
        if pa.types.is_dictionary(column.type) and pa.types.is_string(column.type.value_type)
        for chunk in column.chunks
    ]
    left = pl.concat(kept).unique() if kept else pl.Series(dtype=pl.String)
    for series in shown:
        left = left.filter(~left.is_in(series.implode()))
    yield from swept(Place(part="(nilai tak terpakai)", hidden=True), "\n".join(left.drop_nulls().to_list()))


def beside_columns(opened: Opened, metadata: Any) -> tuple[tuple[Passage, ...], tuple[Unread, ...]]:
    """The text of everything that is no column; bytes of which the footer does not speak are named unread as well.

    A file with page indexes keeps them there: their text is looked at, and they are not named.
    """
    footer = opened.size - 8 - int.from_bytes(opened.data[-8:-4], "little")
    passages = swept(FOOTER, text_of_bytes(opened.data[footer : opened.size - 8]))
    loose = b"\0\0\0".join(opened.data[start:end] for start, end in _gaps(metadata, footer)).strip(b"\0")
    if not loose:
        return passages, ()
    indexed = any(chunk.has_offset_index or chunk.has_column_index for chunk in _chunks(metadata))
    unread = () if indexed else (Unread(place=BETWEEN, why="not-accounted"),)
    return (*passages, *swept(BETWEEN, text_of_bytes(loose))), unread


def _gaps(metadata: Any, footer: int) -> Iterator[tuple[int, int]]:
    position = 4
    for start, end in sorted(map(_extent, _chunks(metadata))):
        if start > position:
            yield position, start
        position = max(position, end)
    if footer > position:
        yield position, footer


def _chunks(metadata: Any) -> Iterator[Any]:
    for index in range(metadata.num_row_groups):
        group = metadata.row_group(index)
        yield from (group.column(column) for column in range(group.num_columns))


def _extent(chunk: Any) -> tuple[int, int]:
    start = chunk.data_page_offset
    if chunk.has_dictionary_page and 0 < chunk.dictionary_page_offset < start:
        start = chunk.dictionary_page_offset
    return start, start + chunk.total_compressed_size
