"""A table with one row per person: a register, whatever its layout, and whether or not it holds a number.

Source: UU 24/2013 art. 58(2), the 31 elements of personal population data. Header words do not discriminate (the
statistics use the same ones), so a fact counts only where the values agree with the header, and a name only where
values look like people's. Lists of officials and candidates are the same kind with `public-role`; whether they may stand is not
decided here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from lumbung.detect import forms, names, rows, values
from lumbung.detect.finding import Finding
from lumbung.detect.layouts import Layout, layouts
from lumbung.detect.lexicon import NAMES, PERSONAL, STRONG
from lumbung.detect.masking import samples
from lumbung.detect.view import View

KIND = "person-table"
BARE = 5
"""Names with nothing beside them and no header must be at least so many to be a list of people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """What a layout says of people: columns of names, facts with their strength, signs of public office."""

    names: dict[str, float]
    facts: dict[str, float]
    columns: dict[str, str]
    street: bool
    office: bool


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each layout that is about people; forms (label beside value) where no layout is."""
    found = False
    for layout in layouts(view.sheet):
        finding = _judge(view, layout, evidence=evidence)
        if finding:
            found = True
            yield finding
    if not found:
        yield from forms.people(view.sheet.table, kind=KIND)


def _judge(view: View, layout: Layout, *, evidence: bool) -> Finding | None:
    people = _people(view, layout)
    strong = _strong(people)
    if not people.names:
        return _finding(view, layout, people, evidence=evidence) if strong >= 2 else None
    headed = any(role in NAMES for role in layout.roles.values())
    if not people.facts and not headed and (people.office or _height(layout) < BARE):
        return None
    return _finding(view, layout, people, evidence=evidence)


def _people(view: View, layout: Layout) -> People:
    cells = {column: _cells(series) for column, series in layout.sample(view.sheet.table.texts).to_dict().items()}
    cells = {column: found for column, found in cells.items() if found}
    facts, columns = _facts(view, layout, cells)
    office = any(layout.roles.get(column) in ("public-role", "office-name") for column in cells)
    street = any(
        column in cells and values.is_street(cells[column]) for column, fact in columns.items() if fact == "address"
    )
    named = _names(layout, {column: found for column, found in cells.items() if column not in columns}, facts)
    block = [
        column for column in cells if layout.roles.get(column) == "rt-rw" and values.agrees("rt-rw", cells[column])
    ]
    if named and block:
        facts.setdefault("address", 1.0)
        columns.setdefault(block[0], "address")
    return People(names=named, facts=facts, columns=columns, street=street or bool(block), office=office)


def _cells(series: pl.Series) -> list[str]:
    return [text for text in series.drop_nulls().str.strip_chars().str.to_uppercase().to_list() if text]


def _facts(view: View, layout: Layout, cells: dict[str, list[str]]) -> tuple[dict[str, float], dict[str, str]]:
    """Each fact with its strength, and the column it stands in: header and values first, then values alone."""
    facts: dict[str, float] = {}
    columns: dict[str, str] = {}
    for group in view.groups:
        if group.column in cells and layout.cut(group.hits).height:
            facts[group.kind] = 1.0
            columns[group.column] = group.kind
    for column, found in cells.items():
        role = layout.roles.get(column)
        if role in PERSONAL and values.agrees(str(role), found):
            facts[str(role)] = 1.0
            columns[column] = str(role)
    for column, found in cells.items():
        said = values.guess(found) if column not in layout.roles and column not in columns else None
        if said and said[0] not in facts:
            facts[said[0]] = round(said[1], 4)
            columns[column] = said[0]
    return facts, columns


def _names(layout: Layout, cells: dict[str, list[str]], facts: dict[str, float]) -> dict[str, float]:
    found: dict[str, float] = {}
    for column, texts in cells.items():
        role = layout.roles.get(column)
        if role in NAMES:
            found[column] = names.under_header(names.weigh(texts), role=str(role), facts=len(facts))
        elif role is None:
            found[column] = round(names.alone(names.weigh(texts)), 4)
    return {column: strength for column, strength in found.items() if strength}


def _strong(people: People) -> int:
    return sum(fact in STRONG and (fact != "address" or people.street) for fact in people.facts)


def _height(layout: Layout) -> int:
    return sum(end - first for first, end in layout.runs)


def _finding(view: View, layout: Layout, people: People, *, evidence: bool) -> Finding:
    texts = view.sheet.table.texts
    named = list(people.names)
    told = [column for column in people.columns if column in texts.columns]
    cells = layout.cut(
        texts.lazy().select(_full(named).alias("named"), _full(told).alias("told")).collect().with_row_index("row")
    )
    hits = cells.filter(pl.col("named") & (pl.col("told") | pl.lit(not told)) if named else pl.col("told"))["row"]
    column = named[0] if named else told[0]
    place = rows.place(view.sheet.table, column, hits, header=layout.texts.get(column))
    sample = texts[column].gather(hits.head(3 if evidence else 0))
    return Finding(
        kind=KIND,
        place=place.but(column=None, cell=None) if len(told) else place,
        hits=hits.len(),
        of=cells.filter(pl.col("named") | pl.col("told")).height,
        evidence=_evidence(layout, people),
        masked=samples([str(value) for value in sample]),
    )


def _full(columns: list[str]) -> pl.Expr:
    """Whether any of the columns holds something, row by row."""
    if not columns:
        return pl.repeat(False, pl.len(), dtype=pl.Boolean)
    return pl.any_horizontal((pl.col(column).str.len_bytes() > 0).fill_null(False) for column in columns)


def _evidence(layout: Layout, people: People) -> dict[str, float]:
    flags = {
        "public-role": people.office,
        "headerless": not layout.roles,
    }
    return {
        "named": max(people.names.values(), default=0.0),
        "attributes": float(len(people.facts)),
        "strong": float(_strong(people)),
        **people.facts,
        **{flag: 1.0 for flag, is_so in flags.items() if is_so},
        "blocks": float(layout.blocks),
    }
