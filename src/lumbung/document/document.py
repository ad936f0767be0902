"""A file as it lies open on the table: its tables, its loose text, and what could not be read."""

from dataclasses import dataclass

import polars as pl

from lumbung.document.geometry import Layer
from lumbung.document.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A grid of cells exactly as it lies on the sheet: title rows, header rows and blanks are all still in it.

    `texts` has one String column per sheet column, named by spreadsheet letter ("A", "B", ...); null is an empty cell.
    `numbers` has a Float64 column, of the same name and height, for each column in which the file stored at least one
    cell as a number (null where the cell was not one); a format without native numbers (CSV) has no such column.
    `texts` always holds the number too, written with all the digits that the file kept.
    `first_row` is the sheet's own number of the grid's first row. Hidden rows are sheet row numbers. A table of map
    features has a `layer`: its first row names the properties, and every other row is one feature.
    """

    place: Place
    texts: pl.DataFrame
    numbers: pl.DataFrame
    first_row: int = 1
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[str] = frozenset()
    layer: Layer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Loose text: a comment, a document property, a sheet name, or the raw text swept from a part nobody knows.

    `swept` says that the text is raw (XML or bytes), to be searched for identifiers only, not for prose.
    """

    place: Place
    text: str
    swept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A part that is present and was not wholly read. `why` is a kebab-case code: "encrypted", "too-large", ..."""

    place: Place
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Parts and bytes that are present in a file, unpacked, files inside it included; and how many of them were read.

    A part that is named unread counts as not read, though some of it may have been.
    """

    parts: int = 0
    parts_read: int = 0
    bytes: int = 0
    bytes_read: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole file, opened. `format` is what the bytes are ("xlsx", "csv", ...), not what the name says."""

    sha256: str
    size: int
    format: str
    tables: tuple[Table, ...] = ()
    passages: tuple[Passage, ...] = ()
    unread: tuple[Unread, ...] = ()
    coverage: Coverage = Coverage()
