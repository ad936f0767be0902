"""A village's budget, plan against realisation, read from whatever open table has the shape of one.

Source of the words: Permendagri 20/2018 (APBDes: pendapatan, belanja, pembiayaan). Amounts are rupiah. Only lines of
one name or one group are added up: income and spending are never added to each other, nor the two of Pembiayaan.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl
from django.utils import timezone

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.catalogue import place_queries
from lumbung.portal.catalogue.models import Dataset, Distribution
from lumbung.portal.catalogue.shapes_of_tables import BUDGET, plainly_named
from lumbung.portal.design.wording import WIB

SECTION, NAME = "kelompok", "uraian"
MOST_LINES = 24
"""Where a table has more different lines than this in a year, its groups alone are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """One line of one year, in rupiah; None where nothing was entered. `share` is realisation in percent of plan."""

    section: str
    name: str
    planned: float | None
    realised: float | None

    @property
    def share(self) -> float | None:
        """None where there is nothing to compare."""
        return round(100 * self.realised / self.planned, 1) if self.planned and self.realised is not None else None

    @property
    def bar(self) -> int:
        """The length of the bar, at most 100."""
        return min(100, round(self.share or 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetYear:
    """One year; no lines where nothing is published for it. `villages` is how many are in it."""

    year: int
    lines: list[BudgetLine]
    villages: int

    @property
    def sections(self) -> list[BudgetLine]:
        """Each group as one line, where its lines are named; a sum in which something is missing is missing."""
        if not all(line.section and line.name for line in self.lines):
            return []
        names = dict.fromkeys(line.section for line in self.lines)
        grouped = {name: [line for line in self.lines if line.section == name] for name in names}
        return [
            BudgetLine(
                section=name,
                name="",
                planned=_whole([line.planned for line in lines]),
                realised=_whole([line.realised for line in lines]),
            )
            for name, lines in grouped.items()
            if not _runs_both_ways(lines)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Last, this and next year, and the dataset in which they stand."""

    dataset: Dataset
    years: list[BudgetYear]


def budget_of(place: Organisation) -> Budget | None:
    """The budget of a village, or of all villages below a district or a regency in one table; else nothing."""
    if not place.kode:
        return None
    this = timezone.now().astimezone(WIB).year
    for table in place_queries.tables_of_shape(BUDGET, place=place):
        years = _years(table, kode=place.kode, wanted=(this - 1, this, this + 1))
        if any(year.lines for year in years):
            return Budget(dataset=table.release.dataset, years=years)
    return None


def _runs_both_ways(lines: list[BudgetLine]) -> bool:
    """Money that comes in and money that goes out under one name: a sum of both would say nothing."""
    names = [line.name.lower() for line in lines]
    return any("penerimaan" in name for name in names) and any("pengeluaran" in name for name in names)


def _whole(amounts: list[float | None]) -> float | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None


def _years(table: Distribution, *, kode: str, wanted: Iterable[int]) -> list[BudgetYear]:
    named = plainly_named(table)
    if named is None:
        return []
    there = set(named.collect_schema().names())
    code = pl.col("kode_wilayah").cast(pl.String)
    rows = (
        named.filter((code == kode) | code.str.starts_with(f"{kode}."))
        .select(
            code.alias("kode"),
            pl.col("tahun").cast(pl.Int64, strict=False),
            *(_words(name, there).alias(name) for name in (SECTION, NAME)),
            pl.col("anggaran").cast(pl.Float64, strict=False),
            pl.col("realisasi").cast(pl.Float64, strict=False),
        )
        .collect()
    )
    return [_year(rows.filter(pl.col("tahun") == year), year) for year in wanted]


def _words(name: str, there: set[str]) -> pl.Expr:
    return pl.col(name).cast(pl.String).fill_null("") if name in there else pl.lit("")


def _year(rows: pl.DataFrame, year: int) -> BudgetYear:
    by = [SECTION, NAME] if rows[NAME].n_unique() <= MOST_LINES else [SECTION]
    summed = rows.group_by(by, maintain_order=True).agg(_sum("anggaran"), _sum("realisasi")).head(MOST_LINES)
    lines = [
        BudgetLine(section=row[SECTION], name=row.get(NAME, ""), planned=row["anggaran"], realised=row["realisasi"])
        for row in summed.iter_rows(named=True)
    ]
    return BudgetYear(year=year, lines=lines, villages=rows["kode"].n_unique())


def _sum(column: str) -> pl.Expr:
    """Nothing entered is nothing, not nought."""
    return pl.when(pl.col(column).is_not_null().any()).then(pl.col(column).sum()).alias(column)
