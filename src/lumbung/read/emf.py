"""Enhanced metafiles, record by record: text, bitmaps, shapes, state, and comments with what they carry.

Source: MS-EMF 2.1.1 (record types), 2.2.5 (EmrText), 2.3 (records). A record of no known kind is not passed over: the
picture is then not wholly read.
"""

import struct
from collections.abc import Callable, Iterator

from lumbung.read.biff_pictures import as_file
from lumbung.read.emf_plus import EmfPlus
from lumbung.read.metafile_objects import Objects
from lumbung.read.metafile_sketch import Point, Sketch, box, curve, ellipse

GLYPHS, OPAQUE, NO_BOX, SMALL = 0x10, 0x2, 0x100, 0x200
GLYPH_TO_LETTER = 29  # in the fonts of Windows; a guess, beside being named unread
SYMBOLS = {0xF000 + code: code for code in range(0x20, 0x100)}
# Records that draw nothing: palettes, modes, clipping to boxes, fonts, colour management
STATE = frozenset(
    {
        *(1, 13, 14, 16, 18, 19, 20, 21, 22, 23, 24, 26, 28, 29, 30, 48, 49, 50, 51, 52, 57, 58, 65, 66, 73, 82),
        *(98, 99, 100, 101, 104, 109, 111, 112, 113, 115, 119, 120, 121, 122),
    }
)
# Where a record says where its bitmap lies: offset and size of its header, offset and size of its pixels
BITMAPS = {76: 84, 77: 84, 78: 84, 79: 96, 80: 48, 81: 48, 93: 16, 94: 16, 95: 12, 114: 84, 116: 84}
SECOND = {78: 112, 79: 124}  # the mask of MASKBLT and PLGBLT
MANY_BOXES = 24
ENHANCED, SPOOL, PUBLIC = 0x2B464D45, 0x00000000, 0x43494447
WINDOWS_METAFILE, GROUP_BEGIN, GROUP_END, FORMATS = 0x80000001, 2, 3, 0x40000004


def read_emf(data: bytes) -> Sketch:
    """What the metafile draws."""
    emf = _Emf(data)
    try:
        emf.play()
    except (struct.error, IndexError):
        emf.sketch.broken = True
    return emf.sketch


