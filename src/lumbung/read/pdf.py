"""PDF: every page's text and tables, and every place beside the pages where text can stand.

Source: ISO 32000-2:2020. PDFium reads pages as people see them, qpdf (pikepdf) every object of the file, and the bytes
are searched for what neither knows. See docs/decisions/0007-reading-pdf.md for what that leaves unseen.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lumbung.document import Place
from lumbung.read.harvest import Harvest
from lumbung.read.unreadable import Unreadable

if TYPE_CHECKING:
    import pikepdf
    import pypdfium2

    from lumbung.read.pdf_objects import Found
    from lumbung.read.pdf_pages import Pages
    from lumbung.read.pdf_strays import Reached

MOST_PAGES = 3_000
# What pikepdf raises where an object is of another kind than its place asks for, or no text.
DAMAGE = (RecursionError, ValueError, TypeError, KeyError, AttributeError, OverflowError)


def harvest_pdf(harvest: Harvest, data: bytes, *, prefix: str = "") -> str:
    """Lay everything the PDF holds into the basket; give the kind.

    Raise Unreadable: "encrypted" where a password is needed to read it, "broken" where no page tree can be found,
    "too-large" for more than MOST_PAGES pages.
    """
    from lumbung.read.pdf_bytes import long_numbers, take_bytes
    from lumbung.read.pdf_objects import sweep_objects
    from lumbung.read.pdf_strays import reached

    place = Place(part=prefix.removesuffix("!") or None)
    with _objects_of(data) as pdf:
        found = sweep_objects(harvest, pdf, place)
        take_bytes(harvest, data, pdf, found.taken, prefix=prefix)
        drawn = reached(pdf)
        pages = _take_pages(harvest, data, pdf, drawn.inline, place)
        _take_rest(harvest, pdf, found, drawn, pages.covered, place)
    long_numbers(harvest, data, place)
    return "pdf"


@contextmanager
def _objects_of(data: bytes) -> Iterator["pikepdf.Pdf"]:
    """The file, also one that opens without a password. Raise Unreadable."""
    import pikepdf

    pikepdf.settings.set_qpdf_limits(flate_max_memory=2**28, run_length_max_memory=2**28, parser_max_errors=0)
    try:
        pdf = pikepdf.open(io.BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError as locked:
        raise Unreadable("encrypted") from locked
    except (pikepdf.PdfError, ValueError, RecursionError) as damage:
        raise Unreadable("broken") from damage
    try:
        if len(pdf.pages) > MOST_PAGES:
            raise Unreadable("too-large")
        yield pdf
    except (*DAMAGE, pikepdf.PdfError) as damage:
        raise Unreadable("broken") from damage
    finally:
        pdf.close()


@contextmanager
def _pages_of(data: bytes) -> Iterator["pypdfium2.PdfDocument"]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        yield document
    finally:
        document.close()


def _take_pages(harvest: Harvest, data: bytes, pdf: "pikepdf.Pdf", inline: set[int], place: Place) -> "Pages":
    """The pages as PDFium sees them; where it sees others than qpdf does, the file is damaged, and named so."""
    import pypdfium2

    from lumbung.read.pdf_pages import Pages, take_pages
    from lumbung.read.pdf_pictures import look_at_pages
    from lumbung.read.pdf_strays import saved

    try:
        with _pages_of(saved(pdf) if pdf.is_encrypted else data) as document:
            if len(document) != len(pdf.pages):
                harvest.miss(place, "broken")
            pages = take_pages(harvest, document, place)
            wanted = sorted(number for number in pages.look | inline if number <= len(document))
            look_at_pages(harvest, document, {number - 1: place.but(page=number) for number in wanted})
            return pages
    except pypdfium2.PdfiumError:
        harvest.miss(place, "broken")
    with _pages_of(saved(pdf)) as mended:
        take_pages(harvest, mended, place)
    return Pages()


def _take_rest(
    harvest: Harvest, pdf: "pikepdf.Pdf", found: "Found", drawn: "Reached", covered: set[int], place: Place
) -> None:
    """Pictures, and what the pages do not draw. The order matters: each of the last three changes `pdf`."""
    from lumbung.read.pdf_objects import named
    from lumbung.read.pdf_pictures import take_drawn, take_pictures
    from lumbung.read.pdf_strays import MOST, on_pages_of_their_own, strays, without_alternatives

    others = take_pictures(harvest, found.pictures, drawn.pictures, covered, place)
    loose = list(strays(pdf, drawn.drawn))
    beside = place.but(part=named(place, "di luar halaman"), hidden=True)
    if len(loose) > MOST:
        harvest.miss(beside, "too-large")
    if found.alternative:
        instead = place.but(part=named(place, "teks di balik teks pengganti"), hidden=True)
        _take_hidden(harvest, without_alternatives(pdf), instead, look=False)
    if loose:
        _take_hidden(harvest, on_pages_of_their_own(pdf, loose[:MOST]), beside, look=True)
    if others:
        take_drawn(harvest, pdf, others)


def _take_hidden(harvest: Harvest, data: bytes, place: Place, *, look: bool) -> None:
    """Pages that no reader of the file sees, made of what it carries."""
    import pypdfium2

    from lumbung.read.pdf_pages import take_pages
    from lumbung.read.pdf_pictures import look_at_pages

    try:
        with _pages_of(data) as document:
            pages = take_pages(harvest, document, place, hidden=True)
            if look:
                look_at_pages(harvest, document, {number - 1: place for number in sorted(pages.look)})
    except pypdfium2.PdfiumError:
        harvest.miss(place, "broken")
