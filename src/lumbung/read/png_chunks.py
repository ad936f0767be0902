"""Chunks of a PNG that no standard names: whatever lies in them is a file of its own.

Source: PNG (W3C, third edition) 5 and 11; the extensions APNG, and the few private chunks that common programs write.
"""

import re
from collections.abc import Iterator

KNOWN = re.compile(
    rb"IHDR|PLTE|IDAT|IEND|tRNS|cHRM|gAMA|iCCP|sBIT|sRGB|cICP|mDCV|cLLI|bKGD|hIST|pHYs|sPLT|eXIf|tIME|tEXt|zTXt|iTXt"
    rb"|acTL|fcTL|fdAT|oFFs|pCAL|sCAL|sTER|gIFg|gIFx|dSIG|vpAg|caNv|orNT|iDOT|CgBI|npTc|npLb|npOl"
)


def unknown_chunks(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and content of every chunk that is not known; nothing of what is no PNG, or behind its damage."""
    position = 8
    while data.startswith(b"\x89PNG") and position + 12 <= len(data):
        size, kind = int.from_bytes(data[position : position + 4], "big"), data[position + 4 : position + 8]
        if not KNOWN.fullmatch(kind) and size:
            yield kind.decode("latin-1"), data[position + 8 : position + 8 + size]
        position += 12 + size
