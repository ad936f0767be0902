"""`lumbung statistics` on spoiled registers and in every layout: a clear report, never a value, never a crash."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from lumbung.aggregate import check_proof
from lumbung.cli.statistics_words import NOTED
from lumbung.invent import Household, invent_households, people
from tests.cli.test_statistics import count, register
from tests.invented_mischief import SPOILED, spoiled

LAYOUTS = (
    "bip-2012", "bip-2016", "bip-luwu-timur", "opensid-impor-kode", "opensid-impor-huruf", "opendk-sinkron",
    "buku-b1-induk", "buku-b5-ktp-kk",
)  # fmt: skip


@pytest.fixture(scope="module")
def village() -> tuple[Household, ...]:
    return invent_households(seed=21, count=90)


def values_in(text: str, village: tuple[Household, ...]) -> list[str]:
    secrets = {value for home, one in people(village) for value in (one.nik, home.kk, one.name, one.mother)}
    return [value for value in secrets if len(value) > 8 and value.upper() in text.upper()]


@pytest.mark.parametrize("what", list(SPOILED))
def test_a_spoiled_register_is_told_by_count_and_row(
    what: str, village: tuple[Household, ...], tmp_path: Path
) -> None:
    _, code, note = SPOILED[what]
    run = count(spoiled(what, village, tmp_path), tmp_path / "paket")
    said = " ".join((run.stdout + run.stderr).split())
    assert run.returncode == (1 if code else 0), said
    assert "Traceback" not in said and not values_in(said, village)
    if note:
        words = [re.escape(word) for word in NOTED[note].id.split()[:3]]
        assert re.search(r"\W+".join(words), said), said
    assert (tmp_path / "paket").exists() != bool(code)
    if not code:
        assert check_proof.problems(tmp_path / "paket") == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_population(layout: str, village: tuple[Household, ...], tmp_path: Path) -> None:
    run = count(register(tmp_path, layout, village), tmp_path / "paket")
    assert run.returncode == 0, run.stderr
    numbers = check_proof.published(tmp_path / "paket")
    assert numbers["99.01.01.2001/penduduk/T/semua"] == sum(1 for _ in people(village))
    assert not values_in(run.stdout + run.stderr, village)


def bomb(good: bytes) -> bytes:
    """A sheet that unpacks to a hundred and eighty megabytes of nothing."""
    return changed(good, lambda sheet: sheet.replace(b"<sheetData>", b"<sheetData>" + b"<row/>" * 30_000_000))


def entities(good: bytes) -> bytes:
    """A document type that declares entities."""
    head = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]>'
    return changed(good, lambda sheet: head + sheet.split(b"?>", 1)[1])


def changed(good: bytes, change) -> bytes:  # type: ignore[no-untyped-def]
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content) if name.endswith("sheet1.xml") else content)
    return out.getvalue()


@pytest.mark.parametrize("spoil", [bomb, entities, lambda good: good[: len(good) // 2], lambda good: b""])
def test_a_hostile_workbook_is_named_unread(spoil, village: tuple[Household, ...], tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = register(tmp_path, "opensid-ekspor", village[:30])
    file.write_bytes(spoil(file.read_bytes()))
    run = count(file, tmp_path / "paket")
    assert run.returncode == 1 and "tidak terbaca seluruhnya" in run.stderr, run.stderr
    assert "Traceback" not in run.stderr and not (tmp_path / "paket").exists()
