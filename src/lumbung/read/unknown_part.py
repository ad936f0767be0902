"""A part of a package by what its bytes are, whatever its name: swept as XML or bytes, or found not to be readable.

Nothing is passed over: a part whose bytes could hold more than the sweep can see is named unread as well.
"""

import html
import re
from collections.abc import Iterable
from itertools import chain

from lumbung.document import Place
from lumbung.read.harvest import Harvest
from lumbung.read.picture import harvest_picture
from lumbung.read.sweep import NotXml, swept, text_of_bytes, text_of_xml

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
IMAGES = (
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\0\0\x01\0", b"8BPS", b"RIFF"),
    *(b"\x01\0\0\0", b"\xd7\xcd\xc6\x9a", b"\x01\0\x09\0", b"VCLMTF", b"\0\0\0\x0cjP", b"\0\0\0\x0cJXL"),
)
PACKED = (b"%PDF", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18")
TEXT_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
# Google Sheets puts a few hundred sealed bytes of its own into every workbook that it writes; no program shows them.
SEALED, SEALED_BYTES = "xl/metadata", 512
# Binary records that keep their text as plain or UTF-16LE characters, so that a sweep sees all of it.
OPEN_RECORDS = re.compile(r"printersettings|\.bin\Z|customproperty|\.vml\Z|activex", re.IGNORECASE)


def take_in(harvest: Harvest, pieces: Iterable[bytes], *, place: Place) -> None:
    """Sweep a part, or keep it for opening when it is a package itself. Raises what `pieces` raises."""
    stream = iter(pieces)
    first = next(stream, b"")
    head = first[:64].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    if head.startswith(b"<"):
        _take_xml(harvest, chain([first], stream), place)
        return
    data = _bounded(chain([first], stream), harvest, place)
    if data.startswith((OLE, ZIP)):
        harvest.find_inside(data, place)
    elif data:
        _take_bytes(harvest, data, place)


def _bounded(pieces: Iterable[bytes], harvest: Harvest, place: Place) -> bytes:
    """The part as one, as far as memory is meant to go."""
    kept, size = [], 0
    for piece in pieces:
        size += len(piece)
        if size > harvest.limits.part_bytes:
            harvest.miss(place, "too-large")
            break
        kept.append(piece)
    return b"".join(kept)


def _take_xml(harvest: Harvest, pieces: Iterable[bytes], place: Place) -> None:
    kept: list[bytes] = []

    def keeping() -> Iterable[bytes]:
        for piece in pieces:
            kept.append(piece)
            yield piece

    try:
        text = text_of_xml(keeping())
    except NotXml:
        data = b"".join([*kept, *pieces])
        if is_loose_markup(data, place):
            harvest.say(swept(place, text_of_markup(data)))
            return
        harvest.miss(place, "broken")
        text = text_of_bytes(data)
    harvest.say(swept(place, text))


def is_loose_markup(data: bytes, place: Place) -> bool:
    """Whether a part is an old drawing in ASCII, which programs write with unclosed tags and double attributes."""
    return (place.part or "").lower().endswith(".vml") and data.isascii() and b"<!" not in data and b"\0" not in data


def text_of_markup(data: bytes) -> str:
    """The text without its tags, runs joined, and below it the whole with its tags, for what stands in attributes."""
    text = data.decode("ascii")
    bare = re.sub(r"<(?:br|/?div|/?p|/v:|v:|/x:|x:)[^<>]*>", "\n", text)
    return html.unescape(f"{re.sub('<[^<>]*>', '', bare)}\n{text}")


def _take_bytes(harvest: Harvest, data: bytes, place: Place) -> None:
    """Sweep bytes, and name what a sweep of such bytes does not see."""
    if data.startswith(IMAGES):
        take_picture(harvest, data, place=place)
        return
    if data.startswith(PACKED):
        harvest.miss(place, "unknown-format")
    elif not TEXT_CONTROLS.search(data):
        harvest.say(swept(place, _decoded(data)))
        return
    elif (place.part or "").lower() == SEALED and len(data) <= SEALED_BYTES:
        pass
    elif not OPEN_RECORDS.search(place.part or ""):
        harvest.miss(place, "unknown-format")
    harvest.say(swept(place, text_of_bytes(data)))


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def take_picture(harvest: Harvest, data: bytes, *, place: Place) -> None:
    """Read a picture, and what lies behind its end as a part of its own."""
    rest = harvest_picture(harvest, data, place=place)
    if rest:
        take_in(harvest, [rest], place=place.but(part=f"{place.part or ''}(di belakang gambar)", hidden=True))
