"""What a village has to offer (potensi desa), read from whatever open table has that shape."""

from dataclasses import dataclass

import polars as pl

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.catalogue import place_queries
from lumbung.portal.catalogue.models import Dataset, Distribution
from lumbung.portal.catalogue.shapes_of_tables import OFFERS, plainly_named

NAMES = ("nama_potensi", "potensi", "nama")
KINDS = ("jenis", "kategori", "kelompok")
WORDS = ("uraian", "keterangan", "deskripsi")
MOST_OFFERS = 40
LONGEST_WORDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One thing the village has: its kind, its name, and a word about it."""

    kind: str
    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """What there is, and the dataset in which it stands; `more` is how many are not shown."""

    dataset: Dataset
    listed: list[Offer]
    more: int


def offers_of(village: Organisation) -> Offers | None:
    """What an open table says of the village; nothing where none does."""
    if not village.kode:
        return None
    for table in place_queries.tables_of_shape(OFFERS, place=village):
        rows = _rows(table, kode=village.kode)
        if rows:
            shown = rows[:MOST_OFFERS]
            return Offers(dataset=table.release.dataset, listed=shown, more=len(rows) - len(shown))
    return None


def _rows(table: Distribution, *, kode: str) -> list[Offer]:
    named = plainly_named(table)
    if named is None:
        return []
    there = set(named.collect_schema().names())
    columns = [_column(choice, there) for choice in (KINDS, NAMES, WORDS)]
    rows = named.filter(pl.col("kode_wilayah").cast(pl.String) == kode).select(columns).collect()
    return [Offer(kind=kind, name=name, words=words[:LONGEST_WORDS]) for kind, name, words in rows.iter_rows() if name]


def _column(choice: tuple[str, ...], there: set[str]) -> pl.Expr:
    found = next((name for name in choice if name in there), None)
    column = pl.col(found).cast(pl.String).fill_null("") if found else pl.lit("")
    return column.alias(choice[0])
