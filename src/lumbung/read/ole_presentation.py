"""How an embedded object looked when it was last shown: the picture in a stream OlePres000 of a compound file.

Source: MS-OLEDS 2.3.4 (OLEPresentationStream), 2.3.1 (clipboard formats).
"""

import struct

from lumbung.read.biff_pictures import as_file

METAFILE, BITMAP, ENHANCED = 3, 8, 14
MARKS = (0xFFFFFFFF, 0xFFFFFFFE)
NO_DEVICE = 4
HEAD = struct.Struct("<8x4x4x8xI")  # aspect and part; flags; nothing; width and height; the length of what follows


def presented(stream: bytes) -> bytes | None:
    """The picture as a file; b"" where the object shows nothing, None where it is of no known make."""
    try:
        (mark,) = struct.unpack_from("<I", stream)
        if mark == 0:
            return b""
        if mark not in MARKS:
            return None
        kind, device = struct.unpack_from("<II", stream, 4)
        start = 12 + (0 if device == NO_DEVICE else device - 4)
        (size,) = HEAD.unpack_from(stream, start)
    except struct.error:
        return None
    data = stream[start + HEAD.size : start + HEAD.size + size]
    if len(data) < size:
        return None
    if kind == BITMAP and len(data) > 12:
        return as_file(data)
    return data if kind in (METAFILE, ENHANCED) or not data else None
