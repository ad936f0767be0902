"""What changed between two releases of a table: counts and names of columns, never a cell.

Rows are told apart by a key: the columns that are no figures, as few of them as make every row its own in both
releases. Where there is no such key only whole rows can be compared, and a changed row counts as one gone, one new.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import polars as pl

from lumbung.portal.catalogue.columns import Role, columns_of

MOST_KEY_COLUMNS = 4
MOST_ROWS = 2_000_000
LIKELY = {Role.CODE: 0, Role.YEAR: 1, Role.PERIOD: 2, Role.KIND: 3, Role.LABEL: 4, Role.AGE: 5, Role.SEX: 6}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The difference from the older release to the newer one.

    `key` are the columns that tell rows apart, empty where none do; `changed` is None then. `cells` counts the changed
    cells of each column that has any. `before` and `after` are the numbers of rows.
    """

    before: int
    after: int
    columns_added: list[str]
    columns_removed: list[str]
    key: list[str]
    rows_added: int
    rows_removed: int
    changed: int | None
    cells: list[tuple[str, int]]

    @property
    def nothing(self) -> bool:
        """Whether both hold the same."""
        moved = self.columns_added or self.columns_removed or self.rows_added or self.rows_removed or self.changed
        return not moved


def change(older: Path, newer: Path) -> Change | None:
    """Compare two Parquet files. None where they are too large to compare while somebody waits."""
    tables = pl.scan_parquet(older), pl.scan_parquet(newer)
    before, after = (int(table.select(pl.len()).collect().item()) for table in tables)
    if max(before, after) > MOST_ROWS:
        return None
    old, new = (table.collect_schema() for table in tables)
    shared = [name for name in new if name in old]
    alike = [table.select(_comparable(name) for name in shared).collect() for table in tables]
    key = _key(tables[1].select(shared), alike)
    changed: int | None = None
    cells: list[tuple[str, int]] = []
    if not shared:
        added, removed = after, before
    elif key:
        added, removed, changed, cells = _by_key(alike[0], alike[1], key)
    else:
        added, removed = _by_row(alike[0], alike[1])
    return Change(
        before=before,
        after=after,
        columns_added=[name for name in new if name not in old],
        columns_removed=[name for name in old if name not in new],
        key=key,
        rows_added=added,
        rows_removed=removed,
        changed=changed,
        cells=cells,
    )


def _comparable(name: str) -> pl.Expr:
    """1 and 1.0 are the same figure, whichever way a release keeps it."""
    return pl.col(name).cast(pl.String).str.replace(r"^(-?\d+)\.0$", "$1")


def _key(newer: pl.LazyFrame, tables: Sequence[pl.DataFrame]) -> list[str]:
    columns = [one for one in columns_of(newer.collect_schema()) if one.role in LIKELY]
    names = [one.name for one in sorted(columns, key=lambda one: LIKELY[one.role])][: 2 * MOST_KEY_COLUMNS]
    if not names or any(_repeats(table, names) for table in tables):
        return []
    for size in range(1, MOST_KEY_COLUMNS + 1):
        for chosen in map(list, combinations(names, size)):
            if not any(_repeats(table, chosen) for table in tables):
                return chosen
    return names


def _repeats(table: pl.DataFrame, names: list[str]) -> bool:
    return table.select(pl.struct(names).n_unique()).item() < table.height if table.height else False


def _by_key(old: pl.DataFrame, new: pl.DataFrame, key: list[str]) -> tuple[int, int, int, list[tuple[str, int]]]:
    added = new.join(old, on=key, how="anti", nulls_equal=True).height
    removed = old.join(new, on=key, how="anti", nulls_equal=True).height
    both = old.join(new, on=key, how="inner", suffix="\n", nulls_equal=True)
    others = [name for name in new.columns if name not in key]
    differs = [pl.col(name).ne_missing(pl.col(f"{name}\n")).alias(name) for name in others]
    if not others:
        return added, removed, 0, []
    marks = both.select(differs)
    counts = [(name, int(marks[name].sum())) for name in others]
    changed = int(marks.select(pl.any_horizontal(others).sum()).item())
    return added, removed, changed, [(name, count) for name, count in counts if count]


def _by_row(old: pl.DataFrame, new: pl.DataFrame) -> tuple[int, int]:
    """How many rows are new and how many are gone, a row that stands twice counted twice."""
    counted = [table.group_by(table.columns).agg(pl.len().cast(pl.Int64).alias("\n")) for table in (old, new)]
    both = counted[0].join(counted[1], on=new.columns, how="full", suffix="\n2", nulls_equal=True)
    more = both.select((pl.col("\n\n2").fill_null(0) - pl.col("\n").fill_null(0)).alias("more"))["more"]
    return int(more.clip(lower_bound=0).sum()), int(-more.clip(upper_bound=0).sum())
