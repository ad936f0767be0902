"""Books of every container: a reader that leaves out one part of it is found out, and a sound file never is."""

import bz2
import gzip
import io
import lzma
import sqlite3
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pikepdf
import polars as pl
import pytest

from lumbung.document import Document, Table
from lumbung.gate import Verdict, inspect
from lumbung.read import (
    archive_streams,
    archive_tar,
    arrow,
    packed,
    parquet,
    pdf_bytes,
    pdf_objects,
    picture,
    read,
    rtf,
    sqlite,
    unknown_part,
)
from lumbung.read.arrow_columns import table_of_arrow
from lumbung.read.ledger import Ledger
from lumbung.read.packed_ends import end_of
from tests.hiding.sevenzip import archive as sevenzip
from tests.hiding.sevenzip import other
from tests.read.planted import NIK, zipped
from tests.read.planted_png import pixel

CSV = b"pasar,kios\nWage,3\n"
RTF = rb"{\rtf1\ansi Pasar Wage punya tiga kios.}"


def opened(data: bytes) -> Document:
    return read(io.BytesIO(data), name="berkas")


def forgotten(data: bytes) -> list[str]:
    """The parts that the books miss."""
    return [missed.place.part or "" for missed in opened(data).unread if missed.why == "not-accounted"]


def tar(*names: str) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name in names:
            member = tarfile.TarInfo(name)
            member.size = len(CSV)
            archive.addfile(member, io.BytesIO(CSV))
    return file.getvalue()


def database(rows: int = 3, *, without_rowid: bool = False) -> bytes:
    """Two tables, one of them so long that its tree has inner pages; some of its rows were deleted."""
    connection = sqlite3.connect(":memory:")
    kind = " WITHOUT ROWID" if without_rowid else ""
    connection.execute(f"CREATE TABLE pasar (nama TEXT PRIMARY KEY, kios INT){kind}")
    connection.execute("CREATE TABLE kosong (a)")
    connection.executemany("INSERT INTO pasar VALUES (?, ?)", [(f"Pasar {one} " * 9, one) for one in range(rows)])
    connection.execute("DELETE FROM pasar WHERE kios % 7 = 6")
    connection.commit()
    return connection.serialize()


def table_file(write: Callable[[pl.DataFrame, io.BytesIO], object]) -> bytes:
    file = io.BytesIO()
    write(pl.DataFrame({"pasar": ["Wage", "Pahing"], "kios": [3, 5]}), file)
    return file.getvalue()


def parquet_file() -> bytes:
    return table_file(lambda frame, file: frame.write_parquet(file))


def arrow_file() -> bytes:
    return table_file(lambda frame, file: frame.write_ipc(file))


def portable(*, versions: int = 1) -> bytes:
    """A PDF with a page and a stream beside it; later versions have an object more, which no table lists."""
    file = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.Root["/Catatan"] = document.make_stream(b"tiga kios di Pasar Wage")
        document.save(file)
    data = file.getvalue()
    for number in range(1, versions):
        before = data.rpartition(b"startxref")[2].split()[0]
        data += b"9%d 0 obj\n(catatan lama)\nendobj\n" % number
        table = b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 99/Root 1 0 R/Prev %b>>\n" % before
        data += table + b"startxref\n%d\n%%%%EOF\n" % len(data)
    return data


