"""Invented documents to measure the gate on: pages of text and tables, and a photograph of a card.

`python -m bench.documents FOLDER PAGES PIXELS_ACROSS` writes them, and prints what `documents` gives as JSON.
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
LINES, ROWS = 40, 12


def documents(folder: Path, *, count: int, across: int) -> list[tuple[str, Path, float]]:
    """Write the documents; what each is, where it lies, and the most seconds that the gate may take for it."""
    pages, photograph = folder / "pages.pdf", folder / "card.jpg"
    write_pages(pages, count=count)
    write_photograph(photograph, across=across)
    taken = f"gate, photograph of a card, {across * across * 3 / 4_000_000:.0f} MP"
    return [(f"gate, PDF of {count} pages of text", pages, 3.0), (taken, photograph, 3.0)]


def write_pages(path: Path, *, count: int) -> None:
    """A report: prose and a small table on every page; the same in every run."""
    drawn, chance = canvas.Canvas(str(path), pagesize=A4, invariant=1), random.Random(1)
    for _ in range(count):
        for line in range(LINES):
            drawn.drawString(60, 800 - 13 * line, " ".join(chance.choices(WORDS, k=11)))
        for row in range(ROWS):
            for column, text in enumerate((str(row + 1), chance.choice(WORDS), str(chance.randint(20, 900)))):
                drawn.drawString(60 + 140 * column, 250 - 14 * row, text)
        drawn.showPage()
    drawn.save()


def write_photograph(path: Path, *, across: int) -> None:
    """An invented card on a quarter of a grey table, with the grain of a telephone's camera; four wide, three high."""
    size, edge = (across, across * 3 // 4), across * 9 // 40
    picture = Image.new("RGB", size, (70, 60, 50))
    picture.paste(card(across // 2), (edge, edge))
    grain = np.random.default_rng(1).normal(0, 6, (*size[::-1], 1))
    pixels = (np.asarray(picture) + grain).clip(0, 255).astype(np.uint8)
    encoded = io.BytesIO()
    Image.fromarray(pixels).save(encoded, "JPEG", quality=85)
    path.write_bytes(encoded.getvalue())


if __name__ == "__main__":
    written = documents(Path(sys.argv[1]), count=int(sys.argv[2]), across=int(sys.argv[3]))
    print(json.dumps([(what, str(path), most) for what, path, most in written]))
