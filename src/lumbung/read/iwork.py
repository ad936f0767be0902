"""Apple's Numbers, Pages and Keynote (.numbers, .pages, .key since 2013): tables, stories, and everything else swept.

Source: as in `iwork_archive`. Each text of every object is looked at, whatever the object is; pictures and other
members are opened as files. A table whose cells are not all understood is named unread ("broken").
"""

import plistlib
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO
from xml.parsers.expat import ExpatError
from zipfile import ZipInfo

from lumbung.document import Passage, Place
from lumbung.read.cells import Cells
from lumbung.read.harvest import Harvest
from lumbung.read.iwork_archive import Damaged, Object, first, number_of, objects, texts, unpacked, values
from lumbung.read.iwork_cells import Lists, cells_of, entries_of, reference
from lumbung.read.package import Broken, Package, gaps, names, open_package
from lumbung.read.sweep import swept, text_of_bytes
from lumbung.read.unknown_part import take_in
from lumbung.read.unreadable import Unreadable
from lumbung.read.writing import prose

SHEET, TABLE_INFO, TABLE, TILE = 2, 6000, 6001, 6002
STORIES = frozenset({2001, 2005})
LOCKS = (".iwpv2", ".iwph")  # verifier and hint of a password
BINARY_LIST = b"bplist00"
LARGEST_LIST = 2**20
LIST_DAMAGE = (
    *(plistlib.InvalidFileException, ExpatError, ValueError, IndexError, KeyError, TypeError, AttributeError),
    *(OverflowError, RecursionError, EOFError),
)
TILE_ROWS = 256


def harvest_iwork(harvest: Harvest, file: BinaryIO, *, prefix: str = "") -> str:
    """Open a package into the basket; give its kind. Raise Unreadable for the package as a whole."""
    package = open_package(file, limits=harvest.limits, ledger=harvest.ledger, prefix=prefix)
    if any(entry.filename.lower().endswith(LOCKS) for entry in package.members):
        raise Unreadable("encrypted")
    harvest.say([Passage(place=package.place("(nama bagian)"), text=names(package), swept=True)])
    known: dict[int, Object] = {}
    for entry in package.members:
        try:
            _take_member(harvest, package, entry, known)
        except Broken as broken:
            harvest.miss(package.place(entry.filename), broken.why)
    _take_tables(harvest, known, Place(part=prefix.removesuffix("!") or None))
    for name, data in gaps(package):
        take_in(harvest, [data], place=package.place(name).but(hidden=True), cells=True)
    return _kind(package, known)


def _kind(package: Package, known: dict[int, Object]) -> str:
    if any(entry.filename.lower().rpartition("/")[2].startswith("slide") for entry in package.members):
        return "key"
    return "numbers" if any(found.kind == SHEET for found in known.values()) else "pages"


def _take_member(harvest: Harvest, package: Package, entry: ZipInfo, known: dict[int, Object]) -> None:
    place = package.place(entry.filename)
    if entry.filename.lower().endswith(".iwa"):
        _take_archive(harvest, package.whole(entry), place, known)
        return
    content = package.whole(entry)
    if len(content) <= LARGEST_LIST and (content.startswith(BINARY_LIST) or b"<plist" in content[:512]):
        _take_list(harvest, content, place)
    else:
        take_in(harvest, [content], place=place)


def _take_archive(harvest: Harvest, packed: bytes, place: Place, known: dict[int, Object]) -> None:
    """The objects of an archive: their texts swept, stories as prose."""
    try:
        data = unpacked(packed, limit=harvest.limits.part_bytes)
        found = list(objects(data))
    except Damaged:
        harvest.miss(place, "broken")
        harvest.say(swept(place, text_of_bytes(packed)))
        return
    known.update((one.identifier, one) for one in found)
    lines = dict.fromkeys(text for one in found for text in texts(one.body))
    harvest.say(swept(place, "\n".join(lines)))
    harvest.say(swept(place, text_of_bytes(data)))
    for one in found:
        if one.kind in STORIES:
            harvest.say(prose(place, _story(one).splitlines()))


def _take_list(harvest: Harvest, content: bytes, place: Place) -> None:
    """A property list, in Apple's binary form or as XML; entities of its own are refused."""
    harvest.say(swept(place, text_of_bytes(content)))
    try:
        lines = list(_values(plistlib.loads(content), set()))
    except LIST_DAMAGE:
        harvest.miss(place, "broken")
        return
    harvest.say(swept(place, "\n".join(lines)))


