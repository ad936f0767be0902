"""Pictures of one pixel, written chunk by chunk."""

import struct
import zlib


def pixel(kind: bytes, content: bytes) -> bytes:
    """A sound PNG with one more chunk, behind its header."""
    size = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", size), (kind, content), (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
