"""The file in a packaged object, as the Packager of Windows and OLE 1.0 write it.

Source: MS-OLEDS 2.2.4 and 2.2.5 (OLE 1.0 objects), 2.3.6 (OLENativeStream). The header of a package (label, paths) is
documented by no standard; it is as all programs read it.
"""

import struct

EMBEDDED = 2
PACKAGE = b"Package"
LABELS = 2


def native_file(stream: bytes) -> bytes:
    """The file in a stream Ole10Native; b"" where its header is none that is known."""
    return _packaged(stream[4:])


def old_object(data: bytes) -> bytes:
    """The native data of an OLE 1.0 object, or the file in it where it is a package; b"" where it is neither."""
    try:
        _, kind = struct.unpack_from("<II", data)
        position, names = 8, []
        for _ in range(3):
            (size,) = struct.unpack_from("<I", data, position)
            names.append(data[position + 4 : position + 4 + size].rstrip(b"\0"))
            position += 4 + size
        (size,) = struct.unpack_from("<I", data, position)
    except struct.error:
        return b""
    native = data[position + 4 : position + 4 + size]
    if kind != EMBEDDED or len(native) < size:
        return b""
    return _packaged(native) if names[0] == PACKAGE else native


def _packaged(data: bytes) -> bytes:
    """Behind flags, label, path, four bytes and a temporary path: the file, with its length before it."""
    position = 2
    for _ in range(LABELS):
        end = data.find(b"\0", position)
        if end < 0:
            return b""
        position = end + 1
    try:
        (path,) = struct.unpack_from("<I", data, position + 4)
        (size,) = struct.unpack_from("<I", data, position + 8 + path)
    except struct.error:
        return b""
    start = position + 12 + path
    return data[start : start + size] if 0 < size <= len(data) - start else b""
