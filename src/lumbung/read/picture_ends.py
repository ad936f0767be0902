"""Where a picture ends in its bytes: programs that show it stop there, and anything may follow.

Sources: PNG (W3C, third edition) 5; JPEG (ITU-T T.81) annex B; GIF89a; BMP (BITMAPFILEHEADER); WebP container.
"""

import re

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
    else:
        end = len(data)
    return min(end, len(data))


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
