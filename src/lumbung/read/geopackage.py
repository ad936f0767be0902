"""GeoPackage and SpatiaLite: a SQLite database whose tables of features are layers, everything else as in `sqlite`.

Sources: OGC 12-128r18 (GeoPackage 1.3), SpatiaLite. A column is geometry where its blobs are; what wraps itself as a
geometry and is not wholly one is looked into like any other blob. Tables of the format itself are hidden.
"""

import struct
from dataclasses import dataclass, field, replace

import polars as pl

from lumbung.document import Geometry, Place, Table
from lumbung.read.features import Surveyor, with_layer
from lumbung.read.harvest import Harvest
from lumbung.read.letters import letters
from lumbung.read.reference_system import of_code
from lumbung.read.sqlite import harvest_database
from lumbung.read.sweep import text_of_bytes
from lumbung.read.wkb import Blob, NoGeometry, geometry_of

SPELLED = "geometri"
SYSTEM = ("gpkg_", "rtree_", "sqlite_")  # tables that a program keeps for itself
ODD_ROWID = 10**9
CELL = 24  # bytes: a row number and four bounds


@dataclass(slots=True)
class Speller:
    """Gives a blob that is a geometry a token in its cell, and keeps the geometry under it."""

    surveyor: Surveyor = field(default_factory=Surveyor)
    blobs: list[Blob] = field(default_factory=list)
    columns: set[tuple[str, str]] = field(default_factory=set)

    def spell(self, table: str, column: str, blob: bytes) -> str | None:
        """The token; the text of a node of a spatial index; None for any other blob."""
        if table.startswith("rtree_") and table.endswith("_node") and (len(blob) - 4) % CELL == 0:
            return _of_index(blob)
        try:
            found = geometry_of(blob, self.surveyor)
        except NoGeometry:
            return None
        self.blobs.append(found)
        self.columns.add((table, column))
        return f"{SPELLED} {len(self.blobs)}"


def harvest_geopackage(harvest: Harvest, data: bytes, *, prefix: str = "") -> str:
    """As `harvest_database`; a table with a column of geometries comes out as a layer without that column."""
    speller, before = Speller(), len(harvest.tables)
    kind = harvest_database(harvest, data, prefix=prefix, spell=speller.spell)
    harvest.say(speller.surveyor.passages(Place(part=prefix + "(koordinat)")))
    if not speller.columns:
        return kind
    harvest.tables[before:] = [_layered(table, speller) for table in harvest.tables[before:]]
    return "geopackage"


def _layered(table: Table, speller: Speller) -> Table:
    """The table without its first column of geometries, which lie beside it; of a second one the tokens stay."""
    header = dict(zip(table.texts.columns, table.texts.row(0), strict=True)) if table.texts.height else {}
    column = next((key for key, name in header.items() if (table.place.sheet or "", name) in speller.columns), None)
    if column is None or table.texts.width < 2:
        own = (table.place.sheet or "").startswith(SYSTEM)
        return replace(table, place=table.place.but(hidden=True)) if own else table
    found = [_found(token, speller) for token in table.texts[column][1:]]
    systems = {blob.system for blob in found if blob and blob.geometry}
    located = of_code(systems.pop()) if len(systems) == 1 else None
    geometries: list[Geometry | None] = [blob.geometry if blob else None for blob in found]
    return with_layer(_without(table, column), geometries, located)


def _of_index(blob: bytes) -> str:
    """What a node of an R-tree says: its text, if it has any, and row numbers that no table counts to."""
    rows = (struct.unpack(">q", blob[at : at + 8])[0] for at in range(4, len(blob), CELL))
    return "\n".join(["indeks", text_of_bytes(blob), *(str(row) for row in rows if abs(row) >= ODD_ROWID)])


def _found(token: str | None, speller: Speller) -> Blob | None:
    number = (token or "").removeprefix(f"{SPELLED} ")
    return speller.blobs[int(number) - 1] if number.isdecimal() and 0 < int(number) <= len(speller.blobs) else None


def _without(table: Table, column: str) -> Table:
    """The table without a column, the letters of the others moved up."""
    kept = [name for name in table.texts.columns if name != column]
    renamed = dict(zip(kept, letters(len(kept)), strict=True))
    numbers = [name for name in kept if name in table.numbers.columns]
    return replace(
        table,
        texts=table.texts.select(kept).rename(renamed),
        numbers=table.numbers.select(numbers).rename({name: renamed[name] for name in numbers})
        if numbers
        else pl.DataFrame(),
    )
