"""TopoJSON: objects are layers, arcs are joined, and nothing of a topology is passed over."""

import io
import json
from typing import Any

import pytest

from lumbung.document import Document, Table
from lumbung.read import Unreadable, read
from lumbung.read.features import MOST_POSITIONS
from tests.read.planted import NIK

SQUARE = [[[110, -7], [111, -7], [111, -8]], [[110, -7], [110, -8], [111, -8]]]


def document_of(content: Any) -> Document:
    return read(io.BytesIO(json.dumps(content).encode()), name="peta")


def topology(arcs: list[Any] | None = None, **objects: Any) -> dict[str, Any]:
    return {"type": "Topology", "objects": objects, "arcs": SQUARE if arcs is None else arcs}


def area(arcs: Any, kind: str = "Polygon", **properties: Any) -> dict[str, Any]:
    return {"type": kind, "arcs": arcs, "properties": properties}


def collection(*geometries: Any) -> dict[str, Any]:
    return {"type": "GeometryCollection", "geometries": [*geometries]}


def layers(document: Document) -> list[Table]:
    return [table for table in document.tables if table.layer]


def said(document: Document) -> str:
    cells = "\n".join(str(cell) for table in document.tables for row in table.texts.rows() for cell in row)
    return cells + "\n" + "\n".join(passage.text for passage in document.passages)


def test_arcs_are_joined_to_a_ring() -> None:
    document = document_of(topology(desa=collection(area([[0, -2]], desa="Krajan", jiwa=12))))
    (table,) = layers(document)
    assert document.format == "topojson"
    assert table.place.path == "$.objects.desa"
    assert table.texts.rows() == [("desa", "jiwa"), ("Krajan", "12")]
    assert table.layer is not None and table.layer.located and table.layer.geometries[1] is not None
    ring = ((110.0, -7.0), (111.0, -7.0), (111.0, -8.0), (110.0, -8.0), (110.0, -7.0))
    assert table.layer.geometries[1].coordinates == (ring,)


def test_steps_and_a_transform_become_degrees() -> None:
    content = topology([[[0, 0], [10, 0], [0, 10]]], jalan=area([0], "LineString"))
    content["objects"]["pos"] = {"type": "MultiPoint", "coordinates": [[10, 10]], "id": "p1"}
    content["transform"] = {"scale": [0.1, 0.01], "translate": [110, -8]}
    road, post = layers(document_of(content))
    assert road.layer is not None and post.layer is not None
    assert road.layer.geometries[1].coordinates == ((110.0, -8.0), (111.0, -8.0), (111.0, -7.9))  # type: ignore[union-attr]
    assert post.layer.geometries[1].coordinates == ((111.0, -7.9),)  # type: ignore[union-attr]
    assert post.texts.rows()[1] == ("p1",)


@pytest.mark.parametrize(
    "content",
    [
        topology(desa=area([[0]], nik=NIK)),
        {**topology(), "objects": {NIK: area([[0]])}},
        topology(desa={"type": "Point", "coordinates": [110, -7], "id": NIK}),
        topology(desa={"type": "Point", "coordinates": [110, -7], "catatan": NIK}),
        topology(desa={"type": None, "properties": {"nik": NIK}}),
        topology(desa=area([[99]], a="1", b=NIK)),
        topology(desa=collection(NIK, area([[0]]))),
        topology(desa=collection(collection(area([[0]], nik=NIK)))),
        topology(desa=NIK),
        topology(desa={"type": "Point", "coordinates": [int(NIK), 1]}),
        topology([*SQUARE, [[int(NIK), 1]]], desa=area([[0]])),
        topology([*SQUARE, [["a", NIK]]], desa=area([[0]])),
        topology([*SQUARE, {NIK: 1}], desa=area([[0]])),
        {**topology(desa=area([[0]])), "catatan": {"nik": NIK}},
        {**topology(desa=area([[0]])), "bbox": [int(NIK), 0, 1, 1]},
        {**topology(desa=area([[0]])), "transform": {"scale": [1, 1], "translate": [0, 0], "x": NIK}},
        topology(desa=area([[NIK]])),
    ],
)
def test_a_number_anywhere_is_said(content: dict[str, Any]) -> None:
    assert NIK in said(document_of(content))


def test_a_measured_map_says_no_number_that_nobody_wrote() -> None:
    content = topology([[[1, 1], [3, 7]]], jalan=area([0], "LineString"))
    content["transform"] = {"scale": [0.00033008200102, 0.000071], "translate": [110.208333333, -7.1]}
    assert not any(passage.swept for passage in document_of(content).passages)


def test_one_arc_that_is_used_without_end_is_refused() -> None:
    arc = [[0, 0]] * 50_000
    content = topology([arc], jalan=collection(*[area([0], "LineString")] * (MOST_POSITIONS // 50_000 + 1)))
    with pytest.raises(Unreadable, match="too-large"):
        document_of(content)


@pytest.mark.parametrize("content", [{"type": "Topology"}, {"type": "Topology", "objects": [], "arcs": []}])
def test_what_only_calls_itself_a_topology_is_json(content: dict[str, Any]) -> None:
    assert document_of(content).format == "json"