@pytest.mark.parametrize(
    "data",
    [
        tar("a.csv", "b.csv"),
        gzip.compress(CSV) + gzip.compress(CSV),
        bz2.compress(CSV),
        lzma.compress(CSV),
        sevenzip("b.csv", CSV),
        other("cpio", "3"),
        other("cpio_newc", "3"),
        other("ar_svr4", "3"),
        other("ustar", "3", filter="lz4"),
        other("ustar", "3", filter="zstd"),
        other("ustar", "3", filter="lzip"),
        RTF,
        database(),
        database(2_000),
        database(2_000, without_rowid=True),
        parquet_file(),
        arrow_file(),
        portable(),
    ],
    ids=[
        *("tar", "two streams of gzip", "bz2", "xz", "7z", "cpio", "new cpio", "ar", "lz4"),
        *("zstd", "lzip", "rtf", "sqlite", "long sqlite", "sqlite without rowid", "parquet", "arrow", "pdf"),
    ],
)
def test_a_sound_file_is_read_to_the_last_part(data: bytes) -> None:
    document = opened(data)
    assert document.unread == ()
    assert document.coverage.parts == document.coverage.parts_read > 0
    assert document.coverage.bytes == document.coverage.bytes_read > 0


def but(function: Callable[..., Any], left_out: Callable[..., bool]) -> Callable[..., Any]:
    """The function, which does nothing for some of its calls."""
    return lambda *given, **named: None if left_out(*given, **named) else function(*given, **named)


def test_a_forgotten_member_of_a_tar_archive_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        archive_tar, "_keep", but(archive_tar._keep, lambda *given, **_: bool(given[2].name == "b.csv"))
    )
    assert forgotten(tar("a.csv", "b.csv")) == ["(byte 1536)"]


def test_a_reader_that_does_not_look_behind_a_tar_archive_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    data = tar("a.csv")
    cover = Ledger.cover
    monkeypatch.setattr(Ledger, "cover", but(cover, lambda *given: bool(given[3] > len(data))))
    assert forgotten(data + NIK.encode()) == ["(byte 1024)"]


def test_a_reader_that_stops_behind_the_first_stream_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    run = archive_streams.Unpacking.run

    def first_only(self: archive_streams.Unpacking) -> None:
        run(self)
        del self.extents[1:]

    monkeypatch.setattr(archive_streams.Unpacking, "run", first_only)
    first = gzip.compress(CSV)
    assert forgotten(first + gzip.compress(CSV)) == [f"(byte {len(first)})"]


def test_a_forgotten_member_of_an_archive_of_libarchive_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    keep = packed.Unpacking._keep
    monkeypatch.setattr(packed.Unpacking, "_keep", but(keep, lambda *given: bool(given[3].pathname == "b.csv")))
    for data in (sevenzip("b.csv", CSV * 2), other("cpio", "3"), other("ar_svr4", "3")):
        assert forgotten(data) == ["b.csv"]


def test_a_member_that_was_not_given_to_its_end_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = packed.Unpacking._pieces

    def cut(*given: Any) -> Iterator[bytes]:
        return (piece[:-1] for piece in pieces(*given))

    monkeypatch.setattr(packed.Unpacking, "_pieces", cut)
    assert forgotten(sevenzip("b.csv", CSV * 2)) == ["pasar.csv", "b.csv"]


@pytest.mark.parametrize("format", ["cpio", "cpio_newc", "7zip"])
def test_what_lies_behind_an_archive_is_found_out(monkeypatch: pytest.MonkeyPatch, format: str) -> None:
    data = other(format, "3")
    monkeypatch.setattr(packed, "end_of", lambda data, kind: len(data))
    assert forgotten(data + zipped({"b.csv": f"1,{NIK}"})) == ["(setelah akhir arsip)"]


@pytest.mark.parametrize("filter", ["lz4", "lzip", "zstd"])
def test_what_lies_behind_a_packed_stream_never_gets_out(filter: str) -> None:
    data = other("ustar", "3", filter=filter) + zipped({"b.csv": f"1,{NIK}"})
    assert inspect(io.BytesIO(data)).verdict is not Verdict.OPEN


def test_a_forgotten_table_of_a_database_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    every = sqlite.listed
    monkeypatch.setattr(sqlite, "listed", lambda database: [one for one in every(database) if one.name != "pasar"])
    assert "pasar" in forgotten(database())


