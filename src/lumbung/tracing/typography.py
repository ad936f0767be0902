"""The marks of a printed copy, read from a PDF that still has its letters: where lines begin, which digit is masked.

PDFium says where each letter stands; a line that begins at the farther of two places has the mark 1. A picture of a
page, or a page printed anew by another program, has no such places, and gives nothing.
"""

import ctypes
import re
from collections.abc import Iterator
from datetime import date

import polars as pl
import pypdfium2 as pdfium
from pypdfium2 import raw

from lumbung.trace import subjects
from lumbung.tracing.printed import LEFT, SHIFT

LEAST, EXACT = 10, 0.1  # lines; points that a place may be off
_PERSON = re.compile(r"([A-Za-z][A-Za-z.,'’` -]{1,40}?)\s+(\d{2})-(\d{2})-(\d{4})(?!\d)")
_MASKED = re.compile(r"(?<![\d*])\d{6}([\d*]{6})\*{4}(?![\d*])")
Found = tuple[str, date, int, int | None]


def lines(content: bytes) -> pl.DataFrame:
    """The people of a PDF's lines in the shape of SUBJECT, with `line` (0 or 1) and `place`; empty without any."""
    try:
        paper = pdfium.PdfDocument(content)
    except pdfium.PdfiumError:
        return none()
    try:
        found = [one for number in range(len(paper)) for one in _on(paper[number])]
    finally:
        paper.close()
    return _told(found if len(found) >= LEAST else [])


def none() -> pl.DataFrame:
    """The same of a file that is not printed."""
    return _told([])


def _on(page: pdfium.PdfPage) -> Iterator[Found]:
    """Name, birth date and marks of each line of a page that begins at one of the two places."""
    text = page.get_textpage()
    try:
        at = 0
        for line in text.get_text_range().splitlines(keepends=True):
            person, x = _PERSON.search(line), _begins(text, at)
            at += len(line)
            mark = next((mark for mark in (0, 1) if abs(x - LEFT - SHIFT * mark) < EXACT), None)
            if person and mark is not None and (born := _day(person)):
                yield person[1], born, mark, _place(line)
    finally:
        text.close()
        page.close()


def _begins(text: pdfium.PdfTextPage, at: int) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    return float(x.value) if raw.FPDFText_GetCharOrigin(text, at, x, y) else 0.0


def _place(line: str) -> int | None:
    """Which digit of the birth date the NIK of the line hides, where it hides one."""
    masked = _MASKED.search(line)
    return masked[1].index("*") if masked and masked[1].count("*") == 1 else None


def _day(person: re.Match[str]) -> date | None:
    try:
        return date(int(person[4]), int(person[3]), int(person[2]))
    except ValueError:
        return None


def _told(found: list[Found]) -> pl.DataFrame:
    schema = {"name": pl.String, "birth": pl.Date, "line": pl.Int8, "place": pl.Int8}
    frame = pl.DataFrame(found, schema=schema, orient="row")
    return frame.with_columns(name=subjects.names(frame["name"]))
