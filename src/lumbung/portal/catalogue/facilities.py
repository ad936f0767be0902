"""What stands in a village (sarana), read from whatever open table has that shape; what it has none of is left out."""

from dataclasses import dataclass

import polars as pl

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.catalogue import place_queries
from lumbung.portal.catalogue.models import Dataset, Distribution
from lumbung.portal.catalogue.shapes_of_tables import FACILITIES, plainly_named

MOST_LINES = 60
COLUMNS = ("kelompok", "uraian", "jumlah", "baik")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility:
    """One kind: how many there are, and how many of them in good state (None where nobody said)."""

    section: str
    name: str
    count: int
    good: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facilities:
    """The newest year that a dataset tells of."""

    dataset: Dataset
    year: int
    listed: list[Facility]


def facilities_of(village: Organisation) -> Facilities | None:
    """What an open table says of the village; nothing where none does."""
    if not village.kode:
        return None
    for table in place_queries.tables_of_shape(FACILITIES, place=village):
        rows = _rows(table, kode=village.kode)
        if rows is not None and rows.height:
            listed = [
                Facility(section=section, name=name, count=count, good=good)
                for section, name, count, good in rows.select(COLUMNS).iter_rows()
            ]
            return Facilities(dataset=table.release.dataset, year=rows["tahun"][0], listed=listed)
    return None


def _rows(table: Distribution, *, kode: str) -> pl.DataFrame | None:
    named = plainly_named(table)
    if named is None:
        return None
    words = [pl.col(name).cast(pl.String).fill_null("") for name in ("kelompok", "uraian")]
    numbers = [pl.col(name).cast(pl.Int64, strict=False) for name in ("tahun", "jumlah", "baik")]
    mine = named.filter(pl.col("kode_wilayah").cast(pl.String) == kode).select(*words, *numbers)
    newest = mine.filter(pl.col("tahun") == pl.col("tahun").max())
    return newest.filter((pl.col("jumlah") > 0) & (pl.col("uraian") != "")).head(MOST_LINES).collect()
