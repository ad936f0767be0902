"""Names that may be lawful: officials, candidates, legislators, winners of tenders, donors, authors.

Source: UU 14/2008 art. 17(h) and its exceptions for public office; which names a law wants published differs from list
to list, so this is told apart from a register of residents (`person_table.py`) and never decided here. So are those
whom a cell calls by their duty ("Petugas: ...", `called.py`).
"""

from collections.abc import Iterator

import polars as pl

from lumbung.detect import called, person_table, rows
from lumbung.detect.finding import Finding
from lumbung.detect.view import View

KIND = "public-role"


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each layout that names people beside a column of office, party, candidacy or authorship, and
    for each column whose cells call people by their duty."""
    for layout, people in view.crowds:
        if person_table.is_public(people) and person_table.are_people(layout, people):
            yield person_table.finding(view, layout, people, kind=KIND, evidence=evidence)
    for column in (column for column, counts in view.counts.items() if counts["called"]):
        yield from _called(view, column)


def _called(view: View, column: str) -> Iterator[Finding]:
    table = view.sheet.table
    found = called.called(table, column).office
    if found:
        hits = pl.Series("row", found, dtype=pl.UInt32)
        seen = {"named": 1.0, "attributes": 0.0, "strong": 0.0, "public-role": 1.0}
        filled = int((table.texts[column].str.len_bytes() > 0).sum())
        yield Finding(kind=KIND, place=rows.place(table, column, hits), hits=len(found), of=filled, evidence=seen)
