"""A copy in print: A4 across, one row a line, the recipient's name and the copy's code on every page.

Each line begins at one of two places, 0.6 points apart (a fifth of a millimetre), as its mark says. The standard fonts
of a PDF (ISO 32000-1, 9.6.2.2) know the western letters; others are shown as a question mark.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import polars as pl

LEFT, TOP, BOTTOM, LEADING = 30.0, 545.0, 34.0, 11.0  # points
SHIFT = 0.6  # points; read again by `typography`
ROWS = int((TOP - BOTTOM) // LEADING) - 3  # a page, below its two headings
# Letters that a column has room for.
WIDTHS = {"NIK": 17, "NOMOR KK": 17, "NAMA": 30, "TANGGAL LAHIR": 11, "JENIS KELAMIN": 8, "STATUS KAWIN": 7,
          "TEMPAT LAHIR": 13, "ALAMAT": 30, "JALAN": 16, "RT": 4, "RW": 4, "DUSUN": 15, "TPS": 4}  # fmt: skip
LETTER = 4.4  # points a letter takes in Courier of 7.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What stands on every page: for whom the copy is, its code, and the sentence that it may not be passed on."""

    recipient: str
    code: str
    sentence: str


def write_pdf(table: pl.DataFrame, lines: Sequence[int], out: BinaryIO, *, stamp: Stamp) -> None:
    """One row a line in the order of the table."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.pdfgen.canvas import Canvas

    paper = Canvas(out, pagesize=landscape(A4), invariant=1, pageCompression=1)
    paper.setTitle("Salinan terbatas")
    paper.setAuthor("Lumbung")
    paper.setSubject(f"salinan {stamp.code}")
    rows = table.rows()
    for start in range(0, max(1, len(rows)), ROWS):
        _head(paper, table.columns, stamp)
        for number, row in enumerate(rows[start : start + ROWS]):
            begins = LEFT + SHIFT * lines[start + number]
            _line(paper, table.columns, row, x=begins, y=TOP - LEADING * (number + 3))
        paper.showPage()
    paper.save()


def _head(paper: Any, columns: Sequence[str], stamp: Stamp) -> None:
    paper.setFont("Helvetica-Bold", 9)
    paper.drawString(LEFT, TOP, western(f"SALINAN UNTUK: {stamp.recipient}")[:110])
    paper.setFont("Courier-Bold", 7.3)
    _line(paper, columns, columns, x=LEFT, y=TOP - LEADING * 1.6)
    paper.setFont("Helvetica", 6)
    paper.drawString(LEFT, BOTTOM - 12, western(f"{stamp.sentence} {stamp.code} · {paper.getPageNumber()}"))
    paper.setFont("Courier", 7.3)


def _line(paper: Any, columns: Sequence[str], cells: Sequence[str | None], *, x: float, y: float) -> None:
    """Cells that are too long for their column are set narrower, for no value may be cut."""
    for heading, cell in zip(columns, cells, strict=True):
        text, room = western(cell or ""), WIDTHS[heading] - 1
        line = paper.beginText(x, y)
        line.setHorizScale(min(100.0, 100.0 * room / max(1, len(text))))
        line.textOut(text)
        paper.drawText(line)
        x += WIDTHS[heading] * LETTER


def western(text: str) -> str:
    """Letters that the standard fonts have, on one line."""
    plain = " ".join(text.split())
    return plain.encode("cp1252", errors="replace").decode("cp1252")
