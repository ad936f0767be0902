"""OpenSID's shape: the same numbers, percentages of printed numbers only, and nothing where a number is hidden."""

import json
from pathlib import Path
from shutil import copytree

import pytest

from lumbung.aggregate import check_proof, sid

VILLAGE = "99.01.01.2001"


@pytest.fixture
def said(folder: Path, tmp_path: Path) -> tuple[dict[str, object], dict[str, int | None]]:
    """sid.json of a package, and the package's numbers."""
    package = tmp_path / "paket"
    copytree(folder, package)
    sid.write(package, village=VILLAGE, period="2026-06-30")
    assert not check_proof.problems(package), "the proof still holds with the files beside it"
    return json.loads((package / "sid.json").read_text()), check_proof.published(package)


def test_every_number_is_the_packages(said: tuple[dict, dict]) -> None:
    whole, numbers = said
    tables = {slug: table for table, (slug, _title) in sid.TOPICS.items()}
    seen = 0
    for topic in whole["statistik"]:
        for row in topic["baris"]:
            for sex, (number, share) in sid.SEXES.items():
                for key, value in numbers.items():
                    area, table, listed, category = key.split("/", 3)
                    here = (area, table, listed) == (VILLAGE, tables[topic["slug"]], sex)
                    if here and sid._name(category) == row["nama"]:
                        assert row[number] == value
                        assert (row[share] is None) == (value is None)
                        seen += 1
    assert seen > 50


def test_sums_are_of_printed_numbers(said: tuple[dict, dict]) -> None:
    whole, numbers = said
    for topic in whole["statistik"]:
        named = {row["nama"]: row for row in topic["baris"]}
        assert named["TOTAL"]["jumlah"] == numbers[f"{VILLAGE}/penduduk/T/semua"]
        if named["BELUM MENGISI"]["jumlah"] is not None:
            assert named["JUMLAH"]["jumlah"] + named["BELUM MENGISI"]["jumlah"] == named["TOTAL"]["jumlah"]
        else:
            assert named["JUMLAH"]["jumlah"] is None
