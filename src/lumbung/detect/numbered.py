"""Columns of numbers that belong to one person or to a thing of one person, told by header and shape together.

Such numbers have no structure that would betray them among others, so a header alone or a shape alone says nothing.
"""

import re
from collections.abc import Iterator

import polars as pl

from lumbung.detect import forms, rows
from lumbung.detect.finding import Finding
from lumbung.detect.layouts import Layout
from lumbung.detect.masking import samples
from lumbung.detect.people import People
from lumbung.detect.view import View

AGREES = 0.5
"""This share of a column must have the shape that its header promises."""


def under_header(view: View, *, kind: str, shape: str, evidence: bool, names: bool = False) -> Iterator[Finding]:
    """One finding for each column with the role `kind` whose cells have the `shape`.

    With `names` only where the same rows name people: accounts and parcels of land may also be an office's.
    """
    found = False
    for layout, people in view.crowds:
        for column, role in layout.roles.items():
            if role == kind and (people.names or not names):
                for finding in _column(view, layout, people, column, kind=kind, shape=shape, evidence=evidence):
                    found = True
                    yield finding
    if not found:
        yield from _in_form(view, kind=kind, shape=shape, names=names)


def _in_form(view: View, *, kind: str, shape: str, names: bool) -> Iterator[Finding]:
    """One finding for a form in which a label for this kind has such a number beside it."""
    table = view.sheet.table
    found = [row for row, value in view.said.get(kind, ()) if re.search(shape, value.strip(" '"))]
    named = bool(found) and any(forms.people(table, view.said, kind=kind))
    if found and (named or not names):
        place = table.place.but(row=rows.ranges(pl.Series(found, dtype=pl.Int64) + table.first_row))
        beside = {"beside-names": 1.0} if named else {}
        yield Finding(kind=kind, place=place, hits=len(found), of=len(found), evidence={"header": 1.0, **beside})


def _column(
    view: View, layout: Layout, people: People, column: str, *, kind: str, shape: str, evidence: bool
) -> Iterator[Finding]:
    table = view.sheet.table
    cells = layout.cut(pl.DataFrame({"cell": table.texts[column]}).with_row_index("row"))
    filled = cells.filter(pl.col("cell").str.strip_chars().str.len_bytes() > 0)
    hits = filled.filter(pl.col("cell").str.strip_chars(" '").str.contains(shape))
    if hits.height and hits.height >= AGREES * filled.height:
        yield Finding(
            kind=kind,
            place=rows.place(table, column, hits["row"], header=layout.texts.get(column)),
            hits=hits.height,
            of=filled.height,
            evidence={"header": 1.0, **({"beside-names": max(people.names.values())} if people.names else {})},
            masked=samples([str(cell) for cell in hits["cell"].head(3 if evidence else 0)]),
        )
