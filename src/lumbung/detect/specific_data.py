"""Health, disability, religion or poverty of named persons.

Source: UU 27/2022 art. 4(2), specific personal data (health, personal finance, children), and 4(3) for religion; UU
14/2008 art. 17(h), personal secrets. A count of ill people is a statistic; an illness beside a name is not.
"""

from collections.abc import Iterator

import polars as pl

from lumbung.detect import rows
from lumbung.detect.finding import Finding
from lumbung.detect.layouts import Layout
from lumbung.detect.people import People
from lumbung.detect.view import View

KIND = "specific-data"
ROLES = ("health", "disability", "religion", "poverty")
_SAYS = r"[^ \-]"
LEAST = 0.3
"""A smaller share of filled cells leaves it open whether the column speaks of these people."""


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each such column in a layout that names people. Shows no sample: names are not its matter."""
    for layout, people in view.crowds:
        if people.names:
            told = {column: role for column, role in layout.roles.items() if role in ROLES}
            told |= {column: fact for column, fact in people.columns.items() if fact in ROLES}
            for column, role in told.items():
                yield from _column(view, layout, people, column, role)


def _column(view: View, layout: Layout, people: People, column: str, role: str) -> Iterator[Finding]:
    table = view.sheet.table
    name = max(people.names, key=lambda named: people.names[named])
    flags = pl.DataFrame({"named": table.texts[name].str.len_bytes() > 0, "says": _says(table.texts[column])})
    named = layout.cut(flags.with_row_index("row")).filter("named")
    hits = named.filter("says")["row"]
    if hits.len() and hits.len() >= LEAST * named.height:
        office = {"public-role": 1.0} if people.office else {}
        yield Finding(
            kind=KIND,
            place=rows.place(table, column, hits, header=layout.texts.get(column)),
            hits=hits.len(),
            of=named.height,
            evidence={"header": 1.0, "beside-names": people.names[name], role: 1.0, **office},
        )


def _says(cells: pl.Series) -> pl.Series:
    """Whether each cell is more than blanks and hyphens, as everything from the dot on upwards is."""
    said = cells >= "."
    return said if said.all() else said | cells.str.contains(_SAYS)
