"""A file is what its bytes are."""

import io
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lumbung.read import Limits, Unreadable
from lumbung.read.opened import lay_open
from lumbung.read.sniff import sniff


def kind_of(data: bytes) -> str:
    try:
        return sniff(lay_open(io.BytesIO(data), name="laporan.xlsx", limits=Limits(), hashed=False))
    except Unreadable as refusal:
        return refusal.code


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def parquet() -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table({"a": [1]}), file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"a,b\n1,2\n", "text"),
        ("a;b\n".encode("utf-16"), "text"),
        ("a;b\n".encode("utf-32-be"), "text"),
        (b"<5 tahun;12\n>5 tahun;13\n", "text"),
        (b"BZ,1\n", "text"),
        (b' \n{"a": 1}', "json"),
        (b"\xef\xbb\xbf[1]", "json"),
        (b"<table><tr><td>1</td></tr></table>", "html"),
        (b"\xef\xbb\xbf \n<!-- x --><!DOCTYPE html><p>", "html"),
        ("<html><body>".encode("utf-16"), "html"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', "html"),
        (b"Warning: mysql_connect()\n<table border=1><tr><td>1", "html"),
        (b'<?xml version="1.0"?><Workbook><Table><Row/></Table></Workbook>', "spreadsheetml"),
        (b'<?xml version="1.0"?><a/>', "xml"),
        (b"<data><desa/></data>", "xml"),
        (b"-- dump\nCREATE TABLE t (a);\nINSERT INTO t VALUES (1);\n", "sql"),
        (b"SQLite format 3\0" + bytes(100), "sqlite"),
        (b"\x1f\x8b\x08\0", "gz"),
        (b"BZh91AY&SY", "bz2"),
        (b"\xfd7zXZ\0", "xz"),
        (b"7z\xbc\xaf\x27\x1c", "packed"),
        (b"Rar!\x1a\x07\x01\0", "packed"),
        (b"<kml><Placemark/></kml>", "kml"),
        (b"<?xml version='1.0'?><gpx/>", "gpx"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\n\n%PDF-1.7\n", "pdf"),
        (b"{\\rtf1 \\'33\\'33}", "rtf"),
        (b"From: x\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\nMzMwOA==\n", "mail"),
        (b"From: a@b.id\nTo: c@d.id\nSubject: Undangan\n\nHalo\n", "mail"),
        (b"From: kami\nHalo: dunia\n", "text"),
        (b"BEGIN:VCARD\r\nFN:Siti\r\nEND:VCARD\r\n", "content-lines"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "content-lines"),
        (b"| a | b |\n|---|:-:|\n| 1 | 2 |\n", "markdown"),
        (b"a | b\n--- | ---\n1 | 2\n", "markdown"),
        (b"a|b\n1|2\n", "text"),
        (b"- satu\n- dua\n---\n", "text"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"RIFF\0\0\0\0WEBP", "picture"),
        (b"\1\0\0\0" + bytes(36) + b" EMF", "picture"),
        (b"\xd7\xcd\xc6\x9a\0\0", "picture"),
        (b"\1\0\x09\0\0\3", "picture"),
        (b'TABLE\r\n0,1\r\n"Data"\r\nVECTORS\r\n0,2\r\n', "unknown-format"),  # DIF
        (b'TABLE\n0,1\n"Data"\nVECTORS\n0,2\n', "unknown-format"),
        (b"TABLE,0\n1,2\n", "text"),
        (b"RIFF\0\0\0\0WAVE", "unknown-format"),
        (b"BM are initials, and this is a sentence", "text"),
        (b"\x09\x02\x06\x00\x00\x00\x10\x00" + b"\x04\x02\x0f\x00" * 9, "unknown-format"),  # a bare BIFF2 sheet
        (b"\x03\x7c\x0b\x15" + b"\0" * 28 + b"NIK" + b"\0" * 29, "unknown-format"),  # dBase
        (b"\x03\x7c\x0b\x15" + b"\0" * 28 + b"NIK" + b"\0" * 8 + b"C" + b"\0" * 20, "dbf"),
        (b"\0\0\x27\x0a" + b"\0" * 96, "shp"),
        (b"070707" + b"0" * 70 + b"nik.txt\0", "packed"),  # cpio
        (bytes(range(256)) * 40, "unknown-format"),
        (b"a,b\n" * 50_000 + bytes(range(256)) * 300, "unknown-format"),  # text in front, something else behind
        (zipped(**{"xl/workbook.xml": b"<a/>"}), "ooxml"),
        (zipped(**{"xl/workbook.bin": b""}), "ooxml"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        (zipped(mimetype=b"application/x-unheard-of"), "package"),
        (zipped(**{"[Content_Types].xml": b"<a/>"}), "package"),
        (zipped(**{"a.csv": b"a,b\n"}), "zip"),
        (b"PK\x03\x04 and nothing that follows", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "broken"),
        (parquet(), "parquet"),
        (parquet()[:-1], "broken"),
        (b"PAR1" + b"\0" * 20 + b"PARE", "encrypted"),
    ],
)
def test_the_bytes_decide(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


def test_a_file_without_bytes_or_with_too_many_is_refused_before_it_is_read() -> None:
    for data, code in ((b"", "empty-file"), (b"12345", "too-large")):
        with pytest.raises(Unreadable) as refusal:
            lay_open(io.BytesIO(data), name="x", limits=Limits(bytes=4), hashed=False)
        assert refusal.value.code == code
