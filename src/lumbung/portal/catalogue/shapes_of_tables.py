"""What a published table can be read as, by the names of its columns: a budget, what a village offers or has.

Column names follow the Satu Data habit (snake case; `kode_wilayah` as the Ministry of Home Affairs writes it);
spaces and capitals do not matter. A table of another shape is only listed, never guessed at.
"""

import re
from collections.abc import Sequence

import polars as pl

from lumbung.portal.catalogue import shelf
from lumbung.portal.catalogue.models import Distribution

BUDGET = "anggaran"
OFFERS = "potensi"
FACILITIES = "sarana"

_SHAPES: tuple[tuple[str, frozenset[str], tuple[frozenset[str], ...]], ...] = (
    (BUDGET, frozenset({"kode_wilayah", "tahun", "anggaran", "realisasi"}), (frozenset({"kelompok", "uraian"}),)),
    (FACILITIES, frozenset({"kode_wilayah", "tahun", "kelompok", "uraian", "jumlah", "baik"}), ()),
    (
        OFFERS,
        frozenset({"kode_wilayah"}),
        (frozenset({"potensi", "nama_potensi", "nama"}), frozenset({"jenis", "kategori", "kelompok"})),
    ),
)


def plain_name(header: str) -> str:
    """ "Kode Wilayah" as "kode_wilayah"."""
    return re.sub(r"[^a-z0-9]+", "_", header.lower()).strip("_")


def shape_of(headers: Sequence[str]) -> str:
    """The first shape whose columns are all there, with one of each choice; "" for none."""
    names = {plain_name(header) for header in headers}
    fitting = (name for name, needed, choices in _SHAPES if needed <= names and all(one & names for one in choices))
    return next(fitting, "")


def plainly_named(table: Distribution) -> pl.LazyFrame | None:
    """The rows of a table on the shelf under plain names; None where it is gone or two names fall together."""
    if not shelf.stands(table):
        return None
    rows = pl.scan_parquet(shelf.path_of(table))
    renamed = {name: plain_name(name) for name in rows.collect_schema().names()}
    return rows.rename(renamed) if len(set(renamed.values())) == len(renamed) else None
