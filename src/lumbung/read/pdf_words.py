"""The words of a PDF page with their places, as PDFium finds them, laid into lines as a reader sees them.

Source: ISO 32000-2, chapter 9; PDFium's fpdf_text.h. Coordinates are points, y grows upward; what is written along
another direction is turned, so that every line lies.
"""

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import pi

import pypdfium2
import pypdfium2.raw as pdfium

WORD = re.compile(r"\S+")
APART = 0.75  # of a line's height: a wider gap parts two cells
SAME_LINE = 0.5  # of the lower height
SPACED = re.compile(r"(?:(?<=\s)|^)(?:\d ){7,}\d(?=\s|$)")  # one digit a box, as forms have it


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a blank, or several words of one cell: left, right, bottom, top."""

    left: float
    right: float
    bottom: float
    top: float
    text: str

    @property
    def height(self) -> float:
        """In points, never zero."""
        return max(self.top - self.bottom, 1.0)

    @property
    def middle(self) -> float:
        """Half way up."""
        return (self.top + self.bottom) / 2


Row = list[Word]  # the cells of a line, from the left


@dataclass(frozen=True, slots=True)
class Lettering:
    """The words of a page by the direction in which they are read.

    `unknown` counts words that begin or end with a letter of which nobody knows the character.
    """

    words: tuple[tuple[Word, ...], ...]
    unknown: int


def lettering(page: pypdfium2.PdfPage) -> Lettering:
    """All words of a page, seen or not."""
    text = page.get_textpage()
    try:
        turned: dict[int, list[Word]] = {}
        unknown = 0
        for quarter, word, is_known in _words(text):
            turned.setdefault(quarter, []).append(word)
            unknown += not is_known
    finally:
        text.close()
    return Lettering(tuple(tuple(turned[quarter]) for quarter in sorted(turned)), unknown)


def _words(text: pypdfium2.PdfTextPage) -> Iterator[tuple[int, Word, bool]]:
    """Quarter turns to the left, the word as it lies after turning back, and whether its ends are known letters."""
    whole = text.get_text_range()
    box = pdfium.FS_RECTF()
    for match in WORD.finditer(whole):
        first = max(0, pdfium.FPDFText_GetCharIndexFromTextIndex(text, match.start()))
        last = max(first, pdfium.FPDFText_GetCharIndexFromTextIndex(text, match.end() - 1))
        angle = pdfium.FPDFText_GetCharAngle(text, first)
        sides = []
        for index in (first, last):
            pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box))
            sides.append((box.left, box.right, box.bottom, box.top))
        quarter = round(angle / (pi / 2)) % 4 if angle > 0 else 0
        is_known = all(pdfium.FPDFText_HasUnicodeMapError(text, index) != 1 for index in (first, last))
        yield quarter, _word(quarter, sides, match[0]), is_known


def _word(quarter: int, sides: Sequence[tuple[float, ...]], text: str) -> Word:
    left, right = min(side[0] for side in sides), max(side[1] for side in sides)
    bottom, top = min(side[2] for side in sides), max(side[3] for side in sides)
    match quarter:
        case 1:
            left, right, bottom, top = bottom, top, -right, -left
        case 2:
            left, right, bottom, top = -right, -left, -top, -bottom
        case 3:
            left, right, bottom, top = -top, -bottom, left, right
    return Word(left, right, bottom, top, text)


def rows(words: Sequence[Word]) -> list[Row]:
    """Lines from the top, each as its cells from the left; words of one cell are joined by blanks."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (-one.middle, one.left)):
        near = lines[-1][-1] if lines else None
        if near and near.middle - word.middle < SAME_LINE * min(near.height, word.height):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_cells(sorted(line, key=lambda one: one.left)) for line in lines]


def _cells(line: list[Word]) -> Row:
    cells = [line[0]]
    for word in line[1:]:
        before = cells[-1]
        if word.left - before.right > APART * min(before.height, word.height):
            cells.append(word)
        else:
            cells[-1] = joined(before, word)
    return cells


def joined(before: Word, word: Word, *, by: str = " ") -> Word:
    """Two words as one."""
    return Word(
        min(before.left, word.left),
        max(before.right, word.right),
        min(before.bottom, word.bottom),
        max(before.top, word.top),
        f"{before.text}{by}{word.text}",
    )


def line_of(row: Row) -> str:
    """A row as text; digits that stand one to a box are a number."""
    line = " ".join(cell.text for cell in row)
    return SPACED.sub(lambda digits: digits[0].replace(" ", ""), line)
