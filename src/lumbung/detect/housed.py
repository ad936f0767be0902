"""Places named after people: "Rumah Bpk ...", the address of a polling station that is somebody's home."""

from collections.abc import Iterator

import polars as pl

from lumbung.detect import rows
from lumbung.detect.finding import Finding
from lumbung.detect.lists import value_lists
from lumbung.detect.masking import samples
from lumbung.detect.sheet import Sheet

SHORTEST = 8


def places(sheet: Sheet, *, kind: str, evidence: bool) -> Iterator[Finding]:
    """One finding for each column that holds such places, however few among others."""
    pattern = value_lists()["places-of-people"]["pattern"]
    texts = sheet.table.texts
    long = {column: pl.col(column).filter(pl.col(column).str.len_bytes() >= SHORTEST) for column in texts.columns}
    counts = texts.lazy().select(long[column].str.contains(pattern).sum() for column in texts.columns).collect()
    for column in texts.columns:
        if counts[column].item():
            hits = texts[column].str.contains(pattern).fill_null(False).arg_true()
            filled = int((texts[column].str.len_bytes() > 0).sum())
            shown = [str(text) for text in texts[column].gather(hits.head(3 if evidence else 0))]
            yield Finding(
                kind=kind,
                place=rows.place(sheet.table, column, hits, header=_header(sheet, column)),
                hits=hits.len(),
                of=filled,
                evidence={"named": 0.0, "attributes": 1.0, "strong": 0.0, "address": 1.0, "place-names": 1.0},
                masked=samples(shown),
            )


def _header(sheet: Sheet, column: str) -> str | None:
    return next((header.texts[column] for header in sheet.headers if column in header.texts), None)
