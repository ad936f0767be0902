"""Facets as trees, order, chips, what an empty answer offers, and finding while typing."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lumbung.portal.catalogue.finding import Wish, found, spread, without
from lumbung.portal.catalogue.spelling import corrected
from tests.portal.catalogue.made import close, shelved

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(regency: Any) -> dict[str, Any]:
    """Three datasets of three organisations."""
    for organisation, kode in ((regency.district, "99.01.01"), (regency.village, "99.01.01.2001")):
        organisation.kode = kode
        organisation.save(update_fields=["kode"])
    return {
        "village": shelved(regency.village, "Luas panen padi", theme="pertanian", year=2024, formats=" csv xlsx "),
        "neighbour": shelved(regency.neighbour, "Batas wilayah", theme="infrastruktur", formats=" csv geojson "),
        "agency": shelved(regency.agency, "Angka kesakitan", theme="kesehatan", year=2023, formats=" csv "),
    }


def page(path: str, **headers: str) -> str:
    answer = Client().get(path, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def facet(name: str, wish: Wish) -> list[tuple[str, int, int]]:
    return [(one.value, one.count, one.depth) for one in spread(wish).facets[name]]


def test_organisations_are_a_tree_with_everything_below_counted(shelf: dict[str, Any]) -> None:
    assert facet("organisasi", Wish()) == [("kabupaten", 3, 0), ("kecamatan", 2, 1), ("dinkes", 1, 1)]
    below = facet("organisasi", Wish(organisation="kecamatan"))
    assert below[:2] == [("kabupaten", 2, 0), ("kecamatan", 2, 1)]
    assert sorted(below[2:]) == [("desa", 1, 2), ("tetangga", 1, 2)]
    assert facet("organisasi", Wish(organisation="tidak-ada")) == []


def test_regions_and_formats(shelf: dict[str, Any]) -> None:
    assert facet("wilayah", Wish()) == [("99.01.01", 1, 0)]
    assert {one.slug for one in found(Wish(region="99.01.01"))} == {shelf["village"].slug, shelf["neighbour"].slug}
    assert [one.slug for one in found(Wish(region="99.01.01.2001"))] == [shelf["village"].slug]
    assert not found(Wish(region="9")).exists()
    assert {value: count for value, count, _ in facet("format", Wish())} == {"csv": 3, "xlsx": 1, "geojson": 1}
    assert [one.slug for one in found(Wish(format="geojson"))] == [shelf["neighbour"].slug]
    assert not found(Wish(format="son")).exists()


def test_words_beside_a_wish_that_cannot_be_met_find_nothing(shelf: dict[str, Any]) -> None:
    assert spread(Wish(words="panen")).keys == [shelf["village"].pk]
    assert spread(Wish(words="panen", organisation="tidak-ada")).keys == []
    assert spread(Wish(words="panen", year="9")).keys == []


def test_order(shelf: dict[str, Any]) -> None:
    titles = [one.split("</a>")[0] for one in page("/?urut=judul").split('<ul class="shelf">')[1].split('">')[1::1]]
    assert [title for title in titles if title in ("Angka kesakitan", "Batas wilayah", "Luas panen padi")] == [
        "Angka kesakitan",
        "Batas wilayah",
        "Luas panen padi",
    ]
    assert page("/?urut=acak")


def test_one_filter_is_let_go_of_by_its_chip(shelf: dict[str, Any]) -> None:
    shown = page("/?q=panen&tema=pertanian&tahun=2024")
    chips = shown.partition('<ul class="chips"')[2].partition("</ul>")[0]
    assert 'href="/?tema=pertanian&amp;tahun=2024"' in chips
    assert 'href="/?q=panen&amp;tahun=2024"' in chips
    assert 'href="/"' in chips


def test_a_slip_still_finds_and_says_so(shelf: dict[str, Any]) -> None:
    shown = page("/?q=panne")
    assert "Luas panen padi" in shown
    assert "Mungkin maksud Anda:" in shown
    assert "panen" in shown


def test_an_empty_answer_says_which_filter_to_drop_and_whom_to_ask(shelf: dict[str, Any]) -> None:
    shown = page("/?tema=kesehatan&tahun=2024")
    assert "Tanpa saringan Tema" in shown and "Tanpa saringan Tahun" in shown
    assert "walidata atau PPID" in shown
    assert without(Wish(theme="kesehatan", year="2024")) == [("theme", 1), ("year", 1)]


def test_typing_gets_the_results_alone_and_coming_back_gets_the_page(shelf: dict[str, Any]) -> None:
    part = page("/?q=panen", **{"HX-Request": "true"})
    assert "<html" not in part and "Luas panen padi" in part
    whole = page("/?q=panen", **{"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in whole
    assert "HX-Request" in Client().get("/?q=panen").headers["Vary"]


def test_words_of_a_closed_dataset_are_neither_found_nor_suggested(shelf: dict[str, Any]) -> None:
    assert corrected("kesakitn") == "kesakitan"
    close(shelf["agency"])
    assert corrected("kesakitn") == ""
    assert spread(Wish(words="kesakitan")).keys == []
    assert "Angka kesakitan" not in page("/")


@pytest.mark.parametrize(
    "path",
    ["/?wilayah=%25", "/?format=%25", "/?organisasi=%00", "/?q=%22%2A", "/?tahun=²²²²", "/?urut=x&tema=x&wilayah=x"],
)
def test_odd_wishes_are_answered(shelf: dict[str, Any], path: str) -> None:
    assert page(path)


@pytest.mark.parametrize("word", ["a" * 5000, "pen'); drop", "ééé", "١٢٣٤", "%", "_" * 30])
def test_odd_words_are_corrected_to_nothing(shelf: dict[str, Any], word: str) -> None:
    assert corrected(word) == ""


def test_questions_to_the_database_are_few(shelf: dict[str, Any]) -> None:
    for path in ("/", "/?q=panen", "/?organisasi=kecamatan&wilayah=99.01.01&tema=pertanian"):
        with CaptureQueriesContext(connection) as asked:
            page(path)
        assert len(asked) <= 24, path
