"""Names of mothers and fathers in rows that do not say whose they are.

Source: UU 24/2013 art. 58(2), which counts the names of both parents among the elements of personal population data;
a mother's maiden name is what banks ask before they believe who is calling. Beside the child's own name they are a
fact of `person_table.py`.
"""

from collections.abc import Iterator

import polars as pl

from lumbung.detect import names, person_table, rows
from lumbung.detect.finding import Finding
from lumbung.detect.layouts import Layout
from lumbung.detect.masking import samples
from lumbung.detect.view import View

KIND = "parent-name"
ROLES = ("mother", "father")


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each such column; none where the rows are judged as a list of people anyway."""
    for layout, people in view.crowds:
        if not person_table.are_people(layout, people):
            for column in (column for column, role in layout.roles.items() if role in ROLES):
                yield from _column(view, layout, column, evidence=evidence)


def _column(view: View, layout: Layout, column: str, *, evidence: bool) -> Iterator[Finding]:
    table = view.sheet.table
    cells = layout.cut(pl.DataFrame({"cell": table.texts[column].str.strip_chars()}).with_row_index("row"))
    filled = cells.filter(pl.col("cell").str.len_bytes() > 0)
    sample = filled["cell"].head(600).str.to_uppercase().to_list()
    likeness = names.under_header(names.weigh(sample), role=str(layout.roles[column]), facts=0) if sample else 0.0
    if likeness:
        yield Finding(
            kind=KIND,
            place=rows.place(table, column, filled["row"], header=layout.texts.get(column)),
            hits=filled.height,
            of=filled.height,
            evidence={"header": 1.0, "beside-names": likeness},
            masked=samples([str(cell) for cell in filled["cell"].head(3 if evidence else 0)]),
        )
