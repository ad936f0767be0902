"""Parts of a workbook package that a person would call by name: comments, pivot caches, external caches, properties.

Source: ECMA-376 part 1, 18.7 (comments), 18.10 (pivot caches), 18.14 (external links); MS-XLSX 2.3 (threads).
Every part is swept besides (see `unknown_part`); here the same text gets the place where a clerk would look for it.
"""

import posixpath
from zipfile import ZipInfo

from lumbung.document import Passage, Place
from lumbung.read.cells import Cells
from lumbung.read.harvest import Harvest
from lumbung.read.ooxml_plain import column_index
from lumbung.read.ooxml_rest import REFERENCE
from lumbung.read.ooxml_workbook import relations
from lumbung.read.package import Package
from lumbung.read.sweep import INLINE, SHORTEST, local, parse, swept

SHARED = {"s", "n", "d", "b", "e", "m"}


class Comments:
    """The target of a streaming parser over comments and threaded comments: cell and text of each; other text."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self.lines: list[str] = []
        self._cell = ""
        self._open: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) in {"comment", "threadedComment"}:
            self._cell, self._open = attributes.get("ref", ""), []
        self.lines += [value for value in attributes.values() if len(value) >= SHORTEST]

    def data(self, text: str) -> None:
        if self._open is not None:
            self._open.append(text)
        else:
            self.lines.append(text)

    def comment(self, text: str) -> None:
        self.lines.append(text)

    def end(self, tag: str) -> None:
        if local(tag) in {"comment", "threadedComment"} and self._open is not None:
            self.found.append((self._cell, "".join(self._open)))
            self._open = None
        elif local(tag) not in INLINE and self._open:
            self._open.append("\n")

    def close(self) -> None:
        """Nothing is left to do; the parser asks for this method."""


class PivotFields:
    """The target of a streaming parser over a pivot cache definition: field names and their shared items."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.items: list[list[str]] = []
        self._in_items = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "cacheField":
            self.names.append(attributes.get("name", ""))
            self.items.append([])
        elif name == "sharedItems":
            self._in_items = True
        elif self._in_items and name in SHARED and self.items:
            self.items[-1].append(attributes.get("v", ""))

    def end(self, tag: str) -> None:
        if local(tag) == "sharedItems":
            self._in_items = False

    def close(self) -> None:
        """Nothing is left to do; the parser asks for this method."""


class PivotRecords:
    """The target of a streaming parser over pivot cache records: each record becomes a row under the field names."""

    def __init__(self, fields: PivotFields) -> None:
        self._fields = fields
        self.cells = Cells()
        self.lines: list[str] = []
        self._row, self._column = 0, -1
        for column, name in enumerate(fields.names):
            self.cells.put(0, column, name)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "r":
            self._row, self._column = self._row + 1, -1
        elif name in SHARED | {"x"}:
            self._column += 1
            self._put(name, attributes.get("v", ""))
        self.lines += [value for key, value in attributes.items() if key != "v" and len(value) >= SHORTEST]

    def data(self, text: str) -> None:
        self.lines.append(text)

    def comment(self, text: str) -> None:
        self.lines.append(text)

    def close(self) -> None:
        """Nothing is left to do; the parser asks for this method."""

    def _put(self, kind: str, value: str) -> None:
        if kind == "x":
            shared = self._fields.items[self._column] if self._column < len(self._fields.items) else []
            value = shared[int(value)] if value.isdecimal() and int(value) < len(shared) else value
        if value:
            self.cells.put(self._row, self._column, value, *_native(kind, value))


def _native(kind: str, value: str) -> tuple[float, ...]:
    try:
        return (float(value),) if kind == "n" else ()
    except ValueError:
        return ()


class ExternalCells:
    """The target of a streaming parser over an external link: cells of the other workbook, kept as a cache."""

    def __init__(self) -> None:
        self.sheets: list[Cells] = []
        self.lines: list[str] = []
        self._cell: tuple[int, int] | None = None
        self._path: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._path.append(local(tag))
        if local(tag) == "sheetData":
            self.sheets.append(Cells())
        self._cell = _address(attributes.get("r", "")) if local(tag) == "cell" else self._cell
        self.lines += [value for value in attributes.values() if len(value) >= SHORTEST]

    def data(self, text: str) -> None:
        if self._path[-2:] == ["cell", "v"] and self._cell and self.sheets:
            self.sheets[-1].put(*self._cell, text)
        else:
            self.lines.append(text)

    def end(self, tag: str) -> None:
        self._path.pop()

    def comment(self, text: str) -> None:
        self.lines.append(text)

    def close(self) -> None:
        """Nothing is left to do; the parser asks for this method."""


def _address(reference: str) -> tuple[int, int] | None:
    """Row and column, from 0, of a reference such as B7."""
    match = REFERENCE.match(reference)
    return (int(match[2]) - 1, column_index(match[1].upper())) if match else None


def sheet_of_parts(package: Package, sheets: dict[str, str]) -> dict[str, str]:
    """Part -> name of the sheet that it hangs on (comments, drawings, tables, and what hangs on those)."""
    found: dict[str, str] = {}
    for part, name in sheets.items():
        for _, target in relations(package, part).values():
            found.setdefault(target.lower(), name)
            for _, further in relations(package, target).values():
                found.setdefault(further.lower(), name)
    return found


def read_comments(harvest: Harvest, package: Package, entry: ZipInfo, place: Place) -> None:
    """Comments, each at its cell. Raises NotXml and Broken."""
    comments = Comments()
    parse(package.pieces(entry), comments)
    harvest.say(Passage(place=place.but(cell=cell or None), text=text) for cell, text in comments.found)
    harvest.say(swept(place, "\n".join(comments.lines)))


def read_pivot_records(harvest: Harvest, package: Package, entry: ZipInfo, place: Place) -> None:
    """Records of a pivot cache as a hidden table: rows that outlive the sheet they came from. Raises as above."""
    fields = PivotFields()
    definition = _definition_of(package, entry)
    if definition is not None:
        parse(package.pieces(definition), fields)
    records = PivotRecords(fields)
    parse(package.pieces(entry), records)
    hidden = place.but(hidden=True)
    harvest.tables += records.cells.tables(hidden)
    harvest.say(swept(hidden, "\n".join(records.lines)))


def _definition_of(package: Package, records: ZipInfo) -> ZipInfo | None:
    """The definition whose relationships lead to these records."""
    folder = posixpath.dirname(records.filename).lower()
    for entry in package.members:
        same = posixpath.dirname(entry.filename).lower() == folder
        if same and "definition" in posixpath.basename(entry.filename).lower():
            targets = {target.lower() for _, target in relations(package, entry.filename).values()}
            if records.filename.lower() in targets:
                return entry
    return None


def read_external_link(harvest: Harvest, package: Package, entry: ZipInfo, place: Place) -> None:
    """Cached cells of another workbook, as hidden tables. Raises as above."""
    link = ExternalCells()
    parse(package.pieces(entry), link)
    hidden = place.but(hidden=True)
    for cells in link.sheets:
        harvest.tables += cells.tables(hidden)
        harvest.say(cells.doubles(hidden))
    harvest.say(swept(hidden, "\n".join(link.lines)))
