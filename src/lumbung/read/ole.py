"""A compound file (OLE): the .xls, .doc, .ppt or .msg in it, and every stream and every sector beside it.

Source: MS-CFB (compound files), MS-OVBA 2.4.1 (compressed macro source), MS-OLEDS 2.3 (embedded objects).
"""

import re
import struct
from collections.abc import Iterator
from functools import partial
from io import SEEK_END, BytesIO

import olefile

from lumbung.document import Passage, Place
from lumbung.read.archives_within import harvest_archives
from lumbung.read.books_packages import stream_name
from lumbung.read.harvest import Harvest
from lumbung.read.office_document import is_markup
from lumbung.read.ole_package import native_file
from lumbung.read.ole_presentation import presented
from lumbung.read.outlook import PROPERTIES, harvest_property, is_property
from lumbung.read.powerpoint import harvest_presentation, refuse_encrypted
from lumbung.read.property_numbers import long_numbers
from lumbung.read.sweep import swept, text_of_bytes
from lumbung.read.unknown_part import IMAGES, OLE, PACKED, ZIP, take_in, take_picture
from lumbung.read.unreadable import Unreadable
from lumbung.read.vba import text_of_modules
from lumbung.read.word import harvest_word, take_blips
from lumbung.read.xls import harvest_pivot_cache, harvest_records

# What olefile raises; a directory that leads back into itself it follows for ever
DAMAGE = (OSError, ValueError, IndexError, TypeError, AttributeError, OverflowError, struct.error, RecursionError)
FREE = 0xFFFFFFFF
STREAM = 2  # sort of a directory entry
CARRIERS = ("\x01ole10native", "package", "contents", "embeddedodf")
# Streams that keep their text as plain or UTF-16LE characters, so that a sweep sees all of it.
KINDS = {"worddocument": "doc", "powerpoint document": "ppt", PROPERTIES: "msg"}
OPEN_STREAM = re.compile(
    r"\x05.*|\x01compobj|\x01ole|\x03(?:objinfo|ocxname|linkinfo|vbframe|printsettings)|project(?:wm|lk)?|ctls|f|o"
    r"|user ?names|revision log|xcb|[01]table|data|current user"
)
CARRIED = (ZIP, OLE, *PACKED, b"\x89PNG", b"\xff\xd8\xff", b"GIF8")


def harvest_compound(harvest: Harvest, data: bytes, *, prefix: str = "") -> str:
    """Open a compound file into the basket; give its kind. Raise Unreadable("broken", "encrypted")."""
    try:
        compound = olefile.OleFileIO(BytesIO(data))
        paths = compound.listdir()
    except DAMAGE as damage:
        raise Unreadable("broken") from damage
    if any(path[-1].lower() == "encryptedpackage" for path in paths):
        raise Unreadable("encrypted")
    names = "\n".join("/".join(path) for path in compound.listdir(streams=True, storages=True))
    harvest.say([Passage(place=Place(part=prefix + "(nama bagian)"), text=names, swept=True)])
    for path in paths:
        _harvest_stream(harvest, compound, path, data=data, prefix=prefix)
    loose, place = list(_unreached(compound, data)), Place(part=prefix + "(sektor lepas)", hidden=True)
    harvest.say(swept(place, text_of_bytes(b"\0\0\0".join(loose))))
    harvest_archives(harvest, b"".join(loose), place=place)
    return _kind({path[-1].lower() for path in paths if len(path) == 1})


def _kind(streams: set[str]) -> str:
    """What a person calls the file, by its outermost streams."""
    return next((kind for stream, kind in KINDS.items() if stream in streams), "xls")


def _harvest_stream(
    harvest: Harvest, compound: olefile.OleFileIO, path: list[str], *, data: bytes, prefix: str
) -> None:
    place = Place(part=prefix + stream_name(path))
    try:
        content = fetch(harvest, compound, path, prefix=prefix)
    except DAMAGE:
        harvest.miss(place, "broken")
        return
    name = path[-1].lower()
    if name in {"workbook", "book"}:
        cells = len(path) == 1 and _ends(compound)
        harvest_records(harvest, content, data=data if cells else None, place=place)
    elif "_sx_db_cur" in (part.lower() for part in path):
        harvest_pivot_cache(harvest, content, place=place)
    elif name == "worddocument":
        harvest_word(harvest, content, partial(_beside, compound, path), place=place)
    elif name == "powerpoint document":
        harvest_presentation(harvest, content, place=place)
    elif is_property(name):
        harvest_property(harvest, content, name, place=place)
    elif "vba" in (part.lower() for part in path):
        harvest.say(swept(place, text_of_bytes(content) + "\n" + text_of_modules(content)))
    else:
        _sweep_stream(harvest, content, name, place=place)


def _beside(compound: olefile.OleFileIO, path: list[str], name: str) -> bytes:
    """A stream in the same storage, b"" where there is none or it is damaged; it is met by itself as well."""
    try:
        return _whole(compound, [*path[:-1], name])
    except DAMAGE:
        return b""


