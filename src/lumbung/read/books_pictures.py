"""What is present in a picture beside its pixels: chunks of a PNG that no standard names, and what follows its end.

Sources: PNG (W3C, third edition) 5 and 11; the ends of other pictures as `picture_ends` finds them.
"""

from collections.abc import Iterator

from lumbung.read.opened import Opened
from lumbung.read.picture_ends import end_of
from lumbung.read.png_chunks import unknown_chunks
from lumbung.read.present import Present

PIXELS, BEHIND = "(gambar)", "(di belakang gambar)"


def prefix_of(part: str | None) -> str:
    """Under which prefix the books of a picture are kept that lies at this part.

    >>> prefix_of("arsip.zip!foto.png"), prefix_of(None)
    ('arsip.zip!foto.png!', '')
    """
    return f"{part}!" if part else ""


def key_of_chunk(name: str) -> str:
    """The name and the key of a chunk that is not known."""
    return f"(potongan {name})"


def picture_parts(opened: Opened) -> Iterator[Present]:
    """The picture itself, its unknown chunks, and the bytes behind its end, where they say anything."""
    data = opened.data[:]
    end = end_of(data)
    yield Present(name=PIXELS, key=PIXELS, size=end)
    for name, content in unknown_chunks(data[:end]):
        yield Present(name=key_of_chunk(name), key=key_of_chunk(name), size=len(content))
    behind = data[end:].strip(b"\0\r\n ")
    if behind:
        yield Present(name=BEHIND, key=BEHIND, size=len(behind))
