"""Where a grid says what its columns hold: header rows on any row, two-line, repeated, over a row of column numbers.

The first sixty rows are read one by one; further down only rows on which at least two cells are, sign for sign, a
known header phrase in one of its usual spellings (a family-block report repeats its header hundreds of times).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import polars as pl

from lumbung.detect.lexicon import ANCHORS, COUNT, NUMBERS, is_plain, lexicon, role
from lumbung.detect.lists import is_value
from lumbung.detect.reduced import TOP, Short

DEEP = 5_000
"""Header rows looked at below the top."""
_VALUE = re.compile(r"\d{6}|@|[:：]\s*$")
_VOWEL = re.compile("[aeiou]")
_NUMBER = re.compile(r"^[\s(\[-]*\d{1,3}[\s)\].]*$|^-?\d{1,3}\.0$")
SEVERAL = 3
"""So many cells, in the first row that has them, are headings where one of them announces a number."""
LEAST_WORDS = 2
"""At most one in so many of them may be a word that registers hold as a value."""
TELLING = ANCHORS | NUMBERS | {"other-id", "public-role", "card"}
"""One of these makes a header of two cells; "No" and "Keterangan" alone would not."""
_WEAK = frozenset(("region", COUNT, "note", "thing", "latitude", "longitude", "coordinates", "health", "poverty"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A header of one or more rows. Positions are grid rows from 0; data starts after `last`."""

    first: int
    last: int
    texts: dict[str, str]
    roles: dict[str, str]


def find(texts: pl.DataFrame, short: dict[str, Short]) -> tuple[Header, ...]:
    """All headers of a grid in order; `short` is what `reduced` made of it. Empty for a grid without any."""
    headers: list[Header] = []
    above: dict[str, str] = {}
    widest = 1
    for row, cells in _candidates(texts, short):
        is_first, widest = widest < min(SEVERAL, len(cells)), max(widest, len(cells))
        if not (_is_header(cells) or (is_first and _announces(cells))):
            above = {} if any(_VALUE.search(cell) or cell[0].isdecimal() for cell in cells.values()) else cells
            continue
        line = Header(first=row, last=row, texts=cells, roles=_roles(cells))
        line, above = _below(above, line), {}
        if headers and row == headers[-1].last + 1:
            headers[-1] = _under(headers[-1], line)
        else:
            headers.append(line)
    return tuple(_past_numbers(_named(header), texts) for header in headers)


def _candidates(texts: pl.DataFrame, short: dict[str, Short]) -> Iterator[tuple[int, dict[str, str]]]:
    for row, cells in enumerate(texts.head(TOP).iter_rows()):
        yield row, _filled(texts.columns, cells)
    if texts.height <= TOP:
        return
    known = pl.Series(list(_spellings())).implode()
    worth = [column for column in texts.columns if column not in short or _any_of(short[column], known)]
    if len(worth) >= 2:
        count = pl.sum_horizontal(pl.col(worth).is_in(known).fill_null(False).cast(pl.UInt16))
        counts = texts.lazy().slice(TOP).select(count.alias("known")).collect()["known"]
        for row in (counts >= 2).arg_true().head(DEEP):
            yield row + TOP, _filled(texts.columns, texts.row(row + TOP))


def _any_of(short: Short, known: pl.Series) -> bool:
    return not short.figures and bool(short.cells.is_in(known).any())


def _filled(columns: list[str], cells: tuple[str | None, ...]) -> dict[str, str]:
    return {column: cell for column, cell in zip(columns, cells, strict=True) if cell and cell.strip()}


@cache
def _spellings() -> frozenset[str]:
    """Every phrase of an anchoring role as people type it: capitals or not; spaces, underscores or dots."""
    phrases = [phrase for phrase, meaning in lexicon().phrases.items() if meaning in ANCHORS or meaning == "serial"]
    phrases += [
        "tgl lahir",
        "tmpt lahir",
        "tmpt lhr",
        "tgl lhr",
        "nama.kk",
        "tempatlahir",
        "tanggallahir",
        "hub. kel",
        "nik",
    ]
    cased = {form for text in phrases for form in (text, text.upper(), text.title(), text.capitalize(), _short(text))}
    return frozenset(text.replace(" ", sign) for text in cased for sign in (" ", "_", ".", ". "))


def _short(text: str) -> str:
    """With abbreviations in capitals: "No HP", "Nomor KK"."""
    return " ".join(word.title() if _VOWEL.search(word) else word.upper() for word in text.split(" "))


def _roles(cells: dict[str, str]) -> dict[str, str]:
    named = ((column, role(cell)) for column, cell in cells.items())
    return {column: meaning for column, meaning in named if meaning}


