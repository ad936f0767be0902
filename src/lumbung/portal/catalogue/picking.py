"""Rows of a published table for programs: picked by typed conditions, sorted, and cut out of its Parquet file.

The page of a dataset asks in `rows` with what a person typed; here a column is compared with a value of its own type.
Every row has a number, from 1 in the order of the file. Only the columns that decide are read for all rows; of what is
given, only the rows that are. Texts are sorted by their small letters; ties keep the order of the file.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from math import isfinite
from pathlib import Path

import polars as pl

from lumbung.portal.catalogue.columns import columns_of
from lumbung.portal.catalogue.opened import opened
from lumbung.portal.catalogue.rows import CHUNK_ROWS, contains, matching_word

NUMBER = "_id"
MOST_VALUES = 1_000  # in all conditions of one question
PLACE, FITS = "place", "fits"  # of frames that hold nothing else
FIRST_LOOK = 100_000  # rows in which the rows of a page are looked for first; then in four times as many, and so on
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
    CONTAINS = "contains"
    STARTS = "starts"


OF_TEXT = (Test.CONTAINS, Test.STARTS)  # large and small letters are the same to the first, not to the second


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some rows, and where the next page begins; None where there is none."""

    rows: pl.DataFrame
    following: int | None


class Picked:
    """The rows that fit: counted, or given page by page."""

    def __init__(self, path: Path, asked: Asked) -> None:
        """Read the question; nothing is looked for yet. Raise UnknownColumn or WrongValue; OSError where the file is
        gone."""
        self._table = opened(path)
        self.schema = self._table.schema
        self.columns = _known(self.schema, asked.columns) if asked.columns else list(self.schema)
        self._conditions = conditions_of(asked, self.schema)
        self._orders = asked.orders
        self._distinct = asked.distinct
        _known(self.schema, [order.column for order in asked.orders])

    @property
    def numbered(self) -> bool:
        """Whether rows carry their number: not where each stands for several, nor beside a column of that name."""
        return not self._distinct and NUMBER not in self.schema

    @cached_property
    def found(self) -> int:
        """How many rows fit."""
        if self._distinct:
            return self._different.height
        if self._conditions and self._orders:
            return int(self.fitting([]).select(pl.len()).collect().item())
        return len(self._places) if self._conditions else self._table.height

    def page(self, *, first: int, most: int) -> pl.DataFrame:
        """At most `most` rows from the one at `first` (from 0), numbered in front where `numbered`."""
        if self._distinct:
            return self._different.slice(first, most)
        if not (self._conditions or self._orders):
            return self._in_a_row(self._table.cut(self.columns, first=first, most=most), first)
        places = self._sorted().slice(first, most).select(PLACE).collect()[PLACE] if self._orders else None
        return self._at(self._places.slice(first, most) if places is None else places)

    def walk(self, *, first: int, most: int) -> Page:
        """At most `most` rows without their numbers. `first` is the place in the file from which on rows are looked
        for, however deep that is; where the rows are sorted, how many go before."""
        if not (self._conditions or self._orders):
            rows = self._table.cut(self.columns, first=first, most=most)
            more = first + rows.height < self._table.height
            return Page(rows=rows, following=first + most if more else None)
        if self._orders:
            places = self._sorted().slice(first, most + 1).select(PLACE).collect()[PLACE]
            following = first + most
        else:
            places = self._places_from(first, most + 1)
            following = int(places[-1]) if len(places) else 0
        rows = self._table.gathered(self.columns, places.head(most))
        return Page(rows=rows, following=following if len(places) > most else None)

    def pages(self, *, first: int = 0, most: int | None = None) -> Iterator[pl.DataFrame]:
        """The same as `page` in pieces, one at least: a large table never stands in memory whole."""
        end = self.found if most is None else min(self.found, first + most)
        picked = bool(self._conditions or self._orders)
        for begin in range(first, max(end, first + 1), CHUNK_ROWS):
            many = max(0, min(CHUNK_ROWS, end - begin))
            if self._distinct:
                yield self._different.slice(begin, many)
            elif picked:
                yield self._at(self._places.slice(begin, many))
            else:
                yield self._in_a_row(self._table.file.select(self.columns).slice(begin, many).collect(), begin)

    def pieces(self) -> Iterator[pl.DataFrame]:
        """All rows that fit, in the order of the file, one piece at least, without their numbers and out of the file
        itself: whoever takes all of a table leaves nothing of it in memory."""
        for first in range(0, max(self._table.height, 1), CHUNK_ROWS):
            piece = self._table.file.slice(first, CHUNK_ROWS)
            yield (piece.filter(*self._conditions) if self._conditions else piece).select(self.columns).collect()

    def fitting(self, names: Sequence[str]) -> pl.LazyFrame:
        """These columns of all rows that fit, nothing read yet; with others beside them where those decide."""
        table = self._deciding(*_known(self.schema, names))
        return table.filter(*self._conditions) if self._conditions else table

    def _in_a_row(self, rows: pl.DataFrame, first: int) -> pl.DataFrame:
        numbers = pl.Series(NUMBER, range(first + 1, first + 1 + rows.height), dtype=pl.Int64)
        return rows.insert_column(0, numbers) if self.numbered else rows

    def _at(self, places: pl.Series) -> pl.DataFrame:
        rows = self._table.gathered(self.columns, places)
        return rows.insert_column(0, places.cast(pl.Int64).alias(NUMBER) + 1) if self.numbered else rows

    def _deciding(self, *also: str) -> pl.LazyFrame:
        """The columns that decide which rows fit, and these, whole; one at least."""
        roots = [name for one in self._conditions for name in one.meta.root_names()]
        return self._table.columns([*roots, *also] or list(self.schema)[:1])

    @cached_property
    def _places(self) -> pl.Series:
        """The places of all rows that fit, in the order asked for."""
        if self._orders:
            return self._sorted().select(PLACE).collect()[PLACE]
        return self._places_from(0, self._table.height)

    def _places_from(self, first: int, most: int) -> pl.Series:
        """The places of the next rows that fit, in the order of the file: looked for only until there are enough."""
        found, span = pl.Series(PLACE, dtype=pl.UInt32), FIRST_LOOK
        deciding = self._deciding()
        while first < self._table.height and len(found) < most:
            looked_at = self._numbered(deciding.slice(first, span)).select(PLACE).collect()[PLACE]
            found.append(looked_at + first)
            first, span = first + span, 4 * span
        return found.head(most)

    def _numbered(self, table: pl.LazyFrame, *more: pl.Expr) -> pl.LazyFrame:
        """The rows of this table that fit: their numbers from 0, and what else is asked of them."""
        numbers = pl.int_range(pl.len(), dtype=pl.UInt32).alias(PLACE)
        if not self._conditions:
            return table.select(numbers, *more)
        return table.select(numbers, *more, pl.all_horizontal(self._conditions).alias(FITS)).filter(FITS)

    def _sorted(self) -> pl.LazyFrame:
        """All rows that fit in their order: their places, and by what they are sorted."""
        named = [_key(order.column, self.schema).alias(f"{PLACE}{at}") for at, order in enumerate(self._orders)]
        table = self._numbered(self._deciding(*(order.column for order in self._orders)), *named)
        return table.sort(
            *(f"{PLACE}{at}" for at in range(len(named))), PLACE,
            descending=[*(order.descending for order in self._orders), False],
            nulls_last=[*(not order.empty_first for order in self._orders), True],
        )  # fmt: skip

    @cached_property
    def _different(self) -> pl.DataFrame:
        """Every row once."""
        table = self._table.columns([*self.columns, *self._deciding().collect_schema().names()])
        different = table.filter(*self._conditions) if self._conditions else table
        rows = different.select(self.columns).unique(maintain_order=True).collect()
        orders = [order for order in self._orders if order.column in self.columns]
        return _sorted(rows, orders) if orders else rows