class _Emf:
    def __init__(self, data: bytes) -> None:
        self.sketch = Sketch()
        self._objects = Objects()
        self._plus = EmfPlus(self.sketch)
        self._data = data
        self._players = self._of_state() | self._of_shapes()

    def _of_state(self) -> dict[int, Callable[[bytes], None]]:
        """What changes where and how is drawn, by record type (section 2.1.1)."""
        return {
            9: lambda body: self.sketch.set(window_size=_pair(body)),
            10: lambda body: self.sketch.set(window=_pair(body)),
            11: lambda body: self.sketch.set(viewport_size=_pair(body)),
            12: lambda body: self.sketch.set(viewport=_pair(body)),
            17: self._map_mode,
            25: lambda body: self.sketch.set(ground=(body[0], body[1], body[2])),
            27: lambda body: self.sketch.set(at=_pair(body)),
            31: self._scale_viewport,
            32: self._scale_window,
            33: lambda _: self.sketch.save(),
            34: lambda body: self.sketch.restore(struct.unpack_from("<i", body)[0]),
            35: lambda body: self.sketch.set(world=struct.unpack_from("<6f", body)),
            36: self._modify_world,
            37: lambda body: self.sketch.set(**self._objects.chosen(struct.unpack_from("<I", body)[0])),
            38: lambda body: self._objects.pen(struct.unpack_from("<I", body)[0], body[4:]),
            39: lambda body: self._objects.brush(struct.unpack_from("<I", body)[0], body[4:]),
            40: lambda body: self._objects.forget(struct.unpack_from("<I", body)[0]),
            75: self._clip,
        }

    def _of_shapes(self) -> dict[int, Callable[[bytes], None]]:
        """What draws, by record type (section 2.1.1)."""
        return {
            15: lambda body: self._dot(_pair(body)),
            42: lambda body: self.sketch.draw([ellipse(_four(body))], fill=True),
            43: lambda body: self.sketch.draw([box(*_four(body))], fill=True),
            44: lambda body: self.sketch.draw([box(*_four(body))], fill=True),
            45: lambda body: self._arc(body, fill=False),
            46: lambda body: self._arc(body, fill=True),
            47: lambda body: self._arc(body, fill=True),
            54: lambda body: self.sketch.extend([_pair(body)], start=self.sketch.device.at),
            55: lambda body: self._arc(body, fill=False),
            59: lambda _: setattr(self.sketch, "path", []),
            60: lambda _: None,
            61: lambda _: self._close_figure(),
            62: lambda _: self.sketch.end_path(fill=True, line=False),
            63: lambda _: self.sketch.end_path(fill=True, line=True),
            64: lambda _: self.sketch.end_path(fill=False, line=True),
            67: lambda _: self.sketch.end_path(fill=True, line=True),
            68: lambda _: self.sketch.end_path(fill=True, line=True),
            70: self._comment,
            71: lambda body: self._region(body[28:]),
            72: lambda body: self._region(body[36:]),
            74: lambda body: self._region(body[20:]),
        }

    def play(self) -> None:
        """All records in order."""
        for kind, body in self._records():
            record = struct.pack("<II", kind, len(body) + 8) + body
            if kind in self._players:
                self._players[kind](body)
            elif kind in _POLYGONS:
                self._poly(kind, body)
            elif kind in (83, 84):
                self._text(record, 36, wide=kind == 84)
            elif kind in (96, 97):
                for index in range(min(struct.unpack_from("<I", record, 36)[0], len(record) // 40)):
                    self._text(record, 40 + 40 * index, wide=kind == 97)
            elif kind == 108:
                self._small_text(record)
            elif kind not in STATE and kind not in BITMAPS:
                self.sketch.unread = True
                self.sketch.raw.append(body)
            if kind in BITMAPS:
                self._bitmaps(kind, record)
        if self.sketch.path:
            self.sketch.end_path(fill=True, line=True)
        self.sketch.unread = self.sketch.unread or self._plus.is_unread

    def _records(self) -> Iterator[tuple[int, bytes]]:
        position, kind = 0, 0
        while position + 8 <= len(self._data) and kind != 14:
            kind, size = struct.unpack_from("<II", self._data, position)
            if size < 8 or size % 4 or position + size > len(self._data):
                break
            yield kind, self._data[position + 8 : position + size]
            position += size
        self.sketch.broken = self.sketch.broken or kind != 14

    def _text(self, record: bytes, at: int, *, wide: bool) -> None:
        x, y, count, start, options = struct.unpack_from("<iiIII", record, at)
        edges = struct.unpack_from("<4i", record, at + 20)
        (advances,) = struct.unpack_from("<I", record, at + 36)
        raw = record[start : start + count * (2 if wide else 1)]
        if count and len(raw) < count:
            self.sketch.broken = True
        width = 0
        if advances and advances + 4 * count <= len(record):
            width = sum(struct.unpack_from(f"<{count}I", record, advances))
        self._write(raw, (x, y), options, wide=wide, width=width)
        if options & OPAQUE:
            self._cover(edges)

    def _small_text(self, record: bytes) -> None:
        x, y, count, options = struct.unpack_from("<iiII", record, 8)
        start = 36 if options & NO_BOX else 52
        wide = not options & SMALL
        self._write(record[start : start + count * (2 if wide else 1)], (x, y), options, wide=wide, width=0)

    def _write(self, raw: bytes, at: Point, options: int, *, wide: bool, width: float) -> None:
        if not raw:
            return
        text = raw.decode("utf-16-le" if wide else "cp1252", "replace")
        if options & GLYPHS:
            self.sketch.unread = True
            self.sketch.guesses.append("".join(chr(min(ord(glyph) + GLYPH_TO_LETTER, 0xD7FF)) for glyph in text))
        else:
            self.sketch.write(text.translate(SYMBOLS), at, width=width)

    def _cover(self, edges: tuple[int, ...]) -> None:
        """The box behind a text, in the colour of the ground."""
        if edges[0] < edges[2] and edges[1] < edges[3]:
            placed = [self.sketch.device.placed(corner) for corner in box(*edges)]
            self.sketch.keep([placed], fill=self.sketch.device.ground, line=None)

    def _bitmaps(self, kind: int, record: bytes) -> None:
        for at in (BITMAPS[kind], SECOND.get(kind, 0)):
            found = struct.unpack_from("<4I", record, at) if at and len(record) >= at + 16 else (0, 0, 0, 0)
            head, head_size, bits, bits_size = found
            if head_size and bits_size:
                self.sketch.bitmaps.append(as_file(record[head : head + head_size] + record[bits : bits + bits_size]))
            elif at == 84 and kind != 78:
                left, top, width, height = struct.unpack_from("<4i", record, 24)
                self.sketch.draw([box(left, top, left + width, top + height)], fill=True, line=False)
        if kind in (93, 94):
            self._objects.pattern(struct.unpack_from("<I", record, 8)[0])
        elif kind == 95:
            self._objects.wide_pen(struct.unpack_from("<I", record, 8)[0], record[28:])

    def _poly(self, kind: int, body: bytes) -> None:
        name, short = _POLYGONS[kind]
        if name in ("polypolyline", "polypolygon"):
            self._many(body, short, fill=name == "polypolygon")
            return
        points = _points(body, 20, struct.unpack_from("<I", body, 16)[0], short)
        here = self.sketch.device.at
        if not points:
            return
        if name == "polydraw":
            self.sketch.draw([points], fill=False)
        elif name == "bezier":
            self.sketch.draw([curve(points)], fill=False)
        elif name == "bezierto":
            self.sketch.extend(curve([here, *points])[1:] or points, start=here)
        elif name == "lineto":
            self.sketch.extend(points, start=here)
        elif name == "polygon":
            self.sketch.draw([[*points, points[0]]], fill=True)
        else:
            self.sketch.draw([points], fill=False)

    def _many(self, body: bytes, short: bool, *, fill: bool) -> None:
        count, total = struct.unpack_from("<II", body, 16)
        if count > len(body) // 4:
            raise struct.error
        lengths = struct.unpack_from(f"<{count}I", body, 24)
        points = _points(body, 24 + 4 * count, total, short)
        contours, position = [], 0
        for length in lengths:
            contour = points[position : position + length]
            contours.append([*contour, *contour[:1]] if fill else contour)
            position += length
        self.sketch.draw(contours, fill=fill)

    def _arc(self, body: bytes, *, fill: bool) -> None:
        start, end = _pair(body[16:]), _pair(body[24:])
        self.sketch.draw([ellipse(_four(body), start, end)], fill=fill)

    def _dot(self, at: Point) -> None:
        self.sketch.draw([box(at[0], at[1], at[0] + 1, at[1] + 1)], fill=True)

    def _close_figure(self) -> None:
        if self.sketch.path and self.sketch.path[-1]:
            self.sketch.path[-1].append(self.sketch.path[-1][0])

    def _region(self, region: bytes) -> None:
        """A region's boxes, which may be letters."""
        for edges in _boxes(region):
            placed = [self.sketch.device.placed(corner) for corner in box(*edges)]
            self.sketch.keep([placed], fill=self.sketch.device.fill or (0, 0, 0), line=None)

    def _clip(self, body: bytes) -> None:
        """A clipping region of many boxes may be letters, through which a colour shows."""
        self.sketch.unread = self.sketch.unread or sum(1 for _ in _boxes(body[8:])) > MANY_BOXES

    def _map_mode(self, body: bytes) -> None:
        (mode,) = struct.unpack_from("<I", body)
        self.sketch.set(scaled=mode in (7, 8), upwards=2 <= mode <= 6)

    def _scale_viewport(self, body: bytes) -> None:
        width, height = self.sketch.device.viewport_size or (1, 1)
        x, by_x, y, by_y = _four(body)
        self.sketch.set(viewport_size=(width * x / (by_x or 1), height * y / (by_y or 1)))

    def _scale_window(self, body: bytes) -> None:
        width, height = self.sketch.device.window_size
        x, by_x, y, by_y = _four(body)
        self.sketch.set(window_size=(width * x / (by_x or 1), height * y / (by_y or 1)))

    def _modify_world(self, body: bytes) -> None:
        (mode,) = struct.unpack_from("<I", body, 24)
        given, present = struct.unpack_from("<6f", body), self.sketch.device.world
        turned = {1: (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 2: _times(given, present), 3: _times(present, given), 4: given}
        self.sketch.set(world=turned.get(mode, given))

    def _comment(self, body: bytes) -> None:
        (size,) = struct.unpack_from("<I", body)
        content = body[4 : 4 + size]
        mark = int.from_bytes(content[:4], "little") if len(content) >= 4 else -1
        if mark == ENHANCED:
            self._plus.play(content[4:])
        elif mark == PUBLIC and len(content) >= 8:
            self._public(content)
        else:
            self.sketch.raw.append(content)
            self.sketch.unread = self.sketch.unread or (mark == SPOOL and len(content) > 8) or _carries(content)

    def _public(self, content: bytes) -> None:
        (kind,) = struct.unpack_from("<I", content, 4)
        if kind == WINDOWS_METAFILE:
            self.sketch.inner.append(content[24:])
        elif kind == FORMATS:
            self._formats(content)
        elif kind not in (GROUP_BEGIN, GROUP_END):
            self.sketch.unread = True
        self.sketch.raw.append(content)

    def _formats(self, content: bytes) -> None:
        """The same picture in other formats: enhanced metafiles are read, PostScript is not."""
        (count,) = struct.unpack_from("<I", content, 24)
        for index in range(min(count, 16)):
            mark, _, size, start = struct.unpack_from("<4I", content, 28 + 16 * index)
            if mark == 0x464D4520:
                self.sketch.inner.append(content[start : start + size])
            else:
                self.sketch.unread = True


_POLYGONS = {
    **{kind: (name, False) for kind, name in ((2, "bezier"), (3, "polygon"), (4, "polyline"), (5, "bezierto"))},
    **{kind: (name, False) for kind, name in ((6, "lineto"), (7, "polypolyline"), (8, "polypolygon"))},
    **{kind: (name, True) for kind, name in ((85, "bezier"), (86, "polygon"), (87, "polyline"), (88, "bezierto"))},
    **{kind: (name, True) for kind, name in ((89, "lineto"), (90, "polypolyline"), (91, "polypolygon"))},
    **{56: ("polydraw", False), 92: ("polydraw", True)},
}


def _pair(body: bytes) -> tuple[int, int]:
    x, y = struct.unpack_from("<ii", body)
    return x, y


def _four(body: bytes) -> tuple[int, int, int, int]:
    left, top, right, bottom = struct.unpack_from("<4i", body)
    return left, top, right, bottom


def _points(body: bytes, at: int, count: int, short: bool) -> list[Point]:
    if count > len(body) // (4 if short else 8):
        raise struct.error
    numbers = struct.unpack_from(f"<{2 * count}{'h' if short else 'i'}", body, at)
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _boxes(region: bytes) -> Iterator[tuple[int, int, int, int]]:
    """The boxes of a region (MS-EMF 2.2.24, 2.2.25)."""
    for position in range(32, len(region) - 15, 16):
        yield _four(region[position:])


def _times(first: tuple[float, ...], second: tuple[float, ...]) -> tuple[float, ...]:
    """One transform, and after it another."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _carries(content: bytes) -> bool:
    """Whether a program's own comment is more than a few bytes of notes: pictures and packed text lie there too."""
    return (
        any(mark in content for mark in (b"\x89PNG", b"\xff\xd8\xff", b"PK\x03\x04", b"%PDF")) or len(content) > 8192
    )
