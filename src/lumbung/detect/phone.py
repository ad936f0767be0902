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
from lumbung.detect.reduced import TOP
from lumbung.detect.side_by_side import in_pieces
from lumbung.detect.view import View

KIND = "phone"
OFFICE = r"(?i)\b(?:kantor|hotline|pelayanan|layanan|call ?center|pengaduan|humas|ppid|dinas|puskesmas)\b"


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each column (and header) with at least one mobile number."""
    labelled = {column for header in view.sheet.headers for column, role in header.roles.items() if role == KIND}
    for column in sorted(labelled | {column for column, counts in view.counts.items() if counts[KIND]}):
        cells = pl.DataFrame({"cell": view.sheet.table.texts[column]}).with_row_index("row")
        for section in view.sheet.sections(column):
            asked = section.cut(cells)
            hits = asked.filter(_dialled(asked, bare=section.role == KIND, integers=column in view.integers))
            if hits.height and section.role not in OTHERS:
                office = pl.col("cell").str.contains(OFFICE)
                yield reach.finding(
                    view.sheet, column, section, kind=KIND, hits=hits, office=office, evidence=evidence
                )


def _dialled(asked: pl.DataFrame, *, bare: bool, integers: bool) -> pl.Series:
    """Whether each cell holds a mobile number, with `bare` also one without its 0.

    Of whole numbers the shorter pattern says as much: BARE_PHONE takes in whatever of them is MOBILE.
    """
    if not bare:
        return in_pieces(lambda cells: cells.str.contains(MOBILE), asked["cell"])
    rows = asked["row"].search_sorted(TOP) if integers else asked.height
    whole = f"{BARE_PHONE}|{MOBILE}"
    top, below = asked["cell"].head(rows), asked["cell"].slice(rows)
    return top.str.contains(whole).append(in_pieces(lambda cells: cells.str.contains(BARE_PHONE), below))
