"""Which rows fit: `column:way:value` from the address, read strictly, as a condition on the column's own type.

Every value stays a value: nothing of it is run, neither as SQL nor as a pattern.
"""

import json
from collections.abc import Mapping

import polars as pl

from lumbung.api.data.problems import Problem
from lumbung.portal.catalogue.picking import Condition, Test, WrongValue, condition_of

TESTS = {
    "eq": Test.SAME, "ne": Test.OTHER, "lt": Test.LESS, "le": Test.AT_MOST, "gt": Test.MORE, "ge": Test.AT_LEAST,
    "in": Test.SAME, "contains": Test.CONTAINS, "starts": Test.STARTS,
}  # fmt: skip
WAYS = (*TESTS, "empty")
EMPTY = {"true": Test.SAME, "false": Test.OTHER}
MOST_IN_LIST = 500


def filter_of(text: str, schema: Mapping[str, pl.DataType]) -> Condition:
    """Raise Problem where the column is unknown, or the way or the value cannot be read."""
    column = max((name for name in schema if text.startswith(f"{name}:")), key=len, default=None)
    if column is None:
        raise Problem("unknown-column" if ":" in text else "bad-filter", parameter="filter")
    way, colon, typed = text[len(column) + 1 :].partition(":")
    if way not in WAYS or not colon:
        raise Problem("bad-filter", parameter="filter")
    made = _condition(column, way, typed)
    try:
        condition_of(made, schema[column])
    except WrongValue:
        raise Problem("bad-value", parameter="filter") from None
    return made


def _condition(column: str, way: str, typed: str) -> Condition:
    if way == "empty":
        if typed not in EMPTY:
            raise Problem("bad-value", parameter="filter")
        return Condition(column=column, test=EMPTY[typed], values=(None,))
    return Condition(column=column, test=TESTS[way], values=_listed(typed) if way == "in" else (typed,))


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
