"""Rows in the five forms in which they travel, whole or piece by piece.

JSON and NDJSON (ndjson.org) keep numbers as numbers; CSV is RFC 4180 in UTF-8 with formulas defused, as the files on
the shelf are; Parquet and Arrow's stream (arrow.apache.org) keep the types of the columns.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from lumbung.rebuild.formulas import defused

CONTENT_TYPES = {
    "json": "application/json",
    "ndjson": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "arrow": "application/vnd.apache.arrow.stream",
}


def type_of(kind: pl.DataType) -> str:
    """A column's type in JSON Schema's words: "integer", "number", "boolean" or "string"."""
    if kind.is_integer():
        return "integer"
    if kind.is_numeric():
        return "number"
    return "boolean" if kind == pl.Boolean else "string"


def whole(rows: pl.DataFrame, form: str) -> bytes:
    """One page as a file of its own; in JSON the list of rows alone."""
    if form == "json":
        return rows.write_json().encode()
    return b"".join(stream(iter([rows]), form))


def stream(pieces: Iterator[pl.DataFrame], form: str) -> Iterator[bytes]:
    """The pieces, of which there is at least one, as they are read; the last bytes say that it is whole."""
    return STREAMS[form](pieces)


def _json(pieces: Iterator[pl.DataFrame]) -> Iterator[bytes]:
    between = b"["
    for piece in pieces:
        if piece.height:
            yield between + piece.write_json()[1:-1].encode()
            between = b","
    yield b"[]" if between == b"[" else b"]"


def _ndjson(pieces: Iterator[pl.DataFrame]) -> Iterator[bytes]:
    for piece in pieces:
        yield piece.write_ndjson().encode()


def _csv(pieces: Iterator[pl.DataFrame]) -> Iterator[bytes]:
    for number, piece in enumerate(pieces):
        yield defused(piece).write_csv(include_header=number == 0, line_terminator="\r\n").encode()


def _parquet(pieces: Iterator[pl.DataFrame]) -> Iterator[bytes]:
    return _through_arrow(pieces, lambda sink, schema: pq.ParquetWriter(sink, schema, compression="zstd"))


def _arrow(pieces: Iterator[pl.DataFrame]) -> Iterator[bytes]:
    return _through_arrow(pieces, pa.ipc.new_stream)


def _through_arrow(pieces: Iterator[pl.DataFrame], writer_of: Callable[..., Any]) -> Iterator[bytes]:
    sink = Sink()
    first = _plain(next(pieces))
    with closing(writer_of(sink, first.schema)) as writer:
        writer.write_table(first)
        yield sink.taken()
        for piece in pieces:
            writer.write_table(_plain(piece))
            yield sink.taken()
    yield sink.taken()


def _plain(piece: pl.DataFrame) -> pa.Table:
    """In types that every reader of Arrow knows."""
    return piece.to_arrow(compat_level=pl.CompatLevel.oldest())


class Sink:
    """A file without a memory: what was written goes on its way at once, for both writers only add to its end."""

    closed = False

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.length = 0

    def write(self, piece: Any) -> int:
        """Anything with bytes in it, of which a copy is kept: the writer uses its memory again."""
        copy = bytes(piece)
        self.written.append(copy)
        self.length += len(copy)
        return len(copy)

    def taken(self) -> bytes:
        """What was written since the last time."""
        piece = b"".join(self.written)
        self.written.clear()
        return piece

    def tell(self) -> int:
        """How much was written in all."""
        return self.length

    def writable(self) -> bool:
        """As a file says it."""
        return True

    def flush(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """The writers end the file themselves."""


STREAMS: dict[str, Callable[[Iterator[pl.DataFrame]], Iterator[bytes]]] = {
    "json": _json,
    "ndjson": _ndjson,
    "csv": _csv,
    "parquet": _parquet,
    "arrow": _arrow,
}
