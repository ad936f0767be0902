"""Letters, slides, messages, lists of people: tables stay tables, and what is not read is said."""

import io

import pytest

from lumbung.document import Document
from lumbung.gate import Verdict, inspect
from lumbung.read import Unreadable, read
from tests.hiding import docx, mail, odt
from tests.read.old_office import outlook, powerpoint, record, word
from tests.read.planted import passages_with, zipped

PEOPLE = [("NIK", "Nama"), ("3308204102999001", "SITI AMINAH"), ("3308201203989002", "BUDI SANTOSO")]
LETTER = "Kepada Yth. Camat. Dengan hormat, bersama ini kami undang Saudara dalam musyawarah desa pada hari Senin."


def opened(data: bytes) -> Document:
    return read(io.BytesIO(data), name="surat")


def docx_people() -> bytes:
    rows = ["".join(docx.cell(docx.run(text)) for text in row) for row in PEOPLE]
    return docx.document({docx.MAIN: docx.body(docx.table(*rows))})


def odt_people() -> bytes:
    rows = "".join(odt.table(*(f"<text:p>{text}</text:p>" for text in row))[13:-14] for row in PEOPLE)
    return odt.document({"content.xml": odt.content(f"<table:table>{rows}</table:table>")})


def rtf_people() -> bytes:
    rows = "".join(f"\\trowd\\pard\\intbl {nik}\\cell {name}\\cell\\row" for nik, name in PEOPLE)
    return ("{\\rtf1\\ansi " + rows + "\\pard}").encode()


def doc_people() -> bytes:
    return word({"main": "a\r" + "".join(f"{nik}\x07{name}\x07\x07" for nik, name in PEOPLE) + "b\r"})


def markdown_people() -> bytes:
    lines = [f"| {nik} | {name} |" for nik, name in PEOPLE]
    return "\n".join(["# Warga", "", lines[0], "|---|---|", *lines[1:], ""]).encode()


@pytest.mark.parametrize("build", [docx_people, odt_people, rtf_people, doc_people, markdown_people])
def test_a_table_in_a_text_is_a_table(build: object) -> None:
    assert callable(build)
    (table,) = opened(build()).tables
    assert table.texts.rows() == PEOPLE
    assert table.place.sheet == "Tabel 1"


@pytest.mark.parametrize(
    "data",
    [
        docx.document({docx.MAIN: docx.body(docx.run(LETTER))}),
        odt.document({"content.xml": odt.content(f"<text:p>{LETTER}</text:p>")}),
        b"{\\rtf1\\ansi " + LETTER.encode() + b"\\par}",
        word({"main": LETTER + "\r"}),
        powerpoint(record(0x0FA0, LETTER.encode("utf-16-le"))),
        outlook({"1000": LETTER}),
        f"# Undangan\n\n{LETTER}\n\n| Acara | Jam |\n|---|---|\n| Rapat | 09.00 |\n".encode(),
    ],
)
def test_an_ordinary_letter_is_open(data: bytes) -> None:
    inspection = inspect(io.BytesIO(data))
    assert (inspection.verdict, inspection.reasons) == (Verdict.OPEN, ())


def test_an_address_book_is_a_list_of_people() -> None:
    cards = "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nTEL:0812345678{n}0\r\nADR:;;Dusun {n} RT 01/02;;;;\r\n"
        f"BDAY:19{n}0-02-01\r\nEND:VCARD\r\n"
        for n, name in enumerate(["SITI AMINAH", "BUDI SANTOSO", "SRI WAHYUNI", "AGUS SETIAWAN"], start=1)
    )
    (table,) = opened(cards.encode()).tables
    assert table.texts.height == 5
    assert inspect(io.BytesIO(cards.encode())).verdict is Verdict.HOLD


def test_an_entity_is_not_expanded_and_the_part_is_named() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "3308204102999001"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    document = opened(docx.document({docx.MAIN: bomb + docx.body("<w:p>&b;</w:p>")}))
    assert [missed.why for missed in document.unread] == ["broken"]
    assert not passages_with(document, "root:")


def test_a_member_that_unfolds_without_end_is_a_bomb() -> None:
    with pytest.raises(Unreadable) as refusal:
        opened(docx.document({"word/besar.xml": b"<x>" + bytes(200 * 2**20)}))
    assert refusal.value.code == "bomb"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (word({"main": "rahasia\r"}, flags=0x0100), "encrypted"),
        (powerpoint(record(0x2F14, b"", container=True)), "encrypted"),
        (odt.document({"META-INF/manifest.xml": "<m><encryption-data/></m>"}), "encrypted"),
        (zipped({"[Content_Types].xml": docx.TYPES, "lain/bagian.xml": "<x/>"}), "unknown-format"),
        (b"<document><a>1</a></document>", None),
    ],
)
def test_what_cannot_be_opened_is_refused(data: bytes, code: str | None) -> None:
    if code is None:
        assert opened(data).passages
        return
    with pytest.raises(Unreadable) as refusal:
        opened(data)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    "data",
    [
        docx.document({"word/media/gambar.emf": b"\1\0\0\0" + bytes(36) + b" EMF" + bytes(60)}),
        docx.document({"word/lain.bin": bytes(range(256)) * 8}),
        word({"main": "a\r"}, more={"Lain": bytes(range(256)) * 8}),
        mail.HEAD + mail.part(bytes(range(256)) * 8),
        mail.HEAD + b"MIME-Version: 1.0\r\nContent-Type: multipart/encrypted; boundary=q\r\n\r\n--q--\r\n",
        b"{\\rtf1 {\\pict\\wmetafile8 0100090000030000}}",
    ],
)
def test_what_is_not_read_is_named(data: bytes) -> None:
    assert opened(data).unread


def test_a_cut_document_is_never_clean() -> None:
    data = doc_people()
    for keep in (600, 1500, 2600, 4000):
        try:
            document = opened(data[:keep])
        except Unreadable:
            continue
        assert document.unread or document.tables
