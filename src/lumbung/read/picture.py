"""A picture, alone or inside another file: what is written beside its pixels, and what is written in them.

Decoding and spelling need the extra `ocr`; without it a picture is named unread, like one in a format that is not
decoded here (PSD, JPEG 2000). Windows metafiles are drawn by `metafile`. Nothing is loaded before a picture is met.
"""

import hashlib
import re
import struct
from functools import cache
from importlib.util import find_spec

from lumbung.document import Place
from lumbung.read.books_pictures import PIXELS, key_of_chunk, prefix_of
from lumbung.read.harvest import Harvest
from lumbung.read.picture_ends import beside_pixels, end_of
from lumbung.read.png_chunks import unknown_chunks
from lumbung.read.sweep import swept, text_of_bytes

PICTURES: dict[str, tuple[bytes, ...]] = {
    "png": (b"\x89PNG",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF8",),
    "bmp": (b"BM",),
    "tiff": (b"II*\0", b"MM\0*"),
    "webp": (b"RIFF",),
}
DECODED = tuple(mark for marks in PICTURES.values() for mark in marks)
EMF = re.compile(rb"\x01\0{3}.{36} EMF", re.DOTALL)
WMF = re.compile(rb"\xd7\xcd\xc6\x9a\0\0|[\1\2]\0\x09\0\0[\1\3]")
SVM = b"VCLMTF"
PREVIEW = re.compile(rb"\xff\xd8\xff(?:[\xe0-\xef\xc0-\xc4\xdb\xfe])")
MOST_PREVIEWS = 4
OVERLAP = 64  # bytes
LEGIBLE = 320  # pixels: sixteen digits in the smallest legible type (3 x 5 and a gap) need more than this
NEEDED = ("PIL", "cv2", "numpy", "onnxruntime", "rapidocr", "zxingcpp")


def harvest_picture(harvest: Harvest, data: bytes, *, place: Place) -> bytes:
    """Read a picture into the basket; give the bytes behind its end, which are the caller's to read.

    What cannot be decoded or spelled is named unread. A picture that was met before in the same file is not read
    again. Does not read what no eye and no network sees: text in the colour of its ground, or scattered over pixels.
    """
    end, prefix = end_of(data), prefix_of(place.part)
    digest = hashlib.sha256(data).digest()
    if digest not in harvest.pictures:
        harvest.pictures.add(digest)
        # A little further than its end: where the end is a mere claim, a word may lie across it.
        beside = beside_pixels(data[: end + OVERLAP])
        harvest.say(swept(place, text_of_bytes(beside)))
        _look(harvest, data[:end], place)
        if not is_metafile(data):
            _take_previews(harvest, beside, place)
        for name, content in unknown_chunks(data[:end]):
            chunk = place.but(part=f"{place.part or ''}{key_of_chunk(name)}", hidden=True)
            harvest.find_inside(content, chunk)
            harvest.ledger.take(prefix, key_of_chunk(name))
    harvest.ledger.take(prefix, PIXELS)
    return data[end:].lstrip(b"\0\r\n ")


def _take_previews(harvest: Harvest, beside: bytes, place: Place) -> None:
    """Small pictures that cameras and programs put beside the pixels; they may show what was cut away since."""
    where = place.but(part=f"{place.part or ''}(pratinjau)", hidden=True)
    if (place.part or "").endswith("(pratinjau)"):
        return
    starts = [match.start() for match in PREVIEW.finditer(beside, 3)]
    for start in starts[:MOST_PREVIEWS]:
        harvest_picture(harvest, beside[start:], place=where)
    if len(starts) > MOST_PREVIEWS:
        harvest.miss(where, "too-many-pictures")
    if b"%PDF-" in beside:
        harvest.miss(where, "unknown-format")


def kind_of(data: bytes) -> str:
    """What a person calls a picture that is known by its first bytes.

    >>> kind_of(b"GIF89a")
    'gif'
    """
    if is_metafile(data):
        return "emf" if EMF.match(data) else "svm" if data.startswith(SVM) else "wmf"
    return next((kind for kind, mark in PICTURES.items() if data.startswith(mark)), "gambar")


def is_metafile(data: bytes) -> bool:
    """Whether these are the first bytes of a metafile: of Windows, enhanced or of sixteen bits, or of LibreOffice."""
    return bool(EMF.match(data) or WMF.match(data) or data.startswith(SVM))


def _look(harvest: Harvest, data: bytes, place: Place) -> None:
    if is_metafile(data):
        from lumbung.read.metafile import harvest_metafile  # draws pictures in its turn

        harvest_metafile(harvest, data, place=place)
        return
    if not data.startswith(DECODED) or not can_look():
        if not is_illegible(data):
            harvest.miss(place, "image")
        return
    from lumbung.read.pixels import look_at  # the networks' libraries take half a second to load

    look_at(harvest, data, place=place)


def is_illegible(data: bytes) -> bool:
    """Whether an image is provably too small to spell out an identifier: a spacer or a bullet. Doubt is no."""
    if data.startswith(b"\x89PNG") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
    elif data.startswith(b"GIF8") and len(data) >= 10 and data.count(b"\x21\xf9\x04") < 2:
        width, height = struct.unpack("<HH", data[6:10])
    else:
        return False
    return bool(width * height < LEGIBLE)


@cache
def can_look() -> bool:
    return all(find_spec(name) for name in NEEDED)
