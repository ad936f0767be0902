"""Shapefiles, whole and in parts, as another program (pyshp) writes them; and what hides in a dBase table."""

import io
import struct
import zipfile
from typing import Any

import pytest
import shapefile

from lumbung.document import Document, Geometry, Table
from lumbung.read import Unreadable, read

WGS84 = 'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]],UNIT["Degree",0.0174]]'
UTM = (
    'PROJCS["WGS_1984_UTM_Zone_49S",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]],PROJECTION["Transverse_Mercator"],'
    'PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",10000000.0],PARAMETER["Central_Meridian",111.0],'
    'PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)
OUTER, HOLE = [[0, 0], [0, 9], [9, 9], [9, 0], [0, 0]], [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]
SECRET = "3308990101809001"


def parts_of(shapes: list[Any], rows: list[tuple[Any, ...]], kind: int = shapefile.POINT) -> dict[str, bytes]:
    files = {name: io.BytesIO() for name in ("shp", "shx", "dbf")}
    with shapefile.Writer(**files, shapeType=kind, encoding="utf-8") as writer:  # type: ignore[arg-type]
        writer.field("desa", "C", 40)
        writer.field("jiwa", "N", 10)
        for shape, row in zip(shapes, rows, strict=True):
            {1: writer.point, 3: writer.line, 5: writer.poly}[kind](*([shape] if kind > 1 else shape))
            writer.record(*row)
    return {name: file.getvalue() for name, file in files.items()}


def points(**more: bytes) -> dict[str, bytes]:
    made = parts_of([(110.2, -7.5), (110.3, -7.6)], [("Krajan", 12), ("Ngaglik", 7)])
    return {**made, "prj": WGS84.encode(), **more}


def zipped(parts: dict[str, bytes], folder: str = "peta/") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for extension, content in parts.items():
            archive.writestr(f"{folder}Desa.{extension}", content)
    return file.getvalue()


def document_of(data: bytes) -> Document:
    return read(io.BytesIO(data), name="peta")


def layer_of(document: Document) -> Table:
    (table,) = [table for table in document.tables if table.layer]
    return table


def said(document: Document) -> str:
    cells = [str(table.texts.rows()) for table in document.tables]
    return "\n".join([*cells, *(passage.text for passage in document.passages)])


def test_rows_and_geometries_are_put_together() -> None:
    document = document_of(zipped(points(cpg=b"UTF-8")))
    table = layer_of(document)
    assert table.place.part == "peta/Desa.dbf"
    assert table.texts.rows() == [("desa", "jiwa"), ("Krajan", "12"), ("Ngaglik", "7")]
    assert table.numbers["B"].to_list() == [None, 12.0, 7.0]
    assert table.layer is not None and table.layer.located
    assert table.layer.geometries[1] == Geometry(kind="Point", coordinates=(110.2, -7.5))
    assert not document.unread


def test_side_files_are_said_or_swept() -> None:
    metadata = b"<metadata><contact>Slamet</contact></metadata>"
    document = document_of(
        zipped(points(**{"shp.xml": metadata, "sbn": b"\0\0\x27\x0a\xff\xff\xfe\x70" + b"\1" * 99}))
    )
    assert not document.unread
    assert all(word in said(document) for word in ("Slamet", "GCS_WGS_1984"))


def test_metres_become_degrees() -> None:
    made = parts_of([(411_693.9, 9_170_836.1)], [("Krajan", 1)])
    layer = layer_of(document_of(zipped({**made, "prj": UTM.encode()}))).layer
    assert layer is not None and layer.located and layer.geometries[1] is not None
    assert layer.geometries[1].coordinates == pytest.approx((110.2, -7.5), abs=1e-3)


@pytest.mark.parametrize("prj", [None, b'PROJCS["Bessel",DATUM["D_Batavia"]]'])
def test_metres_of_an_unnamed_system_are_not_located(prj: bytes | None) -> None:
    made = parts_of([(411_693.9, 9_170_836.1)], [("Krajan", 1)])
    layer = layer_of(document_of(zipped({**made, **({"prj": prj} if prj else {})}))).layer
    assert layer is not None
    assert not layer.located


@pytest.mark.parametrize(
    ("kind", "shape", "expected", "levels"),
    [
        (shapefile.POLYLINE, [[[0, 0], [1, 1]], [[2, 2], [3, 3]]], "MultiLineString", 2),
        (shapefile.POLYGON, [OUTER, HOLE], "Polygon", 2),
        (shapefile.POLYGON, [OUTER, [[20, 0], [20, 9], [29, 9], [20, 0]], HOLE], "MultiPolygon", 2),
    ],
)
def test_lines_and_rings(kind: int, shape: Any, expected: str, levels: int) -> None:
    layer = layer_of(document_of(zipped({**parts_of([shape], [("A", 1)], kind), "prj": WGS84.encode()}))).layer
    assert layer is not None and layer.geometries[1] is not None
    assert (layer.geometries[1].kind, len(layer.geometries[1].coordinates)) == (expected, levels)


def test_parts_alone() -> None:
    made = points()
    assert [table.texts.height for table in document_of(made["dbf"]).tables] == [3]
    assert document_of(made["dbf"]).format == "dbf"
    bare = layer_of(document_of(made["shp"]))
    assert bare.texts.rows() == [("fitur",), ("1",), ("2",)]
    assert not document_of(made["shx"]).tables


def test_deleted_rows_and_rows_behind_the_count_are_hidden() -> None:
    made = points()["dbf"]
    start, length = struct.unpack("<HH", made[8:12])
    deleted = made[:start] + b"*" + made[start + 1 :]
    (table,) = document_of(deleted).tables
    assert table.hidden_rows == frozenset({2})
    fewer = made[:4] + struct.pack("<I", 1) + made[8:]
    (table,) = document_of(fewer).tables
    assert (table.texts.height, table.hidden_rows) == (3, frozenset({3}))
    assert length == 51


def test_rows_of_another_length_than_the_header_says_are_broken() -> None:
    made = points()["dbf"]
    with pytest.raises(Unreadable) as refusal:
        document_of(made[:10] + struct.pack("<H", 50) + made[12:])
    assert refusal.value.code == "broken"


def test_a_memo_beside_the_table_is_read_and_a_missing_one_is_named() -> None:
    header = struct.pack("<B3BIHH20x", 0x83, 99, 1, 1, 1, 65, 11)
    field = struct.pack("<11sc4xB15x", b"catatan", b"M", 10)
    table = header + field + b"\r" + b" " + b"1".rjust(10) + b"\x1a"
    memo = b"\0" * 512 + SECRET.encode() + b"\x1a\x1a"
    assert [one.why for one in document_of(table).unread] == ["missing"]
    document = document_of(zipped({"dbf": table, "dbt": memo}))
    assert document.tables[0].texts.rows() == [("catatan",), (SECRET,)]
    assert not document.unread


@pytest.mark.parametrize(
    "plant",
    [
        lambda made: {**made, "dbf": made["dbf"] + SECRET.encode()},
        lambda made: {**made, "dbf": made["dbf"][:12] + SECRET.encode() + made["dbf"][28:]},
        lambda made: {**made, "shp": made["shp"] + SECRET.encode()},
        lambda made: {
            **made,
            "shp": made["shp"][:100] + made["shp"][100:].replace(b"\0" * 3, b"\0" * 3, 1) + b" " + SECRET.encode(),
        },
        lambda made: {**made, "shx": made["shx"] + SECRET.encode()},
        lambda made: {**made, "prj": made["prj"] + SECRET.encode()},
        lambda made: {**made, "cpg": SECRET.encode()},
        lambda made: {**made, "shp.xml": b"<metadata nik='" + SECRET.encode() + b"'/>"},
        lambda made: {**made, "qix": b"SQT" + SECRET.encode()},
        lambda made: {**made, "txt": SECRET.encode()},
        lambda made: {**made, "shp": made["shp"][:36] + struct.pack("<d", float(SECRET)) + made["shp"][44:]},
    ],
)
def test_nothing_in_the_archive_is_left_unsaid(plant: Any) -> None:
    assert SECRET in said(document_of(zipped(plant(points()))))


def test_broken_parts_are_named() -> None:
    made = points()
    assert [one.why for one in document_of(zipped({**made, "shp": made["shp"][:-8]})).unread] == ["broken"]
    assert [one.why for one in document_of(zipped({**made, "dbf": made["dbf"][:40]})).unread] == ["broken"]
    with pytest.raises(Unreadable):
        document_of(made["dbf"][:80])


@pytest.mark.parametrize("kept", [1, 20, 50])
def test_a_row_that_was_cut_off_is_swept_and_the_table_not_whole(kept: int) -> None:
    table = parts_of([(110.2, -7.5), (110.3, -7.6)], [("Krajan", 12), (SECRET, 7)])["dbf"].rstrip(b"\x1a")
    document = document_of(table[: len(table) - 51 + kept])
    assert [(one.place.part, one.why) for one in document.unread] == [("(baris dbf)", "broken")]
    assert (SECRET in said(document)) == (kept > len(SECRET))
