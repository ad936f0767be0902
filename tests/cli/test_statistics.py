"""`lumbung statistics` as an operator runs it: real registers of invented villages in, a package that holds out."""

import csv
import json
import os
import re
from pathlib import Path

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from lumbung import gate
from lumbung.aggregate import check_proof
from lumbung.invent import LAYOUTS, Household, invent_households, people
from lumbung.invent.workbooks import write
from tests.cli.test_check import lumbung

VILLAGE, AT = "99.01.01.2001", "2017-12-31"
NAMED = {layout.name: layout for layout in LAYOUTS}
FAMILIES = {40: 11, 150: 43, 700: 200, 5000: 1430}


def register(folder: Path, layout: str, households: tuple[Household, ...], *, format: str = "xlsx") -> Path:
    path = folder / f"{layout}.{format}"
    write(NAMED[layout].build(households), to=path, format=format)
    return path


def count(file: Path, out: Path, *more: str):  # type: ignore[no-untyped-def]
    return lumbung(
        "statistics", str(file), "--village", VILLAGE, "--out", str(out), "--at", AT,
        "--memory", str(out.parent / "ingatan"), *more,
    )  # fmt: skip


@pytest.fixture(scope="module")
def village() -> tuple[Household, ...]:
    return invent_households(seed=21, count=FAMILIES[700])


