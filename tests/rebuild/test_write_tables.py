"""What is written holds the visible cells and nothing else."""

import csv
import json
import zipfile
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest

from lumbung.rebuild import Written, formats, write_tables
from tests.rebuild.tables import a_document, a_table

HEADER = ("Kecamatan", "Jumlah")
SECRET = "RAHASIA-YANG-TERSEMBUNYI"


def written(folder: Path, *tables: object) -> dict[str, Written]:
    return {one.format: one for one in write_tables(a_document(*tables), folder=folder)}  # type: ignore[arg-type]


def test_hidden_sheets_rows_and_columns_do_not_travel(tmp_path: Path) -> None:
    shown = a_table(
        ("Kecamatan", "Catatan", "Jumlah"),
        ("Borobudur", SECRET, 1),
        ("Salam", "x", 2),
        (SECRET, "x", 3),
        first_row=5,
        hidden_rows=frozenset({8}),
        hidden_columns=frozenset({"B"}),
    )
    hidden = a_table(HEADER, (SECRET, 1), sheet="Tersembunyi", hidden=True)
    files = write_tables(a_document(hidden, shown), folder=tmp_path)
    assert {one.rows for one in files} == {2}
    assert {one.headers for one in files} == {HEADER}
    assert not [path for path in tmp_path.rglob("*") if SECRET.encode() in path.read_bytes()]
    assert pl.read_parquet(tmp_path / "tabel-1.parquet").rows() == [("Borobudur", 1), ("Salam", 2)]


def test_every_format_holds_the_same_cells(tmp_path: Path) -> None:
    files = written(tmp_path, a_table(HEADER, ("Borobudur", 1), ("Salam", 2)))
    assert list(files) == ["csv", "xlsx", "json", "parquet"]
    rows = [("Borobudur", 1), ("Salam", 2)]
    assert pl.read_csv(files["csv"].path).rows() == rows
    assert pl.read_excel(files["xlsx"].path).rows() == rows
    assert [tuple(record.values()) for record in json.loads(files["json"].path.read_text())] == rows
    assert pl.read_parquet(files["parquet"].path).rows() == rows


def test_what_is_said_of_a_file_is_true(tmp_path: Path) -> None:
    for one in written(tmp_path, a_table(HEADER, ("Borobudur", 1))).values():
        content = one.path.read_bytes()
        assert (one.size, one.sha256) == (len(content), sha256(content).hexdigest())
        assert (one.sheet, one.rows, one.columns) == ("Data", 1, 2)


def test_csv_is_rfc_4180_and_without_formulas(tmp_path: Path) -> None:
    path = written(tmp_path, a_table(HEADER, ('kata "kutip", dan koma', "=1+1"), ("Salam", "x")))["csv"].path
    assert path.read_bytes().startswith(b'Kecamatan,Jumlah\r\n"kata ""kutip"", dan koma",\'=1+1\r\n')
    with path.open(newline="", encoding="utf-8") as file:
        assert list(csv.reader(file))[2] == ["Salam", "x"]


def test_xlsx_keeps_a_formula_as_text_and_names_nobody(tmp_path: Path) -> None:
    path = written(tmp_path, a_table(HEADER, ("=1+1", 1), ("http://x.example", 2)))["xlsx"].path
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    assert "<f>" not in parts["xl/worksheets/sheet1.xml"] and "=1+1" in "".join(parts.values())
    assert "<hyperlink " not in "".join(parts.values()).lower()
    assert "<dc:creator></dc:creator>" in parts["docProps/core.xml"]


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    digests = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        digests.append([one.sha256 for one in written(tmp_path / name, a_table(HEADER, ("Salam", 1))).values()])
    assert digests[0] == digests[1]


@pytest.mark.parametrize("limit", ["LONGEST_SHEET_CELL", "MOST_SHEET_CELLS", "MOST_SHEET_ROWS", "MOST_SHEET_COLUMNS"])
def test_a_table_that_no_sheet_can_hold_is_not_cut_but_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(formats, limit, 1)
    assert "xlsx" not in written(tmp_path, a_table(HEADER, ("Salam", 1)))


@pytest.mark.parametrize("rows", [[("",)], [(None, None)], [("Kecamatan", "Jumlah")]])
def test_nothing_but_blanks_or_a_lone_line(tmp_path: Path, rows: list[tuple[str | None, ...]]) -> None:
    assert {one.rows for one in write_tables(a_document(a_table(*rows)), folder=tmp_path)} <= {1}


def test_a_sheet_name_is_never_a_path(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write_tables(a_document(a_table(HEADER, ("Salam", 1), sheet="../../keluar")), folder=folder)
    assert sorted(path.name for path in tmp_path.rglob("*.csv")) == ["tabel-1.csv"]
    assert not list(tmp_path.glob("*.csv"))


def test_a_hundred_columns(tmp_path: Path) -> None:
    table = a_table(tuple(f"Kolom {n}" for n in range(100)), tuple(range(100)))
    assert {one.columns for one in written(tmp_path, table).values()} == {100}
