"""Parquet, by Arrow: every column as text, nested ones as JSON text, file and column metadata as passages.

Source: the Apache Parquet format specification. Names of columns become the table's first row, as in any other table.
"""

from collections.abc import Iterator
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from lumbung.document import Passage, Place
from lumbung.read.arrow_columns import decoded, table_of_arrow
from lumbung.read.books_columns import keys_given
from lumbung.read.opened import Opened, Parts
from lumbung.read.parquet_rest import beside_columns, unused_texts
from lumbung.read.unreadable import Unreadable


def read_parquet(opened: Opened) -> Parts:
    """One table. Raise Unreadable: "broken", "encrypted", "too-large" (columns, cells), "bomb" (unfolded bytes)."""
    try:
        file = pq.ParquetFile(pa.BufferReader(opened.data))
        _check_size(file.metadata, opened)
        arrow = file.read()
        arrow.validate(full=True)  # text that is no UTF-8, offsets that lead nowhere: Polars would not ask
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise Unreadable("encrypted" if "encrypt" in str(error).lower() else "broken") from error
    whole = table_of_arrow(arrow)
    texts = [pl.Series(whole.texts[name]) for name in whole.texts.columns]
    loose, unread = beside_columns(opened, file.metadata)
    passages = (*_metadata(arrow.schema, file.metadata), *unused_texts(opened, arrow.schema, texts), *loose)
    taken = keys_given(whole, (*passages, *unread))
    return Parts(format="parquet", tables=(whole,), passages=passages, unread=unread, taken=taken)


def _check_size(metadata: Any, opened: Opened) -> None:
    groups = [metadata.row_group(index) for index in range(metadata.num_row_groups)]
    values = sum(group.column(index).num_values for group in groups for index in range(group.num_columns))
    if metadata.num_columns > opened.limits.columns or max(values, metadata.num_rows) > opened.limits.cells:
        raise Unreadable("too-large")
    if sum(group.total_byte_size for group in groups) > opened.limits.bytes:
        raise Unreadable("bomb")


def _metadata(schema: Any, metadata: Any) -> Iterator[Passage]:
    """Keys and values that a writer left in the footer: of the file, of the schema, of single columns."""
    pairs = [*(metadata.metadata or {}).items(), *(schema.metadata or {}).items()]
    pairs += [pair for column in schema for pair in (column.metadata or {}).items()]
    lines = [f"{decoded(key)}: {decoded(value)}" for key, value in dict(pairs).items() if key != b"ARROW:schema"]
    if lines:
        yield Passage(place=Place(part="metadata", hidden=True), text="\n".join(lines))
