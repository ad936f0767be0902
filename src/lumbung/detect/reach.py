"""Cells by which somebody can be reached: shared by telephone numbers and e-mail addresses."""

from collections.abc import Iterator

import polars as pl

from lumbung.detect import rows
from lumbung.detect.finding import Finding
from lumbung.detect.masking import samples
from lumbung.detect.sheet import Section, Sheet


def finding(
    sheet: Sheet, column: str, section: Section, *, kind: str, hits: pl.DataFrame, office: pl.Expr, evidence: bool
) -> Finding:
    """A finding for the cells `hits` (row, cell) of a section; `office` says of each whether it is an office's."""
    filled = section.cut(pl.DataFrame({"cell": sheet.table.texts[column]}).with_row_index("row"))
    figures = {
        "office": round(int(hits.select(office.fill_null(False)).to_series().sum()) / hits.height, 4),
        "distinct": float(hits["cell"].n_unique()),
    }
    if section.role == kind:
        figures["header"] = 1.0
    return Finding(
        kind=kind,
        place=rows.place(sheet.table, column, hits["row"], header=section.text),
        hits=hits.height,
        of=int((filled["cell"].str.len_bytes() > 0).sum()),
        evidence=figures,
        masked=samples([str(cell) for cell in hits["cell"].head(3 if evidence else 0)]),
    )


def matching(sheet: Sheet, *, shortest: int, pattern: str, literal: bool = False) -> Iterator[str]:
    """The columns in which any cell of at least `shortest` bytes matches; all columns are searched at once."""
    texts = sheet.table.texts
    if not texts.width:
        return
    gates = (
        pl.col(column).filter(pl.col(column).str.len_bytes() >= shortest).str.contains(pattern, literal=literal).any()
        for column in texts.columns
    )
    found = texts.lazy().select(gates).collect()
    yield from (column for column in texts.columns if found[column].item())
