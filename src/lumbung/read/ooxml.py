"""A SpreadsheetML package: .xlsx, .xlsm, .xlsb and their templates. Source: ECMA-376; MS-XLSB for the binary parts.

Listed worksheets become tables. Every other part is swept, known or not, and so are worksheets that the workbook does
not list, members that the archive does not list, and what lies between the members.
"""

import posixpath
import re
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import BinaryIO
from zipfile import ZipInfo

import fastexcel
import polars as pl

from lumbung.document import Passage, Place
from lumbung.read.formula_texts import joined_texts, look_into, unsolved
from lumbung.read.harvest import Harvest
from lumbung.read.ooxml_parts import read_comments, read_external_link, read_pivot_records, sheet_of_parts
from lumbung.read.ooxml_sheet import SheetParts, extent, fits_grid, grid, read_exactly, read_fast
from lumbung.read.ooxml_strings import Look, Strings, has_long_string, look_at_strings, not_shown, shared_strings
from lumbung.read.ooxml_styles import Dates, dates_of, writes_digits
from lumbung.read.ooxml_workbook import Sheet, is_worked_out_afresh, relations, sealed_parts, sheets, workbook_part
from lumbung.read.package import Broken, Package, duplicates, gaps, names, open_package
from lumbung.read.sweep import NotXml, swept
from lumbung.read.unknown_part import take_in
from lumbung.read.unreadable import Unreadable
from lumbung.read.xlsb import binary_sheets, read_binary_sheets

READERS = {
    "comments": read_comments,
    "threadedcomment": read_comments,
    "pivotcacherecords": read_pivot_records,
    "externallink": read_external_link,
}
STRING_NUMBER = re.compile(rb't="s"[^<>]*><v>([0-9]+)<')
SHEET_ROOT = re.compile(rb"<(?:[\w.-]+:)?(?:worksheet|macrosheet|dialogsheet)[\s>]")


@dataclass(slots=True)
class Workbook:
    """A package with its sheets, and what is read of it only when asked: its shared strings."""

    package: Package
    harvest: Harvest
    data: bytes
    sheets: list[Sheet]
    strings: Strings | None = None
    look: Look | None = None
    dates: Dates | None = None
    done: set[int] = field(default_factory=set)
    parts: list[tuple[Place, SheetParts]] = field(default_factory=list)

    def read_exactly(self, entry: ZipInfo, place: Place) -> SheetParts:
        """A sheet by the exact reader. Raises NotXml and Broken."""
        self.dates = self.dates or dates_of(self.package)
        return read_exactly(self.package, entry, place=place, string=self.string, date=self.dates.text)

    def string(self, number: str) -> str:
        """A shared string by its number, for the exact reader."""
        if self.strings is None:
            self.strings = shared_strings(self.package, self.strings_entry())
        return self.strings.look_up(number)

    def look_at_strings(self) -> None:
        """Once, while the fast reader is busy. A part that cannot be parsed is met again by the sweep."""
        entry = self.strings_entry()
        if entry is None or self.look is not None:
            return
        try:
            self.look = look_at_strings(self.package, entry)
        except (NotXml, Broken):
            self.look = None

    def strings_entry(self) -> ZipInfo | None:
        """The member with the shared strings."""
        for kind, target in relations(self.package, workbook_part(self.package)).values():
            if kind == "sharedStrings":
                return self.package.member(target)
        return None


def harvest_workbook(harvest: Harvest, file: BinaryIO, data: bytes, *, prefix: str = "") -> str:
    """Open a workbook package into the basket; give its kind. Raise Unreadable for the package as a whole."""
    package = open_package(file, limits=harvest.limits, ledger=harvest.ledger, prefix=prefix)
    _refuse_encrypted(package)
    kind = _kind(package)
    listed = binary_sheets(package) if kind == "xlsb" else sheets(package)
    workbook = Workbook(package=package, harvest=harvest, data=data, sheets=listed)
    harvest.say([Passage(place=package.place("(nama bagian)"), text=names(package), swept=True)])
    if not listed and package.member(workbook_part(package)):
        harvest.miss(package.place(workbook_part(package)), "broken")
    harvest.say(_name_of(sheet, package) for sheet in listed)
    if kind == "xlsb":
        workbook.done |= read_binary_sheets(harvest, data, package, workbook.sheets)
    else:
        _read_sheets(workbook)
    _sweep_parts(workbook)
    _solve(workbook)
    if writes_digits(package):
        harvest.miss(package.place("(format angka)"), "unknown-format")
    for name, content in gaps(package):
        take_in(harvest, [content], place=package.place(name).but(hidden=True), cells=True)
    return kind


