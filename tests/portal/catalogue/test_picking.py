"""Rows for programs: typed conditions, order, pages, every row once; nothing asked for breaks it."""

from pathlib import Path

import polars as pl
import pytest

from lumbung.portal.catalogue.picking import (
    MOST_VALUES,
    NUMBER,
    Asked,
    Condition,
    Order,
    Picked,
    Test,
    UnknownColumn,
    WrongValue,
)
from lumbung.portal.catalogue.rows import CHUNK_ROWS


@pytest.fixture
def path(tmp_path: Path) -> Path:
    rows = {
        "desa": ["Sukatani", "mekarsari", None, "Ciwangi", "Sukatani"],
        "tahun": [2024, 2023, 2024, None, 2022],
        "nilai": [1.5, 2.0, None, -3.0, 2.0],
        "padat": [True, False, None, True, False],
    }
    place = tmp_path / "t.parquet"
    pl.DataFrame(rows).write_parquet(place)
    return place


def numbers(path: Path, **asked: object) -> list[int]:
    return Picked(path, Asked(**asked)).page(first=0, most=100)[NUMBER].to_list()  # type: ignore[arg-type]


def condition(column: str, *values: object, test: Test = Test.SAME) -> dict[str, object]:
    return {"conditions": (Condition(column=column, test=test, values=values),)}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (condition("tahun", 2024), [1, 3]),
        (condition("tahun", "2024"), [1, 3]),
        (condition("tahun", 2024, "2022"), [1, 3, 5]),
        (condition("tahun", 2024.5, 2022), [5]),
        (condition("tahun", None), [4]),
        (condition("tahun", 2024, None), [1, 3, 4]),
        (condition("tahun"), []),
        (condition("tahun", 2024, test=Test.OTHER), [2, 4, 5]),
        (condition("tahun", 2023, test=Test.LESS), [5]),
        (condition("nilai", "2", test=Test.AT_LEAST), [2, 5]),
        (condition("desa", "Sukatani"), [1, 5]),
        (condition("desa", "' OR 1=1 --"), []),
        (condition("padat", "true"), [1, 4]),
        ({"words": (("", "sukatani 2022"),)}, [5]),
        ({"words": (("desa", "KATA"),)}, [1, 5]),
        ({"orders": (Order(column="nilai", descending=True), Order(column="tahun"))}, [5, 2, 1, 4, 3]),
        ({"orders": (Order(column="desa"),)}, [4, 2, 1, 5, 3]),
        ({"orders": (Order(column="tahun", empty_first=True),)}, [4, 5, 2, 1, 3]),
    ],
)
def test_picks(path: Path, asked: dict[str, object], expected: list[int]) -> None:
    assert numbers(path, **asked) == expected


@pytest.mark.parametrize(
    ("asked", "trouble"),
    [
        (condition("tidak ada", 1), UnknownColumn),
        ({"orders": (Order(column="tidak ada"),)}, UnknownColumn),
        ({"columns": ("desa", "x")}, UnknownColumn),
        ({"words": (("x", "a"),)}, UnknownColumn),
        (condition("tahun", "dua ribu"), WrongValue),
        (condition("tahun", True), WrongValue),
        (condition("tahun", "1e999"), WrongValue),
        (condition("tahun", "9" * 5000), WrongValue),
        (condition("tahun", ["2024"]), WrongValue),
        (condition("desa", {"a": 1}), WrongValue),
        (condition("padat", "mungkin"), WrongValue),
        (condition("tahun", None, test=Test.LESS), WrongValue),
        (condition("tahun", 1, 2, test=Test.LESS), WrongValue),
        (condition("tahun", *range(MOST_VALUES + 1)), WrongValue),
    ],
)
def test_refuses(path: Path, asked: dict[str, object], trouble: type[ValueError]) -> None:
    with pytest.raises(trouble) as raised:
        Picked(path, Asked(**asked))  # type: ignore[arg-type]
    assert not str(raised.value)


def test_every_row_once(path: Path) -> None:
    picked = Picked(path, Asked(columns=("desa",), distinct=True, orders=(Order(column="desa"),)))
    assert picked.found == 4
    assert not picked.numbered
    assert picked.page(first=1, most=2).rows() == [("mekarsari",), ("Sukatani",)]


def test_pages_meet_without_a_gap(tmp_path: Path) -> None:
    many, place = 2 * CHUNK_ROWS + 7, tmp_path / "t.parquet"
    pl.DataFrame({"n": range(many), "back": range(many, 0, -1)}).write_parquet(place, row_group_size=CHUNK_ROWS)
    straight = pl.concat(Picked(place, Asked()).pages())
    assert straight["n"].to_list() == list(range(many))
    turned = pl.concat(Picked(place, Asked(orders=(Order(column="back"),))).pages(first=3, most=CHUNK_ROWS + 5))
    assert turned[NUMBER].to_list() == list(range(many - 3, many - CHUNK_ROWS - 8, -1))
    assert Picked(place, Asked()).page(first=many + 1, most=5).height == 0
    assert [piece.height for piece in Picked(place, Asked(**condition("n", -1))).pages()] == [0]  # type: ignore[arg-type]


def test_a_column_of_that_name_keeps_it(tmp_path: Path) -> None:
    place = tmp_path / "t.parquet"
    pl.DataFrame({NUMBER: [7, 8]}).write_parquet(place)
    picked = Picked(place, Asked(orders=(Order(column=NUMBER, descending=True),)))
    assert picked.page(first=0, most=9).rows() == [(8,), (7,)]
