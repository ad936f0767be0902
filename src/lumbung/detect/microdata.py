"""Records of single persons without name or number: birth date or age, sex, hamlet, occupation give them away.

Source: UU 27/2022 art. 4(3), data that combined identify a person; UU 16/1997 art. 21, confidentiality of respondents.
Measured as k-anonymity: how many rows share the same values of these columns. A cross-table in long form looks alike,
but holds a count, or has every combination once.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import prod

import polars as pl

from lumbung.detect import rows
from lumbung.detect.finding import Finding
from lumbung.detect.layouts import Layout
from lumbung.detect.lexicon import COUNT
from lumbung.detect.people import People
from lumbung.detect.view import View

KIND = "re-identifiable"
QUASI = frozenset(
    (
        *("birth-date", "birth-place", "age", "sex", "religion", "marital", "relation", "education", "occupation"),
        *("blood", "citizenship", "disability", "hamlet", "rt-rw", "region", "address", "health", "poverty"),
    )
)
PERSONAL_LEAST = 2
LEAST = 3
WEIGHT = {"birth-date": 2}
"""A date of birth and one thing more find nearly everybody of a village."""
ROWS = 10
SAFE = 5
"""Groups of so many rows and more are never reported."""
WIDEST = 8
"""Columns that are combined at most."""
CROSSED = 2
"""So many columns at least vary in a cross-table."""
REPEATED = 1.5
"""In a cross-table no column is nearly a key, as birth dates are."""
_CASES = 0.5
"""A table with so large a share of all possible combinations, each once, is a cross-table."""


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each layout of such records, with the weakest combination of up to three columns."""
    for layout, people in view.crowds:
        columns = _columns(layout, people)
        if columns and not people.names and COUNT not in layout.roles.values():
            found = _weigh(view, layout, columns)
            if found:
                yield found


def _columns(layout: Layout, people: People) -> dict[str, str]:
    """The columns that tell of a person, by role; empty where they are too few, or no header names them and none
    holds dates of birth."""
    told = {column: role for column, role in layout.roles.items() if role in ("hamlet", "rt-rw", "region")}
    personal = {column: fact for column, fact in people.columns.items() if fact in QUASI}
    headed = sum(column in layout.roles for column in personal)
    told |= personal
    is_born = not layout.roles and "birth-date" in personal.values()
    if (headed < PERSONAL_LEAST and not is_born) or sum(WEIGHT.get(role, 1) for role in set(told.values())) < LEAST:
        return {}
    return dict(sorted(told.items(), key=lambda pair: pair[1] in ("region", "rt-rw"))[:WIDEST])


def _weigh(view: View, layout: Layout, columns: dict[str, str]) -> Finding | None:
    table = view.sheet.table
    told = [pl.col(column).str.strip_chars().str.to_uppercase() for column in columns]
    cells = layout.cut(table.texts.lazy().select(told).collect().with_row_index("row"))
    cells = cells.filter(pl.any_horizontal(pl.col(*columns).str.len_bytes() > 0))
    if cells.height < ROWS or _is_cross_table(cells, list(columns)):
        return None
    smallest, alone = _groups(cells, list(columns))
    if smallest >= SAFE:
        return None
    weak = _weakest(cells, list(columns), alone)
    unique = pl.len().over(list(columns)) < SAFE
    place = rows.place(table, weak[0], cells.filter(unique)["row"], header=_title(layout, weak))
    return Finding(
        kind=KIND,
        place=place.but(column=None, cell=None),
        hits=alone,
        of=cells.height,
        evidence={"header": 1.0, "k": float(smallest), "unique": round(alone / cells.height, 4)}
        | {f"by-{columns[column]}": 1.0 for column in weak},
    )


def _groups(cells: pl.DataFrame, columns: Sequence[str]) -> tuple[int, int]:
    """The size of the smallest group of equal rows, and how many rows are alone."""
    sizes = cells.group_by(columns).len()["len"]
    return min(sizes.to_list(), default=0), int((sizes == 1).sum())


def _is_cross_table(cells: pl.DataFrame, columns: Sequence[str]) -> bool:
    groups, cases = cells.select(columns).n_unique(), [cells[column].n_unique() for column in columns]
    crossed = sum(count > 1 for count in cases) >= CROSSED and cells.height >= REPEATED * max(cases)
    return crossed and groups == cells.height and groups >= _CASES * prod(cases)


def _weakest(cells: pl.DataFrame, columns: Sequence[str], alone: int) -> tuple[str, ...]:
    """The smallest combination of columns that leaves nearly as many rows alone as all of them, or the worst three."""
    best, most = tuple(columns[:1]), -1
    for size in (1, 2, 3):
        for some in combinations(columns, size):
            count = _groups(cells, some)[1]
            if count > most:
                best, most = some, count
        if most >= 0.8 * alone:
            break
    return best


def _title(layout: Layout, columns: Sequence[str]) -> str | None:
    return " + ".join(layout.texts[column] for column in columns if column in layout.texts) or None
