"""Files are what their format says, with numbers as numbers and hidden things hidden."""

import csv
from datetime import date
from pathlib import Path

import fastexcel
import pytest
from odf import opendocument
from odf.table import Table

from lumbung.invent.sheet import Sheet
from lumbung.invent.workbooks import FORMATS, csv_bytes, write

ROWS = (("nama", "nomor", "lahir"), ("Kidung & Sekar", 3308201510749687, date(2001, 2, 3)), (None, "=1+1", 1.5))
SHEETS = (
    Sheet(name="Depan", rows=ROWS, hidden_columns=frozenset({1})),
    Sheet(name="Belakang", rows=ROWS, hidden=True),
)


@pytest.mark.parametrize("format", ["xlsx", "xls", "ods"])
def test_a_workbook_opens_with_what_was_put_in(format: str, tmp_path: Path) -> None:
    write(SHEETS, to=tmp_path / "a", format=format)
    book = fastexcel.read_excel((tmp_path / "a").read_bytes())
    assert book.sheet_names == ["Depan", "Belakang"]
    cells = book.load_sheet(0, header_row=None).to_polars()
    assert cells.rows()[1][0] == "Kidung & Sekar"
    assert float(cells.rows()[1][1]) == 3308201510749687
    assert "2001-02-03" in str(cells.rows()[1][2])


def test_hidden_sheets_are_hidden_in_ods(tmp_path: Path) -> None:
    write(SHEETS, to=tmp_path / "a.ods", format="ods")
    tables = opendocument.load(tmp_path / "a.ods").spreadsheet.getElementsByType(Table)
    assert [table.getAttribute("stylename") for table in tables] == [None, "hidden"]


def test_old_workbooks_are_ole_files(tmp_path: Path) -> None:
    write(SHEETS, to=tmp_path / "a.xls", format="xls")
    assert (tmp_path / "a.xls").read_bytes().startswith(bytes.fromhex("D0CF11E0"))


def test_csv_in_another_encoding() -> None:
    text = csv_bytes(SHEETS, encoding="utf-16", delimiter=";").decode("utf-16")
    assert list(csv.reader(text.splitlines(), delimiter=";"))[1] == [
        "Kidung & Sekar",
        "3308201510749687",
        "03/02/2001",
    ]


def test_html_under_another_name(tmp_path: Path) -> None:
    write(SHEETS, to=tmp_path / "a.xls", format="html")
    assert "Kidung &amp; Sekar</td>" in (tmp_path / "a.xls").read_text()


def test_an_unknown_format_is_a_mistake(tmp_path: Path) -> None:
    assert "pdf" not in FORMATS
    with pytest.raises(KeyError):
        write(SHEETS, to=tmp_path / "a.pdf", format="pdf")


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_sheets_give_the_same_bytes(format: str, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(SHEETS, to=tmp_path / name, format=format)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
