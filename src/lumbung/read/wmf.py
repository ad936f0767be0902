"""Windows metafiles of sixteen bits, record by record: text, bitmaps, shapes, state, and escapes.

Source: MS-WMF 2.1.1.1 (record types), 2.3 (records). A record of no known kind is not passed over: the picture is then
not wholly read. An enhanced metafile in escapes (2.3.6.16) is put together and read in its turn.
"""

import struct
from collections.abc import Callable, Iterator

from lumbung.read.biff_pictures import as_file
from lumbung.read.emf import GLYPHS, SYMBOLS
from lumbung.read.metafile_objects import NULL_BRUSH, NULL_PEN, SOLID, Objects, colour_of
from lumbung.read.metafile_sketch import GREY, Colour, Point, Sketch, box, ellipse

PLACEABLE, HEADER = b"\xd7\xcd\xc6\x9a", 18
COMMENT, ENHANCED = 15, b"WMFC"
ENHANCED_HEAD = 34
BOXED = 0x2 | 0x4
# Records that draw nothing: modes, clipping to boxes, palettes, fonts are chosen below
STATE = frozenset(
    {
        *(0x0000, 0x0035, 0x0037, 0x0102, 0x0104, 0x0105, 0x0106, 0x0107, 0x0108, 0x0139, 0x0149, 0x0209, 0x020A),
        *(0x0220, 0x0228, 0x012A, 0x012B, 0x012C, 0x012E, 0x0231, 0x0234, 0x0415, 0x0416, 0x0419, 0x0429, 0x0436),
        0x0548,
    }
)
# Where a record's bitmap begins; it has one only where it is longer than the short form
BITMAPS = {0x0940: 16, 0x0B41: 20, 0x0F43: 22, 0x0D33: 18, 0x0142: 4}
OLD_BITMAPS = frozenset({0x0922, 0x0B23})
LARGE_REGION = 256  # bytes; a larger one may be letters
SHORT_BLIT = 24


def read_wmf(data: bytes) -> Sketch:
    """What the metafile draws."""
    wmf = _Wmf(data[22:] if data.startswith(PLACEABLE) else data)
    try:
        wmf.play()
    except (struct.error, IndexError):
        wmf.sketch.broken = True
    return wmf.sketch


