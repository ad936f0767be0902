"""What a PDF page draws beside letters: ruled lines, pictures, and shapes that may be outlines of letters or codes.

Source: PDFium's fpdf_edit.h; ISO 32000-2, chapter 8.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from lumbung.read.pdf_tables import Rules

THIN = 2.5  # points: a narrower shape is a ruled line
LONG = 6.0
CURVED = 8  # segments of a shape from which on it may be a letter's outline
OUTLINES = 120  # segments of such shapes on a page, some ten letters
DEEPEST = 8  # forms within forms
MOST = 40_000  # objects of one page that are looked at one by one
SAME = 2.0  # points between rules that are one
DOT, DOTS = (1.1, 8.0), 60  # sides of a square of a code, beyond the corners of ruled tables; a code has hundreds
STRIPE, STRIPES = 4.0, 30  # width of a stripe of a linear code; sixteen digits are 34 at least, all of one height


@dataclass(slots=True)
class Drawn:
    """Of one page. `pictures` are left, bottom, right, top of each (points); `outlines` counts segments."""

    across: list[tuple[float, float, float]] = field(default_factory=list)  # height, left, right
    down: list[tuple[float, float, float]] = field(default_factory=list)  # place, bottom, top
    pictures: list[tuple[float, float, float, float]] = field(default_factory=list)
    outlines: int = 0
    objects: int = 0
    dots: int = 0
    stripes: dict[tuple[int, int], list[float]] = field(default_factory=dict)  # where, by bottom and top

    @property
    def too_many(self) -> bool:
        """Whether the page has more objects than were looked at."""
        return self.objects > MOST

    @property
    def may_be_code(self) -> bool:
        """Whether squares or stripes are that many that they may be a QR code or a linear one, drawn as shapes."""
        return self.dots >= DOTS or bool(self.striped)

    @property
    def striped(self) -> list[tuple[float, float, float, float]]:
        """Left, bottom, right, top of what may be linear codes."""
        codes = [(places, ends) for ends, places in self.stripes.items() if len(places) >= STRIPES]
        return [(min(places), bottom, max(places), top) for places, (bottom, top) in codes]


def drawn_on(page: pypdfium2.PdfPage) -> Drawn:
    """What is drawn on a page."""
    drawn = Drawn()
    for item in _objects(page):
        drawn.objects += 1
        if drawn.too_many:
            break
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawn.pictures.append(_bounds(item))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            _take_shape(drawn, item)
    return drawn


def _objects(page: pypdfium2.PdfPage) -> Iterator[object]:
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _unfolded(pdfium.FPDFPage_GetObject(page, index), 0)


def _unfolded(item: object, depth: int) -> Iterator[object]:
    """The object, or what a form within the page draws; its places are the form's own."""
    if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_FORM or depth >= DEEPEST:
        yield item
        return
    for index in range(pdfium.FPDFFormObj_CountObjects(item)):
        yield from _unfolded(pdfium.FPDFFormObj_GetObject(item, index), depth + 1)


def _bounds(item: object) -> tuple[float, float, float, float]:
    sides = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item, *sides)
    left, bottom, right, top = (side.value for side in sides)
    return left, bottom, right, top


def _take_shape(drawn: Drawn, item: object) -> None:
    segments = pdfium.FPDFPath_CountSegments(item)
    if segments >= CURVED:
        drawn.outlines += segments
    if segments > 5:
        return
    left, bottom, right, top = _bounds(item)
    width, height = right - left, top - bottom
    if DOT[0] <= height <= DOT[1] and DOT[0] <= width <= DOT[1]:
        drawn.dots += 1
    elif width <= STRIPE < height:
        drawn.stripes.setdefault((round(bottom), round(top)), []).append(left)
    if height <= THIN and width >= LONG:
        drawn.across.append(((bottom + top) / 2, left, right))
    elif width <= THIN and height >= LONG:
        drawn.down.append(((left + right) / 2, bottom, top))
    elif segments >= 4 and width >= LONG and height >= LONG:
        drawn.across += [(bottom, left, right), (top, left, right)]
        drawn.down += [(left, bottom, top), (right, bottom, top)]


def rules_of(drawn: Drawn) -> Rules:
    """The lines of the one ruled table of a page: none where a page has no three of both directions."""
    across = _merged([height for height, _, _ in drawn.across])
    down = _merged([place for place, _, _ in drawn.down])
    return Rules(across, down) if len(across) >= 3 and len(down) >= 3 else Rules()


def _merged(places: list[float]) -> tuple[float, ...]:
    """The places in order, those of one line once."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > SAME:
            kept.append(place)
    return tuple(kept)
