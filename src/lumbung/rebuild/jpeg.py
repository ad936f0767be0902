"""A JPEG without what programs write beside its pixels: application segments, comments, and bytes behind its end.

Source: ITU-T T.81, annex B. Adobe's segment stays, in its own twelve bytes, since it says how colours are coded.
"""

import re

_IN_SCAN = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")  # the next marker behind a scan's own data
_ADOBE = 0xEE
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})


def bare_jpeg(data: bytes) -> bytes:
    """The segments that a decoder needs. What is no JPEG, or is cut, gives as much of it as there is."""
    kept, position = bytearray(b"\xff\xd8"), 2
    while found := _IN_SCAN.search(data, position):
        kept += data[position : found.start()]
        position, marker = found.end(), data[found.end() - 1]
        if marker == 0xD9:
            break
        if marker in _BARE:
            continue
        size = int.from_bytes(data[position : position + 2], "big")
        segment = data[position : position + size]
        position += size
        if marker == _ADOBE and segment[2:7] == b"Adobe":
            kept += b"\xff\xee\x00\x0e" + segment[2:14]
        elif not 0xE0 <= marker <= 0xEF and marker != 0xFE:
            kept += bytes((0xFF, marker)) + segment
    return bytes(kept + b"\xff\xd9")
