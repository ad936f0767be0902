"""Whose home is it: points beside people's names, and places called after them; not offices, not boundaries."""

import io
import json
from typing import Any

import pytest

from lumbung.detect import detect
from lumbung.detect.home_coordinates import KIND
from lumbung.read import read


def found(features: list[tuple[dict[str, Any], Any]]) -> bool:
    collection = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": one, "geometry": geometry} for one, geometry in features],
    }
    document = read(io.BytesIO(json.dumps(collection).encode()), name="peta.geojson")
    return KIND in {finding.kind for finding in detect(document)}


def point(number: int) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [110.2 + number / 100, -7.5 - number / 100]}


def square(size: float) -> dict[str, Any]:
    ring = [[110, -7], [110 + size, -7], [110 + size, -7 - size], [110, -7]]
    return {"type": "Polygon", "coordinates": [ring]}


PEOPLE = ["Slamet Riyadi", "Siti Aminah", "Budi Santoso", "Sri Wahyuni"]
OFFICES = ["Kantor Desa Sukatani", "Puskesmas Mekarsari", "SDN 1 Ciwangi", "Balai Desa Argaloka"]
HALLS = ["Rumah Sakit Umum", "Rumah Makan Sederhana", "Rumah Ibadah", "Rumah Dinas Camat", "Rumah Pompa Melati"]


def test_points_beside_peoples_names_are_homes() -> None:
    assert found([({"nama": name, "umur": str(40 + i)}, point(i)) for i, name in enumerate(PEOPLE)])


def test_a_yard_is_as_telling_as_a_point_and_a_village_is_not() -> None:
    assert found([({"nama_pemilik": name}, square(0.0005)) for name in PEOPLE])
    assert not found([({"nama_pemilik": name}, square(0.05)) for name in PEOPLE])


@pytest.mark.parametrize("called", ["Rumah Bpk Slamet", "Rumah Slamet", "RUMAH IBU SITI", "kediaman Pak Budi"])
def test_one_point_called_after_somebody_is_a_home(called: str) -> None:
    assert found([({"nama": name}, point(i)) for i, name in enumerate([*OFFICES, called])])


def test_offices_and_public_houses_are_not() -> None:
    assert not found([({"nama": name, "jenis": "kantor"}, point(i)) for i, name in enumerate([*OFFICES, *HALLS])])


def test_coordinates_in_cells_of_a_place_called_after_somebody() -> None:
    lines = ["nama,lintang,bujur", *(f"{name},-7.5123{i},110.2123{i}" for i, name in enumerate(OFFICES))]
    for last, expected in (("Rumah Sakit Umum", False), ("Rumah Pak Slamet", True)):
        text = "\n".join([*lines, f"{last},-7.51239,110.21239"])
        kinds = {finding.kind for finding in detect(read(io.BytesIO(text.encode()), name="titik.csv"))}
        assert (KIND in kinds) is expected
