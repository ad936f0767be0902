"""Columns of Arrow memory as text, as Parquet and Arrow files have them: nested ones as JSON text.

Source: Apache Arrow, "Arrow Columnar Format". Names of columns become the first row, as in any other table.
"""

import json
from collections.abc import Iterator
from typing import Any

import polars as pl
import pyarrow as pa

from lumbung.document import Place, Table
from lumbung.read.grid import table
from lumbung.read.letters import letter

LARGEST_WHOLE = 2.0**63  # above it a whole float does not fit the integer that writes it without a point


def table_of_arrow(arrow: Any) -> Table:
    """A pyarrow.Table as one of ours. Raise pyarrow.ArrowException where a column is damaged."""
    columns = [_read_column(column) for column in arrow.columns]
    texts = [_below(name, _texts(column)) for name, column in zip(arrow.column_names, columns, strict=True)]
    numbers = {
        letter(index): _below(None, column.cast(pl.Float64, strict=False))
        for index, column in enumerate(columns)
        if column.dtype.is_numeric()
    }
    frame = pl.DataFrame({letter(index): series for index, series in enumerate(texts)})
    return table(frame, place=Place(), numbers=pl.DataFrame(numbers))


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
        return pl.Series([decoded(value) for value in series], dtype=pl.String)
    return series


def _values(column: Any) -> Iterator[Any]:
    return (value.as_py() for chunk in column.chunks for value in chunk)


def decoded(value: bytes | None) -> str | None:
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
