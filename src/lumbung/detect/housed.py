"""Places named after people: "Rumah Bpk ...", the address of a polling station that is somebody's home."""

from collections.abc import Iterator

from lumbung.detect import rows
from lumbung.detect.finding import Finding
from lumbung.detect.masking import samples
from lumbung.detect.patterns import HOUSED
from lumbung.detect.sheet import Sheet
from lumbung.detect.view import View


def places(view: View, *, kind: str, evidence: bool) -> Iterator[Finding]:
    """One finding for each column that holds such places, however few among others."""
    texts = view.sheet.table.texts
    for column in texts.columns:
        if view.counts[column]["housed"]:
            hits = texts[column].str.contains(HOUSED).fill_null(False).arg_true()
            filled = int((texts[column].str.len_bytes() > 0).sum())
            shown = [str(text) for text in texts[column].gather(hits.head(3 if evidence else 0))]
            yield Finding(
                kind=kind,
                place=rows.place(view.sheet.table, column, hits, header=_header(view.sheet, column)),
                hits=hits.len(),
                of=filled,
                evidence={"named": 0.0, "attributes": 1.0, "strong": 0.0, "address": 1.0, "place-names": 1.0},
                masked=samples(shown),
            )


def _header(sheet: Sheet, column: str) -> str | None:
    return next((header.texts[column] for header in sheet.headers if column in header.texts), None)
