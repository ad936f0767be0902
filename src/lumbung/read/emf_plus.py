"""EMF+ records, which newer programs put into comments of an enhanced metafile: strings and pictures.

Source: MS-EMFPLUS 2.1.1.1 (record types), 2.2.1 (objects), 2.3 (records). Most files are "dual": the enhanced metafile
draws the same once more in its own records, and so shapes are read there; where it does not, shapes are unread.
"""

import struct

from lumbung.read.metafile_sketch import Sketch

HEADER, OBJECT, DRAW_STRING, DRAW_DRIVER_STRING = 0x4001, 0x4008, 0x401C, 0x4036
# Records that draw shapes: fills and strokes of paths, polygons, curves, regions
DRAWING = frozenset({*range(0x400A, 0x401A)})
IMAGES = frozenset({0x401A, 0x401B})
# Records of state: comments, clipping, transforms, modes, saving, effects
SILENT = frozenset({0x4002, 0x4003, 0x4004, 0x4009, *range(0x401D, 0x4036), *range(0x4037, 0x403B)})
IMAGE = 5
CONTINUED = 0x8000
BITMAP, METAFILE = 1, 2
PACKED = 1
LETTERS = 1  # of a driver string: it holds characters, not glyphs
FEWEST = 12  # shapes below which no number is drawn


class EmfPlus:
    """The EMF+ side of one metafile."""

    def __init__(self, sketch: Sketch) -> None:
        self._sketch = sketch
        self._dual = False
        self._shapes = 0
        self._strange = False
        self._waiting: dict[int, bytes] = {}

    @property
    def is_unread(self) -> bool:
        """Whether something was drawn that nothing here has seen."""
        return self._strange or bool(self._waiting) or (self._shapes >= FEWEST and not self._dual)

    def play(self, data: bytes) -> None:
        """The records of one comment."""
        position = 0
        while position + 12 <= len(data):
            kind, flags, size, length = struct.unpack_from("<HHII", data, position)
            if size < 12 or position + size > len(data):
                break
            self._take(kind, flags, data[position + 12 : position + 12 + min(length, size - 12)])
            position += size
        if data[position:].strip(b"\0"):
            self._strange = True

    def _take(self, kind: int, flags: int, body: bytes) -> None:
        if kind == HEADER:
            self._dual = bool(flags & 1)
        elif kind == OBJECT:
            self._object(flags, body)
        elif kind == DRAW_STRING:
            (count,) = struct.unpack_from("<I", body, 8)
            left, top = struct.unpack_from("<ff", body, 12)
            self._sketch.write(body[28 : 28 + 2 * count].decode("utf-16-le", "replace"), (left, top))
        elif kind == DRAW_DRIVER_STRING:
            self._driver_string(body)
        elif kind in DRAWING:
            self._shapes += 1
        elif kind not in IMAGES and kind not in SILENT:
            self._strange = True

    def _driver_string(self, body: bytes) -> None:
        options, _, count = struct.unpack_from("<III", body, 4)
        text = body[16 : 16 + 2 * count].decode("utf-16-le", "replace")
        if not options & LETTERS:
            self._strange = True
        elif count:
            at = struct.unpack_from("<ff", body, 16 + 2 * count) if len(body) >= 24 + 2 * count else (0.0, 0.0)
            self._sketch.write(text, (at[0], at[1]))

    def _object(self, flags: int, body: bytes) -> None:
        """Images, which may be continued over several records."""
        kind, number = flags >> 8 & 0x7F, flags & 0xFF
        if kind != IMAGE:
            return
        if flags & CONTINUED and len(body) >= 4:
            (total,) = struct.unpack_from("<I", body)
            kept = self._waiting.pop(number, b"") + body[4:]
            if len(kept) < total:
                self._waiting[number] = kept
                return
            body = kept
        else:
            body = self._waiting.pop(number, b"") + body
        self._image(body)

    def _image(self, body: bytes) -> None:
        _, kind = struct.unpack_from("<II", body)
        if kind == BITMAP and struct.unpack_from("<I", body, 24)[0] == PACKED:
            self._sketch.bitmaps.append(body[28:])
        elif kind == METAFILE:
            (size,) = struct.unpack_from("<I", body, 12)
            self._sketch.inner.append(body[16 : 16 + size])
        else:
            self._pixels(body)

    def _pixels(self, body: bytes) -> None:
        """A bitmap as GDI+ keeps it in memory, made a file; other layouts than its three usual ones are unread."""
        _, kind, width, height, stride, layout = struct.unpack_from("<IIiiiI", body)
        bits = {0x00021808: 24, 0x00022009: 32, 0x0026200A: 32, 0x000E200B: 32}.get(layout)
        if kind != BITMAP or bits is None or stride != (width * bits // 8 + 3) // 4 * 4 or stride <= 0 or height <= 0:
            self._strange = True
            return
        head = struct.pack("<IiiHHIIiiII", 40, width, -height, 1, bits, 0, stride * height, 0, 0, 0, 0)
        pixels = body[28 : 28 + stride * height]
        self._sketch.bitmaps.append(struct.pack("<2sIII", b"BM", 54 + len(pixels), 0, 54) + head + pixels)
