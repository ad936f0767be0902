"""Health, disability, religion or poverty of named persons.

Source: UU 27/2022 art. 4(2), specific personal data (health, personal finance, children), and 4(3) for religion; UU
14/2008 art. 17(h), personal secrets. A count of ill people is a statistic; an illness beside a name is not.
"""

from collections.abc import Iterator

import polars as pl

from lumbung.detect import rows
from lumbung.detect.finding import Finding
from lumbung.detect.layouts import Layout
from lumbung.detect.lexicon import tokens
from lumbung.detect.people import People
from lumbung.detect.small_cells import words
from lumbung.detect.view import View

KIND = "specific-data"
ROLES = ("health", "disability", "religion", "poverty")
_SAYS = r"[^ \-]"
SORT_UNKNOWN = "sensitive"
SPEAKING = 0.5
"""This share of the cells under a heading that says little must hold a sensitive word."""
SHORT = 6
"""Words; a cell of more is a sentence."""
LEAST = 0.3
"""A smaller share of filled cells leaves it open whether the column speaks of these people."""


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each such column in a layout that names people. Shows no sample: names are not its matter."""
    for layout, people in view.crowds:
        if people.names:
            told = {column: role for column, role in layout.roles.items() if role in ROLES}
            told |= {column: fact for column, fact in people.columns.items() if fact in ROLES}
            told |= dict.fromkeys(_speaking(view, layout, people), SORT_UNKNOWN)
            for column, role in told.items():
                yield from _column(view, layout, people, column, role)


def _speaking(view: View, layout: Layout, people: People) -> Iterator[str]:
    """Columns whose heading says little ("Ket", "Kondisi") and whose cells say much."""
    for column, cells in layout.sample(view.sheet.table.texts).to_dict().items():
        if layout.roles.get(column) in (None, "note") and column not in people.columns | people.names:
            values = [cell for cell in cells if cell and cell.strip()]
            speaking = sum(_is_sensitive(value) for value in values)
            if speaking and speaking >= SPEAKING * len(values):
                yield column


def _is_sensitive(value: str) -> bool:
    """Whether a cell holds such a word and is no sentence, which speaks of many things."""
    said = tokens(value)
    return len(said) <= SHORT and bool(words().sensitive.intersection(said))


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
