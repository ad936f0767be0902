"""An OpenDocument text, slide show or drawing: .odt, .odp, .odg, their templates, and flat .fodt, .fodp, .fodg, .fods.

Source: OpenDocument 1.3 part 2 (packages, encryption) and part 3. Every XML member is read alike: content, styles
with headers and footers, metadata, embedded objects; every other one is opened, swept or named.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO
from zipfile import ZipInfo

from lumbung.document import Passage, Place
from lumbung.read.harvest import Harvest
from lumbung.read.odf_text import OdfText
from lumbung.read.ods import harvest_sheets, refuse_encrypted
from lumbung.read.office_document import is_markup
from lumbung.read.opened import Opened
from lumbung.read.package import Broken, Package, gaps, names, open_package
from lumbung.read.sweep import NotXml, parse, swept
from lumbung.read.unknown_part import take_in
from lumbung.read.unreadable import Unreadable
from lumbung.read.writing import harvest_writing

NAMESPACE = b"urn:oasis:names:tc:opendocument:xmlns:office:1.0"
LAYOUT = "layout-cache"  # LibreOffice's own, where pages break: numbers of paragraphs
HEAD = 64 * 2**10
KINDS = {b"text": "odt", b"presentation": "odp", b"graphics": "odg"}


def harvest_open_document(harvest: Harvest, file: BinaryIO, *, prefix: str = "") -> str:
    """Open a package into the basket; give its kind. Raise Unreadable for the package as a whole."""
    package = open_package(file, limits=harvest.limits, ledger=harvest.ledger, prefix=prefix)
    refuse_encrypted(package)
    harvest.say([Passage(place=package.place("(nama bagian)"), text=names(package), swept=True)])
    for entry in package.members:
        try:
            _take_member(harvest, package, entry)
        except Broken as broken:
            harvest.miss(package.place(entry.filename), broken.why)
    if package.member("content.xml") is None:
        harvest.miss(package.place("content.xml"), "broken")
    for name, data in gaps(package):
        take_in(harvest, [data], place=package.place(name).but(hidden=True), cells=True)
    return _kind(package)


def _kind(package: Package) -> str:
    entry = package.member("mimetype")
    try:
        kind = package.whole(entry)[:200].rpartition(b".")[2] if entry else b""
    except Broken:  # named when its turn as a member came
        kind = b""
    return next((short for word, short in KINDS.items() if kind.startswith(word)), "odt")


def _take_member(harvest: Harvest, package: Package, entry: ZipInfo) -> None:
    main = entry.filename.lower() == "content.xml"
    place = Place(part=package.prefix.removesuffix("!") or None) if main else package.place(entry.filename)
    stream = package.pieces(entry)
    first = next(stream, b"")
    if is_markup(first):
        try:
            harvest_markup(harvest, chain([first], stream), place=place)
            return
        except NotXml:
            stream, first = package.pieces(entry), b""
    where, content = package.place(entry.filename), entry.filename.lower().endswith("content.xml")
    cache = entry.filename.lower() == LAYOUT
    take_in(harvest, chain([first] if first else [], stream), place=where, cells=content, sealed=cache)


def harvest_markup(harvest: Harvest, pieces: Iterable[bytes], *, place: Place) -> None:
    """One XML part into the basket. Raise NotXml; "too-large" is named, with what was read."""
    part = OdfText()
    try:
        parse(pieces, part)
    except Unreadable as refusal:
        if refusal.code != "too-large":
            raise
        harvest.miss(place, "too-large")
    if part.numbered:
        harvest.miss(place.but(path="penomoran"), "unknown-format")
    harvest.say(swept(place, part.close()))
    for page, writing in part.pages:
        harvest_writing(harvest, writing, place=place.but(page=page))
    _take_files(harvest, part.files, place)


def _take_files(harvest: Harvest, files: list[bytes], place: Place) -> None:
    for number, data in enumerate(files, start=1):
        take_in(harvest, [data], place=place.but(part=f"{place.part or ''}(lampiran {number})"))


def is_flat(head: bytes) -> bool:
    """Whether XML that begins so speaks of OpenDocument."""
    return NAMESPACE in head.replace(b"\0", b"")


def harvest_flat(harvest: Harvest, opened: Opened, *, prefix: str = "") -> str:
    """Open a flat document into the basket; give its kind. Raise Unreadable("broken")."""
    place = Place(part=prefix.removesuffix("!") or None)
    sheets = b"opendocument.spreadsheet" in opened.data[:HEAD]
    try:
        if sheets:
            harvest_sheets(harvest, _pieces(opened), place=place, prefix=prefix)
            part = OdfText()
            parse(_pieces(opened), part)
            _take_files(harvest, part.files, place)
        else:
            harvest_markup(harvest, _pieces(opened), place=place)
    except NotXml as damage:
        raise Unreadable("broken") from damage
    return "fods" if sheets else "fodt"


def _pieces(opened: Opened) -> Iterator[bytes]:
    return (bytes(piece) for piece in opened.pieces())
