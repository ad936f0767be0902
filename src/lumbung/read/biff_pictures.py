"""Pictures in the records of an .xls workbook: the drawing group's store, background bitmaps, image data.

Sources: MS-ODRAW 2.2.20 to 2.2.31 (OfficeArtBStoreContainer, OfficeArtFBSE, OfficeArtBlip*); MS-XLS 2.4.19 (BkHim)
and 2.4.170 (ImData).
"""

import struct
import zlib
from collections.abc import Iterator

BITMAP = 9
FILE_HEADER = struct.Struct("<2sIII")
CORE_HEADER = 12
ENTRY = 0xF007
RASTERS = frozenset({0xF01D, 0xF01E, 0xF01F, 0xF029, 0xF02A})
METAFILES = frozenset({0xF01A, 0xF01B, 0xF01C})
MACINTOSH = 0xF01C
METAFILE_HEADER = 34
DEFLATED = 0
LARGEST = 64 * 2**20  # bytes of a metafile, unpacked
TWO_DIGESTS = frozenset({0x46B, 0x6E3, 0x6E1, 0x7A9, 0x6E5, 0x3D5, 0x217, 0x543})
BARE_BITMAP = 0xF01F  # a bitmap without its file header
MARKS = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b" EMF")


def blips(art: bytes) -> Iterator[bytes]:
    """The pictures of a drawing group; b"" for each that is there and cannot be taken out, such as a Macintosh one."""
    rest: list[bytes] = []
    yield from _walk(art, rest)
    if any(mark in piece for piece in rest for mark in MARKS):
        yield b""


def bitmap(payload: bytes) -> bytes:
    """The picture in a BkHim or ImData record, as a file; b"" where it is no bitmap."""
    if len(payload) < 8 + CORE_HEADER or struct.unpack_from("<H", payload)[0] != BITMAP:
        return b""
    return as_file(payload[8:])


def as_file(dib: bytes) -> bytes:
    """A bitmap with the file header that it lacks. Source: BITMAPFILEHEADER, BITMAPCOREHEADER, BITMAPINFOHEADER."""
    size, bits = struct.unpack_from("<I", dib)[0], 0
    colours = 0
    if size == CORE_HEADER and len(dib) >= CORE_HEADER:
        (bits,) = struct.unpack_from("<H", dib, 10)
        colours = 3 << bits if bits <= 8 else 0
    elif len(dib) >= 40:
        bits, masks, used = struct.unpack_from("<14xHI12xI", dib)
        colours = 4 * (used or (1 << bits if bits <= 8 else 0)) + (12 if masks == 3 and size == 40 else 0)
    start = FILE_HEADER.size + size + colours
    return FILE_HEADER.pack(b"BM", FILE_HEADER.size + len(dib), 0, start) + dib


def _walk(art: bytes, rest: list[bytes]) -> Iterator[bytes]:
    """Through the records and the records in them; `rest` gets the bytes that belong to no picture."""
    position = 0
    while position + 8 <= len(art):
        head, kind, size = struct.unpack_from("<HHI", art, position)
        body = art[position + 8 : position + 8 + size]
        position += 8 + size
        if kind in RASTERS | METAFILES:
            yield _blip(head >> 4, kind, body)
        elif head & 0xF == 0xF:
            yield from _walk(body, rest)
        elif kind == ENTRY and len(body) > 36:
            start = 36 + body[33]
            rest.append(body[:start])
            yield from _walk(body[start:], rest)
        else:
            rest.append(body)
    rest.append(art[position:])


def _blip(instance: int, kind: int, body: bytes) -> bytes:
    if kind in METAFILES:
        return _metafile(kind, body[32 if instance in TWO_DIGESTS else 16 :])
    data = body[33 if instance in TWO_DIGESTS else 17 :]
    return as_file(data) if kind == BARE_BITMAP and len(data) > CORE_HEADER else data


def _metafile(kind: int, body: bytes) -> bytes:
    """An EMF or WMF behind its header (MS-ODRAW 2.2.31), unpacked; b"" where it is another, damaged or immense."""
    if kind == MACINTOSH or len(body) <= METAFILE_HEADER:
        return b""
    content = body[METAFILE_HEADER:]
    if body[32] != DEFLATED:
        return content
    try:
        unpacking = zlib.decompressobj()
        data = unpacking.decompress(content, LARGEST)
    except zlib.error:
        return b""
    return data if unpacking.eof else b""
