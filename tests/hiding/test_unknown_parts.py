"""Parts, streams, members, chunks and objects that the code has never heard of: what hides in them never gets out.

Each file is a sound one with one more part of a random name, and a number in it in one of several spellings.
"""

import gzip
import io
import sqlite3
import struct
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbung.gate import Verdict, inspect
from tests.hiding.xls import filled
from tests.read.planted import package, zipped
from tests.read.planted_compound import with_stream
from tests.read.planted_ods import ONE, row, sheet, spreadsheet
from tests.read.planted_png import pixel

NIK = "3308204102999001"  # an invented serial that no office issues
TRIES = 12
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"

names = st.text(alphabet=LETTERS, min_size=4, max_size=12)
endings = st.sampled_from(["", ".xml", ".bin", ".txt", ".rels", ".dat", ".vml", ".emf", ".xyz", ".png", ".pdf"])
spellings: dict[str, bytes] = {
    "plain text": f"milik {NIK} ini".encode(),
    "a line of delimited text": f"1,{NIK},SARI\n".encode(),
    "XML": f"<a><b>{NIK}</b></a>".encode(),
    "an attribute of XML": f'<a b="{NIK}"/>'.encode(),
    "damaged XML": f"<a><b>{NIK}</b>".encode(),
    "XML in UTF-16": f'<?xml version="1.0" encoding="UTF-16"?><a>{NIK}</a>'.encode("utf-16"),
    "UTF-16": f"milik {NIK} ini".encode("utf-16-le"),
    "between other bytes": b"\0\1\2\xff" + NIK.encode() + b"\0\xff\3",
    "behind the mark of a picture": b"\x89PNG\r\n\x1a\n" + NIK.encode(),
    "packed by deflate": zlib.compress(NIK.encode() * 3),
    "packed by gzip": gzip.compress(f"1,{NIK}\n".encode()),
    "packed as an archive": zipped({"a.csv": f"1,{NIK}\n"}),
    "the number itself": b"\0\1\2\3" * 8 + struct.pack("<q", int(NIK)),
    "a workbook": package({"xl/worksheets/sheet1.xml": f"<worksheet><c><v>{NIK}</v></c></worksheet>"}),
}


def letter(name: str, content: bytes) -> bytes:
    """A DOCX with this part in it."""
    body = f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>x</w:t></w:r></w:p></w:body></w:document>'
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": body, f"word/{name}": content})


def slides(name: str, content: bytes) -> bytes:
    """A PPTX with this part in it."""
    return zipped(
        {"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<presentation/>", f"ppt/{name}": content}
    )


def text(name: str, content: bytes) -> bytes:
    """An ODT with this part in it."""
    body = f'<o:document-content xmlns:o="{OFFICE}"><o:body><o:text/></o:body></o:document-content>'
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": body, name: content})


def portable(name: str, content: bytes) -> bytes:
    """A PDF with a page, and a stream under a key of this name in its catalogue."""
    buffer = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.Root[f"/{name.partition('.')[0]}"] = document.make_stream(content)
        document.save(buffer)
    return buffer.getvalue()


def picture(name: str, content: bytes) -> bytes:
    """A PNG of one pixel, with a chunk of this name."""
    return pixel((name[0].lower() + name[1].lower() + name[2].upper() + name[3].lower()).encode(), content)


def database(name: str, content: bytes) -> bytes:
    """A SQLite database with the content in a table of this name."""
    connection = sqlite3.connect(":memory:")
    connection.execute(f'CREATE TABLE "{name}" ("{name[::-1]}")')
    connection.execute(f'INSERT INTO "{name}" VALUES (?)', (content,))
    connection.commit()
    return connection.serialize()


CONTAINERS: dict[str, Callable[[str, bytes], bytes]] = {
    "xlsx": lambda name, content: package({f"xl/{name}": content}),
    "ods": lambda name, content: spreadsheet(sheet(row(ONE)), {name: content}),
    "xls": lambda name, content: with_stream(filled(lambda book, sheet: None), name[:30], content),
    "docx": letter,
    "pptx": slides,
    "odt": text,
    "zip": lambda name, content: zipped({"data.csv": "a,b\n1,2\n", name: content}),
    "pdf": portable,
    "png": picture,
    "sqlite": database,
}


@pytest.mark.parametrize("container", CONTAINERS)
@settings(max_examples=TRIES, deadline=None, derandomize=True)
@given(name=names, ending=endings, spelling=st.sampled_from(sorted(spellings)))
def test_what_hides_in_an_unknown_part_never_gets_out(container: str, name: str, ending: str, spelling: str) -> None:
    inspection = inspect(io.BytesIO(CONTAINERS[container](name + ending, spellings[spelling])))
    assert inspection.verdict is not Verdict.OPEN, (container, name + ending, spelling)


@pytest.mark.parametrize("container", ["xlsx", "ods", "docx", "pptx", "odt", "zip", "sqlite", "xls", "pdf"])
def test_in_plain_text_it_is_even_found(container: str) -> None:
    inspection = inspect(io.BytesIO(CONTAINERS[container]("Qwfpgj.txt", spellings["plain text"])))
    assert "nik" in {reason.code for reason in inspection.reasons}


@pytest.mark.parametrize("container", ["xlsx", "ods", "xls", "docx", "pptx", "odt", "zip", "sqlite", "pdf"])
def test_the_file_around_it_is_sound(container: str) -> None:
    """Without the number there is no finding: it is the number that is found, not the container that is refused."""
    inspection = inspect(io.BytesIO(CONTAINERS[container]("Qwfpgj.txt", b"tidak ada apa-apa")))
    assert "nik" not in {reason.code for reason in inspection.reasons}
    assert "unreadable" not in {reason.code for reason in inspection.reasons}