@pytest.fixture(scope="module")
def package(village: tuple[Household, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("statistik")
    run = count(register(folder, "bip-ektp", village, format="xls"), folder / "paket")
    assert run.returncode == 0, run.stderr
    (folder / "said.txt").write_text(run.stdout + run.stderr)
    return folder / "paket"


def test_every_file_of_the_package_is_open_and_the_proof_holds(package: Path) -> None:
    names = {path.name for path in package.iterdir()}
    assert {"tabel.json", "tabel.xlsx", "monografi.json", "monografi.xlsx", "monografi.pdf", "bukti.json"} < names
    for path in package.iterdir():
        inspection = gate.inspect(path)
        assert inspection.verdict == gate.Verdict.OPEN, (path.name, [reason.code for reason in inspection.reasons])
    assert check_proof.problems(package) == []
    run = lumbung("proof", "verify", str(package))
    assert run.returncode == 0 and "Bukti berlaku" in run.stdout


def test_nothing_of_anybody_is_in_the_package_in_what_was_said_or_left_behind(
    package: Path, village: tuple[Household, ...]
) -> None:
    secrets = {
        value for home, one in people(village) for value in (one.nik, home.kk, one.name.upper(), one.mother.upper())
    }
    secrets = {value for value in secrets if len(value) > 8}  # a single given name is a word like others
    shown = (package.parent / "said.txt").read_text().upper()
    for path in [*package.rglob("*"), *(package.parent / "ingatan").rglob("*")]:
        shown += path.read_bytes().decode("latin-1").upper() if path.is_file() else ""
    for name in ("tabel.xlsx", "monografi.xlsx"):
        book = CalamineWorkbook.from_path(str(package / name))
        shown += str([book.get_sheet_by_name(sheet).to_python() for sheet in book.sheet_names]).upper()
    shown += pdf_text(package / "monografi.pdf").upper()
    assert not [value for value in secrets if value in shown]
    assert {path.name for path in package.parent.iterdir()} == {"paket", "ingatan", "said.txt", "bip-ektp.xls"}


def test_the_same_figure_is_the_same_in_every_outlet(package: Path) -> None:
    printed = check_proof.published(package)
    assert printed == of_json(package) == of_workbook(package)
    (form,) = json.loads((package / "monografi.json").read_text(encoding="utf-8"))
    (sheet,) = CalamineWorkbook.from_path(str(package / "monografi.xlsx")).sheet_names
    grid = CalamineWorkbook.from_path(str(package / "monografi.xlsx")).get_sheet_by_name(sheet).to_python()
    in_sheet = {row[1]: row[2] for row in grid[5:63]}
    page = pdf_text(package / "monografi.pdf")
    for line in form["isi"]:
        if line["asal"] == "register" and isinstance(line["nilai"], int):
            assert in_sheet[line["label"]] == line["nilai"]
            wrapped = re.escape(line["label"]).replace(r"\ ", r"\s+")
            assert re.search(wrapped + r"\s+" + f"{line['nilai']:,}".replace(",", r"\."), page), line["label"]
        elif line["asal"] == "register" and line["nilai"] is None:
            assert line["tanda"] == in_sheet[line["label"]] == "*"
    values = {line["bidang"]: line["nilai"] for line in form["isi"]}
    assert values["jumlah_penduduk"] == printed[f"{VILLAGE}/penduduk/T/semua"]
    assert values["jml_usia_15_65"] == printed[f"{VILLAGE}/usia_produktif/T/15-64"]


def test_the_monograph_has_58_fields_16_of_them_counted_and_says_what_is_unchecked(package: Path) -> None:
    (form,) = json.loads((package / "monografi.json").read_text(encoding="utf-8"))
    counted = [line for line in form["isi"] if line["asal"] == "register"]
    assert (len(form["isi"]), len(counted)) == (58, 16)
    assert all(line["nilai"] is None and line["tanda"] == "" for line in form["isi"] if line["asal"] == "formulir")
    page = " ".join(pdf_text(package / "monografi.pdf").split())
    for sentence in (form["sumber"], *form["catatan"], "Keadaan per 31 Desember 2017"):
        assert sentence in page
    assert "belum kami bandingkan" in page and "bertumpang tindih" in page


@pytest.mark.parametrize("name", ["tabel.xlsx", "monografi.xlsx"])
def test_the_workbooks_hold_no_formula_and_hide_nothing(name: str, package: Path) -> None:
    import zipfile

    with zipfile.ZipFile(package / name) as book:
        parts = {part: book.read(part).decode() for part in book.namelist() if part.endswith(".xml")}
    sheets = [text for part, text in parts.items() if "worksheets/" in part]
    assert sheets and not any("<f>" in text or "<f " in text or 'hidden="1"' in text for text in sheets)
    assert 'state="hidden"' not in parts["xl/workbook.xml"]
    assert not [part for part in parts if "comments" in part or "pivot" in part or "externalLink" in part]


@pytest.mark.parametrize("size", [150, 5000])
def test_small_and_large_villages(size: int, tmp_path: Path) -> None:
    households = invent_households(seed=size, count=FAMILIES[size])
    run = count(register(tmp_path, "opensid-ekspor", households, format="csv"), tmp_path / "paket", "--lang", "en")
    assert run.returncode == 0, run.stderr
    assert "no name, NIK" in " ".join(run.stdout.split())
    assert check_proof.problems(tmp_path / "paket") == []


def test_forty_people_get_no_table(tmp_path: Path) -> None:
    run = count(register(tmp_path, "siak", invent_households(seed=4, count=FAMILIES[40])), tmp_path / "paket")
    assert (run.returncode, (tmp_path / "paket").exists()) == (1, False)
    assert "terlalu sedikit" in run.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["siak.xlsx"]


def test_a_village_of_one_religion_gets_no_table_that_says_so(tmp_path: Path) -> None:
    households = invent_households(seed=21, count=FAMILIES[700])
    (page,) = NAMED["opensid-ekspor"].build(households)
    column = page.rows[0].index("agama_id")
    rows = (page.rows[0], *((*row[:column], 1, *row[column + 1 :]) for row in page.rows[1:]))
    path = tmp_path / "seagama.xlsx"
    write((page.but(rows=rows),), to=path, format="xlsx")
    run = count(path, tmp_path / "paket")
    assert run.returncode == 0, run.stderr
    printed = check_proof.published(tmp_path / "paket")
    assert [value for key, value in printed.items() if "/agama/" in key and value is not None] == []


def test_what_was_published_is_remembered_without_being_asked(village: tuple[Household, ...], tmp_path: Path) -> None:
    file = register(tmp_path, "siak", village)
    assert count(file, tmp_path / "satu").returncode == 0
    assert (tmp_path / "ingatan" / f"{VILLAGE}.json").is_file()
    soon = lumbung("statistics", str(file), "--village", VILLAGE, "--out", str(tmp_path / "dua"), "--at", "2018-02-01",
                   "--memory", str(tmp_path / "ingatan"))  # fmt: skip
    assert soon.returncode == 1 and "enam bulan" in soon.stderr
    again = lumbung("statistics", str(file), "--village", VILLAGE, "--out", str(tmp_path / "tiga"), "--at",
                    "2018-07-31", "--memory", str(tmp_path / "satu"))  # fmt: skip
    assert again.returncode == 1 and "sama dengan rilis sebelumnya" in again.stderr
    assert not (tmp_path / "dua").exists() and not (tmp_path / "tiga").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"--village": "3308202002"}, {"--at": "31-12-2017"}, {"--at": "2099-01-01"}, {"--map": "tanpa-tanda"},
        {"--out": "."}, {"register": "tidak-ada.xlsx"},
    ],
)  # fmt: skip
def test_wrong_use_is_exit_2(wrong: dict[str, str], village: tuple[Household, ...], tmp_path: Path) -> None:
    given = {"register": str(register(tmp_path, "siak", village[:3])), "--village": VILLAGE, "--at": AT,
             "--out": str(tmp_path / "paket")} | wrong  # fmt: skip
    options = [word for key, value in given.items() if key != "register" for word in (key, value)]
    run = lumbung("statistics", given["register"], *options)
    assert (run.returncode, run.stdout) == (2, "") and run.stderr


