"""What every recogniser of tables looks at: the sheet with its headers, the counts of the gates, the numbers, and
what each of its layouts and labels says of people."""

from dataclasses import dataclass

import polars as pl

from lumbung.detect import forms, identifiers, people
from lumbung.detect.census import Counts, census
from lumbung.detect.disguise import undisguised
from lumbung.detect.identifiers import Group
from lumbung.detect.layouts import Layout, layouts
from lumbung.detect.people import People
from lumbung.detect.reduced import reduced
from lumbung.detect.sheet import Sheet, look
from lumbung.document import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Made once for each table. `integers`: of columns of nothing but whole numbers below the TOP rows, these as
    numbers (Int64), where they were not reduced to the different ones."""

    sheet: Sheet
    groups: tuple[Group, ...]
    counts: dict[str, Counts]
    crowds: tuple[tuple[Layout, People], ...]
    said: forms.Said
    integers: dict[str, pl.Series]


def view(table: Table) -> View:
    """Find headers and numbers of a table."""
    short = reduced(table.texts)
    plain = undisguised(table, short)
    if plain is not table:
        table, short = plain, reduced(plain.texts)
    sheet = look(table, short)
    counts = census(table.texts, short)
    groups = tuple(identifiers.groups(sheet, counts, short))
    crowds = tuple((layout, people.weigh(sheet, groups, layout)) for layout in layouts(sheet))
    return View(
        sheet=sheet,
        groups=groups,
        counts=counts,
        crowds=crowds,
        said=forms.said(table),
        integers={column: one.numbers for column, one in short.items() if one.numbers is not None},
    )
