"""Sheets to an OpenDocument spreadsheet (OASIS ODF 1.2), the least of it that LibreOffice would open."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from lumbung.invent.sheet import Cell, Row, Sheet

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
WRITTEN = (2024, 1, 2, 8, 0, 0)  # the same rows give the same bytes
NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
)
HIDDEN_STYLE = (
    '<office:automatic-styles><style:style style:name="hidden" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
)
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def ods_bytes(sheets: Sequence[Sheet]) -> bytes:
    """The whole file. Numbers are floats, dates are dates; hidden sheets, rows and columns are marked so."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(zipfile.ZipInfo("mimetype", WRITTEN), MIMETYPE, zipfile.ZIP_STORED)
        package.writestr(zipfile.ZipInfo("content.xml", WRITTEN), _content(sheets), zipfile.ZIP_DEFLATED)
        package.writestr(zipfile.ZipInfo("META-INF/manifest.xml", WRITTEN), MANIFEST, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _content(sheets: Sequence[Sheet]) -> str:
    tables = "".join(_table(part) for part in sheets)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMESPACES} office:version="1.2">'
        f"{HIDDEN_STYLE}<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )


def _table(part: Sheet) -> str:
    style = ' table:style-name="hidden"' if part.hidden else ""
    width = max(len(row) for row in part.rows)
    columns = "".join(f"<table:table-column{_visibility(index in part.hidden_columns)}/>" for index in range(width))
    rows = "".join(_row(row, hidden=number in part.hidden_rows) for number, row in enumerate(part.rows))
    return f"<table:table table:name={quoteattr(part.name)}{style}>{columns}{rows}</table:table>"


def _row(row: Row, *, hidden: bool) -> str:
    cells = "".join(map(_cell, row)) or "<table:table-cell/>"
    return f"<table:table-row{_visibility(hidden)}>{cells}</table:table-row>"


def _visibility(hidden: bool) -> str:
    return ' table:visibility="collapse"' if hidden else ""


def _cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
    if isinstance(cell, date):
        attributes = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
        return f"<table:table-cell {attributes}><text:p>{cell:%d/%m/%Y}</text:p></table:table-cell>"
    number = repr(float(cell))
    return (
        f'<table:table-cell office:value-type="float" office:value="{number}"><text:p>{cell}</text:p>'
        "</table:table-cell>"
    )
