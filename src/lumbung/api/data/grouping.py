"""Rows put together: how many there are of each kind, and sums, means and bounds of their numbers."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
from django.http import QueryDict

from lumbung.api.data.asking import sorts
from lumbung.api.data.problems import Problem
from lumbung.portal.catalogue.picking import Page, Picked

OF_NUMBERS = ("sum", "mean", "median")
OF_ANY = ("min", "max", "distinct")
COUNT = "count"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """By which columns, and what is worked out of each group. A measure's name is as it was asked: "sum:jumlah"."""

    by: tuple[str, ...]
    measures: tuple[str, ...]
    sort: tuple[tuple[str, bool], ...]


def grouping_of(query: QueryDict, schema: Mapping[str, pl.DataType]) -> Grouping:
    """Raise Problem where a column or a measure is unknown, or two columns of the answer would have one name."""
    by = tuple(dict.fromkeys(query.getlist("by")))
    measures = tuple(dict.fromkeys(query.getlist("measure"))) or (COUNT,)
    if not by or any(name not in schema for name in by):
        raise Problem("unknown-column", parameter="by")
    for measure in measures:
        _check(measure, schema)
    if set(by) & set(measures):
        raise Problem("bad-measure", parameter="measure")
    return Grouping(by=by, measures=measures, sort=sorts(query, dict.fromkeys((*by, *measures))))


def groups(picked: Picked, grouping: Grouping, *, first: int, limit: int) -> Page:
    """At most `limit` groups from the one numbered `first`, sorted as asked, else by what they are grouped by."""
    measured = [measure.partition(":")[2] for measure in grouping.measures if measure != COUNT]
    fitting = picked.fitting([*grouping.by, *measured])
    worked_out = [_expression(measure).alias(measure) for measure in grouping.measures]
    order = dict([*grouping.sort, *((name, False) for name in grouping.by if name not in dict(grouping.sort))])
    grouped = fitting.group_by(*grouping.by).agg(worked_out)
    ordered = grouped.sort(*order, descending=list(order.values()), nulls_last=True)
    read = ordered.slice(first, limit + 1).collect()
    return Page(rows=read.head(limit), following=first + limit if read.height > limit else None)


def _check(measure: str, schema: Mapping[str, pl.DataType]) -> None:
    way, _colon, column = measure.partition(":")
    if measure == COUNT:
        return
    if way not in (*OF_NUMBERS, *OF_ANY):
        raise Problem("bad-measure", parameter="measure")
    if column not in schema:
        raise Problem("unknown-column", parameter="measure")
    if way in OF_NUMBERS and not schema[column].is_numeric():
        raise Problem("bad-measure", parameter="measure")


def _expression(measure: str) -> pl.Expr:
    way, _colon, column = measure.partition(":")
    if measure == COUNT:
        return pl.len()
    cell = pl.col(column)
    return cell.drop_nulls().n_unique() if way == "distinct" else getattr(cell, way)()
