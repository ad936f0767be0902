"""Sums over villages from printed numbers: right where they stand, and telling nothing that was hidden."""

from pathlib import Path

import polars as pl
import pytest

from lumbung.aggregate import check_proof, sums
from lumbung.aggregate.policy import Policy
from lumbung.aggregate.release import Release
from tests.aggregate.conftest import PERIOD

CODE = "99.01.01"


@pytest.fixture(scope="module")
def printed(folder: Path) -> list[dict[str, int | None]]:
    numbers = check_proof.published(folder)
    villages = sorted({name.split("/")[0] for name in numbers if name.count(".") == 3 and "#" not in name})
    return [
        {name.split("/", 1)[1]: value for name, value in numbers.items() if name.startswith(f"{village}/")}
        for village in villages
    ]


def summed(printed: list[dict[str, int | None]], policy: Policy) -> dict[str, int | None]:
    tables = sums.tables(printed, code=CODE, level="kecamatan", period=PERIOD, policy=policy)
    return {f"{name}/{row[4]}/{row[5]}": row[6] for name, rows in tables.items() for row in rows[1:]}  # type: ignore[misc]


def test_every_sum_is_the_true_number(
    printed: list[dict[str, int | None]], policy: Policy, residents: pl.DataFrame, release: Release
) -> None:
    found = summed(printed, policy)
    assert found["penduduk/T/semua"] == residents.height
    assert found["kepala_keluarga/T/kepala"] == sum(one["kepala_keluarga/T/kepala"] or 0 for one in printed)
    true: dict[str, int] = {}
    for cell in release.cells:
        if cell.area.level == "district":
            true[f"{cell.table}/{cell.sex}/{cell.category}"] = cell.value
    compared = [name for name, value in found.items() if value is not None and name in true]
    assert len(compared) > 30
    assert {name: found[name] for name in compared} == {name: true[name] for name in compared}


def test_what_one_village_hides_is_hidden_in_the_sum(printed: list[dict[str, int | None]], policy: Policy) -> None:
    found = summed(printed, policy)
    for name, value in found.items():
        table, sex, _ = name.split("/")
        direct = [one.get(name) for one in printed]
        if value is not None and None not in direct:
            assert value == sum(number or 0 for number in direct), name
        if sex != "T" and all(name in one for one in printed) and table not in ("umur", "pekerjaan"):
            assert value is None or None not in direct, name


def test_specific_data_and_hamlets_are_in_no_sum(printed: list[dict[str, int | None]], policy: Policy) -> None:
    tables = sums.tables(printed, code=CODE, level="kecamatan", period=PERIOD, policy=policy)
    assert not tables.keys() & {"golongan_darah", "usia_sekolah", "dusun"}


def test_a_village_without_a_table_hides_it(printed: list[dict[str, int | None]], policy: Policy) -> None:
    bare = {name: value for name, value in printed[0].items() if not name.startswith("umur/")}
    assert not any(name.startswith("umur/") for name in summed([bare, *printed[1:]], policy))


def test_joined_categories_are_added_from_their_parts(policy: Policy) -> None:
    fine = {"perkawinan/T/belum_kawin": 50, "perkawinan/T/kawin": 60, "perkawinan/T/cerai_hidup": 7,
            "perkawinan/T/cerai_mati": 9}  # fmt: skip
    joined = {"perkawinan/T/belum_kawin": 40, "perkawinan/T/kawin": 30, "perkawinan/T/cerai_hidup+cerai_mati": 8}
    found = summed([fine, joined], policy)  # type: ignore[list-item]
    assert found == {
        "perkawinan/T/belum_kawin": 90,
        "perkawinan/T/kawin": 90,
        "perkawinan/T/cerai_hidup+cerai_mati": 24,
    }