def _refuse_encrypted(package: Package) -> None:
    """A package whose workbook itself is encrypted member by member is encrypted as a whole."""
    entry = package.member("xl/workbook.xml") or package.member("xl/workbook.bin")
    if entry is not None and entry.flag_bits & 0x1:
        raise Unreadable("encrypted")


def _kind(package: Package) -> str:
    if workbook_part(package).lower().endswith(".bin"):
        return "xlsb"
    return "xlsm" if package.member("xl/vbaProject.bin") else "xlsx"


def _name_of(sheet: Sheet, package: Package) -> Passage:
    """A sheet's name is text too, and a sheet that cannot be shown is named all the same."""
    place = Place(part=package.prefix or None, sheet=sheet.name, hidden=sheet.hidden or None)
    return Passage(place=place, text=sheet.name)


def _read_sheets(workbook: Workbook) -> None:
    """Cells of every listed sheet, in the workbook's order; fastexcel works in a thread beside the parser."""
    unsure = duplicates(workbook.package)
    with ThreadPoolExecutor(max_workers=1) as thread:
        opening = thread.submit(fastexcel.read_excel, workbook.data)
        for sheet in workbook.sheets:
            entry = workbook.package.member(sheet.part)
            if entry is None:
                workbook.harvest.miss(Place(part=sheet.part or None, sheet=sheet.name), "broken")
            elif sheet.kind != "chartsheet":
                fast = sheet.kind == "worksheet" and not {entry.filename.lower(), "xl/workbook.xml"} & unsure
                _read_sheet(workbook, sheet, entry, _Fast(thread, opening) if fast else None)


@dataclass(frozen=True, slots=True)
class _Fast:
    """The thread in which fastexcel opens the workbook, and the promise of its reader."""

    thread: ThreadPoolExecutor
    opening: "Future[fastexcel.ExcelReader]"

    def load(self, name: str) -> "Future[pl.DataFrame]":
        return self.thread.submit(lambda: grid(self.opening.result(), name))


def _read_sheet(workbook: Workbook, sheet: Sheet, entry: ZipInfo, fast: _Fast | None) -> None:
    place = Place(part=workbook.package.prefix or None, sheet=sheet.name, hidden=sheet.hidden or None)
    try:
        _refuse_echoes(workbook, entry)
        parts = _fast_parts(workbook, entry, place, fast) if fast else None
        parts = parts or workbook.read_exactly(entry, place)
    except (NotXml, Broken):
        return  # not done: the sweep meets the part again, and says what is wrong with it
    except Unreadable as refusal:
        if refusal.code != "too-large":
            raise
        workbook.harvest.miss(place, "too-large")
        return
    workbook.harvest.tables += parts.tables
    workbook.harvest.say(_with_part(parts, workbook.package.place(entry.filename)))
    workbook.parts.append((place, parts))
    if entry.filename.lower() not in duplicates(workbook.package):
        workbook.done.add(entry.header_offset)


def _solve(workbook: Workbook) -> None:
    """What formulas join of the cells of all sheets; a sheet is named where a text is worked out in another way."""
    tables = [table for _, parts in workbook.parts for table in parts.tables]
    afresh = any(parts.zeros for _, parts in workbook.parts) and is_worked_out_afresh(workbook.package)
    for place, parts in workbook.parts:
        results = {**parts.results, **(parts.zeros if afresh else {})}
        workbook.harvest.say(joined_texts(parts.formulas, place, look_into(tables, place.sheet), results))
        if unsolved(list(results.values())):
            workbook.harvest.miss(place, "formula")


