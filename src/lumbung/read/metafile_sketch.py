"""What a Windows metafile draws, taken down record by record: words, shapes, bitmaps, and what was not understood.

Source: MS-EMF 2.3.11 (state) and 2.3.12 (transforms); MS-WMF 2.3.5. Logical coordinates become those of the device by
the world transform and by window and viewport, so that words and shapes of one picture lie where they are seen.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

Point = tuple[float, float]
Colour = tuple[int, int, int]
BLACK, GREY, WHITE = (0, 0, 0), (128, 128, 128), (255, 255, 255)
STEPS = 8  # straight pieces of a curve
AROUND = 32  # straight pieces of an ellipse
MOST = 60_000  # shapes and words of one picture
SAVED = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A text as one record draws it. `width` is how far it reaches, 0 where the record does not say."""

    text: str
    at: Point
    width: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Contours in the device's coordinates; None as a colour says that it is not filled, or has no outline."""

    contours: tuple[tuple[Point, ...], ...]
    fill: Colour | None
    line: Colour | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """What is in force while a record is played."""

    world: tuple[float, ...] = (1, 0, 0, 1, 0, 0)
    window: tuple[float, ...] = (0, 0)
    viewport: tuple[float, ...] = (0, 0)
    window_size: tuple[float, ...] = (1, 1)
    viewport_size: tuple[float, ...] | None = None
    upwards: bool = False  # in millimetres, inches or points the second axis points up
    scaled: bool = False
    fill: Colour | None = WHITE
    line: Colour | None = BLACK
    ground: Colour = WHITE
    at: Point = (0, 0)

    def placed(self, point: Point) -> Point:
        """A logical point where the device shows it."""
        a, b, c, d, e, f = self.world
        x, y = point[0] * a + point[1] * c + e, point[0] * b + point[1] * d + f
        x, y = x - self.window[0], y - self.window[1]
        if self.scaled:
            width, height = self.window_size
            shown = self.viewport_size or (abs(width), abs(height))
            x, y = x * shown[0] / (width or 1), y * shown[1] / (height or 1)
        elif self.upwards:
            y = -y
        return _bounded(x + self.viewport[0]), _bounded(y + self.viewport[1])


@dataclass(slots=True)
class Sketch:
    """A picture being taken down. `bitmaps` are picture files, `inner` metafiles, `raw` bytes to be swept;
    `unread` says that something was drawn that is not understood here."""

    device: Device = field(default_factory=Device)
    words: list[Word] = field(default_factory=list)
    guesses: list[str] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    bitmaps: list[bytes] = field(default_factory=list)
    inner: list[bytes] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    unread: bool = False
    broken: bool = False
    path: list[list[Point]] | None = None
    _saved: list[Device] = field(default_factory=list)

    def set(self, **changes: object) -> None:
        """Change what is in force."""
        self.device = replace(self.device, **changes)  # type: ignore[arg-type]

    def save(self) -> None:
        """Keep what is in force for `restore`."""
        if len(self._saved) < SAVED:
            self._saved.append(self.device)

    def restore(self, level: int) -> None:
        """Back to a saved state: counted from the newest below zero, from the oldest above."""
        index = len(self._saved) + level if level < 0 else level - 1
        if 0 <= index < len(self._saved):
            self.device = self._saved[index]
            del self._saved[index:]

    def write(self, text: str, at: Point, *, width: float = 0) -> None:
        """A text at a logical point."""
        if text.strip("\0 ") and self._has_room():
            self.words.append(Word(text=text.strip("\0"), at=self.device.placed(at), width=self._length(width)))

    def _length(self, width: float) -> float:
        start, end = self.device.placed((0, 0)), self.device.placed((width, 0))
        return math.dist(start, end)

    def draw(self, contours: Iterable[Sequence[Point]], *, fill: bool, line: bool = True) -> None:
        """Contours in logical coordinates; into the path where one is begun."""
        placed = [tuple(map(self.device.placed, contour)) for contour in contours]
        if self.path is not None:
            if sum(map(len, self.path)) < MOST:
                self.path += [list(contour) for contour in placed]
            else:
                self.unread = True
        else:
            self.keep(placed, fill=self.device.fill if fill else None, line=self.device.line if line else None)

    def extend(self, points: Sequence[Point], *, start: Point) -> None:
        """A line from the current position; with a path begun, the open figure goes on."""
        placed = [self.device.placed(point) for point in points]
        begin = self.device.placed(start)
        if self.path is not None and self.path and self.path[-1] and self.path[-1][-1] == begin:
            self.path[-1] += placed
        elif self.path is not None:
            self.path.append([begin, *placed])
        else:
            self.keep([(begin, *placed)], fill=None, line=self.device.line)
        self.set(at=points[-1])

    def keep(self, contours: Iterable[Sequence[Point]], *, fill: Colour | None, line: Colour | None) -> None:
        """Contours that are placed already."""
        kept = tuple(tuple(contour) for contour in contours if len(contour) > 1)
        if kept and (fill or line) and self._has_room():
            self.shapes.append(Shape(contours=kept, fill=fill, line=line))

    def end_path(self, *, fill: bool, line: bool) -> None:
        """Draw the path that was gathered."""
        path, self.path = self.path, None
        for_fill, for_line = self.device.fill if fill else None, self.device.line if line else None
        self.keep(path or (), fill=for_fill, line=for_line)

    def _has_room(self) -> bool:
        """Whether more is kept of this picture; else it is not wholly read."""
        room = len(self.shapes) + len(self.words) < MOST
        self.unread = self.unread or not room
        return room


def _bounded(value: float) -> float:
    """A coordinate that can be drawn: what is no number, or beyond all paper, lies at the rim."""
    return min(max(value, -1e7), 1e7) if math.isfinite(value) else 0.0


def curve(points: Sequence[Point]) -> list[Point]:
    """Cubic Bezier curves (a start, then three points each) as straight pieces."""
    line = list(points[:1])
    for index in range(1, len(points) - 2, 3):
        corners = (line[-1], *points[index : index + 3])
        line += [_on_curve(corners, step / STEPS) for step in range(1, STEPS + 1)]
    return line


def _on_curve(corners: Sequence[Point], part: float) -> Point:
    rest = 1 - part
    weights = (rest**3, 3 * rest**2 * part, 3 * rest * part**2, part**3)
    x, y = (sum(weight * corner[axis] for weight, corner in zip(weights, corners, strict=True)) for axis in (0, 1))
    return x, y


def ellipse(box: Sequence[float], start: Point | None = None, end: Point | None = None) -> list[Point]:
    """An ellipse in a box (left, top, right, bottom), or its arc between two rays, against the clock."""
    left, top, right, bottom = box
    x, y = (left + right) / 2, (top + bottom) / 2
    wide, high = (right - left) / 2 or 1.0, (bottom - top) / 2 or 1.0
    first = math.atan2((start[1] - y) / high, (start[0] - x) / wide) if start else 0.0
    last = math.atan2((end[1] - y) / high, (end[0] - x) / wide) if end else 0.0
    sweep = (first - last) % (2 * math.pi) or 2 * math.pi
    angles = (first - sweep * step / AROUND for step in range(AROUND + 1))
    return [(x + wide * math.cos(angle), y + high * math.sin(angle)) for angle in angles]


def box(left: float, top: float, right: float, bottom: float) -> list[Point]:
    """A rectangle's corners, closed."""
    return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
