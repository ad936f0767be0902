"""Pages drawn as pictures: to see which letters are seen, and for pages that cannot be copied part by part."""

import ctypes
from collections.abc import Iterator
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

LOOKED_AT = 1_400  # pixels of a page's longer side, for looking whether a letter leaves ink
DRAWN = 2_200  # pixels of a page's longer side, where a picture stands for the page: about 190 dots an inch on A4
BLANK = "\0\t\n\v\f\r \u00a0\u2000\u2001\u2002\u2003\u2009\u200b\u3000\ufeff\ufffe"


def drawn(page: pypdfium2.PdfPage, *, longest: int = DRAWN, grey: bool = False) -> Image.Image:
    """The page as it is seen, without annotations and form fields."""
    scale = longest / max(*page.get_size(), 1.0)
    bitmap = page.render(scale=scale, may_draw_forms=False, draw_annots=False, grayscale=grey, rev_byteorder=not grey)
    picture: Image.Image = bitmap.to_pil()
    return picture.convert("L" if grey else "RGB")


def hides_text(page: pypdfium2.PdfPage, without_text: pypdfium2.PdfPage) -> bool:
    """Whether some letter of the page changes nothing in what is seen; `without_text` is the page without letters."""
    boxes = list(_letters(page))
    if not boxes:
        return False
    pictures = [np.asarray(drawn(one, longest=LOOKED_AT, grey=True), np.int16) for one in (page, without_text)]
    if pictures[0].shape != pictures[1].shape:
        return True
    ink = np.abs(pictures[0] - pictures[1]) > 8
    return any(not _has_ink(ink, page, box) for box in boxes)


def _has_ink(ink: Any, page: pypdfium2.PdfPage, box: tuple[float, float, float, float]) -> bool:
    left, top = _pixel(page, ink.shape, box[0], box[3])
    right, bottom = _pixel(page, ink.shape, box[1], box[2])
    rows, columns = sorted((top, bottom)), sorted((left, right))
    # One pixel around it: a thin letter's box may round away from its ink.
    seen = ink[max(0, rows[0] - 1) : max(0, rows[1] + 2), max(0, columns[0] - 1) : max(0, columns[1] + 2)]
    return bool(seen.any())


def _pixel(page: pypdfium2.PdfPage, shape: tuple[int, int], x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, shape[1], shape[0], 0, x, y, across, down)
    return across.value, down.value


def _letters(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    """Left, right, bottom, top of every letter that should leave ink."""
    text = page.get_textpage()
    box = [ctypes.c_double() for _ in range(4)]
    for index in range(text.count_chars()):
        if chr(pdfium.FPDFText_GetUnicode(text, index)) in BLANK or pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        pdfium.FPDFText_GetCharBox(text, index, *box)
        yield (box[0].value, box[1].value, box[2].value, box[3].value)
    text.close()
