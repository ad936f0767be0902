"""The rows of a published table: filtered, searched, sorted and paged over its Parquet file.

Nothing is kept between questions. Only the columns that decide are read for all rows; of the page itself only the
rows that it shows. Sorting is by small letters, nothing last; ties keep the order of the file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from lumbung.portal.catalogue.columns import Column, Role, columns_of

PAGE_SIZES = (25, 50, 100)
MOST_COLUMNS = 100
MOST_FILTERS = 20
LONGEST_CELL = 300
CHUNK_ROWS = 50_000  # a group of rows in the file
CONDITION = re.compile(r"^(>=|<=|>|<|=)?\s*(\S+)$")
SPAN = re.compile(r"^(\S+?)\s*(?:\.\.|–|\bs/d\b)\s*(\S+)$")
GROUPED = re.compile(r"^-?\d{1,3}(\.\d{3})+(,\d+)?$")
NUMBER = re.compile(r"^-?\d{1,15}([.,]\d{1,10})?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of a table. `filters` pair a column's header with what was typed for it; `page` counts from 1."""

    words: str = ""
    order: str = ""
    descending: bool = False
    filters: tuple[tuple[str, str], ...] = ()
    page: int = 1
    size: int = PAGE_SIZES[0]

    @property
    def narrows(self) -> bool:
        """Whether it leaves rows out."""
        return bool(self.words or self.filters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of a table. `rows` pair each cell with its style: "figure", "text", or "plain" for a number that is not
    counted (a year). `found` rows of `total` fit the question; `misread` are the columns whose filter is no number."""

    columns: list[Column]
    styles: list[str]
    rows: list[list[tuple[object, str]]]
    found: int
    total: int
    page: int
    pages: int
    more_columns: int
    misread: list[str]

    @property
    def previous_page(self) -> int | None:
        """The page before this one."""
        return self.page - 1 if self.page > 1 else None

    @property
    def next_page(self) -> int | None:
        """The page after this one."""
        return self.page + 1 if self.page < self.pages else None


def read(path: Path, question: Question) -> Page:
    """The page that is asked for of the Parquet file at `path`; a page beyond the last is the last."""
    table = pl.scan_parquet(path)
    names = table.collect_schema().names()
    columns = columns_of(table.collect_schema())
    conditions, misread = _conditions(question, columns)
    total = int(table.select(pl.len()).collect().item())
    shown = names[:MOST_COLUMNS]
    order = question.order if question.order in names else ""
    places = _places(table, conditions, order, question) if conditions or order else None
    found = total if places is None else len(places)
    pages = max(1, -(-found // question.size))
    page = min(max(question.page, 1), pages)
    first = (page - 1) * question.size
    if places is None:
        cells = table.select(shown).slice(first, question.size).collect()
    else:
        cells = _gathered(table.select(shown), places[first : first + question.size])
    styles = [_style(column, cells[column.name]) for column in columns[: len(shown)]]
    return Page(
        columns=columns[: len(shown)],
        styles=styles,
        rows=[list(zip(map(_short, row), styles, strict=True)) for row in cells.iter_rows()],
        found=found,
        total=total,
        page=page,
        pages=pages,
        more_columns=len(names) - len(shown),
        misread=misread,
    )


def matching(path: Path, question: Question) -> pl.LazyFrame:
    """All rows that fit, in the order of the file, with all columns; nothing is read yet."""
    table = pl.scan_parquet(path)
    conditions, _misread = _conditions(question, columns_of(table.collect_schema()))
    return table.filter(*conditions) if conditions else table


def pieces(path: Path, question: Question) -> Iterator[pl.DataFrame]:
    """The rows that fit, in the order of the file, a piece at a time: a large table never stands in memory whole."""
    table = pl.scan_parquet(path)
    conditions, _misread = _conditions(question, columns_of(table.collect_schema()))
    total = int(table.select(pl.len()).collect().item())
    for first in range(0, max(total, 1), CHUNK_ROWS):
        piece = table.slice(first, CHUNK_ROWS)
        yield (piece.filter(*conditions) if conditions else piece).collect()


def number_of(typed: str) -> float | None:
    """A number as somebody in Indonesia types it: 1.234,5 and 1234,5 and 1234.5 are read; anything else is None."""
    if GROUPED.match(typed):
        return float(typed.replace(".", "").replace(",", "."))
    return float(typed.replace(",", ".")) if NUMBER.match(typed) else None


def _places(table: pl.LazyFrame, conditions: list[pl.Expr], order: str, question: Question) -> pl.Series:
    """The numbers of the rows that fit, in the order that is asked for."""
    place = _free_name(table)
    picked = table.with_row_index(place).filter(*conditions) if conditions else table.with_row_index(place)
    if not order:
        return picked.select(place).collect()[place]
    key = pl.col(order)
    if table.collect_schema()[order] == pl.String:
        key = key.str.to_lowercase()
    sorted_ = picked.select(place, key.alias(f"{place}=")).collect()
    return sorted_.sort(f"{place}=", descending=question.descending, nulls_last=True, maintain_order=True)[place]


def _gathered(table: pl.LazyFrame, places: pl.Series) -> pl.DataFrame:
    """The rows at these numbers, in this order."""
    place = _free_name(table)
    rows = table.with_row_index(place).filter(pl.col(place).is_in(places.implode())).collect()
    return places.alias(place).to_frame().join(rows, on=place, how="left", maintain_order="left").drop(place)


def _free_name(table: pl.LazyFrame) -> str:
    """A column name that the table does not have."""
    return "#" * (1 + max(map(len, table.collect_schema().names()), default=0))


def _conditions(question: Question, columns: list[Column]) -> tuple[list[pl.Expr], list[str]]:
    """What must hold of a row, and the headers of the numeric columns whose filter cannot be read."""
    by_name = {column.name: column for column in columns}
    made, misread = [], []
    for name, typed in question.filters[:MOST_FILTERS]:
        column = by_name.get(name)
        if column is None:
            continue
        condition = _of_number(name, typed) if column.numeric else contains(name, typed)
        if condition is None:
            misread.append(name)
        else:
            made.append(condition)
    made += [matching_word(word, columns) for word in question.words.split()]
    return made, misread


def _of_number(name: str, typed: str) -> pl.Expr | None:
    """`100`, `>100`, `<=1.000,5`, `10..20`; None where it reads as none of these."""
    if span := SPAN.match(typed):
        least, most = number_of(span[1]), number_of(span[2])
        return None if least is None or most is None else pl.col(name).is_between(least, most)
    found = CONDITION.match(typed)
    number = number_of(found[2]) if found else None
    if found is None or number is None:
        return None
    cell = pl.col(name)
    return {">": cell > number, "<": cell < number, ">=": cell >= number, "<=": cell <= number}.get(
        found[1] or "=", cell == number
    )


def contains(name: str, typed: str) -> pl.Expr:
    """The cell holds the text, whatever its letters are, large or small."""
    cell = pl.col(name).cast(pl.String).str  # yes and no, and days, are looked through by their words
    fits = cell.contains_any([typed], ascii_case_insensitive=True)  # half the time of a pattern
    return (fits if typed.isascii() else cell.contains(f"(?i){re.escape(typed)}")).fill_null(value=False)


def matching_word(word: str, columns: list[Column]) -> pl.Expr:
    """The word stands in a text of one of the columns, or is the number of a cell."""
    tests = [contains(column.name, word) for column in columns if not column.numeric]
    number = number_of(word)
    if number is not None:
        tests += [(pl.col(column.name) == number).fill_null(value=False) for column in columns if column.numeric]
    return pl.any_horizontal(tests) if tests else pl.lit(value=False)


def _style(column: Column, cells: pl.Series) -> str:
    """A year is a number, but nobody writes 2.024."""
    if not column.numeric:
        return "text"
    named = column.role in (Role.YEAR, Role.CODE) or re.search(r"\b(tahun|year)\b", column.plain)
    return "plain" if named and cells.drop_nulls().is_between(1000, 2999).all() else "figure"


def _short(cell: object) -> object:
    return f"{cell[:LONGEST_CELL]}…" if isinstance(cell, str) and len(cell) > LONGEST_CELL else cell
