"""Which sheets a SpreadsheetML workbook lists, under what name, shown or hidden, and in which part each lies.

Source: ECMA-376 part 1, 18.2 (workbook); ECMA-376 part 2, 9 (relationships).
"""

import posixpath
from dataclasses import dataclass

from lxml import etree

from lumbung.read.package import Broken, Package
from lumbung.read.sweep import NotXml, local, parse

RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
SEALED = "http://customschemas.google.com/relationships/workbookmetadata"
STRICT_RELATIONSHIP = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet as the workbook lists it. `part` is "" where no relationship leads anywhere; `kind` is that of the
    relationship: "worksheet", "chartsheet", "dialogsheet", "xlMacrosheet"."""

    name: str
    part: str
    hidden: bool
    kind: str = "worksheet"


class Elements:
    """The target of a streaming parser that keeps the attributes of chosen elements, in order."""

    def __init__(self, *names: str) -> None:
        self._names = frozenset(names)
        self.found: list[tuple[str, dict[str, str]]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) in self._names:
            self.found.append((local(tag), dict(attributes)))

    def close(self) -> None:
        """Nothing is left to do; the parser asks for this method."""


def elements(package: Package, part: str, *names: str) -> list[tuple[str, dict[str, str]]]:
    """Attributes of the elements of these local names in a part; empty where the part is absent or damaged."""
    entry = package.member(part)
    target = Elements(*names)
    if entry is None:
        return []
    try:
        parse(package.pieces(entry), target)
    except (Broken, NotXml, etree.LxmlError):
        return []
    return target.found


def relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Identifier -> (kind, target part), for the internal relationships of a part."""
    folder, name = posixpath.split(part)
    found = elements(package, f"{folder}/_rels/{name}.rels".lstrip("/"), "Relationship")
    return {
        attributes.get("Id", ""): (attributes.get("Type", "").rpartition("/")[2], _resolve(folder, attributes))
        for _, attributes in found
        if attributes.get("TargetMode") != "External"
    }


def sealed_parts(package: Package) -> set[str]:
    """Parts, in lower case, that the workbook says are Google Sheets' own opaque metadata."""
    folder, name = posixpath.split(workbook_part(package))
    found = elements(package, f"{folder}/_rels/{name}.rels".lstrip("/"), "Relationship")
    return {_resolve(folder, attributes).lower() for _, attributes in found if attributes.get("Type") == SEALED}


def _resolve(folder: str, attributes: dict[str, str]) -> str:
    target = attributes.get("Target", "").replace("\\", "/")
    return posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")


def workbook_part(package: Package) -> str:
    """The part that the package says is its main document; the usual name where it says nothing."""
    for kind, target in relations(package, "").values():
        if kind == "officeDocument":
            return target
    return "xl/workbook.xml"


def sheets(package: Package) -> list[Sheet]:
    """The sheets that the workbook lists, in its order."""
    part = workbook_part(package)
    targets = relations(package, part)
    found = []
    for _, attributes in elements(package, part, "sheet"):
        identifier = attributes.get(RELATIONSHIP) or attributes.get(STRICT_RELATIONSHIP) or ""
        kind, target = targets.get(identifier, ("worksheet", ""))
        hidden = attributes.get("state", "visible") != "visible"
        found.append(Sheet(name=attributes.get("name", ""), part=target, hidden=hidden, kind=kind))
    return found


def is_worked_out_afresh(package: Package) -> bool:
    """Whether programs work out all formulas when they open the workbook: what it holds as results is not shown."""
    found = elements(package, workbook_part(package), "calcPr")
    return any(attributes.get("fullCalcOnLoad") in {"1", "true"} for _, attributes in found)
