"""Where a number hides in GeoJSON."""

import json
from collections.abc import Callable
from typing import Any

from tests.hiding import HidingPlace

Json = dict[str, Any]
POINT: Json = {"type": "Point", "coordinates": [110.2, -7.5]}


def feature(properties: Json | None = None, geometry: Any = POINT, **foreign: Any) -> Json:
    """One feature, a village hall unless said otherwise."""
    return {"type": "Feature", "properties": properties or {"nama": "Balai"}, "geometry": geometry, **foreign}


def collection(*features: Any, **foreign: Any) -> bytes:
    """A file of features."""
    return json.dumps({"type": "FeatureCollection", **foreign, "features": features or [feature()]}).encode()


def in_property(make: Callable[[str], Any]) -> Callable[[str], bytes]:
    """A property `isi` that holds this."""
    return lambda nik: collection(feature({"nama": "Balai", "isi": make(nik)}))


def in_geometry(make: Callable[[str], Any]) -> Callable[[str], bytes]:
    """A feature with this geometry."""
    return lambda nik: collection(feature(geometry=make(nik)))


def escaped(nik: str) -> bytes:
    """Every digit as an escape of its code."""
    return collection(feature({"isi": "@"})).replace(b"@", "".join(f"\\u{ord(digit):04x}" for digit in nik).encode())


def named_twice(nik: str) -> bytes:
    """Two members of one name: most programs see the second alone."""
    return collection(feature({"isi": "@"})).replace(b'"isi"', f'"isi": "{nik}", "isi"'.encode())


def features_twice(nik: str) -> bytes:
    """A second array of features in the same collection."""
    return collection().replace(b'"features"', b'"features": [{"nik": "' + nik.encode() + b'"}], "features"', 1)


PLACES = tuple(
    HidingPlace(format="geojson", where=where, plant=plant)
    for where, plant in (
        ("a property", in_property(str)),
        ("a number among the properties", in_property(int)),
        ("a property within a property", in_property(lambda nik: {"dalam": {"lagi": nik}})),
        ("an array among the properties", in_property(lambda nik: ["a", nik])),
        ("a list of objects among the properties", in_property(lambda nik: [{"a": nik}, {"a": "x"}])),
        ("a property written in escapes", escaped),
        ("the first of two properties of one name", named_twice),
        ("the name of a property", lambda nik: collection(feature({nik: 1}))),
        ("the id of a feature", lambda nik: collection(feature(id=nik))),
        ("a foreign member of a feature", lambda nik: collection(feature(petugas={"nik": nik}))),
        ("a foreign member of the collection", lambda nik: collection(metadata={"oleh": nik})),
        ("the name of the reference system", lambda nik: collection(crs={"properties": {"name": nik}})),
        ("a bbox of texts", lambda nik: collection(bbox=[nik, 0, 0, 0])),
        ("a bbox beyond the earth", lambda nik: collection(feature(bbox=[int(nik), 0, 0, 0]))),
        ("a coordinate", in_geometry(lambda nik: {"type": "Point", "coordinates": [int(nik), -7.5]})),
        ("a coordinate written as text", in_geometry(lambda nik: {"type": "Point", "coordinates": [nik, -7.5]})),
        ("a fourth number of a position", in_geometry(lambda nik: {**POINT, "coordinates": [1, 2, 3, int(nik)]})),
        ("a foreign member of a geometry", in_geometry(lambda nik: {**POINT, "catatan": nik})),
        ("the type of a geometry", in_geometry(lambda nik: {"type": nik, "coordinates": [1, 2]})),
        ("a geometry of an unknown kind", in_geometry(lambda nik: {"type": "Curve", "points": [{"x": nik}]})),
        ("a number where a feature belongs", lambda nik: collection(feature(), int(nik))),
        ("a second array of features", features_twice),
        ("text behind the end of the file", lambda nik: collection() + b"\n" + nik.encode()),
        ("a bare geometry's foreign member", lambda nik: json.dumps({**POINT, "nik": nik}).encode()),
    )
)
