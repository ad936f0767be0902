"""Public workbooks and broken ones of other projects, where they lie beside the repository."""

from pathlib import Path

import pytest

from lumbung.document import Document
from lumbung.read import Unreadable, read

OFFICE = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".xltx", ".xltm"}
SEEN_BY_NOBODY = {"image"}  # pictures in published workbooks; they are named, and hold the file
PANICS = {"clusterfuzz-testcase-minimized-POIHSSFFuzzer-5816431116615680.xls"}  # only a child process contains it


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in OFFICE)


def read_path(path: Path) -> Document:
    with path.open("rb") as file:
        return read(file, name=path.name)


@pytest.mark.shared
def test_every_public_workbook_is_wholly_read(shared: Path) -> None:
    for path in files(shared / "corpora" / "negatives"):
        document = read_path(path)
        assert document.tables, path
        assert {missed.why for missed in document.unread} <= SEEN_BY_NOBODY, path


@pytest.mark.shared
def test_hostile_workbooks_end_in_a_document_or_a_refusal(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without spelling their pictures, which `test_picture` tries and which takes most of the time."""
    monkeypatch.setattr("lumbung.read.picture.can_look", lambda: False)
    for path in files(shared / "corpora" / "hostile"):
        if path.name in PANICS:
            continue
        try:
            document = read_path(path)
        except Unreadable:
            continue
        assert document.tables or document.passages[1:], path
