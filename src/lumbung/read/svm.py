"""StarView metafiles: how LibreOffice keeps, beside a chart or an object, the picture of it that it showed last.

Source: LibreOffice, vcl/source/filter/svm/SvmReader.cxx and include/vcl/metaact.hxx. A record has a number, a version
and a length. Whatever is not understood here, and draws, leaves the picture unread.
"""

import struct
from collections.abc import Callable

from lumbung.read.metafile_sketch import GREY, Colour, Point, Sketch, box, ellipse
from lumbung.read.picture import SVM

HEAD, RECORD = 12, 8
TEXT, RECTANGLE_TEXT = frozenset({112, 113, 114}), 115
BITMAPS = frozenset({116, 117, 118})
COMMENT, LONG_COMMENT = 512, 8192
CARRIED = (b"\x89PNG", b"\xff\xd8\xff", b"PK\x03\x04", b"%PDF", SVM)
# Clipping, the look of text, lines below words, a gradient in a box: nothing that spells
STATE = frozenset({125, 128, 129, 130, 131, 134, 135, 136, 138, 141, 144, 145, 146, 149, 150, 151})


def read_svm(data: bytes) -> Sketch:
    """What the metafile draws."""
    svm = _Svm(data)
    try:
        svm.play()
    except (struct.error, IndexError):
        svm.sketch.broken = True
    return svm.sketch


class _Svm:
    def __init__(self, data: bytes) -> None:
        self.sketch = Sketch()
        self._data = data
        self._players: dict[int, Callable[[bytes], None]] = {
            102: lambda body: self.sketch.draw([_points(body, 0, 2)], fill=False),
            103: lambda body: self.sketch.draw([box(*_four(body))], fill=True),
            104: lambda body: self.sketch.draw([box(*_four(body))], fill=True),
            105: lambda body: self.sketch.draw([ellipse(_four(body))], fill=True),
            106: lambda body: self._arc(body, fill=False),
            107: lambda body: self._arc(body, fill=True),
            108: lambda body: self._arc(body, fill=True),
            109: lambda body: self._polygon(body, fill=False),
            110: lambda body: self._polygon(body, fill=True),
            111: self._polygons,
            132: lambda body: self.sketch.set(line=_colour(body)),
            133: lambda body: self.sketch.set(fill=_colour(body)),
            139: lambda _: self.sketch.save(),
            140: lambda _: self.sketch.restore(-1),
            142: self._polygons,
            148: self._shaded,
        }

    def play(self) -> None:
        """As many records as the head promises; there is nothing behind them."""
        _, size = struct.unpack_from("<HI", self._data, len(SVM))
        (count,) = struct.unpack_from("<I", self._data, HEAD + size - 4)
        self.sketch.raw.append(self._data[HEAD : HEAD + size])
        position = HEAD + size
        for _ in range(count):
            kind, version, length = struct.unpack_from("<HHI", self._data, position)
            body = self._data[position + RECORD : position + RECORD + length]
            if len(body) < length:
                break
            self._play(kind, version, body)
            position += RECORD + length
        self.sketch.broken = self.sketch.broken or position != len(self._data)

    def _play(self, kind: int, version: int, body: bytes) -> None:
        if kind in TEXT or kind == RECTANGLE_TEXT:
            self._write(body, version, start=8 if kind in TEXT else 16)
        elif kind in BITMAPS and body.startswith(b"BM"):
            self.sketch.bitmaps.append(body)
        elif kind in self._players:
            self._players[kind](body)
        elif kind not in STATE:
            self.sketch.unread = self.sketch.unread or kind != COMMENT or _carries(body)
        if kind not in self._players:
            self.sketch.raw.append(body)

    def _write(self, body: bytes, version: int, *, start: int) -> None:
        """A text stands there once; from the second version on once more at the end, in two-byte letters."""
        at = (float(value) for value in struct.unpack_from("<ii", body))
        text, count = _text(body[start:])
        if version > 1:
            again = body[len(body) - 2 - 2 * count :]
            if count and int.from_bytes(again[:2], "little") == count:
                text = again[2:].decode("utf-16-le", "replace")
            else:
                self.sketch.unread = self.sketch.unread or bool(body[-2:].strip(b"\0")) or bool(count)
        self.sketch.write(text, (next(at), next(at)))

    def _arc(self, body: bytes, *, fill: bool) -> None:
        start, end = _points(body, 16, 2)
        self.sketch.draw([ellipse(_four(body), start, end)], fill=fill)

    def _polygon(self, body: bytes, *, fill: bool) -> None:
        """Points; the flags behind them, which make curves of some, change the outline a little."""
        (count,) = struct.unpack_from("<H", body)
        self.sketch.draw([_points(body, 2, count)], fill=fill)

    def _polygons(self, body: bytes) -> None:
        (number,), position = struct.unpack_from("<H", body), 2
        contours = []
        for _ in range(number):
            (count,) = struct.unpack_from("<H", body, position)
            contours.append(_points(body, position + 2, count))
            position += 2 + 8 * count
        self.sketch.draw(contours, fill=True)

    def _shaded(self, body: bytes) -> None:
        """Contours filled with a gradient: grey will do, since only their outline can spell."""
        fill = self.sketch.device.fill
        self.sketch.set(fill=GREY)
        self._polygons(body)
        self.sketch.set(fill=fill)


def _text(body: bytes) -> tuple[str, int]:
    """A text and its length: four bytes of count before two-byte letters, or two before those of one."""
    count = int.from_bytes(body[:4], "little")
    if count and 4 + 2 * count <= len(body):
        return body[4 : 4 + 2 * count].decode("utf-16-le", "replace"), count
    count = int.from_bytes(body[:2], "little")
    return body[2 : 2 + count].decode("cp1252", "replace"), count


def _four(body: bytes) -> tuple[float, float, float, float]:
    left, top, right, bottom = struct.unpack_from("<4i", body)
    return left, top, right, bottom


def _points(body: bytes, start: int, count: int) -> list[Point]:
    numbers = struct.unpack_from(f"<{2 * count}i", body, start)
    return list(zip(map(float, numbers[::2]), map(float, numbers[1::2]), strict=True))


def _colour(body: bytes) -> Colour | None:
    """Blue, green, red, and whether there is one at all."""
    return (body[2], body[1], body[0]) if body[4] else None


def _carries(body: bytes) -> bool:
    """Whether a program's comment is more than a few bytes of notes."""
    return len(body) > LONG_COMMENT or any(mark in body for mark in CARRIED)
