"""Where a number hides in an Arrow file (Feather)."""

import io
from collections.abc import Callable

import pyarrow as pa
import pyarrow.feather as feather

from tests.hiding import HidingPlace


def file(*, packed: str = "uncompressed", metadata: dict[str, str] | None = None, **columns: object) -> bytes:
    """A file of a harmless column and these."""
    whole = pa.table({"pasar": ["Wage", "Pahing"], **columns})
    target = io.BytesIO()
    feather.write_feather(whole.replace_schema_metadata(metadata), target, compression=packed)
    return target.getvalue()


def under_null(nik: str) -> bytes:
    """A whole number under a null."""
    values = pa.array([1, int(nik)], pa.int64())
    covered = pa.Array.from_buffers(pa.int64(), 2, [pa.py_buffer(b"\x01"), values.buffers()[1]])
    return file(isi=covered, packed="lz4")


def unused(nik: str) -> bytes:
    """An entry of a dictionary that no row uses."""
    return file(isi=pa.DictionaryArray.from_arrays([0, 0], ["x", nik]))


def place(where: str, plant: Callable[[str], bytes]) -> HidingPlace:
    return HidingPlace(format="arrow", where=where, plant=plant)


PLACES = (
    place("a text", lambda nik: file(isi=["x", nik])),
    place("a whole number in a packed file", lambda nik: file(isi=[1, int(nik)], packed="zstd")),
    place("a list of texts", lambda nik: file(isi=[["x"], ["y", nik]])),
    place("the name of a column", lambda nik: file(**{nik: [1, 2]})),
    place("the metadata of the file", lambda nik: file(metadata={"catatan": f"milik {nik}"})),
    place("a value under a null", under_null),
    place("an entry of a dictionary that no row uses", unused),
)
