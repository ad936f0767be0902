"""E-mail addresses, in columns and inside longer cells.

Source: RFC 5321 for the shape; the registry of .id (PANDI) for the domains that only offices get. An office's address
(go.id, desa.id, sch.id, or a function such as info@) is lawful and common; `office` gives its share. What a program
calls a message or an appointment (RFC 5322, 3.6.4; RFC 5545, 3.8.4.7) looks like an address and reaches nobody.
"""

from collections.abc import Iterator

import polars as pl

from lumbung.detect import reach
from lumbung.detect.finding import Finding
from lumbung.detect.view import View

KIND = "e-mail"
ADDRESS = r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}"
HOLDS = r"[A-Za-z0-9._%+\-]@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2}"
"""The same, told from the sign outwards, which is quicker over whole columns."""
OFFICE = (
    r"(?i)@(?:[a-z0-9\-]+\.)*(?:go|desa|sch|ac|mil|or|polri)\.id\b"
    r"|\b(?:info|admin|humas|kontak|contact|sekretariat|kantor|dinas|diskominfo|ppid|pengaduan|layanan|cs|hello|office|redaksi"
    r"|pemdes|desa|kelurahan|kecamatan|puskesmas|webmaster|noreply|no-reply)[a-z0-9._\-]*@"
    r"|(?:[^a-z0-9._%+\-]|^)[0-9a-f\-]{20,}@|@group\.calendar\.google\.com"
)


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each column (and header) with at least one address."""
    for column in (column for column, counts in view.counts.items() if counts[KIND]):
        cells = pl.DataFrame({"cell": view.sheet.table.texts[column]}).with_row_index("row")
        found = cells.filter(pl.col("cell").str.contains(HOLDS))
        for section in view.sheet.sections(column):
            hits = section.cut(found)
            if hits.height:
                office = pl.col("cell").str.contains(OFFICE)
                yield reach.finding(
                    view.sheet, column, section, kind=KIND, hits=hits, office=office, evidence=evidence
                )
