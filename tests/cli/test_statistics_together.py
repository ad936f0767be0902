"""`lumbung statistics` for several villages: one package for each, their sums, one memory for each area."""

import csv
import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from lumbung.aggregate import check_proof
from lumbung.aggregate.policy import load
from lumbung.invent import LAYOUTS, invent_households
from lumbung.invent.workbooks import write
from tests.cli.test_check import lumbung

DAY = date(2017, 12, 31)
CODES = ("99.01.01.2001", "99.01.01.2002", "99.01.01.2003")
NAMED = {layout.name: layout for layout in LAYOUTS}


def register(folder: Path, code: str, layout: str, *, families: int, seed: int) -> Path:
    path = folder / f"{code}.xlsx"
    homes = invent_households(seed=seed, count=families, village=code, on=DAY)
    write(NAMED[layout].build(homes), to=path, format="xlsx")
    return path


def shared_register(folder: Path, codes: tuple[str, ...]) -> Path:
    """One table as OpenDK takes it, with the column of village codes filled in."""
    rows = []
    for number, code in enumerate(codes):
        homes = invent_households(seed=50 + number, count=60, village=code, on=DAY)
        (page,) = NAMED["opendk-sinkron"].build(homes)
        column = page.rows[0].index("desa_id")
        rows += [list(page.rows[0])] if not rows else []
        rows += [[*row[:column], code.replace(".", ""), *row[column + 1 :]] for row in page.rows[1:]]
    path = folder / "kecamatan.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def count(files: list[Path], out: Path, *more: str, at: str = "2017-12-31"):  # type: ignore[no-untyped-def]
    memory = str(out.parent / "ingatan")
    return lumbung("statistics", *map(str, files), "--out", str(out), "--at", at, "--memory", memory, *more)


