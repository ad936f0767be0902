"""The pictures of a PDF: each one once, wherever it lies, and pages that only an eye can read, drawn and looked at.

Source: ISO 32000-2, 8.9. JPEG is looked at as the file that it is, with all that is written beside its pixels; any
other kind is drawn by PDFium on a page of its own size.
"""

from collections.abc import Iterable
from typing import Any

import pikepdf
import pypdfium2

from lumbung.document import Place
from lumbung.read.harvest import Harvest
from lumbung.read.pdf_objects import named
from lumbung.read.pdf_strays import saved
from lumbung.read.picture import LEGIBLE, can_look
from lumbung.read.unknown_part import take_picture

LOW = 5  # pixels: no digit is lower
STRIPE = 200  # pixels of height: a lower picture on a striped page is part of one
LARGEST = 60_000_000  # pixels
MOST_CODES, MARGIN = 20, 12.0  # linear codes of a page; points around one, which it needs to be told
DRAWN = 2_000  # pixels of a page's longer side: about 170 dots an inch on A4
FINEST = 8.0  # pixels a point at most: type of a point is legible then, and a small form does not become a large page
OWN = 1.0  # of a picture, which has no more to show than its pixels


def take_pictures(
    harvest: Harvest,
    pictures: Iterable[Any],
    pages: dict[tuple[int, int], int],
    covered: set[int],
    place: Place,
) -> list[tuple[Any, Place]]:
    """Look at the JPEGs; give the others, with their places, for drawing. Pages count from 1."""
    others = []
    for picture in pictures:
        number = pages.get(picture.objgen)
        where = place.but(page=number) if number else place.but(part=named(place, "gambar"), hidden=True)
        width, height = _side(picture, "/Width"), _side(picture, "/Height")
        if width * height < LEGIBLE or min(width, height) < LOW:
            continue
        if number in covered and height < STRIPE:
            continue
        if width * height > LARGEST:
            harvest.miss(where, "bomb")
        elif picture.get("/Filter") in ("/DCTDecode", pikepdf.Array([pikepdf.Name.DCTDecode])):
            take_picture(harvest, picture.read_raw_bytes(), place=where)
        else:
            others.append((picture, where))
    return others


def _side(picture: Any, key: str) -> int:
    side = picture.get(key, 0)
    return int(side) if isinstance(side, int) and side > 0 else 0


def take_drawn(harvest: Harvest, pdf: pikepdf.Pdf, pictures: list[tuple[Any, Place]]) -> None:
    """Draw each picture on a page of its own and look at it. Changes `pdf`."""
    del pdf.pages[:]
    for picture, _ in pictures:
        picture.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image})
        width, height = _side(picture, "/Width"), _side(picture, "/Height")
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=pikepdf.Array([0, 0, width, height]),
            Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=picture)),
            Contents=pdf.make_stream(f"{width} 0 0 {height} 0 0 cm /X Do".encode()),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    places = dict(enumerate(where for _, where in pictures))
    look_at_pages(harvest, pypdfium2.PdfDocument(saved(pdf)), places, finest=OWN)


def look_at_pages(
    harvest: Harvest, document: pypdfium2.PdfDocument, places: dict[int, Place], *, finest: float = FINEST
) -> None:
    """Draw these pages (from 0) and look at them; named unread where pictures cannot be looked at.

    `finest` is how many pixels a point becomes at most.
    """
    if not can_look():
        for where in places.values():
            harvest.miss(where, "image")
        return
    if not places:
        return
    from lumbung.read.pixels import look_at_layer  # the networks' libraries take half a second to load

    for number, where in places.items():
        page = document[number]
        scale = min(DRAWN / max(*page.get_size(), 1.0), finest)
        picture = page.render(scale=scale, may_draw_forms=False, draw_annots=False, rev_byteorder=True).to_pil()
        look_at_layer(harvest, picture.convert("RGB"), place=where)
        page.close()


def read_codes(
    harvest: Harvest, page: pypdfium2.PdfPage, boxes: list[tuple[float, float, float, float]], where: Place
) -> None:
    """Linear codes drawn as shapes, each by itself: on a picture of the whole page their stripes run together."""
    if not boxes or not can_look():
        return  # where pictures cannot be looked at, the page is named unread
    from lumbung.read.pixels import codes_in  # the networks' libraries take half a second to load

    width, height = page.get_size()
    for left, bottom, right, top in boxes[:MOST_CODES]:
        edges = left - MARGIN, bottom - MARGIN, width - right - MARGIN, height - top - MARGIN
        if max(right - left, top - bottom) > max(width, height):
            continue  # a form's own measure, or off the page: the page is looked at as a whole
        scale = min(DRAWN / (right - left + 2 * MARGIN), FINEST)
        picture = page.render(scale=scale, crop=tuple(max(0.0, edge) for edge in edges)).to_pil()
        harvest.say(codes_in(picture, place=where))
