"""Which rows fit: `column:way:value` from the address, read strictly, as conditions on the columns' own types.

Every value stays a value: nothing of it is run, neither as SQL nor as a pattern.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from lumbung.api.data.problems import Problem
from lumbung.portal.catalogue import picking
from lumbung.portal.catalogue.picking import Condition, Test, WrongValue, conditions_of
from lumbung.portal.catalogue.rows import contains

COMPARED = {
    "eq": Test.SAME, "ne": Test.OTHER, "lt": Test.LESS, "le": Test.AT_MOST, "gt": Test.MORE, "ge": Test.AT_LEAST,
}  # fmt: skip
OF_TEXT = ("contains", "starts")
WAYS = (*COMPARED, "in", *OF_TEXT, "empty")
MOST_IN_LIST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One condition. `values` are texts and numbers as they were written; more than one for "in" alone."""

    column: str
    way: str
    values: tuple[object, ...]


def filter_of(text: str, schema: Mapping[str, pl.DataType]) -> Filter:
    """Raise Problem where the column is unknown, or the way or the value cannot be read."""
    column = max((name for name in schema if text.startswith(f"{name}:")), key=len, default=None)
    if column is None:
        raise Problem("unknown-column" if ":" in text else "bad-filter", parameter="filter")
    way, colon, typed = text[len(column) + 1 :].partition(":")
    if way not in WAYS or not colon:
        raise Problem("bad-filter", parameter="filter")
    made = Filter(column=column, way=way, values=_listed(typed) if way == "in" else (typed,))
    _check(made, schema)
    return made


def conditions(filters: Sequence[Filter], words: str, schema: pl.Schema) -> list[pl.Expr]:
    """What must hold of a row, all of it."""
    compared = tuple(_condition(one) for one in filters if one.way not in OF_TEXT)
    asked = picking.Asked(conditions=compared, words=(("", words),) if words else ())
    return [*conditions_of(asked, schema), *(_of_text(one) for one in filters if one.way in OF_TEXT)]


def _check(one: Filter, schema: Mapping[str, pl.DataType]) -> None:
    kind = schema[one.column]
    fits = one.values[0] in ("true", "false") if one.way == "empty" else one.way not in OF_TEXT or kind == pl.String
    try:
        if one.way not in (*OF_TEXT, "empty"):
            _values_of(one, kind)
    except WrongValue:
        fits = False
    if not fits:
        raise Problem("bad-value", parameter="filter")


def _values_of(one: Filter, kind: pl.DataType) -> None:
    for value in one.values:
        picking.value_of(value, kind)


def _listed(typed: str) -> tuple[object, ...]:
    """A JSON array of texts or numbers."""
    try:
        listed = json.loads(typed)
    except (ValueError, RecursionError):
        listed = None
    plain = isinstance(listed, list) and all(type(one) in (str, int, float) for one in listed)
    if not isinstance(listed, list) or not plain or not 1 <= len(listed) <= MOST_IN_LIST:
        raise Problem("bad-value", parameter="filter")
    return tuple(listed)


def _condition(one: Filter) -> Condition:
    if one.way == "empty":
        test = Test.SAME if one.values[0] == "true" else Test.OTHER
        return Condition(column=one.column, test=test, values=(None,))
    return Condition(column=one.column, test=COMPARED.get(one.way, Test.SAME), values=one.values)


def _of_text(one: Filter) -> pl.Expr:
    typed = str(one.values[0])
    if one.way == "contains":
        return contains(one.column, typed)
    return pl.col(one.column).str.starts_with(typed).fill_null(value=False)
