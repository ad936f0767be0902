"""Invented documents to measure the gate on: a hundred pages of text and tables, and a photograph of a card.

`python -m bench.documents FOLDER` writes them, and prints what `documents` gives as JSON.
"""

import io
import json
import random
import sys
from pathlib import Path

import numpy as np
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas
from tests.read.cards import card

WORDS = (
    *("data", "desa", "jumlah", "penduduk", "menurut", "kelompok", "umur", "laporan", "tahun", "anggaran", "kegiatan"),
    *("pembangunan", "jalan", "irigasi", "bantuan", "pertanian", "musyawarah", "posyandu", "sekolah", "puskesmas"),
)
PAGES, LINES, ROWS = 100, 40, 12
PHOTOGRAPH = (4_000, 3_000)  # twelve million pixels; the card takes a quarter of them


def documents(folder: Path) -> list[tuple[str, Path, float]]:
    """Write the documents; what each is, where it lies, and the most seconds that the gate may take for it."""
    pages, photograph = folder / "hundred-pages.pdf", folder / "card.jpg"
    write_pages(pages)
    write_photograph(photograph)
    return [("gate, PDF of 100 pages of text", pages, 3.0), ("gate, photograph of a card, 12 MP", photograph, 3.0)]


def write_pages(path: Path) -> None:
    """A report: prose and a small table on every page; the same in every run."""
    drawn, chance = canvas.Canvas(str(path), pagesize=A4, invariant=1), random.Random(1)
    for _ in range(PAGES):
        for line in range(LINES):
            drawn.drawString(60, 800 - 13 * line, " ".join(chance.choices(WORDS, k=11)))
        for row in range(ROWS):
            for column, text in enumerate((str(row + 1), chance.choice(WORDS), str(chance.randint(20, 900)))):
                drawn.drawString(60 + 140 * column, 250 - 14 * row, text)
        drawn.showPage()
    drawn.save()


def write_photograph(path: Path) -> None:
    """An invented card on a grey table, with the grain of a telephone's camera."""
    picture = Image.new("RGB", PHOTOGRAPH, (70, 60, 50))
    picture.paste(card(PHOTOGRAPH[0] // 2), (900, 900))
    grain = np.random.default_rng(1).normal(0, 6, (*PHOTOGRAPH[::-1], 1))
    pixels = (np.asarray(picture) + grain).clip(0, 255).astype(np.uint8)
    encoded = io.BytesIO()
    Image.fromarray(pixels).save(encoded, "JPEG", quality=85)
    path.write_bytes(encoded.getvalue())


if __name__ == "__main__":
    print(json.dumps([(what, str(path), most) for what, path, most in documents(Path(sys.argv[1]))]))
