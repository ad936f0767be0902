"""A table with a row for each village is drawn where the villages say that their offices are; nothing is invented."""

import json
from typing import Any

import pytest
from django.test import Client

from lumbung.portal.catalogue.models import PlacePage
from tests.portal.catalogue.made import close, table

pytestmark = pytest.mark.django_db

HERE, BESIDE, UNKNOWN = "99.01.01.2001", "99.01.01.2002", "99.01.01.2003"


@pytest.fixture
def pinned(regency: Any) -> Any:
    """Two villages, of which one has said where its office is."""
    for place, kode in ((regency.village, HERE), (regency.neighbour, BESIDE)):
        place.kode = kode
        place.save(update_fields=["kode"])
    PlacePage.objects.create(organisation=regency.village, latitude="-8.61", longitude="109.02")
    PlacePage.objects.create(organisation=regency.neighbour, address="Jl. Balai Desa")
    return regency


def rows(*kodes: str, **more: Any) -> list[dict[str, Any]]:
    return [
        {"kode_desa": kode, "desa": f"Desa {kode[-1]}", "jumlah": 10 + at, **more} for at, kode in enumerate(kodes)
    ]


def features(address: str) -> dict[str, Any]:
    answer = Client().get(f"{address}/peta.json")
    return json.loads(answer.content) if answer.status_code == 200 else {}


def test_points_as_large_as_the_figure_and_what_is_missing_is_counted(pinned: Any) -> None:
    dataset = table(pinned.top, "Penduduk per desa", rows(HERE, BESIDE, UNKNOWN))
    page = Client().get(dataset.get_absolute_url()).content.decode()
    assert "Makin luas lingkarannya, makin besar jumlah" in page and "bukan wilayahnya" in page
    told = features(dataset.get_absolute_url())
    assert told["sized"] == "jumlah"
    assert told["counts"] == {"shown": 1, "of": 3, "without": 2}
    (only,) = told["features"]
    assert only["geometry"] == {"type": "Point", "coordinates": [109.02, -8.61]}
    assert only["properties"] == {"jumlah": 10, "kode_desa": HERE, "desa": "Desa 1"}
    close(dataset)
    assert Client().get(f"{dataset.get_absolute_url()}/peta.json").status_code == 410


def test_the_newest_year_of_several(pinned: Any) -> None:
    both = [*rows(HERE, BESIDE, tahun=2024), *rows(BESIDE, HERE, tahun=2025)]
    told = features(table(pinned.top, "Penduduk", both).get_absolute_url())
    assert told["features"][0]["properties"]["jumlah"] == 11


@pytest.mark.parametrize(
    "told",
    [rows(UNKNOWN), rows(BESIDE), rows(HERE, HERE), [{"kode_desa": None, "jumlah": 1}]],
    ids=["unknown", "without place", "two rows of one village", "no code"],
)
def test_no_map_but_a_word_why(pinned: Any, told: list[dict[str, Any]]) -> None:
    address = table(pinned.top, "Penduduk", told).get_absolute_url()
    page = Client().get(address)
    assert page.status_code == 200
    assert "belum dipetakan" in page.content.decode()
    assert features(address) == {}
