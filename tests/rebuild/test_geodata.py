"""GeoJSON written anew: the standard's letter, inspected properties alone, and nothing that was hidden."""

import io
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from lumbung.read import read
from lumbung.rebuild import write_tables


def rebuilt(content: Any, folder: Path) -> dict[str, Any]:
    write_tables(read(io.BytesIO(json.dumps(content).encode()), name="peta"), folder=folder)
    made: dict[str, Any] = json.loads((folder / "tabel-1.geojson").read_text())
    return made


def collection(*features: tuple[Any, Any], **foreign: Any) -> dict[str, Any]:
    members = [{"type": "Feature", "properties": one, "geometry": geometry} for one, geometry in features]
    return {"type": "FeatureCollection", **foreign, "features": members}


def point(x: float, y: float, *more: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [x, y, *more]}


def test_points_become_features_and_two_columns(tmp_path: Path) -> None:
    sent = collection(
        ({"nama": "Balai", "jumlah": 3}, point(110.12345678912, -7.5, 12.0)), ({"nama": "Pos", "jumlah": None}, None)
    )
    assert rebuilt(sent, tmp_path) == {
        "type": "FeatureCollection",
        "bbox": [110.123457, -7.5, 110.123457, -7.5],
        "features": [
            {"type": "Feature", "properties": {"nama": "Balai", "jumlah": 3}, "geometry": point(110.123457, -7.5)},
            {"type": "Feature", "properties": {"nama": "Pos", "jumlah": None}, "geometry": None},
        ],
    }
    table = pl.read_csv(tmp_path / "tabel-1.csv")
    assert table.rows() == [("Balai", 3, 110.123457, -7.5), ("Pos", None, None, None)]
    assert table.columns == ["nama", "jumlah", "bujur", "lintang"]


def test_what_is_foreign_or_hidden_stays_behind(tmp_path: Path) -> None:
    sent = collection(({"desa": "A"}, point(110, -7)), ({"desa": "B"}, point(111, -7)), metadata={"oleh": "RAHASIA"})
    sent["features"][0] |= {"rahasia": "RAHASIA", "bbox": [1, 2, 3, 4]}
    sent["features"][1]["geometry"]["rahasia"] = [{"x": "RAHASIA"}]
    rebuilt(sent, tmp_path)
    assert {path.suffix for path in tmp_path.iterdir()} == {".geojson", ".csv", ".xlsx", ".json", ".parquet"}
    assert not any(b"RAHASIA" in path.read_bytes() for path in tmp_path.iterdir() if path.suffix != ".xlsx")


def test_rings_are_closed_and_turn_as_the_standard_says(tmp_path: Path) -> None:
    outer, hole = [[0, 0], [0, 9], [9, 9], [9, 0]], [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]
    sent = collection(({"desa": "A"}, {"type": "Polygon", "coordinates": [outer, hole]}))
    (feature,) = rebuilt(sent, tmp_path)["features"]
    assert feature["geometry"]["coordinates"] == [[[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]], hole[::-1]]
    assert "bujur" not in pl.read_csv(tmp_path / "tabel-1.csv").columns


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "MultiPoint", "coordinates": [[1.0, 2.0], [3.0, 4.0]]},
        {"type": "MultiLineString", "coordinates": [[[1.0, 2.0], [3.0, 4.0]]]},
        {"type": "MultiPolygon", "coordinates": [[[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]]]},
        {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1.0, 2.0]}]},
    ],
)
def test_every_kind_of_geometry_comes_back(geometry: Any, tmp_path: Path) -> None:
    (feature,) = rebuilt(collection(({"a": "x"}, geometry)), tmp_path)["features"]
    assert feature["geometry"] == geometry


def test_a_map_that_nobody_can_locate_gives_its_table_alone(tmp_path: Path) -> None:
    sent = collection(({"a": "x"}, point(411693.9, 9170836.1)))
    written = write_tables(read(io.BytesIO(json.dumps(sent).encode()), name="peta"), folder=tmp_path)
    assert "geojson" not in {one.format for one in written}
    assert "sistem koordinat" in written[0].notes[0]


def test_odd_names_and_values_stay_what_they_are(tmp_path: Path) -> None:
    sent = collection(({"2024": "=1+1", "": "1e999", "x" * 200: "ü"}, point(1, 2)), ({"2024": "b"}, point(1, 2)))
    first, second = rebuilt(sent, tmp_path)["features"]
    assert first["properties"] == {"2024": "=1+1", "kolom_2": "1e999", "x" * 200: "ü"}
    assert second["properties"] == {"2024": "b", "kolom_2": None, "x" * 200: None}
