"""People named inside sentences, with their age or by a word that says who they are: victims in a column of remarks,
parties in a chronicle, a patient, a suspect, "Pelapor: ..." (`called.py`).

Source: UU 27/2022 art. 4(3), name combined with other data; tables of accidents were published with the names of dead
children in a column `Korban`. Given names as in `names.py`; an age without a name, or of a building, is nothing, and
so is a name without either: officials open roads and cut ribbons in every report.
"""

import re
from collections.abc import Iterator, Sequence

import polars as pl

from lumbung.detect import called, names, patterns, rows
from lumbung.detect.finding import Finding
from lumbung.detect.view import View
from lumbung.document import Passage, Table

KIND = "named-in-text"
AT_MOST = 20_000
"""Cells that are read one by one."""
# Words of at most 31 letters: in a run of a million of them every one could else begin a name that never ends.
_NAMED = re.compile(
    r"((?:[A-Z][A-Za-z'.]{1,30} ){0,4}[A-Z][A-Za-z'.]{1,30})[ ,(/\-–:]{1,4}"
    r"(?:(?i:laki-laki|laki laki|perempuan|pria|wanita|lk|pr|l|p|umur|usia|berumur|berusia)[ ,./)(\-:]{1,4}){0,3}"
    r"1?[0-9]{1,2} ?(?i:thn|th|tahun|bulan|bln)\b"
)
_BRACKETED = re.compile(r"((?:[A-Z][A-Za-z'.]{1,30} ){0,4}[A-Z][A-Za-z'.]{1,30}) ?\(1?[0-9]{1,2}\)")
_BORN = re.compile(
    r"((?:[A-Z][A-Za-z'.]{1,30} ){0,4}[A-Z][A-Za-z'.]{1,30})[ ,(/\-]{1,3}"
    r"(?i:lahir|kelahiran|ttl|tgl\.? lahir|tanggal lahir)[^0-9]{0,40}[0-9]{1,4}"
)
_INTRODUCED = re.compile(patterns.INTRODUCED + r"((?:[A-Z][A-Za-z'.]{1,30} ){0,3}[A-Z][A-Za-z'.]{1,30})")
_HOUSED = re.compile(patterns.HOUSED)
_WORDS = re.compile(r"[A-Za-z]+")
_ALSO_WORDS = frozenset(
    ("HARI", "BUNGA", "BINTANG", "JATI", "INDAH", "FAJAR", "SURYA", "SARI", "JAYA", "MULYA", "PUTRA", "PUTRI")
)
"""Given names that are words of every day as well."""
_OFFICES = frozenset(
    (
        *(
            "BUPATI",
            "WAKIL",
            "WALIKOTA",
            "GUBERNUR",
            "PRESIDEN",
            "MENTERI",
            "CAMAT",
            "LURAH",
            "KEPALA",
            "KADES",
            "KETUA",
        ),
        *("SEKDA", "SEKRETARIS", "DIREKTUR", "DANRAMIL", "KAPOLSEK", "KAPOLRES", "KADIS", "DIRJEN", "NEGARA"),
    )
)
"""Beside one of these, somebody is named for an office."""


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each column with such cells; `hits` counts cells."""
    table = view.sheet.table
    for column, counts in view.counts.items():
        named = set(_aged(table, column) if counts["aged"] else ())
        named |= set(called.called(table, column).private if counts["called"] else ())
        if named:
            hits = pl.Series("row", sorted(named), dtype=pl.UInt32)
            filled = int((table.texts[column].str.len_bytes() > 0).sum())
            yield Finding(kind=KIND, place=rows.place(table, column, hits), hits=len(named), of=filled)


def _aged(table: Table, column: str) -> list[int]:
    """Rows in which a sentence names somebody."""
    cells = pl.DataFrame({"cell": table.texts[column]}).with_row_index("row")
    likely = cells.filter(pl.col("cell").str.contains(patterns.AGED)).head(AT_MOST)
    return [row for row, cell in likely.iter_rows() if people(cell)]


def search(passages: Sequence[Passage]) -> Iterator[Finding]:
    """One finding for each passage that is not raw and names people with their age; `hits` counts people."""
    for passage in passages:
        count = 0 if passage.swept else people(passage.text)
        if count:
            yield Finding(kind=KIND, place=passage.place, hits=count, of=count)


def people(text: str) -> int:
    """How many people the text names in one of these ways; one who is named in two of them counts once."""
    text = _HOUSED.sub("", text.title() if text == text.lower() else text)  # a place: `person_table.py` speaks of it
    matches = (match for pattern in (_NAMED, _BRACKETED, _BORN, _INTRODUCED) for match in pattern.finditer(text))
    return len({match.span(1)[1] for match in matches if _is_person(match[1])})


def _is_person(name: str) -> bool:
    words = {word.upper() for word in _WORDS.findall(name)}
    return bool(words & (names.given() - _ALSO_WORDS)) and not words & (names.things() | _OFFICES)
