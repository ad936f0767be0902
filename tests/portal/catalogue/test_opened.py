"""A table opened: what is held in memory is that of the very file, and goes again by itself."""

import os
from pathlib import Path

import polars as pl
import pytest

from lumbung.portal.catalogue import held as holding
from lumbung.portal.catalogue import opened as opening
from lumbung.portal.catalogue.held import Held, held, key_of
from lumbung.portal.catalogue.opened import opened
from lumbung.portal.catalogue.picking import Asked, Condition, Order, Picked, Test
from lumbung.rebuild.formats import write_parquet

MANY = 250_000
TABLE = pl.select(
    n=pl.int_range(MANY), word=pl.format("kata {}", pl.int_range(MANY) % 1_000), back=MANY - pl.int_range(MANY)
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "t.parquet"
    write_parquet(TABLE, place)
    return place


@pytest.fixture(params=["small", "large"])
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The same answers where the columns may be held, and where the table is too large for it."""
    if request.param == "large":
        monkeypatch.setattr(opening, "MOST_CELLS", 1)
    return str(request.param)


def is_word(number: int) -> Condition:
    return Condition(column="word", test=Test.SAME, values=(f"kata {number}",))


def test_pages_of_rows_that_fit(path: Path, size: str) -> None:
    walked, first = [], 0
    while first is not None:
        page = Picked(path, Asked(conditions=(is_word(7),))).walk(first=first, most=60)
        walked += page.rows["n"].to_list()
        first = page.following
    assert walked == list(range(7, MANY, 1_000))
    picked = Picked(path, Asked(conditions=(is_word(7),), orders=(Order(column="back"),)))
    assert picked.page(first=1, most=2).rows() == [
        (248_008, 248_007, "kata 7", 1_993),
        (247_008, 247_007, "kata 7", 2_993),
    ]
    assert picked.found == MANY // 1_000
    assert picked.walk(first=0, most=3).following == 3
    assert picked.walk(first=249, most=3).following is None
    assert sum(piece.height for piece in picked.pieces()) == picked.found


def test_conditions_without_a_column(path: Path, size: str) -> None:
    nothing, everything = (Condition(column="n", test=test, values=()) for test in (Test.SAME, Test.OTHER))
    assert Picked(path, Asked(conditions=(nothing,))).found == 0
    assert Picked(path, Asked(conditions=(everything,))).found == MANY
    assert Picked(path, Asked(conditions=(everything,))).walk(first=0, most=2).rows["n"].to_list() == [0, 1]
    assert Picked(path, Asked(words=(("n", "x"),))).walk(first=0, most=2).rows.height == 0


def test_another_file_in_its_place(path: Path) -> None:
    asked = Asked(conditions=(is_word(7),))
    assert Picked(path, asked).found == 250
    write_parquet(TABLE.head(10), path)
    assert (Picked(path, asked).found, opened(path).height) == (1, 10)
    path.unlink()
    with pytest.raises(FileNotFoundError):
        Picked(path, asked)


def test_what_is_held_goes_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, key = Held(), key_of(path)
    kept.keep(key, TABLE.get_columns())
    first = kept.given(key, ["back", "n"])
    assert first is not None
    assert first.columns == ["back", "n"]
    assert kept.given(key, ["back", "other"]) is None
    kept.sweep()
    assert kept.given(key, ["n"]) is not None
    monkeypatch.setattr(holding, "KEPT", -1.0)
    kept.sweep()
    assert kept.given(key, ["n"]) is None


def test_it_takes_no_more_memory_than_it_may(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "MOST_BYTES", TABLE["n"].estimated_size() + 100)
    kept, key = Held(), key_of(path)
    kept.keep(key, [TABLE["n"]])
    kept.keep(key, [TABLE["back"]])
    assert kept.given(key, ["n"]) is None
    assert kept.given(key, ["back"]) is not None


def test_whoever_takes_all_leaves_nothing_in_memory(path: Path) -> None:
    assert sum(piece.height for piece in Picked(path, Asked(conditions=(is_word(3),))).pieces()) == 250
    assert sum(piece.height for piece in Picked(path, Asked()).pages()) == MANY
    assert held().given(key_of(path), ["n"]) is None


def test_a_file_is_known_by_its_moment(path: Path) -> None:
    before = key_of(path)
    os.utime(path, ns=(1, 1))
    assert key_of(path) != before
