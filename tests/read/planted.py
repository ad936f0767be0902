"""Packages written part by part, so that a test can plant a number in any place of them."""

import io
import struct
import zipfile
from collections.abc import Mapping

from lumbung.document import Document, Passage, Table
from lumbung.read import read

NIK = "3308200102999001"  # an invented serial that no office issues
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET = "xl/worksheets/sheet1.xml"
WORKBOOK = "xl/workbook.xml"
STRINGS = "xl/sharedStrings.xml"
ONE_CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'


def worksheet(rows: str = ONE_CELL, *, before: str = "", after: str = "") -> str:
    """A worksheet part around these rows."""
    return f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATION}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def workbook_part(sheets: str = '<sheet name="Data" sheetId="1" r:id="rId1"/>', *, after: str = "") -> str:
    """A workbook part that lists these sheets."""
    return f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets>{sheets}</sheets>{after}</workbook>'


def relations(*entries: tuple[str, str, str]) -> str:
    """A relationships part: identifier, kind, target."""
    lines = "".join(f'<Relationship Id="{i}" Type="{RELATION}/{kind}" Target="{to}"/>' for i, kind, to in entries)
    return f'<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def parts(changed: Mapping[str, str | bytes] | None = None) -> dict[str, str | bytes]:
    """A small sound workbook, with some parts changed or added."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        WORKBOOK: workbook_part(),
        "xl/_rels/workbook.xml.rels": relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId9", "sharedStrings", "sharedStrings.xml")
        ),
        STRINGS: f'<sst xmlns="{MAIN}"><si><t>satu</t></si></sst>',
        SHEET: worksheet(),
        **(changed or {}),
    }


def package(changed: Mapping[str, str | bytes] | None = None) -> bytes:
    """The workbook as a ZIP archive."""
    return zipped(parts(changed))


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """An archive of these members, in this order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def struck(data: bytes, name: str) -> bytes:
    """The archive with one member struck from its directory; the member's own bytes stay where they are."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        kept = [entry for entry in archive.infolist() if entry.filename != name]
        start = archive.start_dir
    directory = io.BytesIO()
    with zipfile.ZipFile(directory, "w") as archive:
        archive.filelist = kept
        archive.start_dir = 0
        archive._didModify = True
    listing = directory.getvalue()
    end = listing.rfind(b"PK\5\6")
    size = end
    tail = listing[end : end + 12] + struct.pack("<II", size, start) + listing[end + 20 :]
    return data[:start] + listing[:end] + tail


def opened(data: bytes) -> Document:
    """The document that these bytes are."""
    return read(io.BytesIO(data), name="berkas.xlsx")


def tables_with(document: Document, text: str = NIK) -> list[Table]:
    """Tables in which a cell holds the text."""
    return [
        table
        for table in document.tables
        if any(column.str.contains(text, literal=True).any() for column in table.texts)
    ]


def passages_with(document: Document, text: str = NIK) -> list[Passage]:
    """Passages that hold the text."""
    return [passage for passage in document.passages if text in passage.text]
