"""Arrow files and streams, Feather version 2 among them: one table, the metadata, and the raw bytes as text.

Source: Apache Arrow, "Arrow Columnar Format", section IPC. Values that no row shows (under a null, in a dictionary,
between two messages) are looked for in the buffers as they lie in memory, and in the bytes of the file.
"""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from lumbung.document import Passage, Place
from lumbung.read.arrow_columns import decoded, table_of_arrow
from lumbung.read.books_columns import keys_given
from lumbung.read.opened import Opened, Parts
from lumbung.read.packed import text_of_packed
from lumbung.read.sweep import swept
from lumbung.read.unreadable import Unreadable


def read_arrow(opened: Opened) -> Parts:
    """One table. Raise Unreadable: "broken", "too-large" (columns, cells), "bomb" (unfolded bytes)."""
    data = opened.data[:]
    try:
        with pa.ipc.open_file(pa.BufferReader(data)) as file:
            arrow = _read(file, opened)
            pairs = _metadata(file)
        whole = table_of_arrow(arrow)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise Unreadable("broken") from error
    beside = Place(part="metadata", hidden=True)
    raw = "\n".join([text_of_packed(data), *_beneath(arrow)])
    hidden = swept(Place(part="(di bawah sel)", hidden=True), raw)
    passages = (Passage(place=beside, text="\n".join(pairs)), *hidden)
    return Parts(format="arrow", tables=(whole,), passages=passages, taken=keys_given(whole, passages))


def _read(file: Any, opened: Opened) -> Any:
    """All batches, while they keep within the limits."""
    batches, cells, size = [], 0, 0
    for index in range(file.num_record_batches):
        batch = file.get_batch(index)
        batch.validate(full=True)
        cells += batch.num_rows * batch.num_columns
        size += batch.nbytes
        if cells > opened.limits.cells or batch.num_columns > opened.limits.columns:
            raise Unreadable("too-large")
        if size > opened.limits.bytes:
            raise Unreadable("bomb")
        batches.append(batch)
    return pa.Table.from_batches(batches, schema=file.schema)


def _beneath(arrow: Any) -> Iterator[str]:
    """What the columns' buffers hold beside the cells: text of any kind, and values that a null covers."""
    for chunk in (chunk for column in arrow.columns for chunk in column.chunks):
        if pa.types.is_dictionary(chunk.type):
            yield "\n".join(map(str, chunk.dictionary.to_pylist()))
            continue
        buffers = chunk.buffers()
        yield from (text_of_packed(buffer.to_pybytes()) for buffer in buffers if buffer)
        if chunk.null_count and chunk.type.num_fields == 0 and not pa.types.is_null(chunk.type):
            bare = pa.Array.from_buffers(chunk.type, len(chunk), [None, *buffers[1:]], offset=chunk.offset)
            yield "\n".join(str(value.as_py()) for value in bare.filter(chunk.is_null()))


def _metadata(file: Any) -> list[str]:
    """Keys and values that a writer left: of the file, of the schema, of single columns."""
    pairs = [*(file.schema.metadata or {}).items(), *(getattr(file, "metadata", None) or {}).items()]
    pairs += [pair for column in file.schema for pair in (column.metadata or {}).items()]
    return [f"{decoded(key)}: {decoded(value)}" for key, value in pairs]
