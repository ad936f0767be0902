"""Parquet, by Arrow: every column as text, nested ones as JSON text, file and column metadata as passages.

Source: the Apache Parquet format specification. Names of columns become the table's first row, as in any other table.
"""

import json
from collections.abc import Iterator
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from lumbung.document import Passage, Place
from lumbung.read.grid import table
from lumbung.read.letters import letter
from lumbung.read.opened import Opened, Parts
from lumbung.read.parquet_rest import beside_columns, unused_texts
from lumbung.read.unreadable import Unreadable

LARGEST_WHOLE = 2.0**63  # above it a whole float does not fit the integer that writes it without a point


def read_parquet(opened: Opened) -> Parts:
    """One table. Raise Unreadable: "broken", "encrypted", "too-large" (columns, cells), "bomb" (unfolded bytes)."""
    try:
        file = pq.ParquetFile(pa.BufferReader(opened.data))
        _check_size(file.metadata, opened)
        arrow = file.read()
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise Unreadable("encrypted" if "encrypt" in str(error).lower() else "broken") from error
    columns = [_read_column(column) for column in arrow.columns]
    texts = [_below(name, _texts(column)) for name, column in zip(arrow.column_names, columns, strict=True)]
    numbers = {
        letter(index): _below(None, column.cast(pl.Float64, strict=False))
        for index, column in enumerate(columns)
        if column.dtype.is_numeric()
    }
    whole = table(
        pl.DataFrame({letter(index): series for index, series in enumerate(texts)}),
        place=Place(),
        numbers=pl.DataFrame(numbers),
    )
    loose, unread = beside_columns(opened, file.metadata)
    passages = (*_metadata(arrow.schema, file.metadata), *unused_texts(opened, arrow.schema, texts), *loose)
    return Parts(format="parquet", tables=(whole,), passages=passages, unread=unread)


def _check_size(metadata: Any, opened: Opened) -> None:
    groups = [metadata.row_group(index) for index in range(metadata.num_row_groups)]
    values = sum(group.column(index).num_values for group in groups for index in range(group.num_columns))
    if metadata.num_columns > opened.limits.columns or max(values, metadata.num_rows) > opened.limits.cells:
        raise Unreadable("too-large")
    if sum(group.total_byte_size for group in groups) > opened.limits.bytes:
        raise Unreadable("bomb")


def _read_column(column: Any) -> pl.Series:
    if pa.types.is_nested(column.type):
        values = (
            None if value is None else json.dumps(value, default=str, ensure_ascii=False) for value in _values(column)
        )
        return pl.Series(values, dtype=pl.String)
    if pa.types.is_null(column.type):
        return pl.Series([None] * len(column), dtype=pl.String)
    series = pl.Series(pl.from_arrow(column))
    if series.dtype == pl.Binary:
        return pl.Series([_decoded(value) for value in series], dtype=pl.String)
    return series


def _values(column: Any) -> Iterator[Any]:
    return (value.as_py() for chunk in column.chunks for value in chunk)


def _decoded(value: bytes | None) -> str | None:
    """Bytes as the text that may be in them; other bytes become the characters of windows-1252."""
    return None if value is None else value.decode("utf-8", "lumbung-cp1252")


def _texts(series: pl.Series) -> pl.Series:
    """Every value with all its digits; whole numbers that were stored as floats without point or exponent."""
    texts = series.cast(pl.String)
    if series.dtype.is_float():
        whole = series.is_finite() & (series.abs() < LARGEST_WHOLE) & (series.floor() == series)
        return texts.zip_with(~whole.fill_null(False), series.cast(pl.Int64, strict=False).cast(pl.String))
    return texts.set(texts == "", None)


def _below(header: str | float | None, series: pl.Series) -> pl.Series:
    return pl.concat([pl.Series([header or None], dtype=series.dtype), series])


def _metadata(schema: Any, metadata: Any) -> Iterator[Passage]:
    """Keys and values that a writer left in the footer: of the file, of the schema, of single columns."""
    pairs = [*(metadata.metadata or {}).items(), *(schema.metadata or {}).items()]
    pairs += [pair for column in schema for pair in (column.metadata or {}).items()]
    lines = [f"{_decoded(key)}: {_decoded(value)}" for key, value in dict(pairs).items() if key != b"ARROW:schema"]
    if lines:
        yield Passage(place=Place(part="metadata", hidden=True), text="\n".join(lines))
