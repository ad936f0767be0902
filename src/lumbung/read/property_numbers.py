"""Whole numbers among the properties of a compound file, which stand there as eight bytes and not as text.

Source: MS-OLEPS 2.15 (a type, two bytes of nothing, a value). Custom properties that a person enters as a number are
doubles; other programs write integers.
"""

import re
import struct
from collections.abc import Iterator

TYPED = re.compile(rb"(?=([\x05\x14\x15])\x00{3}(.{8}))", re.DOTALL)  # VT_R8, VT_I8, VT_UI8
DOUBLE = b"\x05"
LEAST, MOST = 10**13, 10**17  # from numbers that lost their leading noughts to those with a digit too many


def long_numbers(stream: bytes) -> Iterator[str]:
    """Numbers of a property stream that are long enough for an identifier.

    >>> list(long_numbers(b"\\x05\\0\\0\\0" + struct.pack("<d", 1234567890123456)))
    ['1234567890123456']
    """
    for match in TYPED.finditer(stream):
        (value,) = struct.unpack("<d" if match[1] == DOUBLE else "<q", match[2])
        if LEAST <= value < MOST:
            yield f"{value:.0f}"