def _with_part(parts: SheetParts, place: Place) -> list[Passage]:
    return [replace(passage, place=passage.place.but(part=place.part)) for passage in parts.passages]


def _fast_parts(workbook: Workbook, entry: ZipInfo, place: Place, fast: _Fast) -> SheetParts | None:
    """What the fast reader gives; None where this sheet is not for it."""
    found = extent(workbook.package, entry)
    if not fits_grid(found, workbook.harvest.limits) or place.sheet is None:
        return None
    loading = fast.load(place.sheet)
    try:
        workbook.look_at_strings()
        return read_fast(workbook.package, entry, place=place, loading=loading)
    except fastexcel.FastExcelError:
        return None


def _refuse_echoes(workbook: Workbook, entry: ZipInfo) -> None:
    """Raise Unreadable("bomb") where a long shared string, shown over and over, would fill the memory."""
    strings = workbook.strings_entry()
    if strings is None or not has_long_string(workbook.package, strings):
        return
    numbers: Counter[bytes] = Counter()
    for piece in workbook.package.pieces(entry):
        numbers.update(STRING_NUMBER.findall(piece))
    if sum(len(workbook.string(n.decode())) * c for n, c in numbers.items()) > workbook.harvest.limits.bytes:
        raise Unreadable("bomb")


def _sweep_parts(workbook: Workbook) -> None:
    """Every member that did not become a table."""
    hung = sheet_of_parts(workbook.package, {sheet.part: sheet.name for sheet in workbook.sheets})
    strings = workbook.strings_entry()
    for entry in workbook.package.members:
        place = workbook.package.place(entry.filename).but(sheet=hung.get(entry.filename.lower()))
        if entry.header_offset in workbook.done:
            continue
        try:
            if entry is strings:
                _sweep_strings(workbook, entry, place)
            else:
                _sweep_part(workbook, entry, place)
        except Broken as broken:
            workbook.harvest.miss(place, broken.why)


def _sweep_strings(workbook: Workbook, entry: ZipInfo, place: Place) -> None:
    """Shared strings that no cell shows; all of them where the part cannot be parsed."""
    try:
        look = workbook.look or look_at_strings(workbook.package, entry)
    except NotXml:
        take_in(workbook.harvest, workbook.package.pieces(entry), place=place)
        return
    strings = pl.concat([look.telling, pl.Series(look.loose.split("\n"), dtype=pl.String)])
    left = not_shown(strings, workbook.harvest.tables).unique(maintain_order=True)
    workbook.harvest.say(swept(place.but(hidden=True), "\n".join(left.to_list())))


def _sweep_part(workbook: Workbook, entry: ZipInfo, place: Place) -> None:
    kind = re.sub(r"[^a-z]", "", posixpath.basename(entry.filename).lower().removesuffix(".xml"))
    try:
        if _is_sheet(workbook.package, entry):
            hidden = place.but(hidden=True)
            _refuse_echoes(workbook, entry)
            parts = workbook.read_exactly(entry, hidden)
            workbook.harvest.tables += parts.tables
            workbook.harvest.say(parts.passages)
            workbook.parts.append((hidden, parts))
            return
        if kind in READERS:
            READERS[kind](workbook.harvest, workbook.package, entry, place)
            return
    except NotXml:
        workbook.harvest.miss(place, "broken")
    listed = entry.filename.lower() in {sheet.part.lower() for sheet in workbook.sheets}
    sealed = entry.filename.lower() in sealed_parts(workbook.package)
    take_in(workbook.harvest, workbook.package.pieces(entry), place=place, cells=listed, sealed=sealed)


def _is_sheet(package: Package, entry: ZipInfo) -> bool:
    """Whether a part that the workbook does not list is a worksheet all the same."""
    for piece in package.pieces(entry):
        return SHEET_ROOT.search(piece[:4096].replace(b"\0", b"")) is not None
    return False
