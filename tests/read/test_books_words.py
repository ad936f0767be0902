"""The books of words and bytes: a reader that forgets a row, a text or a cell is found out, and the file is held."""

import io
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from time import process_time

import polars as pl
import pytest

from lumbung.document import Document, Table
from lumbung.read import doors, mail, read
from lumbung.read.harvest import Harvest
from lumbung.read.opened import Opened
from tests.hiding import FOUND, all_places
from tests.hiding.test_hiding_places import NIK
from tests.read.planted import SHEET, package, worksheet
from tests.read.planted_ods import row, sheet, spreadsheet
from tests.read.planted_ods import text as cell

Door = Callable[[Harvest, Opened, str], str]
WORD = "Kalimosodo"  # stands once in each file below
PLANTED = f"<row><name>{WORD}</name><seat>Krajan</seat></row><row><name>Sukarelawan</name><seat>Kauman</seat></row>"
FILES: dict[str, tuple[str, bytes]] = {
    "csv": ("text", f"Dusun,Ketua\nKrajan,{WORD}\nKauman,Sukarelawan\n".encode()),
    "tsv, quoted": ("text", f'"Dusun"\t"Ketua"\n"Krajan"\t"{WORD}"\n"Kauman"\t"Sukarelawan"\n'.encode()),
    "csv in UTF-16": ("text", f"Dusun;Ketua\nKrajan;{WORD}\nKauman;Sukarelawan\n".encode("utf-16")),
    "csv in cp1252": ("text", f"Dusun;Ketua\nKrajan;{WORD}\nKauman;Café\n".encode("cp1252")),
    "json": ("json", f'[{{"ketua": "{WORD}"}}, {{"ketua": "Sukarelawan"}}]'.encode()),
    "lines of json": ("json", f'{{"ketua": "{WORD}"}}\n{{"ketua": "Sukarelawan"}}\n'.encode()),
    "geojson": (
        "json",
        f'{{"type": "FeatureCollection", "features": [{{"type": "Feature", "properties": {{"ketua": "{WORD}"}}, '
        '"geometry": {"type": "Point", "coordinates": [110.2, -7.4]}}]}'.encode(),
    ),
    "xml": ("xml", f"<?xml version='1.0'?><rows>{PLANTED}</rows>".encode()),
    "kml": (
        "kml",
        "<?xml version='1.0'?><kml xmlns='http://www.opengis.net/kml/2.2'><Document><Placemark>"
        f"<name>{WORD}</name><Point><coordinates>110.2,-7.4</coordinates></Point></Placemark></Document></kml>".encode(),
    ),
    "html": ("html", f"<html><body><table><tr><td>Ketua</td><td>{WORD}</td></tr></table></body></html>".encode()),
    "sql": ("sql", f"CREATE TABLE a (b text);\nINSERT INTO a VALUES ('{WORD}'), ('Sukarelawan');\n".encode()),
    "vcf": ("content-lines", f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{WORD}\r\nEND:VCARD\r\n".encode()),
    "eml": ("mail", f"From: a@b.example\r\nTo: c@d.example\r\nSubject: {WORD}\r\n\r\nIsi.\r\n".encode()),
    "xlsx": (
        "ooxml",
        package({SHEET: worksheet(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{WORD}</t></is></c></row>')}),
    ),
    "ods": ("ods", spreadsheet(sheet(row(cell(WORD))))),
}


def opened(data: bytes) -> Document:
    return read(io.BytesIO(data), name="berkas")


def forgetful(door: Door) -> Door:
    """A door that reads everything and loses what bears the word."""

    def read_badly(harvest: Harvest, opened: Opened, prefix: str) -> str:
        kind = door(harvest, opened, prefix)
        harvest.tables[:] = [without(table) for table in harvest.tables]
        harvest.passages[:] = [passage for passage in harvest.passages if WORD not in passage.text]
        return kind

    return read_badly


def without(table: Table) -> Table:
    """The table with the cells gone in which the word stands."""
    cells = pl.all().str.contains(WORD, literal=True)
    return replace(table, texts=table.texts.with_columns(pl.when(cells.not_()).then(pl.all())))


@pytest.mark.parametrize("name", FILES)
def test_a_reader_that_forgets_a_word_is_found_out(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    door, data = FILES[name]
    assert opened(data).unread == ()
    monkeypatch.setitem(doors.DOORS, door, forgetful(doors.DOORS[door]))
    document = opened(data)
    assert [(missed.place.part, missed.why) for missed in document.unread] == [(None, "not-accounted")]
    assert document.coverage.parts_read < document.coverage.parts


def test_a_long_text_is_counted_by_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"Dusun,Jumlah\n" + b"Krajan,812\n" * 500_000
    assert opened(data).unread == ()
    door = doors.DOORS["text"]

    def shorter(harvest: Harvest, opened: Opened, prefix: str) -> str:
        kind = door(harvest, opened, prefix)
        harvest.tables[:] = [replace(table, texts=table.texts.head(-1)) for table in harvest.tables]
        return kind

    monkeypatch.setitem(doors.DOORS, "text", shorter)
    assert [missed.why for missed in opened(data).unread] == ["not-accounted"]


def test_a_long_quoted_text_is_counted_byte_for_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    """One cell of half a million is lost, and no row."""
    data = b'"Dusun","Jumlah"\n' + b'"Krajan","812"\n' * 400_000 + f'"{WORD}","1"\n'.encode()
    assert opened(data).unread == ()
    monkeypatch.setitem(doors.DOORS, "text", forgetful(doors.DOORS["text"]))
    assert [missed.why for missed in opened(data).unread] == ["not-accounted"]


LETTER = (
    "From: a@b.example\r\nSubject: Surat\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/mixed; boundary="=_luar"\r\n\r\nPembuka\r\n--=_luar\r\n\r\nIsi surat.\r\n'
    "--=_luar\r\nContent-Type: message/rfc822\r\n\r\nSubject: Terusan\r\nContent-Type: multipart/alternative;"
    "\r\n boundary=dalam\r\n\r\n--dalam\r\nContent-Type: text/plain\r\n\r\nTeruskan saja.\r\n--dalam\r\n"
    "Content-Type: text/csv\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}\r\n--dalam--\r\n"
    "--=_luar\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; a\r\n\r\nAction: failed\r\n"
    "--=_luar--\r\nPenutup\r\n"
).replace("{body}", b64encode(f"Dusun,Ketua\nKrajan,{WORD}\n".encode()).decode())


@pytest.mark.parametrize("forgotten", ["1.1", "1.2.1.1", "1.2.1.2"])
def test_a_mail_reader_that_forgets_a_part_is_found_out(forgotten: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert opened(LETTER.encode()).unread == ()
    take = mail._take_leaf
    monkeypatch.setattr(
        mail, "_take_leaf", lambda harvest, leaf, prefix: leaf.number == forgotten or take(harvest, leaf, prefix)
    )
    document = opened(LETTER.encode())
    assert [missed.why for missed in document.unread] == ["not-accounted"]
    assert document.coverage.parts_read < document.coverage.parts


TEXTS = ("csv", "txt", "json", "xml", "html", "sql", "vcf", "ics", "kml", "gpx", "geojson", "topojson", "eml")
COUNTED = [place for place in all_places() if place.format in TEXTS and place.answer == FOUND]


@pytest.mark.parametrize("place", COUNTED, ids=lambda place: f"{place.format}: {place.where}")
def test_the_books_doubt_no_reader_without_cause(place) -> None:
    assert "not-accounted" not in [missed.why for missed in opened(place.plant(NIK)).unread]


def test_a_template_that_begins_as_json_does_is_read_as_text() -> None:
    data = b'{% set files = "a" %}\n<p>"\\x33\\q Krajan"</p>\n'
    assert read(io.BytesIO(data), name="a.html").format == "text"


def test_a_long_run_of_letters_is_not_cut_in_every_way_there_is() -> None:
    begun = process_time()
    data = f"<rows><row><name>{WORD}</name><seal>{'Abcdefghij' * 200}.</seal></row></rows>".encode()
    assert not read(io.BytesIO(data), name="a.xml").unread
    assert process_time() - begun < 5