def conditions_of(asked: Asked, schema: pl.Schema) -> list[pl.Expr]:
    """What must hold of a row. Raise UnknownColumn or WrongValue, the latter also for too many values."""
    if sum(len(one.values) for one in asked.conditions) > MOST_VALUES:
        raise WrongValue
    made = [condition_of(one, schema[_known(schema, [one.column])[0]]) for one in asked.conditions]
    columns = columns_of(schema)
    for name, words in asked.words:
        within = [one for one in columns if one.name == name] if name else columns
        if not within:
            raise UnknownColumn
        made += [matching_word(word, within) for word in words.split()]
    return made


def condition_of(condition: Condition, kind: pl.DataType) -> pl.Expr:
    """The same as an expression on a column of this kind. Raise WrongValue where it cannot hold one of the values."""
    cell = pl.col(condition.column)
    if condition.test in OF_TEXT:
        return _of_text(condition, kind)
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


def _of_text(condition: Condition, kind: pl.DataType) -> pl.Expr:
    (typed,) = map(str, condition.values)
    if kind != pl.String:
        raise WrongValue
    if condition.test == Test.CONTAINS:
        return contains(condition.column, typed)
    return pl.col(condition.column).str.starts_with(typed).fill_null(value=False)


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


def _sorted(rows: pl.DataFrame, orders: Sequence[Order]) -> pl.DataFrame:
    return rows.sort(
        [_key(order.column, rows.schema) for order in orders],
        descending=[order.descending for order in orders],
        nulls_last=[not order.empty_first for order in orders],
        maintain_order=True,
    )


def _key(name: str, schema: pl.Schema) -> pl.Expr:
    """Texts are sorted by their small letters."""
    return pl.col(name).str.to_lowercase() if schema[name] == pl.String else pl.col(name)
