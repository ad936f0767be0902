"""A part of a package by what its bytes are, whatever its name: swept as XML or bytes, or found not to be readable.

Nothing is passed over: a part whose bytes could hold more than the sweep can see is named unread as well.
"""

import html
import re
from collections.abc import Iterable
from itertools import chain

from lumbung.document import Place
from lumbung.read.archives_within import completed
from lumbung.read.books_pictures import BEHIND, prefix_of
from lumbung.read.harvest import Harvest
from lumbung.read.picture import harvest_picture
from lumbung.read.sweep import INLINE, NotXml, swept, text_of_bytes, text_of_xml

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
EMF = b"\x01\0\0\0"
IMAGES = (
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\0\0\x01\0", b"8BPS", b"RIFF"),
    *(EMF, b"\xd7\xcd\xc6\x9a", b"\x01\0\x09\0", b"\x02\0\x09\0", b"VCLMTF", b"\0\0\0\x0cjP", b"\0\0\0\x0cJXL"),
)
PACKED = (b"%PDF", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18")
METAFILE = re.compile(rb"\x01\0{3}.{36} EMF", re.DOTALL)
FILES = (OLE, ZIP, *PACKED, b"{\\rtf", b"SQLite format 3\0")
MAIL = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
TEXT_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
SEALED_BYTES = 8 * 2**10
ODD_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-8|us-ascii|ascii)", re.IGNORECASE)
DECLARES = re.compile(rb"<!(?!--|\[CDATA\[)", re.IGNORECASE)
TAG = re.compile(r"<(?:!--.*?-->|!--|!\[CDATA\[|[/?]?\s*(?:[\w.-]+:)?([\w.-]*)[^<>]*>)|-->|\]\]>", re.DOTALL)
# Binary records that keep their text as plain or UTF-16LE characters, so that a sweep sees all of it.
OPEN_RECORDS = re.compile(
    r"(?:printersettings|customproperty|activex|binaryindex|sheet|table|comments|drawing|pivotcache\w*|querytable"
    r"|workbook|styles|sharedstrings|calcchain|metadata|connections|externallink|usernames|revision\w*)\d*\.bin\Z",
    re.IGNORECASE,
)
DEFLATED = re.compile(rb"[\x18\x28\x38\x48\x58\x68\x78][\x01\x5e\x9c\xda]")  # RFC 1950; hides whatever the name


def take_in(
    harvest: Harvest, pieces: Iterable[bytes], *, place: Place, cells: bool = False, sealed: bool = False
) -> None:
    """Sweep a part, or keep it for opening when it is a package itself. Raises what `pieces` raises.

    `cells` says that cells stand in it, or may: then damage is never made up for by looking at its raw text. `sealed`
    that it is known to be a program's own few bytes (docs/decisions/0003-what-need-not-be-parsed.md).
    """
    stream = iter(pieces)
    first = next(stream, b"")
    head = first[:64].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    if head.startswith(b"<"):
        _take_xml(harvest, chain([first], stream), place, cells=cells)
        return
    data = _bounded(chain([first], stream), harvest, place)
    if data.startswith(FILES) or MAIL.search(data[:2048]):
        harvest.find_inside(completed(data) if data.startswith(ZIP) else data, place)
    elif data:
        _take_bytes(harvest, data, place, sealed=sealed and len(data) <= SEALED_BYTES)


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


def _take_xml(harvest: Harvest, pieces: Iterable[bytes], place: Place, *, cells: bool) -> None:
    kept: list[bytes] = []

    def keeping() -> Iterable[bytes]:
        for piece in pieces:
            kept.append(piece)
            yield piece

    try:
        text = text_of_xml(keeping())
    except NotXml:
        data = b"".join([*kept, *pieces])
        if not cells and is_loose_markup(data):
            harvest.say(swept(place, text_of_markup(data)))
            return
        harvest.miss(place, "broken")
        text = text_of_bytes(data)
    harvest.say(swept(place, text))


def is_loose_markup(data: bytes) -> bool:
    """Whether damaged XML is text all the same, which a look at its characters sees whole: no part of it stands for
    something else, be it an entity of its own, another encoding, or control characters."""
    if DECLARES.search(data) or ODD_ENCODING.search(data[:200]) or TEXT_CONTROLS.search(data):
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def text_of_markup(data: bytes) -> str:
    """The text without its tags, runs joined, and below it the whole with its tags, for what stands in attributes."""
    text = data.decode("utf-8")
    bare = TAG.sub(lambda tag: "" if not tag[1] or tag[1] in INLINE else "\n", text)
    return html.unescape(f"{bare}\n{text}")


def _take_bytes(harvest: Harvest, data: bytes, place: Place, *, sealed: bool) -> None:
    """Sweep bytes, and name what a sweep of such bytes does not see."""
    if _is_image(data, place.part or ""):
        take_picture(harvest, data, place=place)
        return
    if not TEXT_CONTROLS.search(data):
        harvest.say(swept(place, _decoded(data)))
        return
    if not sealed and (DEFLATED.match(data) or not OPEN_RECORDS.search(place.part or "")):
        harvest.miss(place, "unknown-format")
    harvest.say(swept(place, text_of_bytes(data)))


def _is_image(data: bytes, name: str) -> bool:
    """By the first bytes; those of a metafile are a weak sign where a printer's records may begin so too."""
    weak = data.startswith(EMF) and not METAFILE.match(data)
    return data.startswith(IMAGES) and not (weak and OPEN_RECORDS.search(name))


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def take_picture(harvest: Harvest, data: bytes, *, place: Place) -> None:
    """Read a picture, and what lies behind its end as a part of its own."""
    rest = harvest_picture(harvest, data, place=place)
    if rest:
        take_in(harvest, [rest], place=place.but(part=f"{place.part or ''}{BEHIND}", hidden=True))
        harvest.ledger.take(prefix_of(place.part), BEHIND)