def test_columns_that_a_person_must_name_are_asked_for(tmp_path: Path) -> None:
    heads = ("Nama", "NIK", "No KK", "JK", "Tgl Lahir", "Keyakinan", "Pendidikan", "Pekerjaan", "Status Kawin", "SHDK")
    keys = ("nama", "nik", "no_kk", "sex", "tanggallahir", "agama_id", "pendidikan_kk_id", "pekerjaan_id",
            "status_kawin", "kk_level")  # fmt: skip
    from lumbung.invent.layouts.record import lettered

    homes = people(invent_households(seed=3, count=60))
    with (tmp_path / "lain.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        writer.writerows([lettered(home, one, number=1)[key] for key in keys] for home, one in homes)
    run = count(tmp_path / "lain.csv", tmp_path / "paket")
    assert run.returncode == 1 and "--map 'Keyakinan=agama'" in run.stderr
    run = count(tmp_path / "lain.csv", tmp_path / "paket", "--map", "Keyakinan=agama")
    assert run.returncode == 0, run.stderr


def test_what_is_no_register_or_cannot_be_read_is_exit_1(village: tuple[Household, ...], tmp_path: Path) -> None:
    voters = count(register(tmp_path, "dpt", village[:9]), tmp_path / "paket")
    assert voters.returncode == 1 and "daftar pemilih" in voters.stderr
    (tmp_path / "rusak.xlsx").write_bytes(b"PK\x03\x04" + os.urandom(400))
    broken = count(tmp_path / "rusak.xlsx", tmp_path / "paket")
    assert broken.returncode == 1 and "tidak terbaca seluruhnya" in broken.stderr
    assert not (tmp_path / "paket").exists()


def pdf_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def of_json(package: Path) -> dict[str, int | None]:
    tables = json.loads((package / "tabel.json").read_text(encoding="utf-8"))
    return dict(numbered(table["tabel"], row) for table in tables for row in table["baris"])


def of_workbook(package: Path) -> dict[str, int | None]:
    book = CalamineWorkbook.from_path(str(package / "tabel.xlsx"))
    found: dict[str, int | None] = {}
    for sheet in book.sheet_names[1:]:
        heads, *rows = book.get_sheet_by_name(sheet).to_python()
        for row in rows:
            record = dict(zip(heads, row, strict=True))
            record["nilai"] = None if record["nilai"] == "" else int(record["nilai"])
            found |= dict([numbered(sheet, record)])
    return found


def numbered(table: str, row: dict) -> tuple[str, int | None]:  # type: ignore[type-arg]
    area = row["kode_wilayah"] + (f"#{row['dusun']}" if row["tingkat"] == "dusun" else "")
    assert (row["nilai"] is None) == (row["tanda"] == "*")
    return f"{area}/{table}/{row['jenis_kelamin']}/{row['kategori']}", row["nilai"]
