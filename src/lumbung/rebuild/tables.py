"""Every visible table of a document, written as files that hold what was inspected and nothing beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

import polars as pl

from lumbung.document import Document, Table
from lumbung.rebuild.columns import typed
from lumbung.rebuild.formats import WRITERS, fits_a_sheet
from lumbung.rebuild.header import find_layout
from lumbung.rebuild.visible import visible_cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One file as it was written. `notes` are the loose lines above and below the table; they are in no file."""

    format: str
    sheet: str
    path: Path
    size: int
    sha256: str
    rows: int
    columns: int
    headers: tuple[str, ...]
    notes: tuple[str, ...]


def write_tables(document: Document, *, folder: Path) -> list[Written]:
    """Write each visible table with data as CSV, XLSX, JSON and Parquet, named `tabel-1.csv` and so on.

    Hidden sheets, rows and columns do not travel. A table that no sheet of XLSX can hold whole is left out in that
    format. Only `document`'s cells are used; its passages are not. `folder` must exist. Raise OSError where the disk
    refuses.
    """
    written: list[Written] = []
    for position, (sheet, table, notes) in enumerate(_tables(document), 1):
        for format_, write in WRITERS.items():
            if format_ != "xlsx" or fits_a_sheet(table):
                path = folder / f"tabel-{position}.{format_}"
                write(table, path)
                written.append(_as_written(path, table, format_=format_, sheet=sheet, notes=notes))
    return written


def _tables(document: Document) -> Iterator[tuple[str, pl.DataFrame, tuple[str, ...]]]:
    for table in document.tables:
        visible = visible_cells(table)
        layout = find_layout(visible.cells)
        body = slice(layout.start, layout.stop)
        if layout.stop > layout.start:
            named = [
                typed(column[body].alias(name), stored=_stored(table, column.name, visible.rows[body]))
                for column, name in zip(visible.cells, layout.names, strict=True)
            ]
            yield table.place.sheet or "", pl.DataFrame(named), layout.notes


def _stored(table: Table, letter: str, rows: pl.Series) -> pl.Series | None:
    return table.numbers[letter].gather(rows) if letter in table.numbers.columns else None


def _as_written(path: Path, table: pl.DataFrame, *, format_: str, sheet: str, notes: tuple[str, ...]) -> Written:
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return Written(
        format=format_,
        sheet=sheet,
        path=path,
        size=path.stat().st_size,
        sha256=digest,
        rows=table.height,
        columns=table.width,
        headers=tuple(table.columns),
        notes=notes,
    )