def named(codes: tuple[str, ...]) -> list[str]:
    return [word for code in codes for word in ("--village", code)]


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three registers in three layouts, counted together."""
    folder = tmp_path_factory.mktemp("kecamatan")
    layouts = ("opensid-ekspor", "siak", "bip-ektp")
    files = [
        register(folder, code, layout, families=80 + 20 * number, seed=30 + number)
        for number, (code, layout) in enumerate(zip(CODES, layouts, strict=True))
    ]
    run = count(files, folder / "paket", *named(CODES))
    assert run.returncode == 0, run.stderr
    assert "Jumlah 99.01.01 dari 3 desa" in run.stdout
    return folder


def test_a_package_for_each_village_and_one_for_all(district: Path) -> None:
    whole = check_proof.published(district / "paket" / "gabungan")
    assert {path.name for path in (district / "paket").iterdir()} == {"gabungan", *(f"desa-{code}" for code in CODES)}
    for code in CODES:
        share = check_proof.published(district / "paket" / f"desa-{code}")
        assert share == {name: number for name, number in whole.items() if name.startswith(code)}
        assert (district / "paket" / f"desa-{code}" / "sid.json").is_file()
    assert whole["99.01.01/penduduk/T/semua"] == sum(whole[f"{code}/penduduk/T/semua"] or 0 for code in CODES)
    guide = " ".join((district / "paket" / "gabungan" / "panduan.txt").read_text(encoding="utf-8").split())
    assert f"99.01.01: jumlah dari 3 desa, yaitu {', '.join(CODES)}" in guide


def test_specific_data_stand_at_the_district_alone_and_never_below_ten(district: Path) -> None:
    whole = check_proof.published(district / "paket" / "gabungan")
    specific = {
        name: number for name, number in whole.items() if "/golongan_darah/" in name or "/usia_sekolah/" in name
    }
    assert specific and {name.split("/")[0] for name in specific} == {"99.01.01"}
    least = load().k_specific
    assert all(number == 0 or number >= least for number in specific.values() if number is not None)


def test_the_proof_of_all_of_them_is_checked_at_once(district: Path, tmp_path: Path) -> None:
    run = lumbung("proof", "verify", str(district / "paket"))
    assert run.returncode == 0
    assert [line.split(":")[0] for line in run.stdout.splitlines()] == [
        *(f"desa-{code}" for code in CODES),
        "gabungan",
    ]
    copy = Path(shutil.copytree(district / "paket", tmp_path / "paket"))
    for name in ("tabel-penduduk.csv", "bukti.json"):  # two packages that hold for themselves and not together
        shutil.copyfile(copy / f"desa-{CODES[0]}" / name, tmp_path / name)
    table = copy / "gabungan" / "tabel-umur.csv"
    table.write_text(table.read_text().replace("99.01.01,kecamatan", "99.01.02,kecamatan"), encoding="utf-8")
    broken = lumbung("proof", "verify", str(copy))
    assert broken.returncode == 1 and "gabungan:" in broken.stdout


def test_what_two_packages_say_differently_is_noticed(district: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(district / "paket" / f"desa-{CODES[0]}", tmp_path / "lain" / "a"))
    shutil.copytree(other, tmp_path / "lain" / "b")
    assert list(check_proof.contradictions(check_proof.packages(tmp_path / "lain"))) == []
    table = other / "tabel-penduduk.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    table.write_text("\n".join([*lines[:-1], lines[-1].replace(",jiwa,", "1,jiwa,")]) + "\n", encoding="utf-8")
    assert list(check_proof.contradictions(check_proof.packages(tmp_path / "lain")))


def test_each_area_has_a_memory_of_its_own(district: Path) -> None:
    memory = district / "ingatan"
    assert {path.name for path in memory.iterdir()} == {"99.01.01.json", *(f"{code}.json" for code in CODES)}
    for code in CODES:
        share = (district / "paket" / f"desa-{code}" / "ingatan.json").read_text(encoding="utf-8")
        assert json.loads((memory / f"{code}.json").read_text(encoding="utf-8")) == json.loads(share)


def test_a_village_of_it_cannot_be_counted_alone_too_soon(district: Path, tmp_path: Path) -> None:
    memory = str(shutil.copytree(district / "ingatan", tmp_path / "ingatan"))
    file, out = str(district / f"{CODES[1]}.xlsx"), str(tmp_path / "paket")
    run = lumbung("statistics", file, "--village", CODES[1], "--out", out, "--at", "2018-02-01", "--memory", memory)
    assert run.returncode == 1 and "enam bulan" in run.stderr


def test_the_old_registers_again_name_their_villages(district: Path, tmp_path: Path) -> None:
    shutil.copytree(district / "ingatan", tmp_path / "ingatan")
    files = [district / f"{code}.xlsx" for code in CODES]
    run = count(files, tmp_path / "paket", *named(CODES), at="2018-07-31")
    assert run.returncode == 1 and "sama dengan rilis sebelumnya" in run.stderr
    assert all(code in run.stderr for code in CODES) and not (tmp_path / "paket").exists()


def test_one_register_of_several_villages_by_its_codes(tmp_path: Path) -> None:
    file = shared_register(tmp_path, CODES)
    run = count([file], tmp_path / "paket")
    assert run.returncode == 0, run.stderr
    numbers = check_proof.published(tmp_path / "paket" / "gabungan")
    assert {name.split("/")[0].split("#")[0] for name in numbers} == {"99.01.01", *CODES}
    elsewhere = count([file], tmp_path / "lain", *named(("99.01.01.2009", "99.01.01.2010")))
    assert elsewhere.returncode == 1 and "kode desa" in elsewhere.stderr


def test_a_register_of_another_village_stops_all_and_says_which(district: Path, tmp_path: Path) -> None:
    file = shared_register(tmp_path, CODES[:1])
    run = count([file, district / f"{CODES[1]}.xlsx"], tmp_path / "paket", *named((CODES[2], CODES[1])))
    assert run.returncode == 1 and "desa lain" in run.stderr and CODES[2] in run.stderr
    assert not (tmp_path / "paket").exists() and not (tmp_path / "ingatan").exists()


@pytest.mark.parametrize("villages", [CODES[:1], ("3308202002", CODES[0]), (CODES[0], CODES[0])])
def test_wrong_pairs_are_exit_2(villages: tuple[str, ...], district: Path, tmp_path: Path) -> None:
    files = [district / f"{code}.xlsx" for code in CODES[:2]]
    run = count(files, tmp_path / "paket", *named(villages))
    assert (run.returncode, run.stdout) == (2, "")
    assert "--village" in run.stderr or "Kode desa" in run.stderr
