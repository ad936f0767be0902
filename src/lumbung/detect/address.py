"""Addresses of homes, to the house or the RT, in rows that name nobody.

Source: UU 27/2022 art. 4(3), data that combined identify a person: in a village an RT and a house number lead to one
family. Beside a name an address is a fact of `person_table.py`; addresses of schools, offices, shops and places of
worship are nobody's home, and "Rumah Bpk ..." is told in `housed.py`.
"""

import re
from collections.abc import Iterator, Sequence

import polars as pl

from lumbung.detect import names, person_table, rows
from lumbung.detect.finding import Finding
from lumbung.detect.layouts import Layout
from lumbung.detect.lexicon import THING
from lumbung.detect.masking import samples
from lumbung.detect.view import View

KIND = "address"
HOME = r"(?i)\bRT\W{0,3}\d{1,3}\b"
LEAST, SHARE = 3, 0.5
"""So many cells, and this share of the filled ones, must lead to an RT."""
THINGS = 0.2
"""Where this share of some column of the same rows names things, the addresses are theirs."""
_WORDS = re.compile(r"[A-Z]+")
_BEHIND = re.compile(r"\b(?:JL|JLN|JALAN|RT|DS|DSN)\b")


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each such column."""
    for layout, people in view.crowds:
        if person_table.are_people(layout, people) or THING in layout.roles.values() or people.office:
            continue
        columns = [column for column, fact in people.columns.items() if fact == "address"]
        if columns and not _name_things(layout.sample(view.sheet.table.texts)):
            for column in columns:
                yield from _column(view, layout, column, evidence=evidence)


def _name_things(sample: pl.DataFrame) -> bool:
    return any(_things(series.drop_nulls().str.to_uppercase().to_list()) for series in sample)


def _things(cells: Sequence[str]) -> bool:
    """Whether cells name schools, offices and the like before they come to the street."""
    speaking = [cell for cell in cells if _WORDS.search(cell)]
    count = sum(
        bool(names.things() & set(_WORDS.findall(re.split(r"\b(?:JL|JLN|JALAN|RT|DS|DSN)\b", cell)[0])))
        for cell in speaking
    )
    return bool(speaking) and count >= THINGS * len(speaking)


def _column(view: View, layout: Layout, column: str, *, evidence: bool) -> Iterator[Finding]:
    table = view.sheet.table
    cells = layout.cut(pl.DataFrame({"cell": table.texts[column]}).with_row_index("row"))
    filled = cells.filter(pl.col("cell").str.len_bytes() > 0)
    hits = filled.filter(pl.col("cell").str.contains(HOME))
    if hits.height >= LEAST and hits.height >= SHARE * filled.height:
        yield Finding(
            kind=KIND,
            place=rows.place(table, column, hits["row"], header=layout.texts.get(column)),
            hits=hits.height,
            of=filled.height,
            evidence={"header": 1.0} if column in layout.roles else {},
            masked=samples([str(cell) for cell in hits["cell"].head(3 if evidence else 0)]),
        )
