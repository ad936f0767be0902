"""Which columns Parquet and Arrow files hold, and how many rows, by their footers.

Sources: the Apache Parquet format specification; Apache Arrow, "Arrow Columnar Format", section IPC. What lies beside
the columns is present where it has text.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lumbung.document import Passage, Table, Unread
from lumbung.read.opened import Opened
from lumbung.read.present import Present
from lumbung.read.sweep import text_of_bytes

LONG_TEXT = re.compile(rb"[\x20-\x7e]{12,}")
METADATA, OUTSIDE, BENEATH = "metadata", "(di luar kolom)", "(di bawah sel)"


def key_of_column(index: int, rows: int) -> str:
    """The key of a column, counted from 0.

    >>> key_of_column(0, 12)
    'kolom 1, 12 baris'
    """
    return f"kolom {index + 1}, {rows} baris"


def keys_given(table: Table, parts: Iterable[Passage | Unread]) -> frozenset[str]:
    """The keys of what a reader gives: its columns as high as they are, its other parts by name."""
    columns = {key_of_column(index, table.texts.height - 1) for index in range(table.texts.width)}
    return frozenset(columns | {one.place.part or "" for one in parts})


def parquet_columns(opened: Opened) -> Iterator[Present]:
    """Every column of the schema over all row groups, and the metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = pq.ParquetFile(pa.BufferReader(opened.data))
    sizes: Counter[str] = Counter()
    for group in (file.metadata.row_group(index) for index in range(file.metadata.num_row_groups)):
        for chunk in (group.column(index) for index in range(group.num_columns)):
            sizes[chunk.path_in_schema.partition(".")[0]] += chunk.total_compressed_size
    yield from _columns(file.schema_arrow, file.metadata.num_rows, sizes)
    footer = opened.size - 8 - int.from_bytes(opened.data[-8:-4], "little")
    beside = _beside(opened, file.metadata, footer)
    for name, content in ((METADATA, opened.data[footer:-8]), (OUTSIDE, beside)):
        if text_of_bytes(content).strip():
            yield Present(name=name, key=name, size=len(content))


def _beside(opened: Opened, metadata: Any, footer: int) -> bytes:
    """Bytes before the footer that are no column's."""
    columns = range(metadata.num_columns)
    chunks = [metadata.row_group(group).column(one) for group in range(metadata.num_row_groups) for one in columns]
    pieces, position = [], 4
    for start, size in sorted((_start(chunk), chunk.total_compressed_size) for chunk in chunks):
        pieces.append(opened.data[position:start])
        position = max(position, start + size)
    return b"\0\0\0".join([*pieces, opened.data[position:footer]])


def _start(chunk: Any) -> int:
    offset = int(chunk.dictionary_page_offset or 0) if chunk.has_dictionary_page else 0
    return min(offset, int(chunk.data_page_offset)) if offset > 0 else int(chunk.data_page_offset)


def arrow_columns(opened: Opened) -> Iterator[Present]:
    """Every column of the schema over all batches, and what lies in the buffers beneath its cells."""
    import pyarrow as pa

    data = opened.data[:]
    with pa.ipc.open_file(pa.BufferReader(data)) as file:
        batches = [file.get_batch(index) for index in range(file.num_record_batches)]
        sizes: Counter[str] = Counter()
        for batch in batches:
            sizes.update({name: column.nbytes for name, column in zip(batch.schema.names, batch.columns, strict=True)})
        yield from _columns(file.schema, sum(batch.num_rows for batch in batches), sizes)
    if LONG_TEXT.search(data):
        yield Present(name=BENEATH, key=BENEATH, size=max(0, opened.size - sizes.total()))


def _columns(schema: Any, rows: int, sizes: Mapping[str, int]) -> Iterator[Present]:
    for index, name in enumerate(schema.names):
        yield Present(name=str(name), key=key_of_column(index, rows), size=sizes.get(name, 0))
