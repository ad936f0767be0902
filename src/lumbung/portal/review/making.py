"""What runs in the confined child: an inspected file is opened again and what may be published of it is written anew.

Imports the gate and rebuild alone, for the child has no business with a database. `file` is a stranger's file.
"""

from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from lumbung import gate
from lumbung.rebuild import CleanTable, clean_tables, write_image, write_pdf, write_tables

PREVIEW_ROWS = 20
PREVIEW_COLUMNS = 100
PREVIEW_TABLES = 5
PREVIEW_CELL = 300
PICTURES = frozenset({"png", "jpeg", "gif", "bmp", "tiff", "webp"})


def make(*, file: BinaryIO, inspection: dict[str, Any], folder: str) -> dict[str, Any]:
    """Write what may be published into `folder`; say which files, and the format they came from.

    A PDF gives a bare PDF, a picture bare pixels, anything else its tables. Raise gate.NotTheInspectedFile,
    Unwritable.
    """
    document = gate.contents(file, gate.Inspection.from_dict(inspection))
    if document.format == "pdf":
        written = [write_pdf(file, folder=Path(folder))]
    elif document.format in PICTURES:
        written = [write_image(file, folder=Path(folder))]
    else:
        written = write_tables(document, folder=Path(folder))
    return {"format": document.format, "files": [{**asdict(one), "path": one.path.name} for one in written]}


def look(*, file: BinaryIO, inspection: dict[str, Any]) -> dict[str, Any]:
    """What would be published, for the reviewer's screen alone; nothing is written.

    `sheet` is "pdf", "picture", or "" where `tables` hold the first rows of each clean table.
    """
    document = gate.contents(file, gate.Inspection.from_dict(inspection))
    sheet = "picture" if document.format in PICTURES else "pdf" if document.format == "pdf" else ""
    shown = [] if sheet else list(clean_tables(document))[:PREVIEW_TABLES]
    return {"sheet": sheet, "tables": list(map(_first_rows, shown))}


def _first_rows(table: CleanTable) -> dict[str, Any]:
    shown = table.cells[:PREVIEW_ROWS, :PREVIEW_COLUMNS]
    return {
        "sheet": table.sheet,
        "notes": [note[:PREVIEW_CELL] for note in table.notes],
        "total": table.cells.height,
        "more_columns": table.cells.width - shown.width,
        "heads": [[column.name, "figure" if column.dtype.is_numeric() else "text"] for column in shown],
        "rows": [list(map(_short, row)) for row in shown.rows()],
        "mapped": sum(geometry is not None for geometry in table.geometries),
    }


def _short(cell: object) -> object:
    return cell[:PREVIEW_CELL] if isinstance(cell, str) else cell
