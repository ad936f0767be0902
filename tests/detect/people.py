"""Invented numbers and grids for the tests of detection. Serials 9000-9999, which no office issues."""

import polars as pl

from lumbung.detect import detect
from lumbung.detect.finding import Finding
from lumbung.document import Document, Place, Table


def nik(
    region: str = "330820", *, day: int = 1, month: int = 2, year: int = 1990, woman: bool = False, serial: int = 1
) -> str:
    """A number built as the law says, with a serial from 9000 on."""
    return f"{region}{day + 40 * woman:02d}{month:02d}{year % 100:02d}{9000 + serial % 1000:04d}"


def many(count: int, *, region: str = "330820") -> list[str]:
    """Numbers of residents of both sexes, born between 1930 and 2019."""
    return [
        nik(region, day=1 + i * 7 % 28, month=1 + i * 5 % 12, year=1930 + i * 37 % 90, woman=i * 7 % 13 < 6, serial=i)
        for i in range(count)
    ]


def families(count: int, *, region: str = "330820") -> list[str]:
    """Numbers of family cards, recorded between 1999 and 2020, each held by three people."""
    return [
        nik(region, day=1 + i // 3 * 5 % 28, month=1 + i // 3 * 7 % 12, year=1999 + i // 3 % 22, serial=i // 3)
        for i in range(count)
    ]


def table(rows: list[list[str | None]], **known: object) -> Table:
    """A grid as a reader would hand it over; short rows are filled with empty cells."""
    width = max(len(row) for row in rows)
    letters = [letter(index) for index in range(width)]
    full = [[*row, *[None] * (width - len(row))] for row in rows]
    texts = pl.DataFrame(full, schema=dict.fromkeys(letters, pl.String), orient="row")
    known.setdefault("place", Place(sheet="Sheet1"))
    known.setdefault("numbers", pl.DataFrame())
    return Table(texts=texts, **known)  # type: ignore[arg-type]


def letter(index: int) -> str:
    """The spreadsheet letters of a column, counted from 0."""
    return (letter(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)


def column(values: list[str], *, header: str | None = None) -> Table:
    """A grid of one column beside a column of line numbers without a header."""
    cells = [[value] for value in values]
    return table([[header], *cells] if header else cells)


def found(*tables: Table, evidence: bool = False) -> tuple[Finding, ...]:
    """What detection says of a document with these tables."""
    return detect(Document(sha256="0" * 64, size=1, format="csv", tables=tables), evidence=evidence)


def kinds(*tables: Table) -> list[str]:
    """The kinds found, in order."""
    return [finding.kind for finding in found(*tables)]
