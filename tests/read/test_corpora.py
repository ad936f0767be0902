"""Public tables and broken files of other projects, where they lie beside the repository."""

from pathlib import Path

import pytest

from lumbung.document import Document
from lumbung.read import Unreadable, read

TEXTS = {".csv", ".tsv", ".txt", ".json", ".geojson", ".html"}


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in TEXTS)


def read_path(path: Path) -> Document:
    with path.open("rb") as file:
        return read(file, name=path.name)


@pytest.mark.shared
def test_every_public_text_table_is_wholly_read(shared: Path) -> None:
    for path in files(shared / "corpora" / "negatives"):
        document = read_path(path)
        assert document.tables, path
        assert not document.unread, path


@pytest.mark.shared
def test_every_public_numbers_workbook_is_wholly_read(shared: Path) -> None:
    workbooks = [path for path in (shared / "corpora" / "negatives").rglob("*") if path.suffix.lower() == ".numbers"]
    assert workbooks
    for path in workbooks:
        document = read_path(path)
        assert document.tables, path
        assert not document.unread, path


@pytest.mark.shared
def test_hostile_text_ends_in_a_document_or_a_refusal(shared: Path) -> None:
    for path in files(shared / "corpora" / "hostile"):
        try:
            document = read_path(path)
        except Unreadable:
            continue
        assert document.tables or document.passages[1:] or path.read_bytes().strip() in (b"[]", b"{}"), path


@pytest.mark.shared
def test_no_digit_of_a_public_csv_is_lost(shared: Path) -> None:
    for path in files(shared / "corpora" / "negatives"):
        if path.suffix == ".csv":
            cells = (cell or "" for table in read_path(path).tables for row in table.texts.iter_rows() for cell in row)
            there = sum(byte in b"0123456789" for byte in path.read_bytes())
            assert sum(character in "0123456789" for cell in cells for character in cell) == there, path
