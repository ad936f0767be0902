"""Address books and calendars: .vcf with a person a card, .ics with an entry an event.

Source: RFC 6350 and RFC 2426 (vCard), vCard 2.1 for its quoted-printable, RFC 5545 (iCalendar). A card is a row of
one table under Indonesian headings, so that a list of people is seen to be one.
"""

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lumbung.document import Passage, Place
from lumbung.read.encoding import encoding_of, to_utf8
from lumbung.read.grid import frame_of_rows, table
from lumbung.read.harvest import Harvest
from lumbung.read.mail import from_base64, text_in
from lumbung.read.opened import Opened
from lumbung.read.sweep import swept
from lumbung.read.unknown_part import take_in

HEADINGS = {
    **{"FN": "Nama", "N": "Nama Lengkap", "NICKNAME": "Nama Panggilan", "BDAY": "Tanggal Lahir"},
    **{"TEL": "No HP", "EMAIL": "Email", "ADR": "Alamat", "LABEL": "Alamat", "GENDER": "Jenis Kelamin"},
    **{"BIRTHPLACE": "Tempat Lahir", "NOTE": "Keterangan", "TITLE": "Jabatan", "ORG": "Instansi", "GEO": "Koordinat"},
    **{"SUMMARY": "Acara", "DESCRIPTION": "Keterangan", "LOCATION": "Tempat", "DTSTART": "Tanggal"},
}
CARDS = frozenset({"VCARD", "VEVENT", "VTODO", "VJOURNAL"})
LINE = re.compile(r"(?:[\w-]{1,64}\.)?([A-Za-z0-9-]{1,64})((?:;[^:\"]*(?:\"[^\"]*\"[^:\"]*)*)?):(.*)", re.DOTALL)
FOLD = re.compile(r"\r?\n[ \t]")
SOFT = re.compile(r"=\r?\n")
ESCAPED = re.compile(r"\\([nN,;:\\])")
DATA_ADDRESS = re.compile(r"data:[^,]*;base64,(.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One content line: its name in capitals, its parameters in lower case as they stand, its value."""

    name: str
    parameters: str
    value: str


def harvest_content_lines(harvest: Harvest, opened: Opened, *, prefix: str = "") -> str:
    """Cards or events as one table, their files opened, every line swept besides; give the kind."""
    utf8, remainder = to_utf8(opened, encoding_of(opened))
    text = utf8.decode("utf-8", "replace")
    place = Place(part=prefix.removesuffix("!") or None)
    harvest.say(swept(place, FOLD.sub("", text) + "\n" + remainder))
    if b"\0" in opened.data[:]:  # no line of a card holds it: something else lies among the lines
        harvest.miss(place.but(part=f"{prefix}(bukan teks)"), "unknown-format")
    rows = [_row(harvest, card, place) for card in _cards(text)]
    columns = list(dict.fromkeys(key for row in rows for key in row))
    grid: list[list[str | None]] = [[HEADINGS.get(name, name) for name, _ in columns]]
    grid += [[row.get(key) for key in columns] for row in rows]
    if rows:
        harvest.tables.append(table(frame_of_rows(grid, limits=harvest.limits), place=place))
    return "ics" if "BEGIN:VCALENDAR" in text[:1024].upper() else "vcf"


def _cards(text: str) -> Iterator[list[Property]]:
    """The properties of each card; those outside every card are only swept."""
    card: list[Property] | None = None
    for line in _lines(text):
        match = LINE.match(line)
        if match is None:
            continue
        name, value = match[1].upper(), match[3]
        if name == "BEGIN" and value.strip().upper() in CARDS:
            card = []
        elif name == "END" and card is not None and value.strip().upper() in CARDS:
            yield card
            card = None
        elif card is not None:
            card.append(Property(name=name, parameters=match[2].lower(), value=value))
    if card:
        yield card


def _lines(text: str) -> Iterator[str]:
    """Content lines, unfolded; soft breaks of quoted-printable, which version 2.1 leaves at line ends, too."""
    kept = ""
    for line in FOLD.sub("", text).splitlines():
        kept += line
        if "QUOTED-PRINTABLE" in kept.upper() and kept.endswith("="):
            kept = kept[:-1]
            continue
        yield kept
        kept = ""
    if kept:
        yield kept


def _row(harvest: Harvest, card: list[Property], place: Place) -> dict[tuple[str, int], str]:
    """Values by name and count, as a card may bear two telephones; files that it carries are opened."""
    row: dict[tuple[str, int], str] = {}
    for one in card:
        if data := _carried(one):
            take_in(harvest, [data], place=place.but(part=f"{place.part or ''}({one.name})"))
            continue
        number = sum(name == one.name for name, _ in row)
        row[one.name, number] = spelled(one)
    harvest.say([Passage(place=place, text=value) for (name, _), value in row.items() if name == "NOTE"])
    return row


def spelled(one: Property) -> str:
    """The value out of its encoding, its parts parted by blanks.

    >>> spelled(Property(name="N", parameters="", value="Sari;Dewi;;;"))
    'Sari Dewi'
    """
    value = one.value
    if "quoted-printable" in one.parameters:
        charset = re.search(r"charset=\"?([\w-]+)", one.parameters)
        value = text_in(quopri.decodestring(value.encode()), charset[1] if charset else "utf-8")
    parts = re.split(r"(?<!\\);", value)
    whole = " ".join(part for part in parts if part.strip())
    bare = re.sub(r"^(?:tel|mailto|geo):", "", whole, flags=re.IGNORECASE)
    return ESCAPED.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1], bare).strip()


def _carried(one: Property) -> bytes:
    """The file in a property, b"" where there is none."""
    address = DATA_ADDRESS.match(one.value)
    if address is None and not re.search(r"encoding=\"?(?:b|base64)\b", one.parameters):
        return b""
    try:
        return from_base64((address[1] if address else one.value).encode("ascii", "replace"))[0]
    except binascii.Error:
        return b"\0" + one.value.encode()  # neither file nor text: to be named
