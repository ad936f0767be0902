"""Invented identity cards, drawn: no face, no real person, serials that no office issues."""

import io
from datetime import date
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from lumbung.document import Document
from lumbung.invent.nik import nik
from lumbung.read import read

NIK = nik(region="330813", birth=date(1990, 2, 1), female=False, serial=9001)
LINES = (("Nama", "BUDI CONTOH"), ("Alamat", "DSN. CONTOH RT 001"), ("Agama", "ISLAM"))


def card(width: int = 500, number: str = NIK) -> Image.Image:
    """A card with a NIK, at the size of a small photograph."""
    picture = Image.new("RGB", (width, width * 3 // 8), (150, 200, 225))
    draw, unit = ImageDraw.Draw(picture), width / 500
    draw.text((30 * unit, 10 * unit), f"NIK : {number}", fill="black", font=ImageFont.load_default(26 * unit))
    for row, (label, value) in enumerate(LINES):
        place = (30 * unit, (60 + 34 * row) * unit)
        draw.text(place, f"{label} : {value}", fill="black", font=ImageFont.load_default(18 * unit))
    return picture


def logo() -> Image.Image:
    """A mark without letters."""
    picture = Image.new("RGB", (120, 120), "white")
    ImageDraw.Draw(picture).polygon([(60, 10), (110, 60), (85, 60), (85, 110), (35, 110), (35, 60), (10, 60)], "green")
    return picture


def saved(picture: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    """The picture as a file."""
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def opened(data: bytes) -> Document:
    """The document that a picture by itself is."""
    return read(io.BytesIO(data), name="kartu")


def spelled(document: Document) -> str:
    """What was read in its pixels and codes."""
    return "\n".join(passage.text for passage in document.passages if not passage.swept)
