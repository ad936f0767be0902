"""The printed numbers of a village's statistics, kept beside the release, so that hundreds are read at once.

Nothing is kept that is not in the release's own file; a dataset that is closed is read by nobody, for every reader
begins at `queries.visible`, and a removed one takes its copy along.
"""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lumbung.portal.catalogue import shelf
from lumbung.portal.catalogue.models import Distribution, Printed, Release

Key = tuple[str, str, str]
"""Table, sex (L, P, T), category."""
Numbers = Mapping[Key, int | None]
"""None is a hidden number; a key that is missing was not printed at all."""

LEADING = frozenset({"penduduk", "kepala_keluarga", "usia_produktif", "wajib_ktp"})
AGES = "umur"
LADDER = "piramida"
"""Under this key `leading` holds the bands of age with the numbers of men and women, ready to be added up."""


def keep(release: Release) -> None:
    """Copy the numbers of a release of a village's statistics. Does nothing for other datasets or a missing file."""
    village = release.dataset.village
    table = Distribution.objects.filter(release=release, format="csv", part="").first()
    if not village or table is None or not shelf.stands(table):
        return
    numbers = read(shelf.path_of(table), village=village)
    Printed.objects.update_or_create(release=release, defaults={"village": village, **packed(numbers)})


def read(path: Path, *, village: str) -> Numbers:
    """The numbers of the village itself, without its hamlets, from the tidy table of its statistics."""
    numbers: dict[Key, int | None] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["tingkat"] == "desa" and row["kode_wilayah"] == village:
                value = row["nilai"]
                numbers[row["tabel"], row["jenis_kelamin"], row["kategori"]] = int(value) if value else None
    return numbers


def packed(numbers: Numbers) -> dict[str, dict[str, Any]]:
    """As they are stored: `leading` and `others`."""
    kept: dict[str, dict[str, Any]] = {"leading": {LADDER: ladder(numbers)}, "others": {}}
    for key, value in numbers.items():
        kept["leading" if key[0] in LEADING else "others"]["|".join(key)] = value
    return kept


def ladder(numbers: Numbers) -> list[list[Any]]:
    """The bands of age that are printed for men and women, the youngest first, and both their numbers.

    The unknown age is no band; where both sexes are printed together only, there are none.
    """
    both = [band for table, sex, band in numbers if table == AGES and sex == "L" and (AGES, "P", band) in numbers]
    bands = sorted((band for band in both if band[:1].isdigit()), key=_from)
    return [bands, *([numbers[AGES, sex, band] for band in bands] for sex in "LP")]


def unpacked(kept: Printed) -> Numbers:
    """The numbers as they were before they were stored."""
    stored = {**kept.leading, **kept.others}
    return {_key(name): value for name, value in stored.items() if name != LADDER}


def _from(band: str) -> int:
    return int(band.partition("-")[0].rstrip("+"))


def _key(name: str) -> Key:
    table, sex, category = name.split("|", 2)
    return table, sex, category
