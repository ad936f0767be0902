"""A table with one row per person: a register, whatever its layout, and whether or not it holds a number. A list in
the paragraphs of a document is one as well, and so is one that a script spells out (`listed.py`).

Source: UU 24/2013 art. 58(2), the 31 elements of personal population data. Header words do not discriminate (the
statistics use the same ones), so a fact counts only where the values agree with the header, and a name only where
values look like people's. Lists of officials and candidates are told apart in `public_role.py`.
"""

from collections.abc import Iterator

import polars as pl

from lumbung.detect import forms, housed, rows
from lumbung.detect.finding import Finding
from lumbung.detect.layouts import Layout
from lumbung.detect.masking import samples
from lumbung.detect.people import People
from lumbung.detect.view import View

KIND = "person-table"
BARE = 8
"""So many names, also side by side, are a list of people even where no header and hardly any fact says so."""


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each layout that is about people; forms and places named after people where no layout is."""
    found = False
    for layout, seen in view.crowds:
        if are_people(layout, seen):
            found = True
            if is_public(seen):
                continue
            yield finding(view, layout, seen, kind=KIND, evidence=evidence)
    if not found:
        yield from forms.people(view.sheet.table, view.said, kind=KIND)
        yield from housed.places(view, kind=KIND, evidence=evidence)


def is_public(seen: People) -> bool:
    """Whether names stand beside an office, so that `public_role.py` speaks of them."""
    return seen.office and bool(seen.names)


def are_people(layout: Layout, seen: People) -> bool:
    """Names with something beside them, a list of names, or two strong facts that need no name."""
    if not seen.names:
        return seen.strong >= 2
    height = sum(end - first for first, end in layout.runs) * len(seen.names)
    if seen.facts:
        return seen.headed or seen.strong > 0 or len(seen.facts) >= 2 or height >= BARE
    return not seen.places and (seen.headed or height >= BARE)


def finding(view: View, layout: Layout, seen: People, *, kind: str, evidence: bool) -> Finding:
    """What is seen of a layout about people; `hits` are the rows that name one and say something of them."""
    texts = view.sheet.table.texts
    named, told = list(seen.names), list(seen.columns)
    cells = pl.DataFrame({"named": _full(texts, named), "told": _full(texts, told)}).with_row_index("row")
    cells = layout.cut(cells).filter(pl.col("named") | pl.col("told"))
    wanted = pl.all_horizontal(pl.col(name) for name, has in (("named", named), ("told", told)) if has)
    hits = cells.filter(wanted)["row"]
    column = (named or told)[0]
    place = rows.place(view.sheet.table, column, hits, header=layout.texts.get(column))
    return Finding(
        kind=kind,
        place=place.but(column=None, cell=None) if told else place,
        hits=hits.len(),
        of=cells.height,
        evidence=_evidence(layout, seen),
        masked=samples([str(text) for text in texts[column].gather(hits.head(3 if evidence else 0))]),
    )


def _full(texts: pl.DataFrame, columns: list[str]) -> pl.Series:
    """Whether any of the columns holds something, row by row."""
    full = pl.repeat(False, texts.height, dtype=pl.Boolean, eager=True)
    for column in columns:
        full |= (texts[column].str.len_bytes() > 0).fill_null(False)
        if full.all():  # as a rule after the first, but for its title and header
            break
    return full


def _evidence(layout: Layout, seen: People) -> dict[str, float]:
    flags = {"public-role": seen.office, "headerless": not layout.roles}
    return {
        "named": max(seen.names.values(), default=0.0),
        "attributes": float(len(seen.facts)),
        "strong": float(seen.strong),
        **seen.facts,
        **{flag: 1.0 for flag, is_so in flags.items() if is_so},
        "blocks": float(layout.blocks),
    }
