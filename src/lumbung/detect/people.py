"""Is a layout about people? Which columns name them, what else is said of each, and does office stand beside them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from lumbung.detect import names, values
from lumbung.detect.identifiers import Group
from lumbung.detect.layouts import Layout
from lumbung.detect.lexicon import NAMES, PERSONAL, STRONG, THING, role, tokens
from lumbung.detect.lists import value_lists
from lumbung.detect.sheet import Sheet

_BEHIND = re.compile(
    r"[\s,.;:/|(\[\-]*(?:\(|\d|[;|]| - |\bNI[KP]\b|\b[LP]\s*/"
    r"|\b(?:JLN?|JALAN|DS|DSN|DUSUN|DUKUH|RT|RW|GG|GANG|KP)\b).*$"
)
"""What follows a name in its cell: an age, a number, an address, in brackets or behind a sign."""
_FOR = re.compile(
    r"^(?:[A-Z0-9./\-]+ ){0,6}?(?:UNTUK|KEPADA|BAGI|OLEH|DARI|A\.?N\.?|ATAS NAMA|SDRI?|BPK|BAPAK|IBU)\b[ .:]+(?=[A-Z])"
)
"""Words before a name: "BLT untuk ..."."""
NEARLY = 0.9
_CODE = re.compile(r"^[\d.]{4,13}$")
_OFFICES = frozenset(("public-role", "office-name", "nip"))
ASIDE = frozenset(("phone", "e-mail", "note", "card", "other-id", "bank-account", "nomor-kk", "rt-rw"))
"""Under these headings names stand as well: whom to call, the heads of a "kk", who lives in "RT 01". They are
weighed as under none."""
HEADED = frozenset((*NAMES, "phone"))
"""Headings under which two names are no accident: who asked, who won, whom to call."""

Cells = dict[str, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """What a layout says of people: columns of names and facts with their strength, and where each fact stands.

    `headed`: a heading says that names stand there. `street`: addresses lead to a house or an RT. `office`: a column
    of office, party or authorship. `places`: every row has a code of its own in a column of region codes, so that
    names without facts name regions.
    """

    names: dict[str, float]
    facts: dict[str, float]
    columns: dict[str, str]
    headed: bool
    street: bool
    office: bool
    places: bool

    @property
    def strong(self) -> int:
        """How many facts find a person or prove who it is."""
        return sum(fact in STRONG and (fact != "address" or self.street) for fact in self.facts)


def weigh(sheet: Sheet, groups: Sequence[Group], layout: Layout) -> People:
    """Look at a sample of the layout's rows, column by column."""
    cells = _cells(layout.sample(sheet.table.texts))
    facts, columns = _facts(groups, layout, cells)
    asked = {column: found for column, found in cells.items() if column not in columns or _meant(found) is not found}
    named = _names(layout, asked, len(facts))
    addresses = [cells[column] for column, fact in columns.items() if fact == "address"]
    blocks = [column for column, found in cells.items() if _is_block(layout, column, found)]
    if named and blocks:
        facts.setdefault("address", 1.0)
        columns.setdefault(blocks[0], "address")
    headings = {_heading(layout, column, cells[column]) for column in named}
    return People(
        names=named,
        facts=facts,
        columns=columns,
        headed=bool(headings & HEADED),
        street=bool(blocks) or any(values.is_street(found) for found in addresses),
        office="office-name" in headings or any(layout.roles.get(column) in _OFFICES for column in cells),
        places=any(_are_codes(found) for column, found in cells.items() if layout.roles.get(column) == "region"),
    )


def _cells(sample: pl.DataFrame) -> Cells:
    """The non-empty cells of each column in capitals; columns without any are left out."""
    texts = {
        column: [text for text in series.drop_nulls().str.strip_chars().str.to_uppercase().to_list() if text]
        for column, series in sample.to_dict().items()
    }
    return {column: found for column, found in texts.items() if found}


def _heading(layout: Layout, column: str, found: list[str]) -> str | None:
    """What a column is, a column of names also by a single word; where the row of headings is not known as one, by its
    first cell, unless that is "nama" without saying whose."""
    said = layout.roles.get(column) if layout.roles else role(found[0])
    if said in (None, "bare-name"):
        words = set(tokens(layout.texts.get(column, "") if layout.roles else found[0]))
        callings = value_lists()["callings"]
        kinds = (("office-name", callings["office"]), ("name", callings["private"]))
        called = next((kind for kind, known in kinds if words.intersection(known) - {said and "nama"}), None)
        if called:
            return called
    return said if layout.roles or said != "bare-name" else None


def _is_block(layout: Layout, column: str, found: list[str]) -> bool:
    """Whether a column gives the RT or RW of each row."""
    meaning = layout.roles.get(column)
    return values.agrees("rt-rw", found) if meaning == "rt-rw" else meaning is None and values.are_blocks(found)


def _are_codes(found: list[str]) -> bool:
    return len(set(found)) >= 0.9 * len(found) and all(_CODE.match(text) for text in found)


def _facts(groups: Sequence[Group], layout: Layout, cells: Cells) -> tuple[dict[str, float], dict[str, str]]:
    """Each fact with its strength, and the column it stands in: header and values first, then values alone."""
    columns = {
        group.column: group.kind
        for group in groups
        if group.column in cells and layout.roles.get(group.column) not in NAMES and layout.cut(group.hits).height
    }
    for column, found in cells.items():
        meaning = layout.roles.get(column)
        if meaning in PERSONAL and values.agrees(str(meaning), found):
            columns[column] = str(meaning)
    facts = dict.fromkeys(columns.values(), 1.0)
    for column, found in cells.items():
        said = values.guess(found) if column not in layout.roles and column not in columns else None
        if said and said[0] not in facts:
            facts[said[0]] = round(said[1], 4)
            columns[column] = said[0]
    births = [cells[column] for column, fact in columns.items() if fact == "birth-date"]
    if any(values.tell_birth_place(found) for found in births):
        facts.setdefault("birth-place", facts["birth-date"])
    return facts, columns


def _names(layout: Layout, cells: Cells, facts: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for column, texts in cells.items():
        meaning = layout.roles.get(column)
        if meaning in NAMES:
            called = [_BEHIND.split(text)[0] or text for text in texts]
            found[column] = names.under_header(names.weigh(called), role=str(meaning), facts=facts)
        elif not layout.roles and role(texts[0]) == THING:
            continue
        elif meaning is None or meaning in ASIDE:
            below = texts if layout.roles else texts[1:]  # the first may be a heading that is not known as one
            found[column] = round(names.alone(names.weigh(_meant(below or texts))), 4)
    return {column: strength for column, strength in found.items() if strength}


def _meant(texts: list[str]) -> list[str]:
    """Where nearly every cell says for whom something is ("BLT untuk ..."), who that is; else the cells."""
    told = [_FOR.sub("", text) for text in texts if _FOR.match(text)]
    return [_BEHIND.split(text)[0] or text for text in told] if len(told) >= NEARLY * len(texts) else texts
