"""What runs in the confined child: an inspected file is opened again and its tables are written anew.

Imports the gate and rebuild alone, for the child has no business with a database. `file` is a stranger's file.
"""

from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from lumbung import gate
from lumbung.rebuild import clean_tables, write_tables

PREVIEW_ROWS = 20
PREVIEW_COLUMNS = 100
PREVIEW_TABLES = 5
PREVIEW_CELL = 300


def make(*, file: BinaryIO, inspection: dict[str, Any], folder: str) -> list[dict[str, Any]]:
    """Write the clean files into `folder`, and say which. Raise gate.NotTheInspectedFile."""
    document = gate.contents(file, gate.Inspection.from_dict(inspection))
    written = write_tables(document, folder=Path(folder))
    return [{**asdict(one), "path": one.path.name} for one in written]


def look(*, file: BinaryIO, inspection: dict[str, Any]) -> list[dict[str, Any]]:
    """The first rows of each clean table, for the reviewer's screen alone; nothing is written."""
    document = gate.contents(file, gate.Inspection.from_dict(inspection))
    tables = []
    for table in list(clean_tables(document))[:PREVIEW_TABLES]:
        shown = table.cells[:PREVIEW_ROWS, :PREVIEW_COLUMNS]
        tables.append(
            {
                "sheet": table.sheet,
                "notes": [note[:PREVIEW_CELL] for note in table.notes],
                "total": table.cells.height,
                "more_columns": table.cells.width - shown.width,
                "heads": [[column.name, "figure" if column.dtype.is_numeric() else "text"] for column in shown],
                "rows": [list(map(_short, row)) for row in shown.rows()],
            }
        )
    return tables


def _short(cell: object) -> object:
    return cell[:PREVIEW_CELL] if isinstance(cell, str) else cell
