"""Where a village is among its neighbours: a small drawing of the offices whose coordinates are known, without a tile.

Nothing is asked of another host, and nothing is drawn that was not told: a village without coordinates is named.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 320, 240, 20  # units of the drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One office in the drawing."""

    kode: str
    name: str
    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """The village, those around it, and its coordinates in degrees."""

    here: Dot
    others: list[Dot]
    latitude: float
    longitude: float

    width = WIDTH
    height = HEIGHT


def locate(kode: str, points: Sequence[tuple[str, str, float, float]]) -> Locator | None:
    """The drawing for a village (kode wilayah); nothing where its own coordinates are not known."""
    own = next((point for point in points if point[0] == kode), None)
    if own is None:
        return None
    dots = _dots(points)
    here = next(dot for dot in dots if dot.kode == kode)
    others = [dot for dot in dots if dot.kode != kode]
    return Locator(here=here, others=others, latitude=own[2], longitude=own[3])


def _dots(points: Sequence[tuple[str, str, float, float]]) -> list[Dot]:
    """Equirectangular, one scale both ways; a lone point stands in the middle."""
    flat = math.cos(math.radians(sum(point[2] for point in points) / len(points)))
    across = [(kode, name, longitude * flat, -latitude) for kode, name, latitude, longitude in points]
    lefts, tops = [point[2] for point in across], [point[3] for point in across]
    wide, tall = max(lefts) - min(lefts), max(tops) - min(tops)
    scale = min((WIDTH - 2 * MARGIN) / (wide or 1e-9), (HEIGHT - 2 * MARGIN) / (tall or 1e-9), 1e6)
    left, top = (max(lefts) + min(lefts)) / 2, (max(tops) + min(tops)) / 2
    return [
        Dot(kode=kode, name=name, x=round(WIDTH / 2 + (x - left) * scale), y=round(HEIGHT / 2 + (y - top) * scale))
        for kode, name, x, y in across
    ]
