"""GeoJSON: features are rows, geometries lie beside them, and whatever else is in the file is read and hidden."""

import io
import json
from typing import Any

import pytest

from lumbung.document import Document, Geometry, Table
from lumbung.read import Limits, Unreadable, read


def document_of(content: Any, **limits: int) -> Document:
    text = content if isinstance(content, str) else json.dumps(content)
    return read(io.BytesIO(text.encode()), name="peta", limits=Limits(**limits))


def feature(geometry: Any = None, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def point(*position: Any) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [*position]}


def collection(*features: Any, **foreign: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", **foreign, "features": [*features]}


def layer_of(content: Any) -> Table:
    tables = [table for table in document_of(content).tables if table.layer]
    assert len(tables) == 1
    return tables[0]


def test_each_feature_is_a_row_and_its_geometry_stands_beside_it() -> None:
    table = layer_of(collection(feature(point(110.2, -7.5), desa="Krajan", jiwa=12), feature(None, desa="Ngaglik")))
    assert table.texts.rows() == [("desa", "jiwa"), ("Krajan", "12"), ("Ngaglik", None)]
    assert table.numbers["B"].to_list() == [None, 12.0, None]
    assert table.layer is not None and table.layer.located
    assert table.layer.geometries == (None, Geometry(kind="Point", coordinates=(110.2, -7.5)), None)
    assert document_of(collection()).format == "geojson"


@pytest.mark.parametrize(
    "content",
    [
        feature(point(110, -7), nama="Balai"),
        json.dumps(feature(point(110, -7), nama="Balai")) + "\n" + json.dumps(feature(point(111, -7), nama="Pos")),
        point(110, -7),
        {"type": "GeometryCollection", "geometries": [point(110, -7)]},
        {"type": "Polygon", "coordinates": [[[110, -7], [111, -7], [111, -8], [110, -7]]]},
    ],
)
def test_features_and_geometries_without_a_collection_are_layers_too(content: Any) -> None:
    table = layer_of(content)
    assert table.layer is not None
    assert len(table.layer.geometries) == table.texts.height
    assert table.texts.height > 1


def test_what_the_standard_calls_foreign_is_read_and_hidden() -> None:
    odd = {**feature(point(110, -7), desa="Krajan"), "petugas": {"nama": "A"}, "geometri": [1]}
    document = document_of(collection(odd, metadata=[{"sumber": "x"}], name="lapisan"))
    aside = [table for table in document.tables if not table.layer]
    cells = {cell for table in aside for row in table.texts.rows() for cell in row}
    assert {"petugas.nama", "A", "[1]", "sumber", "x"} <= cells
    assert all(table.place.hidden for table in aside)
    assert any("lapisan" in passage.text for passage in document.passages)


@pytest.mark.parametrize(
    "secret",
    [
        point(3308990101809001, -7),
        point("3308990101809001", -7),
        point(110, -7, 0, 3308990101809001),
        {"type": "Point", "coordinates": {"x": 3308990101809001}},
        {"type": "Point", "coordinates": [[110, -7], 3308990101809001]},
        {"type": "Point", "coordinates": [110, -7], "bbox": [3308990101809001, 1, 1, 1]},
        {"type": "Point", "coordinates": [110, -7], "bbox": {"nik": 3308990101809001}},
        {"type": "GeometryCollection", "geometries": [point(110, -7), 3308990101809001]},
        {"type": "3308990101809001", "coordinates": [110, -7]},
        3308990101809001,
    ],
)
def test_a_number_where_a_geometry_belongs_is_said(secret: Any) -> None:
    document = document_of(collection(feature(secret, desa="Krajan")))
    cells = [cell or "" for table in document.tables for row in table.texts.rows() for cell in row]
    assert any("3308990101809001" in text for text in [*cells, *(passage.text for passage in document.passages)])


def test_members_of_one_name_are_all_read() -> None:
    text = """{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": null,
        "properties": {"a": 1}, "properties": {"a": 2}, "geometry": {"type": "Point", "coordinates": [1, 2]},
        "geometry": {"type": "Point", "coordinates": [3308990101809001, 2]}}], "features": [{"nik": "3308"}]}"""
    document = document_of(text)
    said = str([table.texts.rows() for table in document.tables]) + str([one.text for one in document.passages])
    assert all(one in said for one in ("'1', '2'", "3308990101809001", "3308"))


def test_sixteen_decimals_are_no_number_by_themselves() -> None:
    text = '{"type": "Point", "coordinates": [110.1234567890123456, -7.5]}'
    (passage,) = [one for one in document_of(text).passages if "110.1" in one.text]
    assert passage.swept


@pytest.mark.parametrize(
    ("name", "position", "expected"),
    [
        ("urn:ogc:def:crs:OGC:1.3:CRS84", (110.2, -7.5), (110.2, -7.5)),
        ("EPSG:4326", (110.2, -7.5), (110.2, -7.5)),
        ("urn:ogc:def:crs:EPSG::32749", (411_693.9, 9_170_836.1), (110.2, -7.5)),
        ("EPSG:3857", (12_267_407.9, -837_284.0), (110.2, -7.5)),
    ],
)
def test_positions_become_degrees(name: str, position: tuple[float, float], expected: tuple[float, float]) -> None:
    crs = {"type": "name", "properties": {"name": name}}
    layer = layer_of(collection(feature(point(*position), a=1), crs=crs)).layer
    assert layer is not None and layer.located and layer.geometries[1] is not None
    assert layer.geometries[1].coordinates == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize(
    ("crs", "position"), [("EPSG:2000", (110, -7)), ("EPSG:4326", (411_693.9, 9_170_836.1)), (None, (200, 3))]
)
def test_what_nobody_can_locate_is_not_located(crs: str | None, position: tuple[float, float]) -> None:
    named = {"crs": {"type": "name", "properties": {"name": crs}}} if crs else {}
    layer = layer_of(collection(feature(point(*position), a=1), **named)).layer
    assert layer is not None
    assert not layer.located


def test_features_without_properties_are_counted() -> None:
    table = layer_of(collection(feature(point(110, -7)), feature(point(111, -7))))
    assert table.texts.rows() == [("fitur",), ("1",), ("2",)]


def test_absurd_nesting_is_a_bomb() -> None:
    inner: Any = point(1, 2)
    for _ in range(300):
        inner = {"type": "GeometryCollection", "geometries": [inner]}
    with pytest.raises(Unreadable) as refusal:
        document_of(inner)
    assert refusal.value.code == "bomb"
