"""A text or slide package: .docx, .docm, .dotx, .pptx, .pptm, .ppsx. Source: ECMA-376 parts 1 to 3.

Every XML part is read alike, whether a person would call it by name or not: headers, notes, comments, speaker notes,
masters, text boxes, SmartArt, chart caches, glossaries, custom XML, properties. Every other part is opened as a file
of its own, or swept, or named; so are parts that the archive does not list.
"""

import contextlib
import re
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO
from zipfile import ZipInfo

from lumbung.document import Passage, Place
from lumbung.read.harvest import Harvest
from lumbung.read.office_text import HidingStyles, OfficeText
from lumbung.read.ooxml_workbook import RELATIONSHIP, STRICT_RELATIONSHIP, elements, relations
from lumbung.read.package import Broken, Package, gaps, names, open_package
from lumbung.read.sweep import NotXml, parse, swept
from lumbung.read.unknown_part import take_in
from lumbung.read.unreadable import Unreadable
from lumbung.read.writing import harvest_writing

SLIDES = re.compile(r"ppt[/\\]presentation\d*\.xml")
LETTER = re.compile(r"word[/\\]document\d*\.xml")
SHARED_PARTS = frozenset({"slideLayout", "slideMaster", "theme", "notesMaster", "slide"})
STYLES = re.compile(r"word/styles[^/]*\.xml")
STORY = re.compile(r"(?:word|ppt)/.*\.xml")
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def harvest_document(harvest: Harvest, file: BinaryIO, *, prefix: str = "") -> str:
    """Open a text or slide package into the basket; give its kind. Raise Unreadable for the package as a whole."""
    package = open_package(file, limits=harvest.limits, ledger=harvest.ledger, prefix=prefix)
    main = _main_part(package)
    if main is not None and main.flag_bits & 0x1:
        raise Unreadable("encrypted")
    harvest.say([Passage(place=package.place("(nama bagian)"), text=names(package), swept=True)])
    places, hiding = dict(_places(package)), _hiding_styles(package)
    for entry in package.members:
        place = places.get(entry.filename.lower()) or package.place(entry.filename)
        try:
            _take_part(harvest, package, entry, place, hiding)
        except Broken as broken:
            harvest.miss(package.place(entry.filename), broken.why)
    for name, content in gaps(package):
        take_in(harvest, [content], place=package.place(name).but(hidden=True), cells=True)
    return _kind(package, main)


def _hiding_styles(package: Package) -> frozenset[str]:
    """Styles that hide text; none where the part is damaged, which is named when its turn comes."""
    hiding: frozenset[str] = frozenset()
    for entry in package.members:
        if STYLES.fullmatch(entry.filename.lower()):
            styles = HidingStyles()
            with contextlib.suppress(NotXml, Broken):
                parse(package.pieces(entry), styles)
            hiding |= styles.close()
    return hiding


def _main_part(package: Package) -> ZipInfo | None:
    found = (entry for entry in package.members if _is_main(entry.filename.lower()))
    return next(found, None)


def _is_main(name: str) -> bool:
    return bool(LETTER.fullmatch(name) or SLIDES.fullmatch(name))


def _kind(package: Package, main: ZipInfo | None) -> str:
    slides = main is not None and SLIDES.fullmatch(main.filename.lower())
    macros = any(entry.filename.lower().endswith("vbaproject.bin") for entry in package.members)
    return ("ppt" if slides else "doc") + ("m" if macros else "x")


def _places(package: Package) -> Iterator[tuple[str, Place]]:
    """Part, in lower case -> where a clerk finds it: the text itself, or the slide that it is or hangs on."""
    whole = Place(part=package.prefix.removesuffix("!") or None)
    main = _main_part(package)
    if main is None:
        return
    if LETTER.fullmatch(main.filename.lower()):
        yield main.filename.lower(), whole
    for page, part in enumerate(_slides(package, main.filename), start=1):
        yield part.lower(), whole.but(page=page)
        for kind, target in relations(package, part).values():
            if kind not in SHARED_PARTS:
                yield target.lower(), package.place(target).but(page=page)


def _slides(package: Package, main: str) -> list[str]:
    """The slides' parts in the order in which they are shown."""
    targets = relations(package, main)
    listed = (attributes for _, attributes in elements(package, main, "sldId"))
    wanted = [attributes.get(RELATIONSHIP) or attributes.get(STRICT_RELATIONSHIP) or "" for attributes in listed]
    return [targets[identifier][1] for identifier in wanted if identifier in targets]


def _take_part(harvest: Harvest, package: Package, entry: ZipInfo, place: Place, hiding: frozenset[str]) -> None:
    """Read a part as what its bytes are. Raises Broken, and Unreadable where the budget is spent."""
    stream = package.pieces(entry)
    first = next(stream, b"")
    if is_markup(first):
        try:
            take_text(harvest, chain([first], stream), place=place, hiding=hiding)
            return
        except NotXml:
            stream = package.pieces(entry)
            first = b""
    story = STORY.fullmatch(entry.filename.lower()) is not None
    take_in(harvest, chain([first] if first else [], stream), place=package.place(entry.filename), cells=story)


def is_markup(head: bytes) -> bool:
    """Whether a part begins as XML does, in any of its encodings."""
    for mark in MARKS:
        head = head.removeprefix(mark)
    return head[:64].replace(b"\0", b"").lstrip().startswith(b"<")


def take_text(
    harvest: Harvest, pieces: Iterator[bytes], *, place: Place, hiding: frozenset[str] = frozenset()
) -> None:
    """An XML part into the basket. Raise NotXml; "too-large" is named at the part, with what was read of it."""
    part = OfficeText(hiding)
    try:
        parse(pieces, part)
    except Unreadable as refusal:
        if refusal.code != "too-large":
            raise
        harvest.miss(place, "too-large")
    if part.numbered:
        harvest.miss(place.but(path="penomoran"), "unknown-format")
    if part.hidden_slide:
        place = place.but(hidden=True)
    harvest.say(swept(place, part.close()))
    harvest_writing(harvest, part.writing, place=place)
