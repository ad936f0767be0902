"""Windows metafiles written record by record, so that a test can plant a number in any place of them."""

import struct
from collections.abc import Sequence

Point = tuple[int, int]


def record(kind: int, body: bytes = b"") -> bytes:
    """A record of an enhanced metafile."""
    body += bytes(-len(body) % 4)
    return struct.pack("<II", kind, len(body) + 8) + body


def emf(*records: bytes) -> bytes:
    """An enhanced metafile of these records."""
    inside = b"".join(records) + record(14, struct.pack("<III", 0, 16, 20))
    size = 88 + len(inside)
    bounds = struct.pack("<8i", 0, 0, 1000, 800, 0, 0, 20000, 16000)
    sizes = struct.pack("<IIIIHHIII", 0x464D4520, 0x10000, size, len(records) + 2, 1, 0, 0, 0, 0)
    return record(1, bounds + sizes + struct.pack("<4i", 1000, 800, 300, 200)) + inside


def text(words: str, at: Point = (100, 100), *, wide: bool = True, options: int = 0, advance: int = 0) -> bytes:
    """EMR_EXTTEXTOUTW or its kin of eight bits; with `advance` a width for each character."""
    raw = words.encode("utf-16-le" if wide else "cp1252")
    padded = raw + bytes(-len(raw) % 4)
    widths = struct.pack(f"<{len(words)}I", *[advance] * len(words)) if advance else b""
    place = struct.pack("<iiIII4iI", *at, len(words), 76, options, 0, 0, 0, 0, 76 + len(padded) if advance else 0)
    return record(84 if wide else 83, struct.pack("<4iIff", 0, 0, 0, 0, 1, 1, 1) + place + padded + widths)


def small_text(words: str, *, wide: bool) -> bytes:
    """EMR_SMALLTEXTOUT, without a box."""
    raw = words.encode("utf-16-le" if wide else "cp1252")
    head = struct.pack("<iiIIIff", 10, 10, len(words), 0x100 | (0 if wide else 0x200), 1, 1, 1)
    return record(108, head + raw)


def many_texts(*words: str) -> bytes:
    """EMR_POLYTEXTOUTW."""
    start, heads, raw = 40 + 40 * len(words), b"", b""
    for index, one in enumerate(words):
        heads += struct.pack("<iiIII4iI", 10 + 300 * index, 10, len(one), start + len(raw), 0, 0, 0, 0, 0, 0)
        raw += one.encode("utf-16-le")
    return record(97, struct.pack("<4iIffI", 0, 0, 0, 0, 1, 1, 1, len(words)) + heads + raw)


def stretched(bitmap: bytes) -> bytes:
    """EMR_STRETCHDIBITS with a bitmap file's header and pixels."""
    start = struct.unpack_from("<I", bitmap, 10)[0] - 14
    dib = bitmap[14:]
    places = struct.pack("<6i4I", 0, 0, 0, 0, 10, 10, 80, start, 80 + start, len(dib) - start)
    return record(81, bytes(16) + places + struct.pack("<IIii", 0, 0xCC0020, 10, 10) + dib)


def comment(content: bytes) -> bytes:
    """EMR_COMMENT."""
    return record(70, struct.pack("<I", len(content)) + content)


def plus(kind: int, body: bytes, flags: int = 0) -> bytes:
    """A comment with one EMF+ record."""
    body += bytes(-len(body) % 4)
    return comment(b"EMF+" + struct.pack("<HHII", kind, flags, len(body) + 12, len(body)) + body)


def drawn_string(words: str) -> bytes:
    """EmfPlusDrawString."""
    return plus(0x401C, struct.pack("<III4f", 0xFF000000, 0, len(words), 1, 1, 100, 20) + words.encode("utf-16-le"))


def polygons(contours: Sequence[Sequence[Point]], kind: int = 91) -> bytes:
    """EMR_POLYPOLYGON16, one record for all contours."""
    lengths = struct.pack(f"<{len(contours)}I", *map(len, contours))
    points = b"".join(struct.pack("<hh", *point) for contour in contours for point in contour)
    return record(kind, bytes(16) + struct.pack("<II", len(contours), sum(map(len, contours))) + lengths + points)


def brush(colour: int = 0) -> bytes:
    """A solid brush, made and chosen."""
    return record(39, struct.pack("<IIII", 1, 0, colour, 0)) + record(37, struct.pack("<I", 1))


def wmf_record(kind: int, body: bytes = b"") -> bytes:
    """A record of sixteen bits."""
    body += bytes(len(body) % 2)
    return struct.pack("<IH", len(body) // 2 + 3, kind) + body


def wmf(*records: bytes, placeable: bool = True) -> bytes:
    """A metafile of sixteen bits; without `placeable` as old Office files keep it."""
    inside = b"".join(records) + wmf_record(0)
    head = struct.pack("<HHHIHIH", 1, 9, 0x300, (18 + len(inside)) // 2, 4, 100, 0)
    start = struct.pack("<IHhhhhHIH", 0x9AC6CDD7, 0, 0, 0, 1000, 800, 96, 0, 0) if placeable else b""
    return start + head + inside


def wmf_text(words: str, at: Point = (10, 10)) -> bytes:
    """META_TEXTOUT."""
    raw = words.encode("cp1252") + bytes(len(words) % 2)
    return wmf_record(0x0521, struct.pack("<h", len(words)) + raw + struct.pack("<hh", at[1], at[0]))


def wmf_extended(words: str, at: Point = (10, 10), options: int = 0) -> bytes:
    """META_EXTTEXTOUT."""
    return wmf_record(0x0A32, struct.pack("<hhhH", at[1], at[0], len(words), options) + words.encode("cp1252"))


def wmf_comment(content: bytes) -> bytes:
    """META_ESCAPE with a comment."""
    return wmf_record(0x0626, struct.pack("<HH", 15, len(content)) + content)


def enhanced_in_escapes(inside: bytes, piece: int = 40) -> list[bytes]:
    """An enhanced metafile in comments, piece by piece."""
    pieces = [inside[start : start + piece] for start in range(0, len(inside), piece)]
    head = b"WMFC" + struct.pack("<IIHI", 1, 0x10000, 0, 0)
    return [wmf_comment(head + struct.pack("<IIII", len(pieces), len(one), 0, len(inside)) + one) for one in pieces]


def svm(*records: bytes) -> bytes:
    """A metafile of LibreOffice of these records."""
    map_mode = struct.pack("<HIH5iB", 1, 23, 0, 0, 0, 1, 1, 1, 1)
    head = struct.pack("<I", 1) + map_mode + struct.pack("<3I", 12000, 8000, len(records))
    return b"VCLMTF" + struct.pack("<HI", 1, len(head)) + head + b"".join(records)


def svm_record(kind: int, body: bytes, version: int = 1) -> bytes:
    """A record of such a metafile."""
    return struct.pack("<HHI", kind, version, len(body)) + body


def svm_text(words: str, at: Point = (100, 100), *, again: str | None = None, wide: bool = False) -> bytes:
    """A text with the places of its letters, and once more in two-byte letters."""
    first = struct.pack("<I", len(words)) + words.encode("utf-16-le")
    if not wide:
        first = struct.pack("<H", len(words)) + words.encode("cp1252")
    letters = struct.pack(f"<HHI{len(words)}i", 0, len(words), len(words), *range(len(words)))
    last = words if again is None else again
    more = struct.pack("<H", len(last)) + last.encode("utf-16-le")
    return svm_record(113, struct.pack("<ii", *at) + first + letters + more, version=2)
