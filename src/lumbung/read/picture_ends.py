"""Where a picture ends in its bytes, and what of them is not pixels: programs stop at the end, anything may follow.

Sources: PNG (W3C, third edition) 5; JPEG (ITU-T T.81) annex B; GIF89a; BMP (BITMAPFILEHEADER); WebP container;
MS-EMF 2.3.4.2; MS-WMF 2.3.2.
"""

import re
from collections.abc import Iterator

_DIGITS = re.compile(rb"[\x20-\x7e]{0,40}\d(?:[ .,_-]?\d){10,}[\x20-\x7e]{0,40}")
_PLACEABLE = b"\xd7\xcd\xc6\x9a"
_SMALLEST_EMF, _SMALLEST_WMF = 100, 40  # a header without records would end nowhere
_SCAN = 0xDA
_IN_SCAN = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")  # the next marker behind a scan's own data


def end_of(data: bytes) -> int:
    """How many bytes the picture takes; all of them where its format does not say, as in TIFF, or where it is cut."""
    if data.startswith(b"\x89PNG"):
        end = _end_of_png(data)
    elif data.startswith(b"\xff\xd8"):
        end = _end_of_jpeg(data)
    elif data.startswith(b"GIF8"):
        end = _end_of_gif(data)
    elif data.startswith(b"RIFF") and len(data) >= 8:
        size = int.from_bytes(data[4:8], "little")
        end = 8 + size + size % 2
    elif data.startswith(b"BM") and len(data) >= 6:
        end = int.from_bytes(data[2:6], "little")
        end = end if end > 26 else len(data)  # some writers leave the size out
    elif data.startswith(b"\x01\0\0\0") and data[40:44] == b" EMF" and len(data) >= 52:
        end = int.from_bytes(data[48:52], "little")
        end = end if end >= _SMALLEST_EMF else len(data)
    elif data.startswith(_PLACEABLE) and len(data) >= 32:
        end = 22 + 2 * int.from_bytes(data[28:32], "little")
        end = end if end >= _SMALLEST_WMF else len(data)
    else:
        end = len(data)
    return min(end, len(data))


def beside_pixels(data: bytes) -> bytes:
    """A JPEG or PNG without its packed pixels, of which only long runs of digits are kept; other pictures whole."""
    if data.startswith(b"\xff\xd8"):
        start = _first_scan(data)
        return data[:start] + b"\n" + b"\n".join(_DIGITS.findall(data, start))
    if data.startswith(b"\x89PNG"):
        return b"\n".join(_chunks_but_pixels(data))
    return data


def _first_scan(data: bytes) -> int:
    position = 2
    while (found := _IN_SCAN.search(data, position)) and data[found.end() - 1] != _SCAN:
        position = found.end() + int.from_bytes(data[found.end() : found.end() + 2], "big")
    return found.end() if found else len(data)


def _chunks_but_pixels(data: bytes) -> Iterator[bytes]:
    position = 8
    while position + 12 <= len(data):
        size, kind = int.from_bytes(data[position : position + 4], "big"), data[position + 4 : position + 8]
        chunk = data[position + 4 : position + 12 + size]
        yield b"\n".join(_DIGITS.findall(chunk)) if kind in (b"IDAT", b"fdAT") else chunk
        position += 12 + size
    yield data[position:]


def _end_of_png(data: bytes) -> int:
    position = 8
    while position + 12 <= len(data):
        size, kind = int.from_bytes(data[position : position + 4], "big"), data[position + 4 : position + 8]
        position += 12 + size
        if kind == b"IEND":
            return position
    return len(data)


def _end_of_jpeg(data: bytes) -> int:
    position = 2
    while position + 4 <= len(data):
        found = _IN_SCAN.search(data, position)
        if found is None:
            break
        position, marker = found.end(), data[found.end() - 1]
        if marker == 0xD9:
            return position
        if marker not in (0x01, 0xD8) and position + 2 <= len(data):
            position += int.from_bytes(data[position : position + 2], "big")
    return len(data)


def _end_of_gif(data: bytes) -> int:
    if len(data) < 13:
        return len(data)
    position = 13 + _colours(data[10])
    while position < len(data) and data[position] != 0x3B:
        if data[position] == 0x2C and position + 10 <= len(data):
            position += 11 + _colours(data[position + 9])
        else:
            position += 2
        while position < len(data) and data[position]:
            position += 1 + data[position]
        position += 1
    return position + 1


def _colours(flags: int) -> int:
    """Bytes of the colour table that these flags announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0
