"""An OpenDocument spreadsheet: the sheets of content.xml as tables, every other member swept.

Source: OpenDocument 1.3 part 2 (packages, encryption) and part 3.
"""

from collections.abc import Iterable
from typing import BinaryIO
from zipfile import ZipInfo

from lumbung.document import Passage, Place
from lumbung.read.formula_texts import unsolved
from lumbung.read.harvest import Harvest
from lumbung.read.ods_content import Content
from lumbung.read.package import Broken, Package, duplicates, gaps, names, open_package
from lumbung.read.sweep import NotXml, parse
from lumbung.read.unknown_part import take_in
from lumbung.read.unreadable import Unreadable


def harvest_spreadsheet(harvest: Harvest, file: BinaryIO, *, prefix: str = "") -> str:
    """Open a spreadsheet package into the basket; give its kind. Raise Unreadable for the package as a whole."""
    package = open_package(file, limits=harvest.limits, ledger=harvest.ledger, prefix=prefix)
    refuse_encrypted(package)
    harvest.say([Passage(place=package.place("(nama bagian)"), text=names(package), swept=True)])
    content = package.member("content.xml")
    if content is None:
        harvest.miss(package.place("content.xml"), "broken")
    done = content is not None and _read_content(harvest, package, content)
    again = duplicates(package)
    for entry in package.members:
        if not (done and entry is content) or entry.filename.lower() in again:
            _sweep(harvest, package, entry)
    for name, data in gaps(package):
        take_in(harvest, [data], place=package.place(name).but(hidden=True), cells=True)
    return "ods"


def refuse_encrypted(package: Package) -> None:
    """Raise Unreadable("encrypted") where the manifest speaks of encrypted members."""
    manifest = package.member("META-INF/manifest.xml")
    try:
        listing = package.whole(manifest) if manifest else b""
    except Broken:
        return  # the sweep names it
    if b"encryption-data" in listing or package.member("encrypted-package"):
        raise Unreadable("encrypted")


def _read_content(harvest: Harvest, package: Package, entry: ZipInfo) -> bool:
    """Whether the content was read wholly; where it was not, the sweep meets it again and names it."""
    try:
        harvest_sheets(harvest, package.pieces(entry), place=package.place(entry.filename), prefix=package.prefix)
    except (NotXml, Broken):
        return False
    return True


def harvest_sheets(harvest: Harvest, pieces: Iterable[bytes], *, place: Place, prefix: str) -> None:
    """Sheets, comments and other text of one XML part. Raise NotXml, and what `pieces` raises."""
    content = Content()
    try:
        parse(pieces, content)
    except Unreadable as refusal:
        if refusal.code != "too-large":
            raise
        harvest.miss(place, "too-large")
    for sheet in content.sheets:
        where = Place(part=prefix or None, sheet=sheet.name, hidden=sheet.hidden or None)
        harvest.say([Passage(place=where, text=sheet.name)])
        if unsolved(list(sheet.results.values())):
            harvest.miss(where, "formula")
        harvest.tables += sheet.cells.tables(
            where, hidden_rows=frozenset(sheet.hidden_rows), hidden_columns=frozenset(sheet.hidden_columns)
        )
    harvest.say(content.passages(place))


def _sweep(harvest: Harvest, package: Package, entry: ZipInfo) -> None:
    place = package.place(entry.filename)
    try:
        cells = entry.filename.lower().endswith("content.xml")
        take_in(harvest, package.pieces(entry), place=place, cells=cells)
    except Broken as broken:
        harvest.miss(place, broken.why)