def fetch(harvest: Harvest, compound: olefile.OleFileIO, path: list[str], *, prefix: str) -> bytes:
    """A whole stream, entered in the books. Raises what is in DAMAGE."""
    content = _whole(compound, path)
    harvest.ledger.take(prefix, "/".join(path))
    return content


def _whole(compound: olefile.OleFileIO, path: list[str]) -> bytes:
    """A stream; what says to be longer than its file goes round in a ring of sectors, which olefile would follow."""
    size = compound.get_size(path)
    around = compound.root.size if size < compound.minisectorcutoff else size  # short ones lie in one of the root's
    if max(size, around) > compound.fp.seek(0, SEEK_END):
        raise OSError("a stream is longer than its file")
    return bytes(compound.openstream(path).read())


def _sweep_stream(harvest: Harvest, content: bytes, name: str, *, place: Place) -> None:
    """A stream that is no workbook: swept as bytes; a file that it carries is opened, or named unread."""
    harvest.say(swept(place, text_of_bytes(content)))
    if name == "current user":
        refuse_encrypted(content)
    if name.startswith("\x05"):
        harvest.say(swept(place, "\n".join(long_numbers(content))))
    carried = carried_file(content, name)
    if "olepres" in name:
        _take_presentation(harvest, content, place)
    elif name == "pictures":
        take_blips(harvest, content, place)
    elif is_markup(content[:64]):
        take_in(harvest, [content], place=place)
    elif carried.startswith((ZIP, OLE)) or (name == "\x01ole10native" and carried and not carried.startswith(IMAGES)):
        harvest.find_inside(carried, place)
    elif carried.startswith(IMAGES):
        take_picture(harvest, carried, place=place)
    elif carried or (content and not OPEN_STREAM.fullmatch(name)):
        harvest.miss(place, "unknown-format")


def _take_presentation(harvest: Harvest, content: bytes, place: Place) -> None:
    """How an embedded object was shown last."""
    picture = presented(content)
    if picture:
        take_picture(harvest, picture, place=place)
    elif picture is None:
        harvest.miss(place, "image")


def carried_file(content: bytes, name: str) -> bytes:
    """The file inside a stream: behind a short header in the streams made for carrying; empty where there is none."""
    if content.startswith(CARRIED):
        return content
    if name == "\x01ole10native" and (native := native_file(content)):
        return native
    found = [position for mark in CARRIED if (position := content.find(mark, 0, 4096)) >= 0]
    return content[min(found) :] if found and name in CARRIERS else b""


def _unreached(compound: olefile.OleFileIO, data: bytes) -> Iterator[bytes]:
    """Sectors of no stream and no table, in which deleted text stays; what lies behind a stream's end in its own
    sectors; and the sectors that small streams share, whole, because between those lie ends as well."""
    size, mini = compound.sectorsize, compound.minisectorcutoff
    fat = list(compound.fat)
    streams = [entry for entry in compound.direntries if entry and entry.size >= mini and entry is not compound.root]
    shared = _chain(fat, compound.root.isectStart)
    chains = [_chain(fat, entry.isectStart) for entry in streams]
    others = (compound.first_dir_sector, compound.first_mini_fat_sector)
    reached = {*shared, *(sector for start in others for sector in _chain(fat, start))}
    reached |= {sector for chain in chains for sector in chain}
    yield b"".join(data[(sector + 1) * size : (sector + 2) * size] for sector in shared)
    for entry, chain in zip(streams, chains, strict=True):
        behind, inside = entry.size // size, entry.size % size
        rest = b"".join(data[(sector + 1) * size : (sector + 2) * size] for sector in chain[behind:])
        yield rest[inside:]
    for sector, following in enumerate(fat):
        if sector not in reached and following not in (0xFFFFFFFD, 0xFFFFFFFC):  # not a table of sectors itself
            yield data[(sector + 1) * size : (sector + 2) * size]
    yield data[(len(fat) + 1) * size :]


def _ends(compound: olefile.OleFileIO) -> bool:
    """Whether no chain of sectors runs in a circle: there the reader of cells would ask for memory without end."""
    compound.loadminifat()
    fat, small, most = list(compound.fat), list(compound.minifat), compound.minisectorcutoff
    streams = [one for one in compound.direntries if one and one.entry_type == STREAM]
    chains = [(small if one.size < most else fat, one.isectStart) for one in streams]
    chains += [(fat, start) for start in (compound.first_dir_sector, compound.first_mini_fat_sector)]
    return not any(_is_circle(*one) for one in (*chains, (fat, compound.root.isectStart)))


def _is_circle(fat: list[int], head: int) -> bool:
    seen: set[int] = set()
    while head < len(fat) and head not in seen:
        seen.add(head)
        head = fat[head]
    return head in seen


def _chain(fat: list[int], head: int) -> list[int]:
    """The sectors of a chain in order; one that runs in a circle ends where it meets itself."""
    chain: dict[int, None] = {}
    while head < len(fat) and head not in chain:
        chain[head] = None
        head = fat[head]
    return list(chain)
