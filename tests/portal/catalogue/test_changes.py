"""What a release changed: counts that add up, and never a cell."""

from pathlib import Path

import polars as pl

from lumbung.portal.catalogue.changes import Change, change

OLD = pl.DataFrame({"kode": ["1", "2", "3"], "nama": ["A", "B", "C"], "jumlah": [10, 20, 30], "lama": [1, 1, 1]})


def compared(tmp_path: Path, old: pl.DataFrame, new: pl.DataFrame) -> Change:
    paths = tmp_path / "lama.parquet", tmp_path / "baru.parquet"
    old.write_parquet(paths[0])
    new.write_parquet(paths[1])
    found = change(*paths)
    assert found is not None
    return found


def test_rows_are_told_apart_by_a_key(tmp_path: Path) -> None:
    new = pl.DataFrame(
        {"kode": ["1", "3", "4"], "nama": ["A", "C", "D"], "jumlah": [10.0, 31.0, 40.0], "baru": ["x"] * 3}
    )
    found = compared(tmp_path, OLD, new)
    assert (found.key, found.rows_added, found.rows_removed, found.changed) == (["kode"], 1, 1, 1)
    assert found.cells == [("jumlah", 1)]
    assert (found.columns_added, found.columns_removed) == (["baru"], ["lama"])
    assert (found.before, found.after) == (3, 3)


def test_a_key_of_several_columns(tmp_path: Path) -> None:
    old = pl.DataFrame({"desa": ["A", "A", "B", "B"], "tahun": [1, 2, 1, 2], "jumlah": [1, 2, 3, None]})
    found = compared(tmp_path, old, old.with_columns(jumlah=pl.Series([1, 2, 3, 4])))
    assert (set(found.key), found.changed, found.cells) == ({"tahun", "desa"}, 1, [("jumlah", 1)])


def test_without_a_key_whole_rows_are_counted_as_often_as_they_stand(tmp_path: Path) -> None:
    old = pl.DataFrame({"desa": ["A", "A", None], "jumlah": [1, 1, 3]})
    new = pl.DataFrame({"desa": ["A", None, None], "jumlah": [1, 3, 3]})
    found = compared(tmp_path, old, new)
    assert (found.key, found.changed, found.rows_added, found.rows_removed) == ([], None, 1, 1)


def test_the_same_in_another_order_is_nothing(tmp_path: Path) -> None:
    assert compared(tmp_path, OLD, OLD.reverse()).nothing


def test_nothing_in_common(tmp_path: Path) -> None:
    found = compared(tmp_path, OLD, pl.DataFrame({"lain": ["x"]}))
    assert (found.rows_added, found.rows_removed, found.columns_added) == (1, 3, ["lain"])


def test_empty_beside_full(tmp_path: Path) -> None:
    found = compared(tmp_path, OLD.clear(), OLD)
    assert (found.rows_added, found.rows_removed, found.nothing) == (3, 0, False)
