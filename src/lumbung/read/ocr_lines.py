"""Lines of text as they lie on a picture: found in a map of where text is, cut out, put in rows."""

import cmath
import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

HEIGHT = 48  # pixels of a strip that is spelled
TEXT = 0.3  # from so much on a pixel belongs to text
SURELY = 0.5  # mean over the box
SMALLEST = 3  # pixels of the map
OUTWARD = 1.6  # the map marks a line's core; the box grows by area x this / circumference


@dataclass(frozen=True, slots=True)
class Box:
    """A line of text: its middle, its length, its height (pixels), and the angle of its long side (radians)."""

    x: float
    y: float
    width: float
    height: float
    angle: float

    @property
    def lies(self) -> bool:
        """Whether the long side is more across than up and down."""
        return abs(self.angle) <= math.pi / 4


@dataclass(frozen=True, slots=True)
class Line:
    """What a box says; `turned` where it is read from the far end."""

    box: Box
    text: str
    turned: bool


def boxes(chart: Any, *, across: float, down: float) -> list[Box]:
    """Boxes around the marked places of a map of probabilities, multiplied into the picture's pixels."""
    marked = (chart > TEXT).astype(np.uint8)
    outlines, _ = cv2.findContours(marked, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for outline in outlines:
        corners = cv2.boxPoints(cv2.minAreaRect(outline))
        (_, sides, _) = cv2.minAreaRect(outline)
        if min(sides) < SMALLEST or _certainty(chart, outline) < SURELY:
            continue
        found.append(_box(corners * (across, down)))
    return found


def _certainty(chart: Any, outline: Any) -> float:
    left, top, width, height = cv2.boundingRect(outline)
    mask = np.zeros((height, width), np.uint8)
    cv2.fillPoly(mask, [outline - (left, top)], 1)
    return float(cv2.mean(np.ascontiguousarray(chart[top : top + height, left : left + width]), mask)[0])


def _box(corners: Any) -> Box:
    """The grown box around four corners, with its long side as width and its angle in (-90, 90] degrees."""
    x, y = corners.mean(0)
    first, second = corners[1] - corners[0], corners[2] - corners[1]
    side, other = sorted((first, second), key=lambda edge: -math.hypot(*edge))
    width, height = math.hypot(*side), math.hypot(*other)
    grown = OUTWARD * width * height / (width + height)
    angle = math.atan2(side[1], side[0])
    angle = angle - math.pi if angle > math.pi / 2 else angle + math.pi if angle <= -math.pi / 2 else angle
    return Box(float(x), float(y), width + grown, height + grown, angle)


def strip(pixels: Any, box: Box, *, most: int) -> Any:
    """The box cut out and laid flat, HEIGHT pixels high and at most `most` wide."""
    scale = HEIGHT / box.height
    width = min(most, max(HEIGHT, math.ceil(box.width * scale)))
    cosine, sine = math.cos(box.angle), math.sin(box.angle)
    along, below = np.array([cosine, sine]) * box.width / 2, np.array([-sine, cosine]) * box.height / 2
    middle = np.array([box.x, box.y])
    source = np.array([middle - along - below, middle + along - below, middle - along + below], np.float32)
    target = np.array([[0, 0], [width, 0], [0, HEIGHT]], np.float32)
    turn = cv2.getAffineTransform(source, target)
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return cv2.warpAffine(pixels, turn, (width, HEIGHT), flags=way, borderMode=cv2.BORDER_REPLICATE)


def joined(lines: list[Line]) -> list[str]:
    """Rows from top to bottom, as the text stands; what stands in one row is joined from its beginning on.

    Lines that are read in one of the four directions make rows of their own.
    """
    rows: list[str] = []
    for lies in (True, False):
        for turned in (False, True):
            own = [line for line in lines if line.text and line.turned is turned and line.box.lies is lies]
            rows += _rows(own) if own else []
    return rows


def _rows(lines: list[Line]) -> list[str]:
    """Rows of lines that are read in one direction: the direction of the middle one."""
    angle = _median([line.box.angle if line.box.lies else line.box.angle % math.pi for line in lines])
    turn = cmath.exp(-1j * (angle + math.pi * lines[0].turned))
    placed = sorted(((complex(line.box.x, line.box.y) * turn, line) for line in lines), key=lambda one: one[0].imag)
    rows: list[list[tuple[complex, Line]]] = []
    for at, line in placed:
        before = rows[-1][-1] if rows else None
        if before and at.imag - before[0].imag < min(line.box.height, before[1].box.height) / 2:
            rows[-1].append((at, line))
        else:
            rows.append([(at, line)])
    by_beginning = (sorted(row, key=lambda one: one[0].real - one[1].box.width / 2) for row in rows)
    return [" ".join(line.text for _, line in row) for row in by_beginning]


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