def _is_header(cells: dict[str, str]) -> bool:
    """Two cells with a known meaning, one of them about persons or numbers of lines, and no number among them.

    Words that stand in registers as values ("KAWIN", "KEPALA KELUARGA") mean nothing here, and too many of them make
    it a row of data.
    """
    if not cells or any(_VALUE.search(cell) for cell in cells.values()):
        return False
    told = _roles(cells)
    roles = {column: meaning for column, meaning in told.items() if not is_value(cells[column])}
    roles = told if len(roles) >= 2 else roles  # "Kepala Keluarga" among headings is one
    if sum(is_value(cell) for cell in cells.values()) > len(roles):
        return False
    if len(cells) <= 2:
        return len(roles) == len(cells) and any(meaning in TELLING for meaning in roles.values())
    strong = sum(meaning not in _WEAK for meaning in roles.values())
    anchors = sum(meaning in ANCHORS for meaning in roles.values())
    distinct = len({cell.strip().lower() for cell in cells.values()}) >= 0.5 * len(cells)
    return distinct and (anchors >= 2 or (len(roles) >= max(2, 0.3 * len(cells)) and (strong >= 1 or len(roles) >= 3)))


def _announces(cells: dict[str, str]) -> bool:
    """Whether one of several different words names a number of persons, or points, or somebody in office: "Guru",
    "NUPTK", "Mapel". Of two words only an office does."""
    words = [cell.strip().lower() for cell in cells.values()]
    if len(set(words)) < len(words) or any(sign.isdecimal() for word in words for sign in word):
        return False
    several = NUMBERS | {"coordinates", "name"} if len(cells) >= SEVERAL else frozenset()
    announced = (several | {"office-name"}).intersection(_roles(cells).values())
    return bool(announced) and LEAST_WORDS * sum(is_value(word) for word in words) <= len(words)


def _under(upper: Header, lower: Header) -> Header:
    """A header of two lines as one. The lower line says what a column holds unless only the upper one is known.

    An upper cell spans the columns to its right until the next one; a count above makes counts of all below it.
    """
    texts, roles, spanning = dict(upper.texts), dict(upper.roles), None
    for column in sorted({*upper.texts, *lower.texts}, key=lambda letters: (len(letters), letters)):
        spanning = column if column in upper.texts else spanning
        if column not in lower.texts:
            continue
        above = upper.roles.get(spanning or "")
        meaning = COUNT if above == COUNT else _together(upper, spanning, lower, column) or roles.get(column)
        texts[column] = f"{upper.texts[spanning]} / {lower.texts[column]}" if spanning else lower.texts[column]
        if meaning:
            roles[column] = meaning
    return Header(first=upper.first, last=lower.last, texts=texts, roles=roles)


def _below(above: dict[str, str], line: Header) -> Header:
    """A header under words that are none by themselves ("Identitas", "Kelahiran"), which may say what its own mean."""
    seen = _under(Header(first=line.first, last=line.first, texts=above, roles={}), line) if len(above) > 1 else line
    return Header(first=line.first, last=line.last, texts=line.texts, roles=seen.roles)


def _together(upper: Header, spanning: str | None, lower: Header, column: str) -> str | None:
    """What the lower cell says; where that says little of a person ("Tanggal"), with the upper cell ("Kelahiran")."""
    own = lower.roles.get(column)
    if spanning is None or own not in (None, "note"):
        return own
    both = role(f"{lower.texts[column]} {upper.texts[spanning]}")
    return both if both in ANCHORS else own


def _named(header: Header) -> Header:
    """The header with only those texts whose every word is known: a value taken for a header must not be shown."""
    known = {column: [part for part in text.split(" / ") if is_plain(part)] for column, text in header.texts.items()}
    texts = {column: " / ".join(parts) for column, parts in known.items() if parts}
    return Header(first=header.first, last=header.last, texts=texts, roles=header.roles)


def _past_numbers(header: Header, texts: pl.DataFrame) -> Header:
    """The header with a following row of column numbers taken in: (1), (2) or what Excel made of it, -1, -2."""
    after = header.last + 1
    if after >= texts.height:
        return header
    cells = list(_filled(texts.columns, texts.row(after)).values())
    numbers = [int("".join(re.findall(r"\d", cell.removesuffix(".0"))) or 0) for cell in cells if _NUMBER.match(cell)]
    rising = len(numbers) >= 3 and len(numbers) >= 0.8 * len(cells) and numbers == sorted(set(numbers))
    return Header(first=header.first, last=after, texts=header.texts, roles=header.roles) if rising else header
