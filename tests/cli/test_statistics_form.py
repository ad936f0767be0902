"""The fields that a village writes into its monograph itself: one value in every outlet, none that tells of a few."""

import json
import re
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from lumbung.aggregate import check_proof, filled
from lumbung.cli.statistics_form import written as read
from lumbung.invent import Household, invent_households, people
from lumbung.portal.intake.blanks.definition import blanks
from lumbung.portal.intake.blanks.workbook import written
from tests.cli.test_check import lumbung
from tests.cli.test_statistics import AT, FAMILIES, VILLAGE, count, pdf_text, register

WROTE = {
    "tipologi_desa": "Nelayan", "luas_wilayah": 1250.5, "batas_utara": "Sungai Cibening & Desa Sukatani",
    "umr_kabupaten": 2100000, "lulusan_tk": 140, "lulusan_keagamaan": 0, "masjid": 7,
}  # fmt: skip


@pytest.fixture(scope="module")
def village() -> tuple[Household, ...]:
    return invent_households(seed=21, count=FAMILIES[700])


@pytest.fixture(scope="module")
def package(village: tuple[Household, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("monografi")
    run = count(register(folder, "siak", village), folder / "paket", "--monograph", str(blank(folder)))
    assert run.returncode == 0, run.stderr
    return folder / "paket"


def blank(folder: Path, **changed: object) -> Path:
    """The blank as the portal gives it, filled in."""
    path = folder / "blangko.xlsx"
    values = {"1": WROTE | changed}
    path.write_bytes(written(blanks()["monografi"], year=2017, kode=VILLAGE, village="Desa", values=values))  # type: ignore[arg-type]
    return path


def grid_of(path: Path) -> list[list[object]]:
    book = CalamineWorkbook.from_path(str(path))
    return book.get_sheet_by_name(book.sheet_names[0]).to_python()  # type: ignore[return-value]


def rewritten(path: Path, grid: list[list[object]]) -> Path:
    """The cells as somebody saves them with another program."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Isian")
        for number, row in enumerate(grid):
            sheet.write_row(number, 0, row)
    return path


def test_what_the_village_wrote_is_the_same_in_all_three_forms(package: Path) -> None:
    (form,) = json.loads((package / "monografi.json").read_text(encoding="utf-8"))
    grid = grid_of(package / "monografi.xlsx")
    in_sheet = {row[1]: row[2] for row in grid[5:63]}
    page = pdf_text(package / "monografi.pdf")
    shown = {"luas_wilayah": "1.250,5", "umr_kabupaten": "2.100.000"}
    lines = {line["bidang"]: line for line in form["isi"]}
    for field, value in WROTE.items():
        line = lines[field]
        assert (line["nilai"], line["tanda"], line["asal"]) == (value, "", "formulir")
        assert in_sheet[line["label"]] == value
        said = shown.get(field, str(value)).split()
        words = [re.escape(word) for word in (*line["label"].split(), *said)]
        assert re.search(r"\s+".join(words), page), field
    assert form["sumber_formulir"].startswith("Bidang dari formulir: diisi pemerintah desa")
    assert f"{42 - len(WROTE)} bidang" in form["sumber_formulir"]
    assert form["sumber_formulir"] in " ".join(page.split()) and form["sumber_formulir"] in str(grid)
    assert check_proof.problems(package) == []


def test_a_few_persons_and_specific_data_are_not_printed(village: tuple[Household, ...], tmp_path: Path) -> None:
    grid = grid_of(blank(tmp_path, lulusan_tk=3))
    grid.append(["lulusan_slb", "Lulusan pendidikan khusus: sekolah luar biasa", "orang", 17])
    grid.append(["penduduk_miskin_jiwa", "Jumlah penduduk miskin (ukuran BPS)", "jiwa", 217])
    rewritten(tmp_path / "isian.xlsx", grid)
    run = count(register(tmp_path, "siak", village), tmp_path / "paket", "--monograph", str(tmp_path / "isian.xlsx"))
    assert run.returncode == 0, run.stderr
    (form,) = json.loads((tmp_path / "paket" / "monografi.json").read_text(encoding="utf-8"))
    lines = {line["bidang"]: (line["nilai"], line["tanda"]) for line in form["isi"]}
    assert lines["lulusan_tk"] == (None, "*")
    assert lines["lulusan_slb"] == lines["penduduk_miskin_jiwa"] == (None, "")
    assert "217" not in pdf_text(tmp_path / "paket" / "monografi.pdf")


def test_the_printed_monograph_filled_in_is_read_again(package: Path, tmp_path: Path) -> None:
    """With a number that was counted typed over: it is not asked for, and not taken."""
    grid = grid_of(package / "monografi.xlsx")
    for row in grid:
        row[2] = {"Prasarana ibadah: pura": 2, "Jumlah penduduk": 5}.get(str(row[1]), row[2])
    said = read(rewritten(tmp_path / "monografi.xlsx", grid), earlier=[])
    assert said["values"] == WROTE | {"pura": 2}


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"batas_utara": "Kebun 3 orang Hindu"}, "batas_utara"),  # a hidden number in words
        ({"batas_timur": "Rumah Pak RT 081234567890"}, ""),  # held by the gate, or refused as no name of a place
        ({"masjid": "dua"}, "masjid"),
        ({"masjid": -1}, "masjid"),
        ({"luas_wilayah": "1e5"}, "luas_wilayah"),
        ({"tipologi_desa": "Antariksa"}, "tipologi_desa"),
    ],
)
def test_what_does_not_fit_is_refused_by_field_and_never_by_value(
    changed: dict[str, object], why: str, village: tuple[Household, ...], tmp_path: Path
) -> None:
    file = register(tmp_path, "siak", village[:3])
    run = count(file, tmp_path / "paket", "--monograph", str(blank(tmp_path, **changed)))
    assert (run.returncode, (tmp_path / "paket").exists()) == (2, False)
    assert why in run.stderr
    assert not any(str(value) in run.stderr for value in changed.values())


def test_a_register_in_the_place_of_the_form_is_refused(village: tuple[Household, ...], tmp_path: Path) -> None:
    file = register(tmp_path, "siak", village[:9])
    run = count(file, tmp_path / "paket", "--monograph", str(file))
    assert run.returncode == 2 and "ditahan" in run.stderr
    assert not [one for _, one in people(village[:9]) if one.nik in run.stderr + run.stdout]
    for odd in (b"", b"PK\x03\x04rusak", b"a;b\n1;2\n"):
        (tmp_path / "aneh.xlsx").write_bytes(odd)
        run = count(file, tmp_path / "paket", "--monograph", str(tmp_path / "aneh.xlsx"))
        assert run.returncode == 2 and run.stderr.startswith("Isian monografi"), run.stderr


def test_a_number_of_persons_may_not_change_by_a_few(
    package: Path, village: tuple[Household, ...], tmp_path: Path
) -> None:
    """Two releases that differ by one would tell of a newcomer, whichever way the memory is kept."""
    file = register(tmp_path, "siak", village)
    for memory in (package, package.parent / "ingatan"):
        changed = blank(tmp_path, lulusan_tk=142)
        run = lumbung("statistics", str(file), "--village", VILLAGE, "--out", str(tmp_path / "dua"), "--at", AT,
                      "--memory", str(memory), "--monograph", str(changed))  # fmt: skip
        assert run.returncode == 2 and "lulusan_tk" in run.stderr and "142" not in run.stderr


def test_several_villages_have_no_one_form(village: tuple[Household, ...], tmp_path: Path) -> None:
    file = register(tmp_path, "siak", village[:3])
    run = lumbung("statistics", str(file), str(file), "--out", str(tmp_path / "paket"), "--monograph", str(file))
    assert run.returncode == 2 and "satu desa" in run.stderr


def test_no_field_that_a_village_writes_is_part_of_a_counted_sum() -> None:
    """Nothing that is typed can be subtracted from what is printed: no field is a sum over the register."""
    own = [field for field in filled.fields() if not field.counted]
    persons = {field.name for field in own if field.unit in ("orang", "jiwa", "KK")}
    assert persons == {field.name for field in own if field.people or field.specific}
    assert all(field.kind == "whole" for field in own if field.people)
    assert {field.kind for field in own} == {"choice", "number", "text", "whole", "money"}
