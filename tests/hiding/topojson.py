"""Where a number hides in TopoJSON."""

import json
from collections.abc import Callable
from typing import Any

from tests.hiding import HidingPlace

Json = dict[str, Any]
ARCS = [[[0, 0], [10, 0]], [[10, 0], [0, 10], [-10, -10]]]


def area(**foreign: Any) -> Json:
    """An area of two arcs."""
    return {"type": "Polygon", "arcs": [[0, 1]], **foreign}


def topology(geometry: Json | None = None, arcs: list[Any] | None = None, **foreign: Any) -> bytes:
    """A file of one object."""
    transform = {"scale": [0.01, 0.01], "translate": [110.2, -7.5]}
    objects = {"desa": geometry or area(properties={"nama": "Krajan"})}
    return json.dumps(
        {"type": "Topology", "transform": transform, "objects": objects, "arcs": ARCS + (arcs or []), **foreign}
    ).encode()


def row(where: str, plant: Callable[[str], bytes], **at: object) -> HidingPlace:
    """A row of the list."""
    return HidingPlace(format="topojson", where=where, plant=plant, at=at)


PLACES = (
    row("a property", lambda nik: topology(area(properties={"nama": nik})), path="$.objects.desa"),
    row("an identifier", lambda nik: topology(area(id=int(nik), properties={"a": "b"}))),
    row("a property of a geometry within a collection", lambda nik: topology(
        {"type": "GeometryCollection", "geometries": [area(properties={"nama": nik})]})),
    row("a member that no map shows", lambda nik: topology(area(catatan=nik))),
    row("an arc that no geometry uses", lambda nik: topology(arcs=[[[int(nik), 0], [1, 1]]])),
    row("a text among the arcs", lambda nik: topology(arcs=[["NIK", nik]])),
    row("a geometry whose arc is missing", lambda nik: topology({"type": "LineString", "arcs": [int(nik)]})),
    row("a number beside a position", lambda nik: topology({"type": "Point", "coordinates": [1, 1, int(nik)]})),
    row("the name of an object", lambda nik: topology().replace(b'"desa"', f'"{nik}"'.encode())),
    row("beside the objects", lambda nik: topology(catatan={"oleh": nik})),
)  # fmt: skip
