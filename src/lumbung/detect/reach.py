"""Cells by which somebody can be reached: shared by telephone numbers and e-mail addresses."""

import polars as pl

from lumbung.detect import rows
from lumbung.detect.finding import Finding
from lumbung.detect.masking import samples
from lumbung.detect.sheet import Section, Sheet

SAMPLE = 10_000
"""Hits among which the share of offices is counted."""


def finding(
    sheet: Sheet, column: str, section: Section, *, kind: str, hits: pl.DataFrame, office: pl.Expr, evidence: bool
) -> Finding:
    """A finding for the cells `hits` (row, cell) of a section; `office` says of each whether it is an office's."""
    some = hits.gather_every(max(1, hits.height // SAMPLE))
    figures = {
        "office": round(int(some.select(office.fill_null(False)).to_series().sum()) / some.height, 4),
        "distinct": float(hits.select(pl.col("cell").approx_n_unique()).item()),
    }
    if section.role == kind:
        figures["header"] = 1.0
    return Finding(
        kind=kind,
        place=rows.place(sheet.table, column, hits["row"], header=section.text),
        hits=hits.height,
        of=section.filled(sheet.table.texts[column]),
        evidence=figures,
        masked=samples([str(cell) for cell in hits["cell"].head(3 if evidence else 0)]),
    )
