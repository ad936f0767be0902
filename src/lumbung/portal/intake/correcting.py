"""What runs in the confined child when a held table is mended: which columns it has, and the table without some of it.

Imports the gate and rebuild alone, for the child has no business with a database. `file` is a stranger's file, and the
mended table comes back as text: it may still hold persons, so it touches no disk before it is sealed.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, BinaryIO

import polars as pl

from lumbung import gate
from lumbung.document import Document, Table
from lumbung.rebuild import clean_tables
from lumbung.rebuild.formulas import defused
from lumbung.rebuild.header import find_layout
from lumbung.rebuild.visible import visible_cells

MOST_TABLES = 20
MOST_COLUMNS = 120
LONGEST_NAME = 60
LARGEST = 20 << 20  # bytes of the mended table: it comes back through the narrow door of the child


class TooLarge(Exception):
    """The mended table does not fit through the door."""


def look(*, file: BinaryIO, inspection: dict[str, Any]) -> dict[str, Any]:
    """The visible tables: their sheet, rows, and the letter and name of each column. Never a cell of the body.

    `name` is "" where no row of names is certain. Raise gate.NotTheInspectedFile.
    """
    document = gate.contents(file, gate.Inspection.from_dict(inspection))
    return {"tables": [_shape(number, table) for number, table in _visible(document)]}


def mend(
    *, file: BinaryIO, inspection: dict[str, Any], table: int, columns: Sequence[str], rows: Sequence[Sequence[int]]
) -> dict[str, Any]:
    """The table of that number without those columns (letters) and rows (first and last sheet row), as CSV text.

    What is hidden, and the loose lines around the table, stay behind too. `text` is "" where nothing is left. Raise
    gate.NotTheInspectedFile, TooLarge.
    """
    document = gate.contents(file, gate.Inspection.from_dict(inspection))
    chosen = dict(_visible(document)).get(table)
    if chosen is None:
        return {"text": "", "rows": 0, "names": []}
    left = _without(chosen, columns, rows)
    for clean in clean_tables(replace(document, tables=(left,))):
        text = defused(clean.cells).write_csv(line_terminator="\r\n")
        if len(text.encode()) > LARGEST:
            raise TooLarge
        return {"text": text, "rows": clean.cells.height, "names": list(clean.cells.columns)}
    return {"text": "", "rows": 0, "names": []}


def _visible(document: Document) -> list[tuple[int, Table]]:
    """The tables that a person who opens the file sees something of, numbered from one."""
    shown = [table for table in document.tables if visible_cells(table).rows.len()]
    return list(enumerate(shown[:MOST_TABLES], start=1))


def _shape(number: int, table: Table) -> dict[str, Any]:
    visible = visible_cells(table)
    layout = find_layout(visible.cells)
    certain = layout.start > 0
    columns = [
        {"letter": letter, "name": name[:LONGEST_NAME] if certain else ""}
        for letter, name in list(zip(visible.cells.columns, layout.names, strict=True))[:MOST_COLUMNS]
    ]
    return {
        "number": number,
        "part": table.place.part or "",
        "sheet": table.place.sheet or "",
        "rows": layout.stop - layout.start,
        "columns": columns,
    }


def _without(table: Table, columns: Sequence[str], rows: Sequence[Sequence[int]]) -> Table:
    """The table as far as it is seen and wanted; its rows keep their order and lose their numbers."""
    visible = visible_cells(table)
    number = visible.rows.cast(pl.Int64) + table.first_row
    wanted = pl.Series([True] * number.len(), dtype=pl.Boolean)
    for first, last in rows:
        wanted &= ~number.is_between(first, last)
    positions = visible.rows.filter(wanted)
    letters = [letter for letter in visible.cells.columns if letter not in columns]
    numbered = [letter for letter in letters if letter in table.numbers.columns]
    return replace(
        table,
        texts=visible.cells.filter(wanted).select(letters),
        numbers=table.numbers.select(pl.col(numbered).gather(positions)) if numbered else pl.DataFrame(),
        first_row=1,
        hidden_rows=frozenset(),
        hidden_columns=frozenset(),
        layer=None,
    )
