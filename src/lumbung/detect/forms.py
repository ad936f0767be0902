"""Forms: label beside value ("Nama : ...", "No. Paspor | ..."), down a sheet instead of across it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from lumbung.detect import names, values
from lumbung.detect.finding import Finding
from lumbung.detect.lexicon import NAMES, PERSONAL, STRONG, role
from lumbung.document import Passage, Table

TALLEST, WIDEST = 2_000, 40
"""A larger grid is no form."""
SEVERAL = 3
"""So many names are no letter about one."""
CONTACTS = frozenset(("address", "phone", "e-mail"))

Said = dict[str, list[tuple[int, str]]]


def said(table: Table) -> Said:
    """What labels say: for each meaning the grid rows and the values beside it. Empty for a grid that is no form."""
    found: Said = {}
    if table.texts.height <= TALLEST and table.texts.width <= WIDEST:
        for row, cells in enumerate(table.texts.iter_rows()):
            for meaning, value in _pairs([cell.strip() for cell in cells if cell and cell.strip()]):
                found.setdefault(meaning, []).append((row, value.upper()))
    return found


def people(table: Table, said: Said, *, kind: str) -> Iterator[Finding]:
    """One finding for the sheet if at least one labelled name has two more labelled facts about the same person, or
    several names one that finds each of them."""
    facts = {meaning for meaning, found in said.items() if meaning in PERSONAL and _holds(meaning, found)}
    persons = [
        row for meaning in NAMES for row, value in said.get(meaning, ()) if _is_name(meaning, value, len(facts))
    ]
    if persons and (len(facts) >= 2 or (len(persons) >= SEVERAL and facts & STRONG)):
        yield _finding(table, kind, persons, facts)


def in_passages(passages: Sequence[Passage], *, kind: str) -> Iterator[Finding]:
    """As `people`, for the lines of letters. Name, address and telephone alone are how an office signs."""
    for passage in passages:
        lines = [] if passage.swept else [line for line in passage.text.splitlines() if ":" in line][:TALLEST]
        if len(lines) >= SEVERAL:
            table = Table(place=passage.place, texts=pl.DataFrame({"A": lines}), numbers=pl.DataFrame())
            found = said(table)
            if not CONTACTS.issuperset(found.keys() & PERSONAL):
                yield from (replace(one, place=passage.place) for one in people(table, found, kind=kind))


def _pairs(cells: list[str]) -> Iterator[tuple[str, str]]:
    """Label and value of neighbouring cells, or of one cell with a colon; a label is no value, unless digits stand in
    it ("RT 01 RW 02")."""
    parts = [part.strip() for cell in cells for part in cell.split(":", 1) if part.strip()]
    meanings = [role(part) for part in parts]
    for index, meaning in enumerate(meanings[:-1]):
        if meaning and (meanings[index + 1] is None or any(sign.isdecimal() for sign in parts[index + 1])):
            yield meaning, parts[index + 1]


def _holds(meaning: str, found: list[tuple[int, str]]) -> bool:
    texts = [value for _, value in found]
    if meaning in ("nik", "nomor-kk"):
        return any(14 <= sum(sign.isdigit() for sign in text) <= 17 for text in texts)
    return values.agrees(meaning, texts)


def _is_name(meaning: str, value: str, facts: int) -> bool:
    return names.under_header(names.weigh([value]), role=meaning, facts=facts) > 0


def _finding(table: Table, kind: str, persons: list[int], facts: set[str]) -> Finding:
    numbers = sorted({row + table.first_row for row in persons})
    evidence = {
        "named": 1.0,
        "attributes": float(len(facts)),
        "strong": float(len(facts & STRONG)),
        **dict.fromkeys(sorted(facts), 1.0),
        "key-value": 1.0,
    }
    place = table.place.but(row=", ".join(map(str, numbers[:4])) + (" …" if len(numbers) > 4 else ""))
    return Finding(kind=kind, place=place, hits=len(persons), of=len(persons), evidence=evidence)
