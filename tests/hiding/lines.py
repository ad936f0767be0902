"""Texts with an order of their own: address books, calendars and Markdown."""

import base64
from collections.abc import Callable

from tests.hiding import HidingPlace
from tests.hiding.docx import quoted
from tests.hiding.mail import book


def card(where: str, lines: Callable[[str], bytes]) -> HidingPlace:
    """A row about a card of an address book."""
    return HidingPlace(
        format="vcf",
        where=where,
        plant=lambda nik: b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Kantor Desa\r\n" + lines(nik) + b"\r\nEND:VCARD\r\n",
        at={},
    )


def event(where: str, lines: Callable[[str], bytes]) -> HidingPlace:
    """A row about an event of a calendar."""
    head = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Rapat\r\n"
    return HidingPlace(
        format="ics",
        where=where,
        plant=lambda nik: head + lines(nik) + b"\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        at={},
    )


def markdown(where: str, text: Callable[[str], str]) -> HidingPlace:
    """A row about a text with a table in it."""
    return HidingPlace(
        format="markdown",
        where=where,
        plant=lambda nik: f"# Desa\n\n| Dusun | Jiwa |\n|---|--:|\n| Satu | 120 |\n\n{text(nik)}\n".encode(),
        at={},
    )


PLACES = (
    card("a note", lambda nik: b"NOTE:milik " + nik.encode()),
    card("a line folded inside the number", lambda nik: f"X-NIK:{nik[:7]}\r\n {nik[7:]}".encode()),
    card("a value in quoted-printable", lambda nik: b"NOTE;ENCODING=QUOTED-PRINTABLE:" + quoted(nik)),
    card("a parameter", lambda nik: f'TEL;X-WARGA="{nik}":0293-1'.encode()),
    card("an attached file", lambda nik: b"KEY;ENCODING=b:" + base64.b64encode(book(nik))),
    event("a description", lambda nik: b"DESCRIPTION:milik " + nik.encode()),
    event("the name of one who attends", lambda nik: f"ATTENDEE;CN={nik}:mailto:a@desa.example".encode()),
    event("an attached file", lambda nik: b"ATTACH;ENCODING=BASE64;VALUE=BINARY:" + base64.b64encode(book(nik))),
    markdown("a number parted by emphasis", lambda nik: f"milik {nik[:6]}**{nik[6:]}** ini"),
    markdown("a cell of a table", lambda nik: f"| NIK | n |\n|---|---|\n| {nik} | 1 |"),
    markdown("a comment of HTML", lambda nik: f"<!-- {nik} -->"),
    markdown("a table of HTML", lambda nik: f"<table><tr><td>{nik[:4]}<b>{nik[4:]}</b></td></tr></table>"),
    markdown(
        "a file in the address of a picture",
        lambda nik: f"![a](data:application/octet-stream;base64,{base64.b64encode(book(nik)).decode()})",
    ),
    markdown("the target of a link", lambda nik: f"[a](http://desa.example/{nik})"),
)
