"""What the address of rows asks for, read strictly: what is not understood is told, never silently left out."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.http import QueryDict

from lumbung.api.data.filters import filter_of
from lumbung.api.data.problems import Problem
from lumbung.portal.catalogue import picking
from lumbung.portal.catalogue.picking import Condition, Order

MOST_FILTERS = 20
MOST_SORTED = 4
MOST_GROUPED = 8
LONGEST = 4_000  # letters of one part of the address
MOST_WORDS = 8
PAGE, LARGEST_PAGE = 100, 10_000
ONCE = ("q", "limit", "cursor", "format", "release", "count", "table")
REPEATED = {"filter": MOST_FILTERS, "sort": MOST_SORTED, "select": 200}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of a table. `select` are columns, none for all; `sort` pairs a column with whether downwards."""

    select: tuple[str, ...] = ()
    filters: tuple[Condition, ...] = ()
    words: str = ""
    sort: tuple[tuple[str, bool], ...] = ()

    @property
    def picked(self) -> picking.Asked:
        """As the rows are picked."""
        orders = tuple(Order(column=name, descending=down) for name, down in self.sort)
        words = (("", self.words),) if self.words else ()
        return picking.Asked(conditions=self.filters, words=words, orders=orders, columns=self.select)

    @property
    def narrows(self) -> bool:
        """Whether it leaves rows or columns out."""
        return bool(self.select or self.filters or self.words)

    @property
    def digest(self) -> str:
        """By which a cursor knows its question again."""
        said = [self.select, [(one.column, one.test, one.values) for one in self.filters], self.words, self.sort]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def check_known(query: QueryDict, *also: str) -> None:
    """Raise Problem for a part of the address that nobody asks for here, is given twice, or is too long."""
    for name, values in query.lists():
        most = REPEATED.get(name, 1) if name in (*ONCE, *REPEATED) else MOST_GROUPED if name in also else 0
        if not most:
            raise Problem("unknown-parameter")
        if len(values) > most:
            raise Problem("too-many" if most > 1 else "given-twice", parameter=name)
        if any(len(value) > LONGEST for value in values):
            raise Problem("too-many", parameter=name)


def asked_of(query: QueryDict, schema: Mapping[str, pl.DataType]) -> Asked:
    """The question to a table with these columns. Raise Problem where it cannot be read."""
    words = query.get("q", "")
    if len(words.split()) > MOST_WORDS:
        raise Problem("too-many", parameter="q")
    return Asked(
        select=tuple(_column(name, schema, "select") for name in dict.fromkeys(query.getlist("select"))),
        filters=tuple(filter_of(text, schema) for text in query.getlist("filter")),
        words=words,
        sort=sorts(query, schema),
    )


def sorts(query: QueryDict, names: Mapping[str, Any]) -> tuple[tuple[str, bool], ...]:
    """By what to sort: a column, or "-" and a column for downwards."""
    return tuple(_sort(text, names) for text in query.getlist("sort"))


def limit_of(query: QueryDict) -> int:
    """How many rows a page has."""
    return number(query, "limit", least=1, most=LARGEST_PAGE) or PAGE


def number(query: QueryDict, name: str, *, least: int, most: int) -> int | None:
    """A whole number in the address, None where there is none."""
    typed = query.get(name)
    if typed is None:
        return None
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 12 and least <= int(typed) <= most):
        raise Problem("bad-number", parameter=name)
    return int(typed)


def flag(query: QueryDict, name: str) -> bool:
    """Whether it is "true"; "false" where nothing is said."""
    typed = query.get(name, "false")
    if typed not in ("true", "false"):
        raise Problem("bad-value", parameter=name)
    return typed == "true"


def _sort(text: str, names: Mapping[str, Any]) -> tuple[str, bool]:
    if text in names:
        return text, False
    return _column(text.removeprefix("-"), names, "sort"), True


def _column(name: str, names: Mapping[str, Any], parameter: str) -> str:
    if name not in names:
        raise Problem("unknown-column", parameter=parameter)
    return name
