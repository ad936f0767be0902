"""What the page of a dataset costs: milliseconds of the whole answer, its weight, and the same over many rows.

Run against the database that the settings name. The table of many rows is put in the place of the published one,
so the dataset is worth nothing afterwards.
"""

import gzip
import time
from statistics import quantiles

import polars as pl
from django.test import Client

from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.catalogue.shelf import path_of
from lumbung.portal.catalogue.shown_table import tables_of
from lumbung.rebuild.formats import ROWS_PER_GROUP

QUESTIONS = {"first": "", "sorted": "?urut=nilai%203&arah=turun", "narrowed": "?k.desa=nomor%2017&halaman=3"}


def of_a_page(dataset: Dataset, *, rounds: int = 50) -> dict[str, float]:
    """p50 and p99 of a small table's page in milliseconds, and the bytes of its HTML over the wire."""
    public, address = Client(), dataset.get_absolute_url()
    content = public.get(address).content
    taken = sorted(_milliseconds(public, address) for _ in range(rounds))
    cuts = quantiles(taken, n=100)
    return {"page p50": cuts[49], "page p99": cuts[98], "page bytes": float(len(gzip.compress(content)))}


def of_many_rows(dataset: Dataset, *, rows: int, rounds: int = 5) -> dict[str, float]:
    """The middle of a few answers for the first page, a sorted and a narrowed one, in milliseconds."""
    table = tables_of(dataset.releases.first())[0]
    many_rows(rows).write_parquet(path_of(table), row_group_size=ROWS_PER_GROUP)
    public, address = Client(), dataset.get_absolute_url()
    said = {}
    for name, query in QUESTIONS.items():
        taken = sorted(_milliseconds(public, address + query) for _ in range(rounds))
        said[f"many {name}"] = taken[rounds // 2]
    return said


def _milliseconds(public: Client, address: str) -> float:
    began = time.perf_counter()
    answer = public.get(address)
    if answer.status_code != 200:
        raise AssertionError(address)
    return 1000 * (time.perf_counter() - began)


def many_rows(rows: int) -> pl.DataFrame:
    """Twelve columns, invented."""
    number = pl.int_range(rows)
    texts = {"kecamatan": ("Kecamatan", 20), "desa": ("Desa Nomor", 300), "rincian": ("Rincian", 9)}
    return pl.select(
        *(pl.format(f"{word} {{}}", number % many).alias(name) for name, (word, many) in texts.items()),
        (2000 + number % 25).alias("tahun"),
        *((number * (7919 + one) % 100_003).alias(f"nilai {one}") for one in range(8)),
    )
