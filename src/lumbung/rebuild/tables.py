"""Every visible table of a document, written as files that hold what was inspected and nothing beside it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import file_digest
from pathlib import Path

import polars as pl

from lumbung.document import Document, Geometry, Table
from lumbung.rebuild.columns import kept_by_file, typed, writes_grouped
from lumbung.rebuild.formats import WRITERS, fits_a_sheet
from lumbung.rebuild.geodata import with_positions, write_geojson
from lumbung.rebuild.header import find_layout, first_row_layout
from lumbung.rebuild.visible import VisibleCells, visible_cells

NOT_LOCATED = "Petanya tidak ikut: sistem koordinat berkas ini tidak dikenal."


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


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanTable:
    """A visible table with its names found and its numbers as numbers. `notes` are the loose lines around it.

    A table of map features has one of `geometries` for each row; any other has none.
    """

    sheet: str
    cells: pl.DataFrame
    notes: tuple[str, ...]
    geometries: tuple[Geometry | None, ...] = ()


def write_tables(document: Document, *, folder: Path) -> list[Written]:
    """Write each visible table with data as CSV, XLSX, JSON and Parquet, named `tabel-1.csv` and so on.

    Map features are written as GeoJSON before that, and where they are points, with their positions in two columns.
    Hidden sheets, rows and columns do not travel. A table that no sheet of XLSX can hold whole is left out in that
    format. Only `document`'s cells are used; its passages are not. `folder` must exist. Raise OSError where the disk
    refuses.
    """
    written: list[Written] = []
    for position, table in enumerate(clean_tables(document), 1):
        if table.geometries:
            path = folder / f"tabel-{position}.geojson"
            write_geojson(table.cells, table.geometries, path)
            written.append(_as_written(path, table, format_="geojson"))
            table = replace(table, cells=with_positions(table.cells, table.geometries))
        for format_, write in WRITERS.items():
            if format_ != "xlsx" or fits_a_sheet(table.cells):
                path = folder / f"tabel-{position}.{format_}"
                write(table.cells, path)
                written.append(_as_written(path, table, format_=format_))
    return written


def clean_tables(document: Document) -> Iterator[CleanTable]:
    """Each visible table with data, as it would be written."""
    for table in document.tables:
        visible = visible_cells(table)
        layout = first_row_layout(visible.cells) if _names_first(table, visible) else find_layout(visible.cells)
        body = slice(layout.start, layout.stop)
        if layout.stop > layout.start:
            named = [
                (column[body].alias(name), _stored(table, column.name, visible.rows[body]))
                for column, name in zip(visible.cells, layout.names, strict=True)
            ]
            grouped = writes_grouped(column for column, stored in named if not kept_by_file(column, stored))
            cells = pl.DataFrame([typed(column, stored=stored, grouped=grouped) for column, stored in named])
            lost = (NOT_LOCATED,) if table.layer and not table.layer.located else ()
            yield CleanTable(
                sheet=table.place.sheet or "",
                cells=cells,
                notes=(*layout.notes, *lost),
                geometries=_geometries(table, visible.rows[body]),
            )


def _names_first(table: Table, visible: VisibleCells) -> bool:
    return table.layer is not None and visible.rows.len() > 0 and visible.rows[0] == 0


def _geometries(table: Table, rows: pl.Series) -> tuple[Geometry | None, ...]:
    """Those of the rows, where the map is known to lie on the earth."""
    if table.layer is None or not table.layer.located:
        return ()
    return tuple(table.layer.geometries[row] for row in rows)


def _stored(table: Table, letter: str, rows: pl.Series) -> pl.Series | None:
    return table.numbers[letter].gather(rows) if letter in table.numbers.columns else None


def _as_written(path: Path, table: CleanTable, *, format_: str) -> Written:
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return Written(
        format=format_,
        sheet=table.sheet,
        path=path,
        size=path.stat().st_size,
        sha256=digest,
        rows=table.cells.height,
        columns=table.cells.width,
        headers=tuple(table.cells.columns),
        notes=table.notes,
    )
