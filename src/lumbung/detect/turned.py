"""Tables on their side: what a column holds stands at the left, and each person has a column."""

from dataclasses import replace

import polars as pl

from lumbung.detect.finding import Finding
from lumbung.detect.lexicon import ANCHORS, NAMES, NUMBERS, role
from lumbung.document import Table

TALLEST, NARROWEST = 120, 4
"""More rows than this are no list of headers; fewer columns are a form."""
LEAST, SHARE = 2, 0.5


def upright(table: Table) -> Table | None:
    """The table with rows and columns exchanged; None where its first column does not read like a header and it is
    no broad table without any."""
    texts = table.texts
    if not texts.height or texts.height > TALLEST or texts.width < NARROWEST:
        return None
    labels = [cell for cell in texts.to_series(0) if cell and cell.strip()]
    told = [meaning for label in labels if (meaning := role(label)) in ANCHORS | NUMBERS]
    across = sum(role(cell) in ANCHORS | NUMBERS for cell in texts.row(0) if cell)
    named = len(told) > LEAST and not set(NAMES).isdisjoint(told)
    unlabelled = not told and texts.height < texts.width
    if across > 1 or not (named or unlabelled or len(told) >= max(LEAST, SHARE * len(labels))):
        return None
    return replace(table, texts=_exchanged(texts), numbers=pl.DataFrame(), hidden_rows=frozenset(), layer=None)


def _exchanged(texts: pl.DataFrame) -> pl.DataFrame:
    names = {f"column_{number}": f"R{number + 1}" for number in range(texts.height)}
    return texts.transpose().rename(names)


def as_it_lies(finding: Finding) -> Finding:
    """A finding in the exchanged table at a place that is true of the file: the sheet, without row or column."""
    return replace(finding, place=finding.place.but(column=None, row=None, cell=None))
