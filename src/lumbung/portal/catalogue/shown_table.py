"""The table as the page of a dataset shows it: the rows, and an address for everything one can do with them."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from django.http import HttpRequest, QueryDict

from lumbung.portal.catalogue import asking, places, rows, shelf
from lumbung.portal.catalogue.column_words import Words, words_of_release
from lumbung.portal.catalogue.columns import Column, columns_of, has_region_codes, told
from lumbung.portal.catalogue.models import Dataset, Distribution, Release

WITHOUT_ROWS = ("pdf", "png", "jpg")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A column's head: `sorted` is "ascending", "descending" or "" as a screen reader is told; `typed` its filter.

    `unit` is the one that was written for it, "" where its header alone may name one.
    """

    column: Column
    style: str
    sorted: str
    query: str
    typed: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One thing that narrows the table, and the address without it."""

    label: str
    typed: str
    query: str


def tables_of(release: Release | None) -> list[Distribution]:
    """The tables of a release that stand where they should, in their order."""
    parquet = Distribution.objects.filter(release=release, format="parquet")
    return [table for table in parquet if shelf.stands(table)]


def table_of(request: HttpRequest, shown: Dataset, release: Release | None) -> dict[str, object]:
    """The chosen table of the release and the chosen page of it, for the templates."""
    tables = tables_of(release)
    if not tables:
        return {"tables": [], "table": None, "preview": None, "sheet": _sheet(release)}
    query = request.GET
    chosen = min(asking.number(query, "tabel"), len(tables))
    question = asking.question(query)
    page = rows.read(shelf.path_of(tables[chosen - 1]), question)
    heads = _heads(query, question, page, words_of_release(release))
    return {
        "tables": [(table, asking.changed(QueryDict(), {"tabel": at})) for at, table in enumerate(tables, start=1)],
        "chosen": chosen,
        "table": tables[chosen - 1],
        "preview": page,
        "question": question,
        "heads": heads,
        "explained": [head.column for head in heads if head.column.meaning],
        "chips": _chips(query, question),
        "all_rows": asking.changed(QueryDict(), {"tabel": chosen if chosen > 1 else None}),
        "pages": _pages(query, page),
        "sizes": [(size, asking.changed(query, {"baris": size, "halaman": None})) for size in rows.PAGE_SIZES],
        "carried": asking.hidden(query, without=("q", "halaman", asking.FILTER)),
        "same_question": asking.changed(query, {}),
    }


def columns_told(release: Release | None) -> list[Column]:
    """The columns of the release's first table with what was written about them; none where it has no table."""
    tables = tables_of(release)[:1]
    return [one for table in tables for one in told(columns_of_file(table), words_of_release(release))]


def columns_of_file(table: Distribution) -> list[Column]:
    """The columns of a table on the shelf."""
    return columns_of(pl.scan_parquet(shelf.path_of(table)).collect_schema())


def map_of(table: Distribution, drawn: Distribution | None) -> dict[str, object]:
    """Whether there is a map (`mapped`), of points as large as a figure (`sized`), without borders (`borderless`)."""
    columns = columns_of_file(table)
    if drawn is not None:
        fits = drawn.size <= places.LARGEST_FILE
        return {"mapped": fits, "too_large_for_map": not fits, "geojson": drawn}
    if places.positions_of(columns) is not None:
        return {"mapped": True}
    coded = has_region_codes(columns)
    placed = coded and table.rows <= places.MOST_FEATURES and places.tells_of_villages(shelf.path_of(table))
    return {"mapped": placed, "sized": places.sized_by(columns) if placed else "", "borderless": coded}


def _sheet(release: Release | None) -> Distribution | None:
    """The PDF or the picture that the release consists of."""
    latest = Distribution.objects.filter(release=release, format__in=WITHOUT_ROWS).first()
    return latest if latest and shelf.stands(latest) else None


def _heads(query: QueryDict, question: rows.Question, page: rows.Page, words: Words) -> list[Head]:
    """A first click sorts upwards, the next downwards, the third not at all."""
    typed = dict(question.filters)
    heads = []
    for column, style in zip(told(page.columns, words), page.styles, strict=True):
        mine = question.order == column.name
        now = ("descending" if question.descending else "ascending") if mine else ""
        order = None if now == "descending" else column.name
        direction = asking.DESCENDING if now == "ascending" else None
        to = asking.changed(query, {"urut": order, "arah": direction, "halaman": None})
        unit = words[column.name].unit if column.name in words else ""
        known = typed.get(column.name, "")
        heads.append(Head(column=column, style=style, sorted=now, query=to, typed=known, unit=unit))
    return heads


def _chips(query: QueryDict, question: rows.Question) -> list[Chip]:
    narrowing: Sequence[tuple[str, str, str]] = [
        (asking.FILTER + name, name, typed) for name, typed in question.filters
    ]
    if question.words:
        narrowing = [("q", "", question.words), *narrowing]
    return [
        Chip(label=label, typed=typed, query=asking.changed(query, {key: None, "halaman": None}))
        for key, label, typed in narrowing
    ]


def _pages(query: QueryDict, page: rows.Page) -> dict[str, str]:
    """Addresses of the pages around this one; "" where there is none."""

    def to(number: int | None) -> str:
        return asking.changed(query, {"halaman": number if number != 1 else None}) if number else ""

    return {
        "first": to(1) if page.page > 2 else "",
        "previous": to(page.previous_page),
        "next": to(page.next_page),
        "last": to(page.pages) if page.page < page.pages - 1 else "",
    }
