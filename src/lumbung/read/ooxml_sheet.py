"""One worksheet of an .xlsx package into Tables: fastexcel for the cells, the part's own XML for everything else.

Where grid and XML do not agree about how many cells there are, the exact reader reads the sheet again.
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from zipfile import ZipInfo

import fastexcel
import polars as pl
import pyarrow as pa

from lumbung.document import Passage, Place, Table
from lumbung.read.letters import letter
from lumbung.read.limits import Limits
from lumbung.read.ooxml_plain import Extent, Plain, declared_extent, whole_rows, without_plain_cells
from lumbung.read.ooxml_rest import Rest
from lumbung.read.ooxml_types import Types
from lumbung.read.package import Package
from lumbung.read.sweep import parse
from lumbung.read.unreadable import Unreadable

SPARSE = 4_000_000  # a grid up to this many cells is cheap however empty it is
EMPTIEST = 8  # cells of grid for one cell of XML, above that size
BIG = 4 * 2**20
WIDE, LOW = 500, 100  # columns and rows: of such a sheet each column costs more than its cells


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetParts:
    """What one worksheet part gave. `formulas` has the cells of formulas, `results` and `zeros` the formulas of cells
    that hold no result, or 0."""

    tables: tuple[Table, ...]
    passages: tuple[Passage, ...]
    formulas: dict[str, str]
    results: dict[str, str]
    zeros: dict[str, str]


def extent(package: Package, entry: ZipInfo) -> Extent:
    """How far the sheet reaches. Raises as `Package.pieces`.

    A big sheet is taken at its word: one that lies about it makes fastexcel ask for more memory than the child process
    is given, and is held for that.
    """
    found = Extent()
    for piece in whole_rows(package.pieces(entry)):
        declared = declared_extent(piece)
        if declared and not found.cells and entry.file_size > BIG and declared.rows * declared.width < entry.file_size:
            return declared
        found.take(piece)
    return found


def fits_grid(found: Extent, limits: Limits) -> bool:
    """Whether a dense grid of this sheet is worth its memory. Raise Unreadable("too-large") for too many cells."""
    if found.cells > limits.cells:
        raise Unreadable("too-large")
    if found.width > WIDE and found.rows < LOW:
        return False
    box = found.rows * found.width
    return found.cells > 0 and box <= limits.cells and box <= max(SPARSE, EMPTIEST * found.cells)


def grid(reader: fastexcel.ExcelReader, name: str) -> pl.DataFrame:
    """All cells as texts, from the sheet's first row on. Raises fastexcel's own errors."""
    batch: pa.RecordBatch = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string", eager=True)
    frame = pl.from_arrow(batch)
    assert isinstance(frame, pl.DataFrame)
    return frame


def read_fast(package: Package, entry: ZipInfo, *, place: Place, loading: "Future[pl.DataFrame]") -> SheetParts | None:
    """The grid and the rest of the part, or None where they do not agree and the exact reader must be asked.

    Raises NotXml and Broken for the part, and what `loading` raises.
    """
    rest, plain = Rest(), Plain()
    parse(without_plain_cells(whole_rows(package.pieces(entry)), plain), rest)
    texts = loading.result()
    filled = texts.height * texts.width - sum(texts.null_count().row(0)) if texts.width else 0
    least = plain.values + rest.surely
    if not least <= filled <= least + rest.perhaps:
        return None
    if texts.width == 0:
        return _parts((), rest.passages(place), rest)
    texts = texts.rename(dict(zip(texts.columns, _letters(min(plain.first, rest.first), texts.width), strict=True)))
    found = Types(package, entry, texts, plain).numbers()
    if found is None:
        return None
    table = _trimmed(*found, place, rest)
    return _parts((table,), rest.passages(place), rest)


def read_exactly(
    package: Package,
    entry: ZipInfo,
    *,
    place: Place,
    string: Callable[[str], str],
    date: Callable[[str, float], str | None],
) -> SheetParts:
    """Every cell by a parser, one by one: slow, sparse and sure. Raises NotXml and Broken."""
    rest = Rest(string, date)
    parse(package.pieces(entry), rest)
    tables = rest.cells.tables(place, hidden_rows=frozenset(rest.hidden_rows), hidden_columns=rest.hidden_letters())
    return _parts(tables, (*rest.cells.doubles(place), *rest.passages(place)), rest)


def _parts(tables: tuple[Table, ...], passages: tuple[Passage, ...], rest: Rest) -> SheetParts:
    return SheetParts(tables=tables, passages=passages, formulas=rest.formulas, results=rest.results, zeros=rest.zeros)


def _letters(first: int, width: int) -> list[str]:
    return [letter(index) for index in range(first, first + width)]


def _trimmed(texts: pl.DataFrame, numbers: pl.DataFrame, place: Place, rest: Rest) -> Table:
    """Without the empty rows above the first cell, which the sheet has and the grid would only carry along."""
    empty = min((_leading_nulls(texts[name]) for name in texts.columns), default=0)
    return Table(
        place=place,
        texts=texts.slice(empty),
        numbers=numbers.slice(empty),
        first_row=empty + 1,
        hidden_rows=frozenset(row for row in rest.hidden_rows if empty < row <= texts.height),
        hidden_columns=rest.hidden_letters() & set(texts.columns),
    )


def _leading_nulls(column: pl.Series) -> int:
    if column.null_count() == 0:
        return 0
    first = column.is_not_null().arg_max()
    return column.len() if first is None or column[first] is None else first
