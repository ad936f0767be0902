"""Mail whose letters are not what its headers say: read all the same, never a crash."""

import io

import pytest

from lumbung.read import read
from tests.read.planted import NIK

HEAD = (
    b"From: a@b.example\nTo: c@d.example\nDate: Mon, 1 Jun 2026 08:00:00 +0700\nSubject: laporan\nMIME-Version: 1.0\n"
)
UTF_8 = b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"
MAILS = {
    "utf-8 as it is": UTF_8 + b"\nSalam caf\xc3\xa9 ",
    "bytes without a charset": b"\nSalam \xe9\xe8 ",
    "another charset": b"Content-Type: text/plain; charset=us-ascii\n\nSalam \xe9 ",
}


@pytest.mark.parametrize("body", MAILS.values(), ids=MAILS.keys())
def test_letters_beyond_ascii_are_read(body: bytes) -> None:
    document = read(io.BytesIO(HEAD + body + NIK.encode() + b"\n"), name="surat.eml")
    assert any(NIK in passage.text for passage in document.passages)
    assert not document.unread


@pytest.mark.parametrize("code", ["base64", "quoted-printable"])
def test_foreign_letters_in_coded_text_are_no_crash(code: str) -> None:
    coded = f"Content-Transfer-Encoding: {code}\n\nU2FsYW0".encode() + b"\xff\xfe=\n"
    assert read(io.BytesIO(HEAD + coded), name="surat.eml").format == "eml"
