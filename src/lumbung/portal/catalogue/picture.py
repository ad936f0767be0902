"""The picture that stands for a dataset where its address is shared: its title, who gave it, and its chart.

Source: the Open Graph protocol; 1200 by 630 pixels is what messengers crop least. Drawn anew for each asking and kept
nowhere, so that a closed dataset leaves none behind. It has no words of its own but the name of the house.
"""

import hashlib
import io
from pathlib import Path

import polars as pl
from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw, ImageFont

from lumbung.portal.catalogue import shelf, shown_table
from lumbung.portal.catalogue.chart import Chart, Kind, chosen, drawn, pinned, shape_of
from lumbung.portal.catalogue.models import Dataset, Release

SIZE = WIDTH, HEIGHT = 1200, 630
EDGE = 72
PAPER, INK, SOFT, GREEN, TINT = "#faf8f1", "#1d231b", "#565d50", "#1f6b3b", "#cfe0c6"
GOLD = "#b97a06"
MOST_LINES = 3
MOST_ROWS = 200_000  # of a table whose chart is worth adding up for a picture
CHART = (EDGE, 400, WIDTH - EDGE, HEIGHT - 64)
Box = tuple[int, int, int, int]
Letters = ImageFont.FreeTypeFont | ImageFont.ImageFont


def version_of(dataset: Dataset, release: Release | None) -> str:
    """Changes when the picture would."""
    parts = (dataset.title, dataset.organisation.name, dataset.period, release.folder if release else "")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def draw(dataset: Dataset, release: Release | None) -> bytes:
    """A PNG."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, 14), fill=GREEN)
    title = _letters(58, weight=800)
    below = EDGE
    for line in _wrapped(dataset.title, title, WIDTH - 2 * EDGE):
        pen.text((EDGE, below), line, fill=INK, font=title)
        below += 70
    said = " · ".join(part for part in (dataset.organisation.name, dataset.period) if part)
    pen.text((EDGE, below + 12), _wrapped(said, _letters(30), WIDTH - 2 * EDGE)[0], fill=SOFT, font=_letters(30))
    chart = _chart(release)
    if chart is not None:
        _draw_chart(pen, chart, CHART)
    pen.text((WIDTH - EDGE, HEIGHT - 22), "Lumbung", fill=GREEN, font=_letters(30, weight=800), anchor="rs")
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _chart(release: Release | None) -> Chart | None:
    """The chart of the first table, where it has one and is not too long."""
    tables = shown_table.tables_of(release)
    if not tables or tables[0].rows > MOST_ROWS:
        return None
    table = pl.scan_parquet(shelf.path_of(tables[0]))
    shape = shape_of(table)
    plan = chosen(shape)
    return None if plan is None else drawn(pinned(plan, shape, table, asked={}), table)


def _draw_chart(pen: ImageDraw.ImageDraw, chart: Chart, box: Box) -> None:
    """The first two series, as a line or as bars on one ground; nothing where a chart needs figures below nought."""
    series = [[value or 0.0 for value in one] for one in chart.values[:2]]
    most = max((value for one in series for value in one), default=0.0)
    if most <= 0 or min(value for one in series for value in one) < 0 or len(series[0]) < 2:
        return
    left, top, right, bottom = box
    if chart.plan.kind is Kind.LINE:
        step = (right - left) / (len(series[0]) - 1)
        for one, colour in zip(series, (GREEN, GOLD), strict=False):
            points = [(left + at * step, bottom - value / most * (bottom - top)) for at, value in enumerate(one)]
            pen.line(points, fill=colour, width=6, joint="curve")
        return
    step = (right - left) / len(series[0])
    wide = step * 0.8 / len(series)
    for number, (one, colour) in enumerate(zip(series, (GREEN, GOLD), strict=False)):
        for at, value in enumerate(one):
            start = left + at * step + number * wide
            pen.rectangle((start, bottom - value / most * (bottom - top), start + wide - 2, bottom), fill=colour)
    pen.line((left, bottom + 1, right, bottom + 1), fill=TINT, width=3)


def _letters(size: int, *, weight: int = 500) -> Letters:
    """Our own letters where the front end was built, Pillow's elsewhere."""
    found = finders.find("design/jakarta.woff2")
    if not found or not Path(found).exists():
        return ImageFont.load_default(size)
    letters = ImageFont.truetype(found, size)
    letters.set_variation_by_axes([weight])
    return letters


def _wrapped(text: str, letters: Letters, width: int) -> list[str]:
    """At most MOST_LINES lines; what is too long ends in an ellipsis."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if letters.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    kept = [_cut(line, letters, width) for line in lines[:MOST_LINES]]
    if len(lines) > MOST_LINES:
        kept[-1] = _cut(f"{kept[-1]}…", letters, width)
    return kept


def _cut(line: str, letters: Letters, width: int) -> str:
    while len(line) > 1 and letters.getlength(line) > width:
        line = f"{line.rstrip('…')[:-1]}…"
    return line
