"""A published table's Parquet file, opened: its columns, how many rows it has, and rows out of it by their places.

A place is the number of a row from 0 in the order of the file. What decides which rows fit is held for a while
(`held`) where the table is not too large; of a longer one, rows one after another are cut straight out of the file.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polars as pl

from lumbung.portal.catalogue.held import MOST_BYTES, Key, held, key_of
from lumbung.rebuild.formats import ROWS_PER_GROUP

MOST_CELLS = MOST_BYTES // 8  # of a table whose columns are held
SHORT = 2 * ROWS_PER_GROUP  # rows


@dataclass(frozen=True, slots=True)
class Opened:
    """A table. `schema` gives its columns' types in their order, `height` its rows."""

    key: Key
    schema: pl.Schema
    height: int

    @property
    def file(self) -> pl.LazyFrame:
        """All of it, nothing read yet."""
        return pl.scan_parquet(self.key[0])

    @property
    def small(self) -> bool:
        """Whether its columns may be held in memory."""
        return self.height * len(self.schema) <= MOST_CELLS

    @property
    def short(self) -> bool:
        """Whether reading all of it costs little more than reading the first rows."""
        return self.small and self.height <= SHORT

    def columns(self, names: Iterable[str]) -> pl.LazyFrame:
        """These columns whole: in memory if the table is small, else as they stand in the file."""
        wanted = list(dict.fromkeys(names))
        return self._whole(wanted).lazy() if self.small else self.file.select(wanted)

    def cut(self, names: Sequence[str], *, first: int, most: int) -> pl.DataFrame:
        """At most so many rows one after another, with these columns."""
        if self.short:
            return self._whole(names).slice(first, most)
        here = held().given(self.key, names) if self.small else None
        return self.file.select(names).slice(first, most).collect() if here is None else here.slice(first, most)

    def gathered(self, names: Sequence[str], places: pl.Series) -> pl.DataFrame:
        """The rows at these places, in this order; of a large table only the groups of rows in which they stand."""
        if self.small:
            return self._whole(names)[places]
        groups = places // ROWS_PER_GROUP
        found = pl.DataFrame({"place": places, "group": groups, "at": range(len(places))})
        table = self.file.select(names)
        pieces, order = [table.head(0).collect()], [pl.Series(dtype=pl.Int64)]
        for (group,), part in found.group_by("group", maintain_order=True):
            first = int(str(group)) * ROWS_PER_GROUP
            pieces.append(table.slice(first, ROWS_PER_GROUP).collect()[part["place"] - first])
            order.append(part["at"])
        return pl.concat(pieces)[pl.concat(order).arg_sort()]

    def _whole(self, names: Sequence[str]) -> pl.DataFrame:
        columns = held().given(self.key, names)
        if columns is None:
            columns = self.file.select(names).collect()
            held().keep(self.key, columns.get_columns())
        return columns


def opened(path: Path) -> Opened:
    """The table at this path. Raise OSError where the file is gone, PolarsError where it is none."""
    return _opened(key_of(path))


@lru_cache(maxsize=256)
def _opened(key: Key) -> Opened:
    """A file is written once: as long as it is the same, so are its columns and its rows."""
    table = pl.scan_parquet(key[0])
    return Opened(key, table.collect_schema(), int(table.select(pl.len()).collect().item()))
