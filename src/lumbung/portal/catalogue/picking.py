"""Rows of a published table for programs: picked by typed conditions, sorted, and cut out of its Parquet file.

The page of a dataset asks in `rows` with what a person typed; here a column is compared with a value of its own type.
Every row has a number, from 1 in the order of the file. Only the columns that decide are read for all rows; of what is
given, only the groups of rows in which it stands. Nothing is kept between questions.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from math import isfinite
from pathlib import Path

import polars as pl

from lumbung.portal.catalogue.columns import columns_of
from lumbung.portal.catalogue.rows import CHUNK_ROWS, matching_word

NUMBER = "_id"
MOST_VALUES = 1_000  # in all conditions of one question
YES, NO = ("true", "t", "1", "yes", "ya"), ("false", "f", "0", "no", "tidak")


class UnknownColumn(ValueError):
    """A column is asked for that the table does not have. Its text is empty: names are the asker's own words."""


class WrongValue(ValueError):
    """A value that its column cannot hold. Its text is empty."""


class Test(StrEnum):
    """How a cell is compared. SAME with several values means any of them; no value (None) means an empty cell."""

    __test__ = False  # no test of pytest's

    SAME = "eq"
    OTHER = "ne"
    LESS = "lt"
    AT_MOST = "lte"
    MORE = "gt"
    AT_LEAST = "gte"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What must hold of one column. Values are as they were sent: texts, numbers, yes and no, nothing."""

    column: str
    test: Test = Test.SAME
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Sort by one column; empty cells come last unless told."""

    column: str
    descending: bool = False
    empty_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of a table. `words` pair a column ("" for any) with words that must all stand in it.

    `columns` in the order wished for, empty for all; `distinct` gives every row once and then no numbers.
    """

    conditions: tuple[Condition, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    orders: tuple[Order, ...] = ()
    columns: tuple[str, ...] = ()
    distinct: bool = False


class Picked:
    """The rows that fit, found once: counted, then given page by page."""

    def __init__(self, path: Path, asked: Asked) -> None:
        """Look for them. Raise UnknownColumn or WrongValue; OSError where the file is gone."""
        self._table = pl.scan_parquet(path)
        self.schema = self._table.collect_schema()
        self.columns = _known(self.schema, asked.columns) if asked.columns else list(self.schema)
        conditions = conditions_of(asked, self.schema)
        for order in asked.orders:
            _known(self.schema, [order.column])
        self._different = self._every_one_once(asked, conditions) if asked.distinct else None
        narrowed = not asked.distinct and (conditions or asked.orders)
        self._places = _places(self._table, conditions, asked.orders) if narrowed else None
        found = self._places if self._different is None else self._different
        self.found = int(self._table.select(pl.len()).collect().item()) if found is None else len(found)

    @property
    def numbered(self) -> bool:
        """Whether rows carry their number: not where each stands for several, nor beside a column of that name."""
        return self._different is None and NUMBER not in self.schema

    def page(self, *, first: int, most: int) -> pl.DataFrame:
        """At most `most` rows from the one at `first` (from 0), numbered in front where `numbered`."""
        if self._different is not None:
            return self._different.slice(first, most)
        wanted = self._table.select(self.columns)
        if self._places is None:
            rows = wanted.slice(first, most).collect()
            places = pl.Series(NUMBER, range(first, first + rows.height), dtype=pl.Int64)
        else:
            places = self._places.slice(first, most).cast(pl.Int64).alias(NUMBER)
            rows = _gathered(wanted, places)
        return rows.insert_column(0, places + 1) if self.numbered else rows

    def pages(self, *, first: int = 0, most: int | None = None) -> Iterator[pl.DataFrame]:
        """The same in pieces, one at least: a large table never stands in memory whole."""
        end = self.found if most is None else min(self.found, first + most)
        for begin in range(first, max(end, first + 1), CHUNK_ROWS):
            yield self.page(first=begin, most=max(0, min(CHUNK_ROWS, end - begin)))

    def _every_one_once(self, asked: Asked, conditions: list[pl.Expr]) -> pl.DataFrame:
        different = self._table.filter(*conditions) if conditions else self._table
        rows = different.select(self.columns).unique(maintain_order=True).collect()
        orders = [order for order in asked.orders if order.column in self.columns]
        return _sorted(rows, orders) if orders else rows


def conditions_of(asked: Asked, schema: pl.Schema) -> list[pl.Expr]:
    """What must hold of a row. Raise UnknownColumn or WrongValue, the latter also for too many values."""
    if sum(len(one.values) for one in asked.conditions) > MOST_VALUES:
        raise WrongValue
    made = [_compared(one, schema[_known(schema, [one.column])[0]]) for one in asked.conditions]
    columns = columns_of(schema)
    for name, words in asked.words:
        within = [one for one in columns if one.name == name] if name else columns
        if not within:
            raise UnknownColumn
        made += [matching_word(word, within) for word in words.split()]
    return made


def value_of(value: object, kind: pl.DataType) -> object:
    """A value as a column of this kind holds it. Raise WrongValue where it cannot."""
    try:
        if kind == pl.String and isinstance(value, str | int | float):
            return str(value)
        if kind == pl.Boolean:
            return _yes_or_no(value)
        if kind.is_numeric() and isinstance(value, str | int | float) and not isinstance(value, bool):
            return _number(value)
        if kind == pl.Date:
            return date.fromisoformat(str(value))
        if kind == pl.Datetime:
            return datetime.fromisoformat(str(value))
    except ValueError:
        raise WrongValue from None
    raise WrongValue


def _compared(condition: Condition, kind: pl.DataType) -> pl.Expr:
    cell = pl.col(condition.column)
    values = [value_of(one, kind) for one in condition.values if one is not None]
    if condition.test in (Test.SAME, Test.OTHER):
        fits = _any_of(cell, values) if values else pl.lit(value=False)
        fits = fits | cell.is_null() if None in condition.values else fits
        return fits if condition.test == Test.SAME else ~fits
    if len(values) != 1 or None in condition.values:
        raise WrongValue
    beside = pl.lit(values[0])
    compared = {Test.LESS: cell < beside, Test.AT_MOST: cell <= beside, Test.MORE: cell > beside}
    return compared.get(condition.test, cell >= beside).fill_null(value=False)


def _any_of(cell: pl.Expr, values: list[object]) -> pl.Expr:
    """Whether the cell holds one of at least one value."""
    if len(values) == 1:
        same = cell == pl.lit(values[0])
    elif any(isinstance(one, float) for one in values):
        same = cell.cast(pl.Float64).is_in([float(str(one)) for one in values])
    else:
        same = cell.is_in(values)
    return same.fill_null(value=False)


def _yes_or_no(value: object) -> bool:
    said = str(value).strip().lower()
    if said not in (*YES, *NO):
        raise WrongValue
    return said in YES


def _number(value: str | int | float) -> int | float:
    """Whole where it is whole, so that no digit of a large one is lost."""
    text = str(value).strip()
    whole = text.removeprefix("-")
    if whole.isascii() and whole.isdigit() and len(whole) < 19:
        return int(text)
    number = float(text) if len(text) <= 40 else float("nan")
    if not isfinite(number):
        raise WrongValue
    return number


def _known(schema: pl.Schema, names: Sequence[str]) -> list[str]:
    if any(name not in schema for name in names):
        raise UnknownColumn
    return list(dict.fromkeys(names))


def _places(table: pl.LazyFrame, conditions: list[pl.Expr], orders: Sequence[Order]) -> pl.Series:
    """The numbers from 0 of the rows that fit, in the order asked for; ties keep the order of the file."""
    place = _free_name(table.collect_schema())
    picked = table.with_row_index(place)
    picked = picked.filter(*conditions) if conditions else picked
    if not orders:
        return picked.select(place).collect()[place]
    names = list(dict.fromkeys(order.column for order in orders))
    return _sorted(picked.select(place, *names).collect(), orders)[place]


def _sorted(rows: pl.DataFrame, orders: Sequence[Order]) -> pl.DataFrame:
    keys = [
        pl.col(order.column).str.to_lowercase() if rows.schema[order.column] == pl.String else pl.col(order.column)
        for order in orders
    ]
    return rows.sort(
        keys,
        descending=[order.descending for order in orders],
        nulls_last=[not order.empty_first for order in orders],
        maintain_order=True,
    )


def _gathered(table: pl.LazyFrame, places: pl.Series) -> pl.DataFrame:
    """The rows at these places, in this order, out of the groups of rows in which they stand."""
    groups = places // CHUNK_ROWS
    found = pl.DataFrame({"place": places, "group": groups, "at": range(len(places))})
    pieces, order = [table.head(0).collect()], [pl.Series(dtype=pl.Int64)]
    for (group,), part in found.group_by("group", maintain_order=True):
        first = int(str(group)) * CHUNK_ROWS
        pieces.append(table.slice(first, CHUNK_ROWS).collect()[part["place"] - first])
        order.append(part["at"])
    return pl.concat(pieces)[pl.concat(order).arg_sort()]


def _free_name(schema: pl.Schema) -> str:
    """A column name that the table does not have."""
    return "#" * (1 + max(map(len, schema.names()), default=0))