class _Wmf:
    def __init__(self, data: bytes) -> None:
        self.sketch = Sketch()
        self.sketch.set(scaled=True)
        self._objects = Objects()
        self._data = data
        self._enhanced: list[bytes] = []
        self._players = self._of_state() | self._of_shapes()

    def _of_state(self) -> dict[int, Callable[[bytes], None]]:
        """What changes where and how is drawn, by record type (section 2.1.1.1)."""
        return {
            0x001E: lambda _: self.sketch.save(),
            0x0127: lambda body: self.sketch.restore(struct.unpack_from("<h", body)[0]),
            0x0103: self._map_mode,
            0x0201: lambda body: self.sketch.set(ground=colour_of(struct.unpack_from("<I", body)[0])),
            0x020B: lambda body: self.sketch.set(window=_turned(body)),
            0x020C: lambda body: self.sketch.set(window_size=_turned(body)),
            0x020D: lambda body: self.sketch.set(viewport=_turned(body)),
            0x020E: lambda body: self.sketch.set(viewport_size=_turned(body)),
            0x020F: lambda body: self._move(window=_turned(body)),
            0x0211: lambda body: self._move(viewport=_turned(body)),
            0x0410: lambda body: self._scale("window_size", body),
            0x0412: lambda body: self._scale("viewport_size", body),
            0x0214: lambda body: self.sketch.set(at=_turned(body)),
            0x0213: lambda body: self.sketch.extend([_turned(body)], start=self.sketch.device.at),
            0x012D: lambda body: self.sketch.set(**self._objects.chosen(struct.unpack_from("<H", body)[0])),
            0x01F0: lambda body: self._objects.forget(struct.unpack_from("<H", body)[0]),
            0x02FA: self._pen,
            0x02FC: self._brush,
            0x02FB: lambda _: self._make({}),
            0x00F7: lambda _: self._make({}),
            0x06FF: self._region,
            0x01F9: self._old_pattern,
        }

    def _of_shapes(self) -> dict[int, Callable[[bytes], None]]:
        """What draws, by record type (section 2.1.1.1)."""
        return {
            0x0521: self._text_out,
            0x0A32: self._extended_text_out,
            0x0324: lambda body: self._polygon(body, fill=True),
            0x0325: lambda body: self._polygon(body, fill=False),
            0x0538: self._polygons,
            0x041B: lambda body: self.sketch.draw([box(*_backwards(body))], fill=True),
            0x061C: lambda body: self.sketch.draw([box(*_backwards(body[4:]))], fill=True),
            0x0418: lambda body: self.sketch.draw([ellipse(_backwards(body))], fill=True),
            0x0817: lambda body: self._arc(body, fill=False),
            0x0830: lambda body: self._arc(body, fill=True),
            0x081A: lambda body: self._arc(body, fill=True),
            0x041F: lambda body: self._dot(_turned(body[4:])),
            0x061D: self._block,
            0x0626: self._escape,
        }

    def play(self) -> None:
        """All records in order."""
        for kind, body in self._records():
            if kind in self._players:
                self._players[kind](body)
            elif kind in BITMAPS:
                self._bitmap(kind, body)
            elif kind in OLD_BITMAPS and len(body) <= SHORT_BLIT:
                self._block(body)
            elif kind not in STATE:
                self.sketch.unread = True
                self.sketch.raw.append(body)
        if self._enhanced:
            self.sketch.inner.append(b"".join(self._enhanced))

    def _records(self) -> Iterator[tuple[int, bytes]]:
        position, kind = HEADER, -1
        while position + 6 <= len(self._data) and kind:
            words, kind = struct.unpack_from("<IH", self._data, position)
            if words < 3 or position + 2 * words > len(self._data):
                break
            yield kind, self._data[position + 6 : position + 2 * words]
            position += 2 * words
        self.sketch.broken = self.sketch.broken or bool(kind)

    def _text_out(self, body: bytes) -> None:
        (count,) = struct.unpack_from("<h", body)
        padded = count + count % 2
        self._write(body[2 : 2 + count], _turned(body[2 + padded :]), 0)

    def _extended_text_out(self, body: bytes) -> None:
        y, x, count, options = struct.unpack_from("<hhhH", body)
        start = 16 if options & BOXED else 8
        raw = body[start : start + count]
        after = start + count + count % 2
        advances = struct.unpack_from(f"<{count}h", body, after) if len(body) >= after + 2 * count else ()
        self._write(raw, (x, y), options, width=sum(advances))
        if options & 0x2:
            edges = struct.unpack_from("<4h", body, 8)
            placed = [self.sketch.device.placed(corner) for corner in box(*edges)]
            self.sketch.keep([placed], fill=self.sketch.device.ground, line=None)

    def _write(self, raw: bytes, at: Point, options: int, *, width: float = 0) -> None:
        if options & GLYPHS and raw:
            self.sketch.unread = True
        else:
            self.sketch.write(raw.decode("cp1252", "replace").translate(SYMBOLS), at, width=width)

    def _bitmap(self, kind: int, body: bytes) -> None:
        start = BITMAPS[kind]
        if kind == 0x0142:
            self._make({"fill": GREY})
        if len(body) > SHORT_BLIT and len(body) - start > 12:
            self.sketch.bitmaps.append(as_file(body[start:]))
        elif len(body) <= SHORT_BLIT:
            self._block(body)

    def _block(self, body: bytes) -> None:
        """A block in the brush's colour: the last four numbers say where."""
        if len(body) >= 12:
            height, width, y, x = struct.unpack_from("<4h", body, len(body) - 8)
            self.sketch.draw([box(x, y, x + width, y + height)], fill=True, line=False)

    def _pen(self, body: bytes) -> None:
        style, colour = struct.unpack_from("<H4xI", body)
        self._make({"line": None if style & 0xF == NULL_PEN else colour_of(colour)})

    def _brush(self, body: bytes) -> None:
        style, colour = struct.unpack_from("<HI", body)
        self._make({"fill": None if style == NULL_BRUSH else colour_of(colour) if style == SOLID else GREY})

    def _region(self, body: bytes) -> None:
        self._make({})
        self.sketch.unread = self.sketch.unread or len(body) > LARGE_REGION

    def _old_pattern(self, body: bytes) -> None:
        """A brush whose pattern lies in a bitmap of the device's own make, which is not decoded."""
        self._make({"fill": GREY})
        self.sketch.unread = self.sketch.unread or len(body) > LARGE_REGION

    def _make(self, choice: dict[str, Colour | None]) -> None:
        self._objects.keep(self._objects.free(), choice)

    def _polygon(self, body: bytes, *, fill: bool) -> None:
        points = _points(body, 2, struct.unpack_from("<h", body)[0])
        self.sketch.draw([[*points, *points[:1]] if fill else points], fill=fill)

    def _polygons(self, body: bytes) -> None:
        (count,) = struct.unpack_from("<H", body)
        lengths = struct.unpack_from(f"<{count}H", body, 2)
        position, contours = 2 + 2 * count, []
        for length in lengths:
            points = _points(body, position, length)
            contours.append([*points, *points[:1]])
            position += 4 * length
        self.sketch.draw(contours, fill=True)

    def _arc(self, body: bytes, *, fill: bool) -> None:
        end, start = _turned(body), _turned(body[4:])
        self.sketch.draw([ellipse(_backwards(body[8:]), start, end)], fill=fill)

    def _dot(self, at: Point) -> None:
        self.sketch.draw([box(at[0], at[1], at[0] + 1, at[1] + 1)], fill=True)

    def _map_mode(self, body: bytes) -> None:
        (mode,) = struct.unpack_from("<H", body)
        self.sketch.set(scaled=mode in (7, 8), upwards=2 <= mode <= 6)

    def _move(self, **by: Point) -> None:
        for name, (x, y) in by.items():
            now = getattr(self.sketch.device, name)
            self.sketch.set(**{name: (now[0] + x, now[1] + y)})

    def _scale(self, name: str, body: bytes) -> None:
        by_y, y, by_x, x = struct.unpack_from("<4h", body)
        width, height = getattr(self.sketch.device, name) or (1, 1)
        self.sketch.set(**{name: (width * x / (by_x or 1), height * y / (by_y or 1))})

    def _escape(self, body: bytes) -> None:
        function, size = struct.unpack_from("<HH", body)
        content = body[4 : 4 + size]
        if function == COMMENT and content.startswith(ENHANCED):
            self._enhanced.append(content[ENHANCED_HEAD:])
            return
        self.sketch.raw.append(content)
        self.sketch.unread = self.sketch.unread or len(content) > 8192


def _turned(body: bytes) -> tuple[int, int]:
    """A point, which stands there with its second number first."""
    y, x = struct.unpack_from("<hh", body)
    return x, y


def _backwards(body: bytes) -> tuple[int, int, int, int]:
    """A box, which stands there from its last number to its first."""
    bottom, right, top, left = struct.unpack_from("<4h", body)
    return left, top, right, bottom


def _points(body: bytes, at: int, count: int) -> list[Point]:
    numbers = struct.unpack_from(f"<{2 * max(0, count)}h", body, at)
    return list(zip(numbers[::2], numbers[1::2], strict=True))
