"""Pens and brushes of a metafile by their number, with the ones that every device has in stock.

Source: MS-EMF 2.1.31 (stock objects), 2.2.19 (LogPen), 2.2.12 (LogBrushEx), 2.2.20 (LogPenEx); MS-WMF 2.2.1.
"""

import struct

from lumbung.read.metafile_sketch import BLACK, GREY, WHITE, Colour

STOCK = 0x80000000
NULL_PEN, NULL_BRUSH, SOLID = 5, 1, 0
BRUSHES: dict[int, Colour | None] = {
    0: WHITE, 1: (192, 192, 192), 2: GREY, 3: (64, 64, 64), 4: BLACK, 5: None, 18: WHITE,
}  # fmt: skip
PENS: dict[int, Colour | None] = {6: WHITE, 7: BLACK, 8: None, 19: BLACK}


class Objects:
    """What was made so far. A pattern counts as grey."""

    def __init__(self) -> None:
        self._made: dict[int, dict[str, Colour | None]] = {}

    def chosen(self, number: int) -> dict[str, Colour | None]:
        """What changes when this object is chosen: nothing for fonts, palettes and unknown numbers."""
        if number >= STOCK:
            stock = number - STOCK
            if stock in BRUSHES:
                return {"fill": BRUSHES[stock]}
            return {"line": PENS[stock]} if stock in PENS else {}
        return self._made.get(number, {})

    def pen(self, number: int, body: bytes) -> None:
        """LogPen: style, width (two numbers), colour."""
        style, colour = struct.unpack_from("<I8xI", body)
        self._made[number] = {"line": None if style & 0xF == NULL_PEN else colour_of(colour)}

    def wide_pen(self, number: int, body: bytes) -> None:
        """LogPenEx: style, width, brush, colour."""
        style, colour = struct.unpack_from("<I8xI", body)
        self._made[number] = {"line": None if style & 0xF == NULL_PEN else colour_of(colour)}

    def brush(self, number: int, body: bytes) -> None:
        """LogBrushEx: style, colour, hatch."""
        style, colour = struct.unpack_from("<II", body)
        self._made[number] = {"fill": None if style == NULL_BRUSH else colour_of(colour) if style == SOLID else GREY}

    def pattern(self, number: int) -> None:
        """A brush of a bitmap."""
        self._made[number] = {"fill": GREY}

    def keep(self, number: int, choice: dict[str, Colour | None]) -> None:
        """An object of another make."""
        self._made[number] = choice

    def free(self) -> int:
        """The lowest number that no object bears, which WMF gives to the next one."""
        return next(number for number in range(len(self._made) + 1) if number not in self._made)

    def forget(self, number: int) -> None:
        """An object is deleted."""
        self._made.pop(number, None)


def colour_of(reference: int) -> Colour:
    """A COLORREF: red in its lowest byte."""
    return reference & 0xFF, reference >> 8 & 0xFF, reference >> 16 & 0xFF
