"""The books are kept beside the readers: a reader that forgets something is found out, and the file is held."""

import io
import zipfile
from collections.abc import Callable

import pytest

from lumbung.document import Coverage, Document
from lumbung.gate import Verdict, inspect
from lumbung.read import doors, read
from lumbung.read.harvest import Harvest
from lumbung.read.opened import Opened
from lumbung.read.package import gaps, open_package
from tests.read.planted import NIK, package, struck, zipped
from tests.read.planted_ods import ONE, row, sheet, spreadsheet
from tests.read.planted_xls import saved


def opened(data: bytes) -> Document:
    return read(io.BytesIO(data), name="berkas")


def forgetful(*, forgets: str, looks_between: bool = True) -> Callable[[Harvest, Opened, str], str]:
    """A door that reads every member but one, and says nothing about it."""

    def door(harvest: Harvest, opened: Opened, prefix: str) -> str:
        archive = open_package(opened.file, limits=harvest.limits, ledger=harvest.ledger, prefix=prefix)
        for entry in archive.members:
            if entry.filename != forgets:
                archive.whole(entry)
        if looks_between:
            list(gaps(archive))
        return "zip"

    return door


def why_not(document: Document) -> list[tuple[str | None, str]]:
    return [(missed.place.part, missed.why) for missed in document.unread]


def test_a_reader_that_forgets_a_member_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(doors.DOORS, "zip", forgetful(forgets="b.csv"))
    document = opened(zipped({"a.csv": "1,2\n", "b.csv": f"{NIK}\n"}))
    assert why_not(document) == [("b.csv", "not-accounted")]
    assert (document.coverage.parts, document.coverage.parts_read) == (3, 2)
    assert document.coverage.bytes_read == document.coverage.bytes - len(f"{NIK}\n")


def test_a_reader_that_breaks_off_within_a_member_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def door(harvest: Harvest, opened: Opened, prefix: str) -> str:
        archive = open_package(opened.file, limits=harvest.limits, ledger=harvest.ledger, prefix=prefix)
        next(archive.pieces(archive.members[0]))
        list(gaps(archive))
        return "zip"

    monkeypatch.setitem(doors.DOORS, "zip", door)
    assert why_not(opened(zipped({"a.csv": "1,2\n" * 10**6}))) == [("a.csv", "not-accounted")]


def test_a_reader_that_does_not_look_between_members_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(doors.DOORS, "zip", forgetful(forgets="", looks_between=False))
    (missed,) = why_not(opened(struck(zipped({"a.csv": "1,2\n", "b.csv": f"{NIK}\n"}), "b.csv")))
    assert missed == ("(di luar daftar isi)", "not-accounted")


def test_a_forgotten_member_of_a_file_inside_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(doors.DOORS, "ods", forgetful(forgets="content.xml"))
    outer = zipped({"dalam.ods": spreadsheet(sheet(row(ONE)))})
    assert ("dalam.ods!content.xml", "not-accounted") in why_not(opened(outer))


def test_a_forgotten_stream_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(doors.DOORS, "ole", lambda harvest, opened, prefix: "xls")
    document = opened(saved(lambda book: book.add_sheet("Data").write(0, 0, 1)))
    assert ("Workbook", "not-accounted") in why_not(document)


@pytest.mark.parametrize(
    "data",
    [
        b"Dusun,Jumlah\r\nKrajan,8\r\n",
        package(),
        spreadsheet(sheet(row(ONE)), {"x/kosong": ""}),
        saved(lambda book: book.add_sheet("Data").write(0, 0, 1)),
        zipped({"a.csv": "x,y\n1,2\n", "b.zip": zipped({"c.csv": "x,y\n1,2\n"}), "folder/": ""}),
    ],
    ids=["csv", "xlsx", "ods", "xls", "zip in zip"],
)
def test_a_sound_file_is_read_to_the_last_part(data: bytes) -> None:
    coverage = opened(data).coverage
    assert coverage.parts == coverage.parts_read > 0
    assert coverage.bytes == coverage.bytes_read > 0


def test_a_flat_file_is_one_part() -> None:
    data = b"Dusun,Jumlah\r\nKrajan,8\r\n"
    assert opened(data).coverage == Coverage(parts=1, parts_read=1, bytes=len(data), bytes_read=len(data))


def test_content_in_a_folder_is_not_passed_over() -> None:
    """A folder has no content; an entry that is called one and has some is a member like any other."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.csv", "x,y\n1,2\n")
        entry = zipfile.ZipInfo("folder/")
        archive.writestr(entry, f"{NIK}\n")
    assert inspect(io.BytesIO(buffer.getvalue())).verdict is not Verdict.OPEN
