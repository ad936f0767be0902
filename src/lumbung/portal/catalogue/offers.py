"""What a village has to offer (potensi desa), read from whatever open table has that shape."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
from django.utils.translation import gettext as _

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.catalogue import place_queries
from lumbung.portal.catalogue.models import Dataset, Distribution
from lumbung.portal.catalogue.shapes_of_tables import OFFERS, plainly_named
from lumbung.portal.design import wording

NAMES = ("nama_potensi", "potensi", "nama")
KINDS = ("jenis", "kategori", "kelompok")
WORDS = ("uraian", "keterangan", "deskripsi")
MUCH = ("volume", "satuan", "unit_usaha", "pemasaran")
"""Columns of Lumbung's own blank, which are read as a sentence where nothing is said in words."""
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
    columns += [pl.col(one) for one in MUCH if one in there]
    mine = named.filter(pl.col("kode_wilayah").cast(pl.String) == kode)
    if "tahun" in there:
        mine = mine.filter(pl.col("tahun").eq_missing(pl.col("tahun").max()))  # where no year is told, all of them
    rows = mine.select(columns).collect().iter_rows(named=True)
    return [
        Offer(kind=row[KINDS[0]], name=row[NAMES[0]], words=row[WORDS[0]][:LONGEST_WORDS] or _how_much(row))
        for row in rows
        if row[NAMES[0]]
    ]


def _how_much(row: Mapping[str, object]) -> str:
    """ "640 ton setahun, 12 unit usaha, dijual ke luar kabupaten", as far as it is known."""
    volume, units = row.get("volume"), row.get("unit_usaha")
    said = []
    if isinstance(volume, int | float):
        unit = _(str(row["satuan"])) if row.get("satuan") else ""
        said.append(_("%(amount)s %(unit)s setahun") % {"amount": wording.number(volume), "unit": unit})
    if isinstance(units, int | float):
        said.append(_("%(number)s unit usaha") % {"number": wording.number(units)})
    if row.get("pemasaran"):
        said.append(_("dipasarkan: %(where)s") % {"where": _(str(row["pemasaran"])).lower()})
    return ", ".join(said)


def _column(choice: tuple[str, ...], there: set[str]) -> pl.Expr:
    found = next((name for name in choice if name in there), None)
    column = pl.col(found).cast(pl.String).fill_null("") if found else pl.lit("")
    return column.alias(choice[0])
