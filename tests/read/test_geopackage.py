"""GeoPackage: blobs that are geometries lie beside the rows, and the format's own tables are read but hidden."""

import io
import sqlite3
import struct
from typing import Any

import pytest

from lumbung.document import Document, Geometry, Table
from lumbung.read import read
from lumbung.read.features import Surveyor
from lumbung.read.wkb import NoGeometry, geometry_of

SECRET = 3308990101809001


def point(x: float, y: float) -> bytes:
    return struct.pack("<BIdd", 1, 1, x, y)


def wrapped(wkb: bytes, system: int = 4326, flags: int = 1, envelope: bytes = b"") -> bytes:
    return b"GP\0" + bytes([flags]) + struct.pack("<i", system) + envelope + wkb


def package(*rows: tuple[Any, ...], also: tuple[str, ...] = ()) -> bytes:
    with sqlite3.connect(":memory:", isolation_level=None) as database:
        database.execute("CREATE TABLE gpkg_contents (table_name TEXT, identifier TEXT)")
        database.execute("INSERT INTO gpkg_contents VALUES ('kantor', 'Kantor desa')")
        database.execute("CREATE TABLE kantor (fid INTEGER PRIMARY KEY, geom BLOB, nama TEXT)")
        database.executemany("INSERT INTO kantor VALUES (?, ?, ?)", rows)
        for statement in also:
            database.execute(statement)
        data = database.serialize()
    database.close()
    return data


def document_of(data: bytes) -> Document:
    return read(io.BytesIO(data), name="peta")


def layer_of(data: bytes) -> Table:
    (table,) = [table for table in document_of(data).tables if table.layer]
    return table


def test_rows_and_geometries() -> None:
    data = package((1, wrapped(point(110.2, -7.5)), "Balai"), (2, None, "Pos"))
    table = layer_of(data)
    assert table.texts.rows() == [("fid", "nama"), ("1", "Balai"), ("2", "Pos")]
    assert table.texts.columns == ["A", "B"]
    assert table.layer is not None and table.layer.located
    assert table.layer.geometries == (None, Geometry(kind="Point", coordinates=(110.2, -7.5)), None)
    document = document_of(data)
    assert document.format == "geopackage"
    assert [table.place.sheet for table in document.tables if table.place.hidden] == ["gpkg_contents"]
    assert not document.unread


def test_a_spatial_index_is_no_secret() -> None:
    data = package(
        (1, wrapped(point(110.2, -7.5)), "Balai"),
        also=(
            "CREATE VIRTUAL TABLE rtree_kantor_geom USING rtree(id, minx, maxx, miny, maxy)",
            "INSERT INTO rtree_kantor_geom VALUES (1, 110, 111, -8, -7)",
        ),
    )
    assert not document_of(data).unread


def test_metres_become_degrees_and_mixed_systems_are_not_located() -> None:
    metres = wrapped(point(411_693.9, 9_170_836.1), 32749)
    layer = layer_of(package((1, metres, "Balai"))).layer
    assert layer is not None and layer.geometries[1] is not None
    assert layer.geometries[1].coordinates == pytest.approx((110.2, -7.5), abs=1e-3)
    mixed = layer_of(package((1, metres, "Balai"), (2, wrapped(point(110, -7)), "Pos"))).layer
    assert mixed is not None and not mixed.located


LINE = struct.pack("<BII4d", 1, 2, 2, 0, 0, 1, 1)
RING = struct.pack("<BIII8d", 1, 3, 1, 4, 0, 0, 1, 0, 1, 1, 0, 0)


@pytest.mark.parametrize(
    ("blob", "kind"),
    [
        (point(1, 2), "Point"),
        (struct.pack(">BIdd", 0, 1, 1, 2), "Point"),
        (struct.pack("<BIddd", 1, 1001, 1, 2, 3), "Point"),
        (struct.pack("<BIIddd", 1, 0xA0000001, 4326, 1, 2, 3), "Point"),
        (LINE, "LineString"),
        (RING, "Polygon"),
        (struct.pack("<BII", 1, 4, 2) + point(1, 2) * 2, "MultiPoint"),
        (struct.pack("<BII", 1, 6, 1) + RING, "MultiPolygon"),
        (struct.pack("<BII", 1, 7, 2) + LINE + point(1, 2), "GeometryCollection"),
        (wrapped(point(1, 2), flags=3, envelope=struct.pack("<4d", 1, 1, 2, 2)), "Point"),
        (b"\0\1" + struct.pack("<i4d", 4326, 1, 2, 1, 2) + b"\x7c" + struct.pack("<Idd", 1, 1, 2) + b"\xfe", "Point"),
    ],
)
def test_every_wrapping(blob: bytes, kind: str) -> None:
    found = geometry_of(blob, Surveyor()).geometry
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    "blob",
    [
        b"",
        b"GP",
        wrapped(point(1, 2)) + b"x",
        wrapped(point(1, 2))[:-1],
        struct.pack("<BII", 1, 4, 2**31),
        struct.pack("<BII", 1, 2, 2**31),
        struct.pack("<BII", 1, 3, 2**31),
        struct.pack("<BII", 1, 7, 1) * 40 + point(1, 2),
        struct.pack("<BIdd", 1, 99, 1, 2),
    ],
)
def test_what_is_not_wholly_a_geometry_is_none(blob: bytes) -> None:
    with pytest.raises(NoGeometry):
        geometry_of(blob, Surveyor())


@pytest.mark.parametrize(
    "blob",
    [
        wrapped(point(float(SECRET), 2)),
        wrapped(struct.pack("<BIddd", 1, 2001, 1, 2, float(SECRET))),
        wrapped(point(1, 2), flags=3, envelope=struct.pack("<4d", SECRET, 1, 2, 2)),
        wrapped(point(1, 2)) + str(SECRET).encode(),
    ],
)
def test_a_number_in_a_blob_is_said(blob: bytes) -> None:
    document = document_of(package((1, blob, "Balai")))
    cells = [str(table.texts.rows()) for table in document.tables]
    assert str(SECRET) in "\n".join([*cells, *(passage.text for passage in document.passages)])
