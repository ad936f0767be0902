"""Names that may be lawful: officials, candidates, legislators, winners of tenders, donors, authors.

Source: UU 14/2008 art. 17(h) and its exceptions for public office; which names a law wants published differs from list
to list, so this is told apart from a register of residents (`person_table.py`) and never decided here.
"""

from collections.abc import Iterator

from lumbung.detect import person_table
from lumbung.detect.finding import Finding
from lumbung.detect.view import View

KIND = "public-role"


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each layout that names people beside a column of office, party, candidacy or authorship."""
    for layout, people in view.crowds:
        if person_table.is_public(people) and person_table.are_people(layout, people):
            yield person_table.finding(view, layout, people, kind=KIND, evidence=evidence)
