"""The shapes of a metafile as a picture, since letters may have been turned into outlines before it was written.

Source: MS-EMF 2.3.5 (drawing records): shapes cover one another in their order, contours of one shape cut holes.
"""

from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw

from lumbung.read.metafile_sketch import Point, Shape

LONGEST = 2400  # pixels of the longer side
MARGIN = 12
WIDE = 2  # pixels of a line


def painted(shapes: Sequence[Shape]) -> Image.Image:
    """All shapes on white, as large as letters need."""
    points = [point for shape in shapes for contour in shape.contours for point in contour]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    wide, high = max(x for x, _ in points) - left, max(y for _, y in points) - top
    scale = (LONGEST - 2 * MARGIN) / (max(wide, high) or 1)
    size = (int(wide * scale) + 2 * MARGIN + 1, int(high * scale) + 2 * MARGIN + 1)
    picture = Image.new("RGB", size, "white")
    for shape in shapes:
        contours = [
            [((x - left) * scale + MARGIN, (y - top) * scale + MARGIN) for x, y in contour]
            for contour in shape.contours
        ]
        _paint(picture, contours, shape)
    return picture


def _paint(picture: Image.Image, contours: list[list[Point]], shape: Shape) -> None:
    if shape.fill is not None:
        _fill(picture, [contour for contour in contours if len(contour) > 2], shape.fill)
    if shape.line is not None:
        pen = ImageDraw.Draw(picture)
        for contour in contours:
            pen.line(contour, fill=shape.line, width=WIDE)


def _fill(picture: Image.Image, contours: list[list[Point]], colour: tuple[int, int, int]) -> None:
    """The contours filled; where an even number of them lie over one another, a hole."""
    if not contours:
        return
    points = [point for contour in contours for point in contour]
    left, top = int(min(x for x, _ in points)), int(min(y for _, y in points))
    size = (int(max(x for x, _ in points)) - left + 2, int(max(y for _, y in points)) - top + 2)
    mask = Image.new("1", size)
    for contour in contours:
        one = Image.new("1", size)
        ImageDraw.Draw(one).polygon([(x - left, y - top) for x, y in contour], fill=1)
        mask = ImageChops.logical_xor(mask, one)
    picture.paste(colour, (left, top), mask)