def _values(inside: object, met: set[int]) -> Iterator[str]:
    """Every value of a property list once, though one may stand in it a million times."""
    if isinstance(inside, dict | list):
        if id(inside) in met:
            return
        met.add(id(inside))
        pairs = [*inside, *inside.values()] if isinstance(inside, dict) else inside
        for value in pairs:
            yield from _values(value, met)
    elif isinstance(inside, bytes):
        yield text_of_bytes(inside)
    elif not isinstance(inside, datetime):
        yield str(inside)


def _story(storage: Object) -> str:
    """The text of a TSWP.StorageArchive; its attachments are marked by a character of no width."""
    try:
        parts = values(storage.body, 3)
    except Damaged:
        return ""
    return "\n".join(part.decode("utf-8", "replace") for part in parts).replace("\ufffc", " ")


def _take_tables(harvest: Harvest, known: dict[int, Object], outside: Place) -> None:
    """Every table of every sheet; a tile that no table speaks of is read by itself."""
    used: set[int] = set()
    sheets = _sheets(known)
    for found in known.values():
        if found.kind != TABLE:
            continue
        try:
            name = first(found.body, 8).decode("utf-8", "replace")
            place = outside.but(sheet=" - ".join(filter(None, (sheets.get(found.identifier), name))) or None)
            _take_table(harvest, known, found, place, used)
        except Damaged:
            harvest.miss(outside.but(part=f"{outside.part or ''}(tabel {found.identifier})"), "broken")
    for found in known.values():
        if found.kind == TILE and found.identifier not in used:
            _take_loose(harvest, found, outside)


def _take_loose(harvest: Harvest, tile: Object, outside: Place) -> None:
    """The numbers of a tile that no table speaks of; its strings lie in lists, which are swept."""
    place = outside.but(part=f"{outside.part or ''}(tabel lepas {tile.identifier})", hidden=True)
    try:
        lines = [text for _, _, text, _ in cells_of(tile.body, Lists(None, None))]
    except Damaged:
        harvest.miss(place, "broken")
        return
    harvest.say(swept(place, "\n".join(lines)))


def _sheets(known: dict[int, Object]) -> dict[int, str]:
    """The sheet's name for each table that stands on one."""
    sheets = {}
    for found in known.values():
        if found.kind == TABLE_INFO:
            try:
                sheet = known.get(reference(first(found.body, 1, 2)))
                name = first(sheet.body, 1) if sheet and sheet.kind == SHEET else b""
                sheets[reference(first(found.body, 2))] = name.decode("utf-8", "replace")
            except Damaged:
                continue
    return sheets


def _take_table(harvest: Harvest, known: dict[int, Object], table: Object, place: Place, used: set[int]) -> None:
    """One table into the basket. Raise Damaged."""
    store = first(table.body, 4)
    lists = Lists(_strings(known, first(store, 4)), _rich(known, first(store, 17)))
    tiles = first(store, 3)
    height = number_of(tiles, 2) or TILE_ROWS
    cells = Cells()
    for found in values(tiles, 1):
        tile = known.get(reference(first(found, 2)))
        if tile is None or tile.kind != TILE:
            raise Damaged
        used.add(tile.identifier)
        above = number_of(found, 1) * height
        for row, column, text, number in cells_of(tile.body, lists):
            cells.put(above + row, column, text, float("nan") if number is None else number)
    harvest.say([Passage(place=place, text=place.sheet or "")])
    harvest.tables += cells.tables(place)


def _entries(known: dict[int, Object], message: bytes) -> Iterator[tuple[int, bytes]]:
    """The entries of a list that a reference points at, its segments included."""
    data_list = known.get(reference(message))
    if data_list is None:
        return
    yield from entries_of(data_list.body)
    for segment in values(data_list.body, 4):
        if part := known.get(reference(segment)):
            yield from entries_of(part.body)


def _strings(known: dict[int, Object], message: bytes) -> dict[int, str]:
    return {key: first(entry, 3).decode("utf-8", "replace") for key, entry in _entries(known, message)}


def _rich(known: dict[int, Object], message: bytes) -> dict[int, str]:
    """Texts with formatting: an entry points at a payload, that at a story."""
    found = {}
    for key, entry in _entries(known, message):
        payload = known.get(reference(first(entry, 9)))
        story = known.get(reference(first(payload.body, 1))) if payload else None
        found[key] = _story(story) if story else ""
    return found
