"""Parquet: values, names, and the notes that only programs read."""

import io
import struct
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tests.hiding import HidingPlace


def place(where: str, plant: Callable[[str], bytes], answer: str = "nik") -> HidingPlace:
    """A row of this format."""
    return HidingPlace(format="parquet", where=where, plant=plant, answer=answer)


def written(columns: dict[str, Any], **options: Any) -> bytes:
    """A table of these columns as a file."""
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file, **options)
    return file.getvalue()


def noted(nik: str, *, on_column: bool) -> bytes:
    """The number among the notes of the file, or of its only column."""
    note = {"pemilik": nik}
    field = pa.field("a", pa.int64(), metadata=note if on_column else None)
    schema = pa.schema([field], metadata=None if on_column else note)
    file = io.BytesIO()
    pq.write_table(pa.table({"a": [1]}, schema=schema), file)
    return file.getvalue()


def unused(nik: str) -> bytes:
    """A dictionary with a value that no row shows."""
    values = pa.DictionaryArray.from_arrays(pa.array([0, 0]), pa.array(["Krajan", nik]))
    return written({"dusun": values})


def before_the_footer(nik: str) -> bytes:
    """Bytes between the last column and the footer, of which the footer does not speak."""
    data = written({"a": [1, 2, 3]})
    (length,) = struct.unpack("<I", data[-8:-4])
    start = len(data) - 8 - length
    return data[:start] + nik.encode() + data[start:]


PLACES = (
    place("a text", lambda nik: written({"a": ["x", nik]})),
    place("a whole number", lambda nik: written({"a": [1, int(nik)]})),
    place("a number with a fraction", lambda nik: written({"a": [0.5, float(nik)]})),
    place("a decimal", lambda nik: written({"a": pa.array([int(nik)]).cast(pa.decimal128(20, 0))})),
    place("bytes", lambda nik: written({"a": [nik.encode()]})),
    place("a list in a cell", lambda nik: written({"a": [[1, int(nik)]]})),
    place("a member of a record in a cell", lambda nik: written({"a": [{"b": {"c": nik}}]})),
    place("the name of a column", lambda nik: written({nik: [1]})),
    place("the notes of the file", lambda nik: noted(nik, on_column=False)),
    place("the notes of a column", lambda nik: noted(nik, on_column=True)),
    place("a value of the dictionary that no row shows", unused),
    place(
        "the name of the program that wrote it",
        lambda nik: written({"a": [1]}).replace(b"parquet-cpp-arrow", f" {nik} ".encode()[:17]),
    ),
    place("bytes between the columns and the footer", before_the_footer),
)
