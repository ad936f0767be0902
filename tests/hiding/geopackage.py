"""Where a number hides in a GeoPackage, beside the places of any SQLite database."""

import sqlite3
import struct
from collections.abc import Callable

from tests.hiding import HidingPlace


def point(x: float, y: float, *more: float) -> bytes:
    """A point in the blob of a GeoPackage; a third number is a measure."""
    body = struct.pack(f"<BI{2 + len(more)}d", 1, 2001 if more else 1, x, y, *more)
    return b"GP\0\1" + struct.pack("<i", 4326) + body


def package(blob: bytes, *statements: str, name: str = "Balai") -> bytes:
    """A layer of one feature, and what these statements make of it."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE gpkg_contents (table_name TEXT, identifier TEXT, description TEXT)")
    connection.execute("CREATE TABLE kantor (fid INTEGER PRIMARY KEY, geom BLOB, nama TEXT)")
    connection.execute("INSERT INTO kantor VALUES (1, ?, ?)", (blob, name))
    for statement in statements:
        connection.execute(statement)
    data = connection.serialize()
    connection.close()
    return data


def stated(statement: str) -> Callable[[str], bytes]:
    """A package after this statement, its @ replaced."""
    return lambda nik: package(point(110.2, -7.5), statement.replace("@", nik))


def enveloped(nik: str) -> bytes:
    """A bound of the envelope around a geometry."""
    blob = point(110.2, -7.5)
    return package(b"GP\0\3" + blob[4:8] + struct.pack("<4d", float(nik), 1, 2, 2) + blob[8:])


INDEX = "CREATE TABLE rtree_kantor_geom_node (nodeno INTEGER PRIMARY KEY, data BLOB)"


def indexed(nik: str) -> bytes:
    """A row number in a node of a spatial index."""
    node = struct.pack(">HHq4f", 0, 1, int(nik), 1, 2, 3, 4)
    return package(point(110.2, -7.5), INDEX, f"INSERT INTO rtree_kantor_geom_node VALUES (1, x'{node.hex()}')")


PLACES = tuple(
    HidingPlace(format="geopackage", where=where, plant=plant)
    for where, plant in (
        ("a property", lambda nik: package(point(110.2, -7.5), name=nik)),
        ("a coordinate", lambda nik: package(point(float(nik), -7.5))),
        ("a measure", lambda nik: package(point(110.2, -7.5, float(nik)))),
        ("the envelope of a geometry", enveloped),
        ("bytes behind a geometry", lambda nik: package(point(110.2, -7.5) + nik.encode())),
        ("the description of a layer", stated("INSERT INTO gpkg_contents VALUES ('kantor', 'x', '@')")),
        ("the metadata of a layer", stated("CREATE TABLE gpkg_metadata AS SELECT '<x>@</x>' AS metadata")),
        ("the name of a layer", stated('CREATE TABLE "lapisan @" (fid INTEGER)')),
        ("a spatial index", indexed),
    )
)
