"""Indonesian mobile telephone numbers, in columns and inside longer cells.

Source: the national numbering plan (Kominfo): mobile numbers are 08, then 11 to 19 or 2 to 9 for the operator, ten to
thirteen digits in all; +62 or 62 replaces the 0. Landlines of offices are left out. A number that lost its 0 counts
only under a header that says telephone.
"""

from collections.abc import Iterator

import polars as pl

from lumbung.detect import reach
from lumbung.detect.finding import Finding
from lumbung.detect.identifiers import OTHERS
from lumbung.detect.patterns import BARE_PHONE, MOBILE
from lumbung.detect.view import View

KIND = "phone"
OFFICE = r"(?i)\b(?:kantor|hotline|pelayanan|layanan|call ?center|pengaduan|humas|ppid|dinas|puskesmas)\b"


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each column (and header) with at least one mobile number."""
    labelled = {column for header in view.sheet.headers for column, role in header.roles.items() if role == KIND}
    for column in sorted(labelled | {column for column, counts in view.counts.items() if counts[KIND]}):
        cells = pl.DataFrame({"cell": view.sheet.table.texts[column]}).with_row_index("row")
        for section in view.sheet.sections(column):
            pattern = f"{BARE_PHONE}|{MOBILE}" if section.role == KIND else MOBILE
            hits = section.cut(cells).filter(pl.col("cell").str.contains(pattern))
            if hits.height and section.role not in OTHERS:
                office = pl.col("cell").str.contains(OFFICE)
                yield reach.finding(
                    view.sheet, column, section, kind=KIND, hits=hits, office=office, evidence=evidence
                )