def test_a_forgotten_row_of_a_database_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def fewer(*given: Any, **named: Any) -> Table:
        table = read_rows(*given, **named)
        return replace(table, texts=table.texts[: max(1, table.texts.height - 1)])

    read_rows = sqlite.read_rows
    monkeypatch.setattr(sqlite, "read_rows", fewer)
    assert forgotten(database(2_000)) == ["pasar"]


@pytest.mark.parametrize(("reader", "data"), [(parquet, parquet_file), (arrow, arrow_file)], ids=["parquet", "arrow"])
def test_a_forgotten_column_is_found_out(
    monkeypatch: pytest.MonkeyPatch, reader: Any, data: Callable[[], bytes]
) -> None:
    monkeypatch.setattr(reader, "table_of_arrow", lambda given: table_of_arrow(given.select([0])))
    assert forgotten(data()) == ["kios"]


@pytest.mark.parametrize(("reader", "data"), [(parquet, parquet_file), (arrow, arrow_file)], ids=["parquet", "arrow"])
def test_a_forgotten_row_is_found_out(monkeypatch: pytest.MonkeyPatch, reader: Any, data: Callable[[], bytes]) -> None:
    monkeypatch.setattr(reader, "table_of_arrow", lambda given: table_of_arrow(given.slice(1)))
    assert forgotten(data()) == ["pasar", "kios"]


def test_a_forgotten_footer_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "beside_columns", lambda *_: ((), ()))
    monkeypatch.setattr(parquet, "_metadata", lambda *_: ())
    assert forgotten(parquet_file()) == ["metadata", "(di luar kolom)"]


def test_a_forgotten_object_of_a_pdf_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    every = pdf_objects._objects
    monkeypatch.setattr(
        pdf_objects,
        "_objects",
        lambda *given: [one for one in every(*given) if not isinstance(one, pikepdf.Stream)],
    )
    assert forgotten(portable())


def test_a_reader_that_passes_over_old_objects_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not forgotten(portable(versions=2))
    monkeypatch.setattr(pdf_bytes, "_take_old", lambda *_, **__: None)
    assert forgotten(portable(versions=2))


def test_a_reader_that_stops_at_the_last_bracket_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rtf, "_files", lambda *_: ())
    assert forgotten(RTF + b"milik " + NIK.encode()) == [f"(byte {len(RTF)})"]


@pytest.mark.parametrize(
    ("module", "name", "part"),
    [(picture, "unknown_chunks", "(potongan xyZw)"), (unknown_part, "harvest_picture", "(di belakang gambar)")],
)
def test_a_forgotten_piece_of_a_picture_is_found_out(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str, part: str
) -> None:
    data = pixel(b"xyZw", b"tiga kios") + b"milik " + NIK.encode()
    assert not forgotten(data)
    harvest_picture = picture.harvest_picture
    instead = {
        "unknown_chunks": lambda _: (),
        "harvest_picture": lambda *given, **named: harvest_picture(*given, **named)[:0],
    }
    monkeypatch.setattr(module, name, instead[name])
    assert forgotten(data) == [part]


@pytest.mark.parametrize(
    ("data", "kind", "end"),
    [
        (b"\x28\xb5\x2f\xfd\x20\x01\x09\0\0a" + b"rest", "zst", 10),
        (b"\x28\xb5\x2f\xfd\x20\x01\x09", "zst", 7),
        (b"LZIP\1\x0c" + b"no tail", "lz", 0),
        (b"MSCF" + bytes(4) + b"\x20\0\0\0" + bytes(40), "cab", 32),
        (b"anything", "ar", 8),
    ],
)
def test_an_end_is_where_the_headers_say(data: bytes, kind: str, end: int) -> None:
    assert end_of(data, kind) == end


def test_a_part_that_is_named_unread_does_not_count_as_read() -> None:
    coverage = opened(zipped({"a.csv": CSV, "b.7z": b"7z\xbc\xaf\x27\x1cdamaged"})).coverage
    assert coverage.parts_read == coverage.parts - 1
    assert coverage.bytes_read < coverage.bytes
