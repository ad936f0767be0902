"""Macro source in a VBA project, unpacked as text and never run. Source: MS-OVBA 2.4.1."""

import re

_START = re.compile(rb"\x01.[\xb0-\xbf]", re.DOTALL)
CHUNK = 4096


def text_of_modules(stream: bytes) -> str:
    """Every compressed container in a stream, unpacked; "" where there is none."""
    texts = []
    position = 0
    while match := _START.search(stream, position):
        text, used = _unpack(stream, match.start() + 1)
        position = match.start() + max(1, used)
        if len(text) > 16:
            texts.append(text.decode("latin-1"))
    return "\n".join(texts)


def _unpack(stream: bytes, position: int) -> tuple[bytes, int]:
    """The container that starts here, as far as its chunks are sound, and how many bytes it took."""
    start, out = position, bytearray()
    while position + 2 <= len(stream):
        header = int.from_bytes(stream[position : position + 2], "little")
        if header >> 12 & 0b111 != 0b011:
            break
        end = min(len(stream), position + (header & 0xFFF) + 3)
        data = stream[position + 2 : end]
        out += _tokens(data) if header & 0x8000 else data
        position = end
    return bytes(out), position - start


def _tokens(data: bytes) -> bytes:
    """One compressed chunk: flag bytes, each for eight literals or copies from the text so far."""
    out = bytearray()
    position = 0
    while position < len(data) and len(out) <= CHUNK:
        flags = data[position]
        position += 1
        for bit in range(8):
            if position >= len(data):
                break
            if flags >> bit & 1:
                position = _copy(out, data, position)
            else:
                out.append(data[position])
                position += 1
    return bytes(out)


def _copy(out: bytearray, data: bytes, position: int) -> int:
    """Append one copy token's text; gives the position behind the token."""
    token = int.from_bytes(data[position : position + 2], "little")
    bits = max(4, (len(out) - 1).bit_length()) if len(out) > 1 else 4
    length = (token & (0xFFFF >> bits)) + 3
    offset = (token >> (16 - bits)) + 1
    if offset <= len(out):
        for _ in range(min(length, CHUNK)):
            out.append(out[-offset])
    return position + 2
